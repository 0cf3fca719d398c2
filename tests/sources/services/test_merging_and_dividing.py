"""People make one event of two, divide one, and keep two apart; each is told in the open."""

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import AuditEntry, User
from sources.models import Event, EventReport, Regathering, Witness
from sources.services.regathering import EventProblem, keep_apart, merge_events, split_event
from tests.sources.services.gathering_desk import (
    AT,
    copy,
    divided,
    receive,
    wrongly_counted,
)

pytestmark = pytest.mark.django_db
DAM = {"title": "Water of the Tolmar dam is let out", "summary": "Rain fell for nine days."}


@pytest.fixture
def two() -> list[Event]:
    """An event of two reports, and one of one."""
    ports, _, dam = receive(copy(1), copy(2), copy(3, **DAM))
    return [Event.objects.get(pk=ports.pk), dam]


def numbers(event: Event) -> list[int]:
    return sorted(event.reports.values_list("pk", flat=True))


def test_merging_moves_the_reports_and_tells_who_did_it(two: list[Event], analyst: User) -> None:
    ports, dam = two
    moved = numbers(dam)

    found = merge_events(event=dam, into=ports, by=analyst, reason=" The same flood ")

    dam.refresh_from_db()
    assert (found, found.report_count, dam.merged_into) == (ports, 3, ports)
    assert set(moved) < set(numbers(ports))
    noted = Regathering.objects.get()
    assert (noted.kind, noted.event, noted.other, noted.reports, noted.by, noted.reason) == (
        "merged",
        ports,
        dam,
        moved,
        analyst,
        "The same flood",
    )
    entry = AuditEntry.objects.get(verb="merged")
    assert (entry.by, entry.detail) == (
        analyst,
        {"other": dam.pk, "reports": 1, "reason": "The same flood"},
    )


def test_merging_moves_the_beginning_back(two: list[Event], analyst: User) -> None:
    _, dam = two
    earlier = AT.replace(day=1)
    [old] = receive(copy(4, published_at=earlier, title="Fire in the hall", summary=""))

    merge_events(event=old, into=dam, by=analyst)

    dam.refresh_from_db()
    assert (dam.first_reported_at, dam.report_count) == (earlier, 2)


def test_splitting_takes_reports_into_an_event_of_their_own(
    two: list[Event], analyst: User
) -> None:
    ports, _ = two
    first, second = numbers(ports)

    found = split_event(event=ports, reports=[second], by=analyst, reason="Another port")

    ports.refresh_from_db()
    assert (numbers(ports), numbers(found)) == ([first], [second])
    assert (found.title, found.summary) == (copy(2).title, copy(2).summary)
    assert (found.first_reported_at, found.occurred_on) == (AT, AT.date())
    assert wrongly_counted() == []
    noted = Regathering.objects.get()
    assert (noted.kind, noted.event, noted.other, noted.reports) == (
        "split",
        ports,
        found,
        [second],
    )


def test_splitting_what_was_made_one_brings_the_event_back(two: list[Event], analyst: User) -> None:
    ports, dam = two
    moved = numbers(dam)
    merge_events(event=dam, into=ports, by=analyst)

    assert split_event(event=ports, reports=moved, by=analyst) == dam

    dam.refresh_from_db()
    assert (dam.merged_into, numbers(dam)) == (None, moved)
    assert set(Event.objects.standing()) == {ports, dam}
    assert wrongly_counted() == []
    kinds = Regathering.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["merged", "split"]


def test_keeping_apart_forgets_witnesses(analyst: User) -> None:
    one, other = divided(copy(1), copy(2))
    receive(copy(3))
    assert Witness.objects.count() == 1

    noted = keep_apart(event=one, other=other, by=analyst, reason="Two ships")

    assert (noted.kind, noted.event, noted.other, noted.reports) == ("apart", one, other, [])
    assert not Witness.objects.exists()
    assert AuditEntry.objects.get(verb="apart").by == analyst


def test_what_was_kept_apart_may_be_made_one_by_a_person(two: list[Event], analyst: User) -> None:
    ports, dam = two
    keep_apart(event=ports, other=dam, by=analyst)

    assert merge_events(event=dam, into=ports, by=analyst).report_count == 3


def test_what_cannot_be_done_is_said_and_changes_nothing(two: list[Event], analyst: User) -> None:
    ports, dam = two
    other = EventReport.objects.get(event=dam)
    asked = (
        (lambda: merge_events(event=dam, into=dam, by=analyst), "the same event"),
        (lambda: split_event(event=ports, reports=[], by=analyst), "Choose the reports"),
        (lambda: split_event(event=ports, reports=[other.pk], by=analyst), "not of this event"),
        (lambda: split_event(event=ports, reports=[0], by=analyst), "not of this event"),
        (
            lambda: split_event(event=ports, reports=numbers(ports), by=analyst),
            "At least one report must stay",
        ),
    )
    for ask, words in asked:
        with pytest.raises(EventProblem, match=words):
            ask()

    assert not Regathering.objects.exists()
    assert set(Event.objects.standing()) == {ports, dam}


def test_an_event_that_became_part_of_another_is_told(two: list[Event], analyst: User) -> None:
    ports, dam = two
    merge_events(event=dam, into=ports, by=analyst)
    asked = (
        lambda: merge_events(event=dam, into=ports, by=analyst),
        lambda: merge_events(event=ports, into=dam, by=analyst),
        lambda: keep_apart(event=ports, other=dam, by=analyst),
        lambda: split_event(event=dam, reports=[1], by=analyst),
    )
    for ask in asked:
        with pytest.raises(EventProblem, match="has become part of another one"):
            ask()

    assert Regathering.objects.count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sources_regathering SET reason = ''",
        "DELETE FROM sources_regathering",
        "TRUNCATE sources_regathering",
    ],
)
def test_what_was_decided_is_never_changed(two: list[Event], analyst: User, statement: str) -> None:
    keep_apart(event=two[0], other=two[1], by=analyst, reason="Two ports")

    with pytest.raises(IntegrityError, match="What was decided on events is never changed"):
        run(statement)

    assert Regathering.objects.get().reason == "Two ports"


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        # Settles what the test itself left for the end of its transaction.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)
