"""Arriving items are stored once, and copies of one story are one event."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connections

from accounts.models import AuditEntry, User
from sources.capture import Captured
from sources.importing import Item, Problem
from sources.models import Document, Event, EventReport
from sources.services import Received, capture_document, receive_items
from tests.factories.sources import PublisherFactory

AT = datetime(2023, 3, 20, 8, tzinfo=UTC)
STORY = Item(
    row=1,
    title="Two ports sign a trade agreement after long talks",
    summary="The ports of Omar and Tessel signed an agreement on freight on Monday after years of talks.",
    published_at=AT,
    url="https://harbour.example/ports",
    publisher="Harbour Review",
    language="en",
)
OTHER = Item(
    row=2,
    title="Central bank leaves its rate unchanged at four percent",
    summary="The bank said that prices rise more slowly than it had expected in the winter.",
    published_at=AT,
    url="https://money.example/rate",
)


def received(**counts: int) -> Received:
    return Received(**counts)


@pytest.mark.django_db
def test_an_item_becomes_a_document_and_an_event(analyst: User) -> None:
    assert receive_items([STORY], by=analyst) == received(stored=1, events=1)

    document = Document.objects.get()
    event = Event.objects.get()
    assert (document.title, document.text, document.origin) == (STORY.title, STORY.summary, "file")
    assert (document.publisher.name, document.captured_by) == ("Harbour Review", analyst)
    assert (event.title, event.occurred_on) == (STORY.title, date(2023, 3, 20))
    assert event.first_reported_at == AT
    assert EventReport.objects.get().document == document
    assert AuditEntry.objects.get(verb="received").detail == {"items": 1, "stored": 1}


@pytest.mark.django_db
def test_the_same_items_again_store_nothing() -> None:
    receive_items([STORY, OTHER], by=None)

    assert receive_items([STORY, OTHER], by=None) == received(known=2)
    assert Document.objects.count() == Event.objects.count() == 2


@pytest.mark.django_db
def test_an_item_twice_in_one_file_is_stored_once() -> None:
    assert receive_items([STORY, replace(STORY, row=2)], by=None) == received(
        stored=1, known=1, events=1
    )


@pytest.mark.django_db
@pytest.mark.parametrize("at_once", [True, False], ids=["in one batch", "one after the other"])
def test_a_copy_elsewhere_joins_the_event(at_once: bool) -> None:
    copy = replace(STORY, row=2, url="https://wire.example/1", publisher="The Wire")

    if at_once:
        result = receive_items([STORY, copy], by=None)
    else:
        receive_items([STORY], by=None)
        result = receive_items([copy], by=None)

    assert result.joined == 1
    assert Event.objects.get().reports.count() == 2


@pytest.mark.django_db
def test_the_same_words_a_month_later_are_another_event() -> None:
    later = replace(
        STORY, url="https://harbour.example/again", published_at=AT + timedelta(days=30)
    )

    assert receive_items([STORY, later], by=None) == received(stored=2, events=2)


@pytest.mark.django_db
@pytest.mark.parametrize("at_once", [True, False], ids=["in one batch", "one after the other"])
def test_a_changed_page_is_a_new_version_and_the_same_event(at_once: bool) -> None:
    changed = replace(STORY, title="Ports sign agreement on freight", summary="Other words now.")
    again = replace(STORY, title="How two ports came to an agreement", summary="Others yet.")

    if at_once:
        receive_items([STORY, changed, again], by=None)
    else:
        for item in (STORY, changed, again):
            receive_items([item], by=None)

    first, second, third = Document.objects.order_by("pk")
    assert (first.previous, second.previous, third.previous) == (None, first, second)
    assert Event.objects.get().reports.count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize("days", [0, 200])
def test_other_news_from_the_same_address_is_another_event(days: int) -> None:
    """As from a front page, or a table whose rows all name the table."""
    other = replace(OTHER, url=STORY.url, published_at=AT + timedelta(days=days))

    assert receive_items([STORY, other], by=None).events == 2


@pytest.mark.django_db
def test_news_that_somebody_pasted_before_is_still_an_event(analyst: User) -> None:
    article = capture_document(
        captured=Captured(text=STORY.summary, title=STORY.title),
        origin=Document.Origin.PASTE,
        by=analyst,
        url=STORY.url,
    )

    assert receive_items([STORY], by=None) == received(known=1, events=1)
    assert EventReport.objects.get().document == article
    assert receive_items([STORY], by=None) == received(known=1)


@pytest.mark.django_db
def test_a_publisher_that_is_no_address_costs_nothing_else() -> None:
    broken = replace(OTHER, publisher="http://[broken")

    assert receive_items([STORY, broken], by=None).stored == 2


@pytest.mark.django_db
def test_a_row_that_could_not_be_read_leaves_the_others() -> None:
    problem = Problem(2, "date_published", "is missing")

    assert receive_items([STORY, problem, OTHER], by=None) == received(
        stored=2, events=2, problem_count=1, problems=[problem]
    )


@pytest.mark.django_db
def test_of_very_many_problems_the_first_hundred_are_kept() -> None:
    result = receive_items((Problem(row, "title", "is missing") for row in range(250)), by=None)

    assert (result.problem_count, len(result.problems)) == (250, 100)


@pytest.mark.django_db
def test_the_publisher_is_the_one_named_or_that_of_the_feed_or_of_the_address() -> None:
    feeds_own = PublisherFactory(name="Feed house")
    nameless = replace(OTHER, publisher="")

    receive_items([STORY, nameless], by=None, publisher=feeds_own)
    receive_items(
        [
            replace(
                nameless, title="Quite another matter altogether", url="https://www.money.example/2"
            )
        ],
        by=None,
    )

    names = Document.objects.order_by("pk").values_list("publisher__name", flat=True)
    assert list(names) == ["Harbour Review", "Feed house", "money.example"]


@pytest.mark.django_db
def test_twenty_items_cost_few_more_queries_than_two(django_assert_max_num_queries) -> None:
    items = [
        replace(
            STORY,
            row=n,
            title=f"Market note {n} of the day",
            summary="",
            url=f"https://a.example/{n}",
            publisher="A",
        )
        for n in range(20)
    ]

    with django_assert_max_num_queries(27):
        receive_items(items, by=None)


@pytest.mark.django_db(transaction=True)
def test_four_importers_of_the_same_items_at_once_store_each_once() -> None:
    items = [
        replace(
            STORY,
            title=f"Story number {n} of this busy morning",
            summary=f"Its text speaks of matter {n * 7919}.",
            url=f"https://a.example/{n}",
        )
        for n in range(40)
    ]
    together = Barrier(4)

    def run(_: int) -> Received:
        together.wait()
        try:
            return receive_items(items, by=None)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(run, range(4)))

    assert sorted(result.stored for result in results) == [0, 0, 0, 40]
    assert Document.objects.count() == EventReport.objects.count() == 40


@pytest.mark.django_db
def test_a_whole_day_of_news_loads(shared, django_assert_max_num_queries: Callable) -> None:
    from sources.importing import read_items  # noqa: PLC0415 - only here, beside the file it reads

    path = shared / "data" / "news" / "full_day_2023-03-20.jsonl.gz"

    with path.open("rb") as stream:
        result = receive_items(read_items(stream, name=path.name), by=None)
    with path.open("rb") as stream:
        again = receive_items(read_items(stream, name=path.name), by=None)

    assert result.stored + result.known + result.problem_count == 2631
    assert result.problem_count == 0
    assert result.events + result.joined == result.stored > 2500
    assert (again.stored, again.known) == (0, 2631)
