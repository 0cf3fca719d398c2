"""Web pages: the article and what the page says of it, and pages that hold none."""

from datetime import date

import pytest

from sources.capture import CaptureError, captured_from_file
from tests.sources.capture.files import SENTENCES, article, page

HEAD = (
    "<title>Ports and exports – The Example</title>"
    '<meta property="og:title" content="Ports and exports">'
    '<meta name="author" content="Ada Example">'
    '<meta property="article:published_time" content="2023-03-20T10:00:00Z">'
)
NAVIGATION = "<nav><a href='/'>Home</a> <a href='/world'>World</a></nav>"


def captured(data: bytes, **options: str):
    return captured_from_file(data, name="page.html", **options)


def refusal(data: bytes) -> str:
    with pytest.raises(CaptureError) as caught:
        captured(data)
    return str(caught.value)


def test_article_comes_with_title_author_date_and_language():
    found = captured(page(NAVIGATION + article(*SENTENCES) + "<footer>© All</footer>", HEAD))
    assert found.text == "\n".join(SENTENCES)
    assert (found.title, found.author) == ("Ports and exports", "Ada Example")
    assert (found.language, found.media_type) == ("en", "text/html")
    assert found.published_on == date(2023, 3, 20)


def test_publisher_is_the_one_that_the_page_names():
    head = "<meta property='og:site_name' content='Harbour  Daily'>"

    found = captured_from_file(page(article(*SENTENCES), head), name="ports.html")

    assert found.publisher == "Harbour Daily"


def test_date_in_the_text_or_the_footer_is_not_taken_for_the_day_of_publication():
    body = article(*SENTENCES, "The port will open on 12 May 2019.") + "<footer>© 2020</footer>"
    assert captured(page(body)).published_on is None


def test_long_title_and_author_are_cut_and_put_on_one_line():
    head = (
        f"<title>{'Ports and exports ' * 60}</title><meta name='author' content='{'Ada ' * 200}'>"
    )
    found = captured(page(article(*SENTENCES), head))
    assert len(found.title) <= 500
    assert len(found.author) <= 300


def test_script_and_style_are_no_text():
    body = "<script>alert('x')</script><style>p{}</style>" + article(*SENTENCES)
    assert captured(page(body)).text == "\n".join(SENTENCES)


def test_encoding_named_in_the_page_is_used():
    sentence = "Решение вероятно в октябре, сказал министр на встрече с журналистами."
    data = page(article(sentence, sentence + " Да."), '<meta charset="windows-1251">')
    found = captured(data.decode().encode("cp1251"))
    assert sentence in found.text


def test_encoding_named_by_the_server_comes_before_the_page():
    sentence = "Решение вероятно в октябре, сказал министр на встрече с журналистами."
    data = page(article(sentence, sentence + " Да.")).decode().encode("koi8-r")
    assert sentence in captured(data, media_type="text/html; charset=koi8-r").text


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<h1>Just a moment...</h1><p>Checking your browser before access.</p>", "captcha"),
        ("<p>Please verify you are a human.</p><div id='px-captcha'></div>", "captcha"),
        ("<h1>Access Denied</h1><p>You do not have permission.</p>", "captcha"),
        (
            "<noscript>You need to enable JavaScript to run this app.</noscript>",
            "enable JavaScript",
        ),
        ("<p>Please turn on JavaScript and reload the page.</p>", "enable JavaScript"),
        ("<h1>Ports</h1><p>Subscribe to continue reading.</p>", "paywall"),
        ("<p>This article is for subscribers only.</p>", "paywall"),
        (article(*SENTENCES, *SENTENCES, "Already a subscriber? Log in."), "paywall"),
        ("", "without a main text"),
        ("<nav><a href='/'>Home</a></nav>", "without a main text"),
        ("<img src='a.png'>", "without a main text"),
    ],
)
def test_page_that_is_no_article_says_why(body, words):
    message = refusal(page(body, "<title>The Example</title>"))
    assert message.startswith("page.html ")
    assert words in message


def test_article_about_captchas_is_an_article():
    about = "A captcha asks visitors to prove that they are human before they may read on."
    text = [*SENTENCES * 7, about]
    assert about in captured(page(article(*text))).text


def test_short_article_beside_an_offer_to_sign_in_is_an_article():
    aside = "<aside>Already a subscriber? Sign in</aside><noscript>Enable JavaScript</noscript>"
    text = SENTENCES + tuple(sentence.replace("port", "harbour") for sentence in SENTENCES)
    assert captured(page(aside + article(*text))).text == "\n".join(text)


def test_pictures_saved_into_the_page_do_not_count():
    picture = f"<img src='data:image/png;base64,{'A' * 6_000_000}'>"
    assert captured(page(picture + article(*SENTENCES))).text == "\n".join(SENTENCES)


def test_page_of_more_markup_than_we_read_is_refused():
    message = refusal(page("<p>Words.</p>" * 400_000))
    assert message == (
        "page.html has more than 5,000,000 characters of HTML: paste the text instead."
    )


@pytest.mark.parametrize(
    "body", ["<div>" * 20_000 + "deep", "<script>" * 20_000, "<" * 200_000, "<p>" + "a " * 200_000]
)
def test_hostile_page_ends_in_text_or_words(body):
    try:
        found = captured(page(body))
    except CaptureError as error:
        assert str(error).startswith("page.html")  # noqa: PT017 - either is a good end
    else:
        assert found.text
