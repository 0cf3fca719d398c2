"""Intake by an address alone: the page is fetched, read, and known again."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from claims.models import Claim
from claims.services import load_lexicons
from sources.models import Document, Publisher
from tests.factories.sources import PublisherFactory
from tests.sources.capture.files import pdf
from tests.sources.page_server import PageServer, serving

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]

GROWS = "Orlov argues that trade between the two ports is likely to grow in the coming years."
SHRINKS = "Orlov argues that trade between the two ports is unlikely to grow in the coming years."
REST = "The ministry published its figures on Monday, and two of the three ports are still closed."
CHANGED = "This address held another text before; here is its new version."


@pytest.fixture(autouse=True)
def _lexicons() -> None:
    load_lexicons()


@pytest.fixture
def web(settings: Any) -> Iterator[PageServer]:
    """A web server whose private address may be reached."""
    settings.FETCH_ALLOW_LOOPBACK = True
    with serving() as server:
        yield server


@pytest.fixture
def browser(analyst: User, sign_in: SignIn) -> Client:
    return sign_in(analyst)


def give(browser: Client, url: str, **known: str) -> str:
    return browser.post("/intake/", {"url": url, **known}, follow=True).text


def refusal(browser: Client, url: str) -> list[str]:
    """What the form says of an address that could not be read; nothing is stored of it."""
    response = browser.post("/intake/", {"url": url, "title": "My own words"})
    assert response.status_code == 422
    assert f'value="{url}"' in response.text
    assert 'value="My own words"' in response.text
    assert not Document.objects.exists()
    assert not Publisher.objects.exists()
    return response.context["form"].errors["url"]


def test_page_becomes_a_document_with_proposals(
    web: PageServer, browser: Client, analyst: User
) -> None:
    url = web.lay_article(
        "/outlook",
        GROWS,
        REST,
        head="<title>Outlook</title><meta name='author' content='Vera Orlova'>"
        "<meta property='og:site_name' content='Harbour Daily'>"
        "<meta property='article:published_time' content='2023-03-02'>",
    )

    page = give(browser, url)

    document = Document.objects.get()
    assert "1 claim proposed." in page
    assert CHANGED not in page
    assert (document.origin, document.url, document.captured_by) == ("page", url, analyst)
    assert (document.title, document.author) == ("Outlook", "Vera Orlova")
    assert document.publisher == Publisher.objects.get(name="Harbour Daily")
    assert document.published_at == datetime(2023, 3, 2, tzinfo=UTC)
    assert Claim.objects.get().quote.exact == GROWS


def test_what_is_typed_beside_the_address_goes_first(web: PageServer, browser: Client) -> None:
    url = web.lay_article("/outlook", GROWS, REST, head="<title>Outlook</title>")

    give(browser, url, title="Mine", author="Desk", publisher="Review", published_on="2024-01-02")

    document = Document.objects.get()
    assert (document.title, document.author, str(document.publisher)) == ("Mine", "Desk", "Review")
    assert document.published_at == datetime(2024, 1, 2, tzinfo=UTC)


def test_publisher_is_the_one_known_by_its_host(web: PageServer, browser: Client) -> None:
    known = PublisherFactory(domain="127.0.0.1")
    head = "<meta property='og:site_name' content='Harbour Daily'>"

    give(browser, web.lay_article("/outlook", GROWS, REST, head=head))

    assert Document.objects.get().publisher == known


def test_page_that_names_no_publisher_is_its_host_s(web: PageServer, browser: Client) -> None:
    give(browser, web.lay_article("/outlook", GROWS, REST))

    assert str(Document.objects.get().publisher) == "127.0.0.1"


def test_redirected_page_is_kept_under_its_final_address(web: PageServer, browser: Client) -> None:
    final = web.lay_article("/final", GROWS, REST)
    web.moved = {"/old": "/newer", "/newer": "/final"}

    give(browser, web.url("/old"))

    assert Document.objects.get().url == final
    assert web.asked == ["/old", "/newer", "/final"]


def test_pdf_by_address_is_read(web: PageServer, browser: Client) -> None:
    give(browser, web.lay("/paper", pdf(GROWS), "application/pdf"))

    document = Document.objects.get()
    assert (document.media_type, document.origin, document.text) == (
        "application/pdf",
        "page",
        GROWS,
    )
    assert Claim.objects.count() == 1


def test_same_page_again_is_known(web: PageServer, browser: Client) -> None:
    url = web.lay_article("/outlook", GROWS, REST)
    give(browser, url)

    page = give(browser, f"{url}?utm_source=mail")

    assert "This text is known already" in page
    assert (Document.objects.count(), Claim.objects.count()) == (1, 1)


def test_page_whose_text_changed_is_a_new_version_and_says_so(
    web: PageServer, browser: Client
) -> None:
    url = web.lay_article("/outlook", GROWS, REST)
    give(browser, url)
    web.lay_article("/outlook", SHRINKS, REST)

    page = give(browser, url)

    new, old = Document.objects.all()
    assert new.previous == old
    assert f"{CHANGED} 1 claim proposed." in page
    assert f'A new version of <a href="{old.get_absolute_url()}">' in page
    assert (
        f'Replaced by <a href="{new.get_absolute_url()}">'
        in browser.get(old.get_absolute_url()).text
    )


def test_page_that_is_not_there_is_refused_in_words(web: PageServer, browser: Client) -> None:
    url = web.url("/gone")

    assert refusal(browser, url) == [f"{url} answered with status 404."]


def test_page_without_a_text_is_refused_in_words(web: PageServer, browser: Client) -> None:
    url = web.lay("/menu", b"<html><body><nav>Home</nav></body></html>")

    assert refusal(browser, url) == [f"{url} is an HTML page without a main text."]


def test_file_that_is_no_text_is_refused_in_words(web: PageServer, browser: Client) -> None:
    url = web.lay("/a.gz", b"\x1f\x8b\x08", "application/gzip")

    assert refusal(browser, url) == [f"{url} is a gzip archive: unpack it first."]


def test_private_address_is_refused(web: PageServer, browser: Client, settings: Any) -> None:
    settings.FETCH_ALLOW_LOOPBACK = False
    web.lay_article("/outlook", GROWS, REST)

    assert refusal(browser, "http://127.0.0.1/outlook") == [
        "127.0.0.1 is a private address, which is never fetched."
    ]
    assert web.asked == []


def test_address_beside_a_text_is_where_it_came_from_and_is_not_fetched(
    web: PageServer, browser: Client
) -> None:
    url = web.url("/outlook")

    browser.post("/intake/", {"url": url, "text": GROWS})

    document = Document.objects.get()
    assert (document.origin, document.url, document.publisher) == ("paste", url, None)
    assert web.asked == []
