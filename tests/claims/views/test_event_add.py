"""An event by its address: the page is read, a person checks the form, and the body is kept."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from sources.models import Document, Event
from tests.sources.capture.files import pdf
from tests.sources.page_server import PageServer, serving

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]

SENTENCES = (
    "The two ports opened a ferry line on Saturday, the ministry said in a statement.",
    "Two ships a day will sail between them, and a third one follows in the summer.",
)
HEAD = (
    "<title>Ports open a ferry line</title>"
    '<meta property="og:site_name" content="Port Review">'
    '<meta property="article:published_time" content="2024-02-03">'
)


@pytest.fixture
def web(settings: Any) -> Iterator[PageServer]:
    """A web server whose private address may be reached."""
    settings.FETCH_ALLOW_LOOPBACK = True
    with serving() as server:
        yield server


@pytest.fixture
def browser(analyst: User, sign_in: SignIn) -> Client:
    return sign_in(analyst)


def read(browser: Client, url: str) -> dict[str, Any]:
    """What the form holds after a page was read."""
    answer = browser.post("/events/add/", {"action": "read", "address": url})
    assert answer.status_code == 200
    form = answer.context["form"]
    return {name: form[name].value() for name in form.fields}


def test_page_fills_the_form_and_nothing_is_stored_yet(browser: Client, web: PageServer) -> None:
    url = web.lay_article("/ferry", *SENTENCES, head=HEAD)

    values = read(browser, url)

    assert values.pop("page")
    assert values == {
        "title": "Ports open a ferry line",
        "summary": " ".join(SENTENCES),
        "occurred_on": date(2024, 2, 3),
        "publisher": "Port Review",
        "url": url,
    }
    assert not Document.objects.exists()


def test_event_is_stored_as_checked_with_the_body_of_its_page(
    browser: Client, web: PageServer, analyst: User
) -> None:
    values = read(browser, web.lay_article("/ferry", *SENTENCES, head=HEAD))

    browser.post("/events/add/", values | {"title": "A ferry line between the ports"})

    event = Event.objects.get()
    report, body = Document.objects.order_by("pk")
    assert (event.title, event.occurred_on) == ("A ferry line between the ports", date(2024, 2, 3))
    assert event.reports.get().document == report
    assert (body.previous, body.origin, body.captured_by) == (report, "capture", analyst)
    assert body.text == "\n".join(SENTENCES)
    assert web.asked == ["/ferry"]


@pytest.mark.parametrize("change", [{"page": "forged"}, {"url": "https://elsewhere.example/a"}])
def test_body_is_only_kept_as_it_was_read_from_that_address(
    change: dict[str, str], browser: Client, web: PageServer
) -> None:
    values = read(browser, web.lay_article("/ferry", *SENTENCES, head=HEAD))

    browser.post("/events/add/", values | change)

    assert Document.objects.get().origin == "hand"


def test_summary_of_a_long_page_ends_with_a_sentence(browser: Client, web: PageServer) -> None:
    values = read(browser, web.lay_article("/ferry", *SENTENCES * 9, head=HEAD))

    assert values["summary"].endswith(("statement.", "summer."))
    assert 300 < len(values["summary"]) <= 600


def test_pdf_is_read_too(browser: Client, web: PageServer) -> None:
    url = web.lay("/ferry.pdf", pdf("The two ports opened a ferry line."), "application/pdf")

    values = read(browser, url)

    assert values["title"] == "The two ports opened a ferry line."
    assert values["publisher"] == "127.0.0.1"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "This field is required."),
        ("http://127.0.0.1/", "is a private address"),
        ("http://169.254.169.254/latest/", "is a private address"),
        ("file:///etc/passwd", "Enter a valid URL."),
    ],
)
def test_address_that_cannot_be_read_says_why(address: str, words: str, browser: Client) -> None:
    answer = browser.post("/events/add/", {"action": "read", "address": address})

    assert answer.status_code == 422
    assert words in str(answer.context["address"].errors)


def test_page_that_is_not_there_says_so(browser: Client, web: PageServer) -> None:
    answer = browser.post("/events/add/", {"action": "read", "address": web.url("/none")})

    assert "answered with status 404" in answer.text
