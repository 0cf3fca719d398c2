"""Arriving items join the event they tell of, whatever process stored the others, and when."""

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, User
from sources import vectors
from sources.gathering import rarity, wording
from sources.models import Clue, Event, EventReport, Fingerprint, Regathering, Witness, WordCounts
from sources.services import receive_items
from sources.services.regathering import keep_apart, merge_events, split_event
from tests.sources.services.gathering_desk import (
    AT,
    copy,
    divided,
    event_of,
    receive,
    wrongly_counted,
)
from tests.sources.services.made_up_news import morning

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("size", [1, 2, 100])
def test_however_many_come_at_once_the_events_are_the_same(size: int) -> None:
    told = morning()
    items = [item for _, item in told]

    for start in range(0, len(items), size):
        receive_items(items[start : start + size], by=None)

    developments = defaultdict(set)
    for number, item in told:
        developments[number].add(event_of(item).pk)
    assert [len(events) for events in developments.values()] == [1] * 10
    assert Event.objects.count() == 10
    assert wrongly_counted() == []


def test_a_copy_joins_after_a_restart() -> None:
    [event] = receive(copy(1))
    for cached in (wording.stem, rarity._of_the_language, vectors._model, vectors._middle):
        cached.cache_clear()

    assert receive(copy(2)) == [event]
    assert WordCounts.objects.get().reports == 2


def test_a_report_is_kept_with_its_wording_and_its_clues() -> None:
    receive(copy(1, publisher="The Wire"))

    kept = Fingerprint.objects.select_related("report__document").get()
    assert kept.source == kept.report.document.publisher_id
    assert kept.reported_at == AT
    clues = Clue.objects.filter(report=kept.report_id)
    assert clues.count() == 10  # words alone: none was seen so often that pairs would find more
    assert set(clues.values_list("reported_at", flat=True)) == {AT}


def test_an_item_without_a_word_is_an_event_of_its_own() -> None:
    one, other = receive(copy(1, title="…", summary=""), copy(2, title="…", summary=" "))

    assert one != other


def test_a_copy_joins_for_days_and_not_for_weeks() -> None:
    first, next_day, month = receive(
        copy(1),
        copy(2, published_at=AT + timedelta(days=2)),
        copy(3, published_at=AT + timedelta(days=30)),
    )

    assert first == next_day != month


def test_an_earlier_report_that_comes_later_moves_the_beginning_back() -> None:
    earlier = AT - timedelta(days=1)
    receive(copy(1), copy(2, published_at=earlier), copy(3, published_at=AT + timedelta(days=1)))

    event = Event.objects.get()
    assert (event.first_reported_at, event.report_count) == (earlier, 3)


@pytest.mark.parametrize("at_once", [True, False], ids=["in one batch", "one after the other"])
def test_a_version_of_a_page_stays_with_its_event_whatever_it_tells_besides(at_once: bool) -> None:
    long = (
        "After long talks on school meals parents trade recipes with cooks, teachers and a doctor"
    )
    first = copy(1, title=long, summary="Children of Omsted eat more soup.")
    update = replace(first, title=copy(2).title, summary=copy(2).summary)
    items = [first, copy(2), update]

    if at_once:
        receive_items(items, by=None)
    else:
        receive(*items)

    reports = EventReport.objects.order_by("pk").values_list("event", flat=True)
    assert reports[0] == reports[2] != reports[1]
    assert wrongly_counted() == []


def test_one_witness_leaves_two_events_and_the_second_makes_one() -> None:
    one, other = divided(copy(1), copy(2))

    receive(copy(3))
    witness = Witness.objects.get()
    assert (witness.event, witness.other) == (one, other)
    assert Event.objects.standing().count() == 2

    receive(copy(4))
    [standing] = Event.objects.standing()
    assert (standing.report_count, standing.reports.count()) == (4, 4)
    merged = Regathering.objects.get()
    assert (merged.kind, merged.event, merged.by) == ("merged", standing, None)
    assert merged.other.merged_into == standing
    assert AuditEntry.objects.get(verb="merged").detail["other"] == merged.other_id
    assert not Witness.objects.exists()


def test_witnesses_in_one_batch_make_one_event_of_two() -> None:
    divided(copy(1), copy(2))

    receive_items([copy(3), copy(4), copy(5)], by=None)

    assert Event.objects.standing().get().report_count == 5
    assert wrongly_counted() == []


def test_two_events_that_people_keep_apart_stay_two(analyst: User) -> None:
    one, other = divided(copy(1), copy(2))
    keep_apart(event=one, other=other, by=analyst)

    receive(*map(copy, range(3, 8)))
    receive_items(map(copy, range(8, 12)), by=None)

    assert set(Event.objects.standing()) == {one, other}
    assert not Witness.objects.exists()


def test_what_was_divided_by_a_person_stays_divided(analyst: User) -> None:
    [event, _] = receive(copy(1), copy(2))
    other = split_event(
        event=event, reports=[EventReport.objects.latest("pk").pk], by=analyst, reason="Two ports"
    )

    receive(*map(copy, range(3, 8)))

    assert set(Event.objects.standing()) == {event, other}
    assert wrongly_counted() == []


def test_apart_holds_of_an_event_that_one_of_the_two_became_part_of(analyst: User) -> None:
    one, other, third = divided(copy(1), copy(2), copy(3))
    keep_apart(event=one, other=other, by=analyst)
    merge_events(event=one, into=third, by=analyst)

    receive(*map(copy, range(4, 9)))

    assert set(Event.objects.standing()) == {other, third}


def test_a_report_that_is_gone_leaves_its_clues_without_harm() -> None:
    receive(copy(1), copy(2))
    EventReport.objects.all().delete()

    assert receive(copy(3))[0].report_count == 1
    assert Clue.objects.exclude(report__in=EventReport.objects.values("pk")).exists()


def test_fifty_items_cost_as_many_queries_as_two() -> None:
    receive(copy(0, publisher="The Wire"))

    assert queries(1, 2) == queries(2, 50)
    assert wrongly_counted() == []


def queries(turn: int, count: int) -> int:
    """How many queries it takes to receive items of which the first half joins an event that stands."""
    items = [
        copy(n, url=f"https://wire.example/{turn}/{n}", publisher="The Wire", **changes)
        for n in range(count)
        for changes in [{} if n < count / 2 else {"title": f"{turn}{n:02}vrn {turn}{n:02}tlm"}]
    ]
    with CaptureQueriesContext(connection) as asked:
        received = receive_items(items, by=None)
    assert (received.joined, received.events) == (count / 2, count / 2)
    return len(asked)


@pytest.mark.django_db(transaction=True)
def test_copies_of_one_story_by_four_importers_at_once_are_one_event() -> None:
    together = Barrier(4)

    def run(number: int) -> None:
        together.wait()
        try:
            for turn in range(3):
                receive_items([copy(10 * number + turn)], by=None)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, range(4)))

    assert Event.objects.get().report_count == EventReport.objects.count() == 12
