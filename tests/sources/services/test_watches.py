"""Pages that something leans on are looked at again: what changes, vanishes and comes back is noted."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts.models import User
from sources.capture import Captured
from sources.importing import Item
from sources.models import Document, Event, Notice, PageWatch
from sources.services import (
    capture_document,
    check_page,
    due_watches,
    receive_items,
    watch_page,
)
from sources.services.findings import Finding, note_finding
from tests.factories.sources import DocumentFactory, EventFactory
from tests.sources.page_server import PageServer, serving

pytestmark = pytest.mark.django_db

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
GROWS = "The ministry said on Monday that trade between the two ports is likely to grow."
SHRINKS = "The ministry said on Monday that trade between the two ports is likely to shrink."
REST = "Two of the three ports are still closed, and a decision on them is due in October."
TITLE = "<title>Trade will grow</title>"


@pytest.fixture
def web(settings: Any) -> Iterator[PageServer]:
    """A web server whose private address may be reached."""
    settings.FETCH_ALLOW_LOOPBACK = True
    with serving() as server:
        yield server


def reported(web: PageServer, path: str = "/trade") -> Document:
    """What a feed brought of a page: title and snippet."""
    key = f"127.0.0.1:{web.server_port}{path}"
    return DocumentFactory(
        origin=Document.Origin.FEED, text="Trade grows.", url=web.url(path), url_key=key
    )


def watched(web: PageServer, path: str = "/trade") -> PageWatch:
    """A watch over an article that was captured when it began."""
    web.lay_article(path, GROWS, REST, head=TITLE)
    watch = watch_page(document=reported(web, path), at=START)
    assert watch
    check_page(watch=watch, at=START)
    watch.refresh_from_db()
    return watch


def looked_at(watch: PageWatch, at: datetime) -> Notice | None:
    notice = check_page(watch=watch, at=at)
    watch.refresh_from_db()
    return notice


def test_page_of_a_report_is_captured_as_its_version_with_where_it_was_taken(
    web: PageServer,
) -> None:
    web.moved["/short"] = "/trade"
    web.lay_article("/trade", GROWS, REST, head=TITLE)
    report = reported(web, "/short")
    watch = watch_page(document=report, at=START)

    assert check_page(watch=watch, at=START) is None

    version = Document.objects.get(previous=report)
    assert (version.origin, version.title) == ("capture", "Trade will grow")
    assert version.text.split("\n")[0] == GROWS
    assert (version.asked_url, version.url) == (web.url("/short"), web.url("/trade"))
    assert (version.url_key, version.publisher) == (report.url_key, report.publisher)
    assert version.headers["Content-Type"] == "text/html; charset=utf-8"
    assert version.language == "en"
    watch.refresh_from_db()
    assert (watch.document, watch.next_check_at, watch.failures) == (version, START + DAY, 0)
    assert not Notice.objects.exists()


def test_page_that_is_as_it_was_is_not_sent_again(web: PageServer) -> None:
    watch = watched(web)

    assert looked_at(watch, START + DAY) is None

    assert web.answered == [200, 304]
    assert Document.objects.count() == 2
    assert watch.last_checked_at == START + DAY


def test_changed_page_is_a_new_version_and_noted(web: PageServer) -> None:
    watch = watched(web)
    before = watch.document
    web.lay_article("/trade", SHRINKS, REST, head=TITLE)

    notice = looked_at(watch, START + DAY)

    assert notice
    assert (notice.kind, notice.document, notice.newer) == ("changed", before, watch.document)
    assert watch.document.previous == before
    assert watch.steady_since == START + DAY


def test_change_of_the_title_alone_is_noted_as_that(web: PageServer) -> None:
    watch = watched(web)
    web.lay_article("/trade", GROWS, REST, head="<title>Trade may grow</title>")

    notice = looked_at(watch, START + DAY)

    assert notice
    assert (notice.kind, notice.words) == ("changed", "Only its title is another.")
    assert watch.document.title == "Trade may grow"


def test_page_that_says_again_what_it_said_before_makes_no_third_version(web: PageServer) -> None:
    watch = watched(web)
    first = watch.document
    web.lay_article("/trade", SHRINKS, REST, head=TITLE)
    looked_at(watch, START + DAY)
    second = watch.document
    web.lay_article("/trade", GROWS, REST, head=TITLE)

    notice = looked_at(watch, START + 2 * DAY)

    assert notice
    assert (notice.document, notice.newer) == (second, first)
    assert Document.objects.filter(origin="capture").count() == 2


def test_page_that_says_it_was_corrected_marks_it_and_the_event_it_alone_reports(
    web: PageServer,
) -> None:
    watch = watched(web)
    event = EventFactory(report=Document.objects.get(origin="feed"))
    web.lay_article("/trade", SHRINKS, REST, head="<title>CORRECTED-Trade will shrink</title>")

    notice = looked_at(watch, START + DAY)

    assert notice
    assert (notice.kind, notice.event) == ("corrected", event)
    assert notice.words == "CORRECTED-Trade will shrink"


def test_gone_page_has_vanished_only_after_three_looks_over_two_days_and_comes_back(
    web: PageServer,
) -> None:
    watch = watched(web)
    version = watch.document
    del web.pages["/trade"]

    assert looked_at(watch, START + DAY) is None
    assert watch.next_check_at == START + DAY + timedelta(hours=1)
    assert looked_at(watch, START + DAY + timedelta(hours=1)) is None
    assert looked_at(watch, START + 2 * DAY) is None
    assert watch.status == "standing"
    vanished = looked_at(watch, START + 3 * DAY)
    assert vanished
    assert (vanished.kind, vanished.document, watch.status) == ("vanished", version, "vanished")
    assert "answered with status 404" in vanished.words
    assert looked_at(watch, START + 10 * DAY) is None

    web.lay_article("/trade", GROWS, REST, head=TITLE)
    back = looked_at(watch, START + 20 * DAY)

    assert back
    assert (back.kind, watch.status, watch.gone_since) == ("back", "standing", None)
    assert list(Notice.objects.order_by("pk").values_list("kind", flat=True)) == [
        "vanished",
        "back",
    ]


def test_page_that_leads_to_the_front_page_is_gone(web: PageServer) -> None:
    watch = watched(web)
    web.lay_article("/", "Welcome to our newsroom, which has many stories for you today.", REST)
    web.moved["/trade"] = "/"

    looked_at(watch, START + DAY)

    assert watch.gone_since == START + DAY
    assert watch.last_error == f"{web.url('/trade')} leads to the front page now."
    assert Document.objects.count() == 2


def test_host_that_nobody_knows_is_waited_for_longer() -> None:
    watch = watch_page(
        document=DocumentFactory(url="https://gone.example/a", url_key="gone.example/a")
    )
    unknown = Finding(problem="The host was not found.", is_gone=True, is_host_gone=True)
    for days in (0, 1, 3, 13):
        assert note_finding(watch=watch, finding=unknown, at=START + days * DAY) is None

    notice = note_finding(watch=watch, finding=unknown, at=START + 14 * DAY)

    assert notice
    assert notice.kind == "vanished"


@pytest.mark.parametrize(
    ("path", "words", "wait"),
    [
        ("/busy", "answered with status 429", timedelta(hours=5)),
        ("/broken", "answered with status 503", timedelta(hours=1)),
        ("/robots", "is a check for robots", timedelta(hours=1)),
    ],
)
def test_capture_that_fails_is_told_and_tried_again_later(
    web: PageServer, path: str, words: str, wait: timedelta
) -> None:
    web.broken = {"/busy": (429, {"Retry-After": "18000"}), "/broken": (503, {})}
    web.lay_article("/robots", "Please complete the captcha to go on to the page.")
    watch = watch_page(document=reported(web, path), at=START)

    assert looked_at(watch, START) is None

    assert words in watch.last_error
    assert (watch.document, watch.failures, watch.gone_since) == (None, 1, None)
    assert watch.next_check_at == START + wait


def test_failures_back_off_to_a_week(web: PageServer) -> None:
    watch = watched(web)
    problem = Finding(problem="It timed out.")
    pauses = []
    for _ in range(9):
        note_finding(watch=watch, finding=problem, at=START)
        watch.refresh_from_db()
        pauses.append((watch.next_check_at - START) / timedelta(hours=1))

    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 168]


@pytest.mark.parametrize(("days", "pause"), [(1, 1), (6, 1), (7, 3), (29, 3), (31, 7), (200, 30)])
def test_longer_a_page_stands_the_rarer_it_is_looked_at(
    web: PageServer, days: int, pause: int
) -> None:
    watch = watched(web)

    looked_at(watch, START + days * DAY)

    assert watch.next_check_at == START + (days + pause) * DAY


def test_page_that_somebody_else_looks_at_is_left_alone(web: PageServer) -> None:
    web.lay_article("/trade", GROWS, REST)
    watch = watch_page(document=reported(web), at=START)
    PageWatch.objects.update(next_check_at=START + timedelta(minutes=10), asked_at=START)

    assert looked_at(watch, START) is None
    assert web.asked == []
    # A worker that was killed gives it back after a while.
    looked_at(watch, START + timedelta(minutes=10))
    assert web.asked == ["/trade"]


def test_host_is_asked_for_one_page_at_a_time(web: PageServer) -> None:
    for path in ("/a", "/b"):
        web.lay_article(path, GROWS, REST)
        watch_page(document=reported(web, path), at=START)
    first, second = PageWatch.objects.order_by("pk")

    assert list(due_watches(at=START)) == [first]
    check_page(watch=first, at=START)
    assert list(due_watches(at=START)) == []
    assert looked_at(second, START + timedelta(seconds=20)) is None
    assert web.asked == ["/a"]
    check_page(watch=second, at=START + timedelta(seconds=30))
    assert web.asked == ["/a", "/b"]


def test_article_that_was_pasted_as_it_stands_there_is_its_own_first_version(
    web: PageServer,
) -> None:
    web.lay_article("/trade", GROWS, REST, head=TITLE)
    pasted = capture_document(
        captured=Captured(text=f"{GROWS}\n\n{REST}"),
        origin=Document.Origin.PASTE,
        by=None,
        url=web.url("/trade"),
        title="My title",
    )

    watch = watch_page(document=pasted, at=START)
    looked_at(watch, START)

    assert watch.document == pasted
    assert not Notice.objects.exists()


def test_page_brought_in_anew_by_hand_is_compared_and_noted_too(
    web: PageServer, analyst: User
) -> None:
    watch = watched(web)
    before = watch.document

    document = capture_document(
        captured=Captured(text=f"{SHRINKS}\n{REST}", title="Trade will grow"),
        origin=Document.Origin.PAGE,
        by=analyst,
        url=web.url("/trade"),
    )

    notice = Notice.objects.get()
    assert (notice.kind, notice.document, notice.newer) == ("changed", before, document)
    watch.refresh_from_db()
    assert watch.document == document


@pytest.mark.parametrize("url", ["", "ftp://harbour.example/a", "harbour.example/a", "http://[a"])
def test_text_without_a_page_on_the_web_is_not_watched(url: str) -> None:
    assert watch_page(document=DocumentFactory(url=url, url_key=url)) is None


def test_install_that_must_not_ask_the_web_watches_nothing(settings: Any) -> None:
    settings.WATCH_PAGES = False

    assert (
        watch_page(document=DocumentFactory(url="https://a.example/", url_key="a.example")) is None
    )
    assert not PageWatch.objects.exists()


def test_story_told_anew_after_its_page_was_captured_stays_one_event_with_two_reports(
    web: PageServer,
) -> None:
    url = web.lay_article("/trade", GROWS, REST, head=TITLE)
    told = {"row": 1, "summary": "", "published_at": START, "url": url}
    receive_items([Item(title="Ministry expects trade to grow", **told)], by=None)
    watch = watch_page(document=Document.objects.get(), at=START)
    looked_at(watch, START)

    receive_items([Item(title="Update: ministry expects more trade", **told)], by=None)

    assert Event.objects.get().reports.count() == 2
    assert Document.objects.get(title__startswith="Update").previous == watch.document
