"""Two events merged, split again, kept apart: chains stay one step long, and all is undone."""

from datetime import UTC, datetime

import pytest

from accounts.models import User
from sources.decisions import decisions_on, may_be_the_same
from sources.models import Event, EventReport, Regathering, Witness
from sources.services import EventProblem, keep_apart, merge_events, split_event, undo_merge
from sources.services.recollection import kept_apart, standing_for
from tests.factories.sources import DocumentFactory, EventFactory

pytestmark = pytest.mark.django_db


def told_at(hour: int) -> datetime:
    return datetime(2024, 1, 12, hour, tzinfo=UTC)


@pytest.fixture
def three() -> list[Event]:
    """Three events, reported one after the other."""
    return [EventFactory(first_reported_at=told_at(hour)) for hour in (6, 7, 8)]


def reports_of(event: Event) -> list[int]:
    return list(EventReport.objects.filter(event=event).order_by("pk").values_list("pk", flat=True))


def parts() -> dict[int, int | None]:
    return dict(Event.objects.values_list("pk", "merged_into"))


def last() -> Regathering:
    return Regathering.objects.latest("pk")


def test_chain_of_mergers_is_one_step_long(three: list[Event], analyst: User) -> None:
    a, b, c = three
    merge_events(event=a, into=b, by=analyst)
    merged = merge_events(event=b, into=c, by=analyst)

    assert parts() == {a.pk: c.pk, b.pk: c.pk, c.pk: None}
    assert (merged.report_count, merged.first_reported_at) == (3, told_at(6))


def test_undoing_the_last_merger_of_a_chain_leaves_the_first(
    three: list[Event], analyst: User
) -> None:
    a, b, c = three
    merge_events(event=a, into=b, by=analyst)
    merge_events(event=b, into=c, by=analyst)

    assert undo_merge(merge=last(), by=analyst) == b

    assert parts() == {a.pk: b.pk, b.pk: None, c.pk: None}
    assert [event.report_count for event in Event.objects.order_by("pk")] == [1, 2, 1]
    c.refresh_from_db()
    assert c.first_reported_at == told_at(8)


def test_undoing_the_first_merger_of_a_chain_leaves_the_last(
    three: list[Event], analyst: User
) -> None:
    a, b, c = three
    merge_events(event=a, into=b, by=analyst)
    first = last()
    merge_events(event=b, into=c, by=analyst)

    assert undo_merge(merge=first, by=analyst) == a

    assert parts() == {a.pk: None, b.pk: c.pk, c.pk: None}
    with pytest.raises(EventProblem, match=r"^These events are not merged any more\.$"):
        undo_merge(merge=first, by=analyst)


def test_reports_of_two_parts_stand_as_the_larger_one(three: list[Event], analyst: User) -> None:
    a, b, c = three
    EventReport.objects.create(event=b, document=DocumentFactory(origin="file"))
    moved = reports_of(a) + reports_of(b)
    for part in (a, b):
        merge_events(event=part, into=c, by=analyst)

    assert split_event(event=c, reports=moved, by=analyst) == b

    assert parts() == {a.pk: b.pk, b.pk: None, c.pk: None}
    assert reports_of(b) == sorted(moved)


def test_part_stands_again_with_a_report_that_joined_since(
    three: list[Event], analyst: User
) -> None:
    a, _, c = three
    moved = reports_of(a)
    merge_events(event=a, into=c, by=analyst)
    since = EventReport.objects.create(event=c, document=DocumentFactory(origin="file"))

    assert split_event(event=c, reports=[*moved, since.pk], by=analyst) == a
    assert reports_of(a) == [*moved, since.pk]


def test_report_of_a_part_that_stays_makes_a_new_event(three: list[Event], analyst: User) -> None:
    a, _, c = three
    since = EventReport.objects.create(event=a, document=DocumentFactory(title="Rain", text="Wet."))
    merge_events(event=a, into=c, by=analyst)

    made = split_event(event=c, reports=[since.pk], by=analyst, reason=" Weather. ")

    assert made not in three
    assert (made.title, made.summary, made.report_count) == ("Rain", "Wet.", 1)
    assert parts()[a.pk] == c.pk
    assert (last().kind, last().reason, last().reports) == ("split", "Weather.", [since.pk])


def test_event_named_by_a_report_that_went_is_named_by_the_first_left(analyst: User) -> None:
    event = EventFactory(title="Rain")
    first = EventReport.objects.get(event=event)
    for hour, title in ((12, "Sun"), (11, "Wind")):
        document = DocumentFactory(title=title, published_at=told_at(hour))
        EventReport.objects.create(event=event, document=document)

    made = split_event(event=event, reports=[first.pk], by=analyst)

    event.refresh_from_db()
    assert (made.title, event.title, event.first_reported_at) == ("Rain", "Wind", told_at(11))


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ("none", "Choose the reports that tell of something else."),
        ("all", "At least one report must stay; the event is what it reports."),
        ("another's", "A report that was chosen is not of this event any more: look again."),
    ],
)
def test_division_that_is_none_is_refused(
    chosen: str, words: str, three: list[Event], analyst: User
) -> None:
    event, other, _ = three
    reports = {"none": [], "all": reports_of(event), "another's": reports_of(other)}[chosen]

    with pytest.raises(EventProblem) as problem:
        split_event(event=event, reports=reports, by=analyst)

    assert str(problem.value) == words
    assert not Regathering.objects.exists()


def test_what_was_kept_apart_stays_so_for_what_it_became_part_of(
    three: list[Event], analyst: User
) -> None:
    a, b, c = three
    keep_apart(event=a, other=c, by=analyst)
    merge_events(event=a, into=b, by=analyst)

    assert {frozenset(pair) for pair in kept_apart(standing_for([b.pk, c.pk]))} == {
        frozenset((b.pk, c.pk))
    }
    merge_events(event=b, into=c, by=analyst)
    assert kept_apart(standing_for([c.pk])) == []


def test_witnesses_of_parts_make_candidates_until_people_decide(
    three: list[Event], analyst: User
) -> None:
    a, b, c = three
    report = EventReport.objects.get(event=a)
    Witness.objects.create(report=report, event=a, other=c)
    merge_events(event=a, into=b, by=analyst)

    (candidate,) = may_be_the_same(b)
    assert (candidate.event, candidate.reports) == (c, [report])
    assert [one.event for one in may_be_the_same(c)] == [b]
    merge_events(event=b, into=c, by=analyst)
    assert may_be_the_same(c) == []


def test_a_report_that_is_taken_out_is_no_witness_any_more(
    three: list[Event], analyst: User
) -> None:
    a, b, c = three
    report = EventReport.objects.get(event=a)
    EventReport.objects.create(event=a, document=DocumentFactory(origin="file"))
    Witness.objects.create(report=report, event=a, other=b)
    Witness.objects.create(report=report, event=b, other=c)

    split_event(event=a, reports=[report.pk], by=analyst)

    assert list(Witness.objects.values_list("event", "other")) == [(b.pk, c.pk)]


def test_history_gives_a_way_back_for_what_still_holds(three: list[Event], analyst: User) -> None:
    a, b, c = three
    merge_events(event=a, into=b, by=analyst)
    assert [(one.other, one.way_back) for one in decisions_on(b)] == [(a, "divide")]
    undo_merge(merge=last(), by=analyst)
    keep_apart(event=b, other=c, by=analyst)

    assert [(one.noted.kind, one.other, one.way_back) for one in decisions_on(b)] == [
        ("apart", c, "merge"),
        ("split", a, "merge"),
        ("merged", a, ""),
    ]
    merge_events(event=a, into=c, by=analyst)
    merge_events(event=b, into=c, by=analyst)
    assert [(one.noted.kind, one.way_back) for one in decisions_on(c)] == [
        ("merged", "divide"),
        ("merged", "divide"),
        ("apart", ""),
        ("split", ""),
        ("merged", ""),
    ]
