"""Chains of merged events whose reports were pruned meanwhile: counts stay right, and undoing them too."""

from datetime import UTC, datetime

import pytest

from accounts.models import User
from sources.models import Event, EventReport, PrunedReport, Regathering
from sources.services import (
    EventProblem,
    merge_events,
    prune_documents,
    split_event,
    undo_merge,
)
from tests.factories.sources import DocumentFactory, EventFactory

pytestmark = pytest.mark.django_db


def chain(*days: int) -> list[Event]:
    """Events of one report each, told at 6, 7, 8 o'clock, stored on these days of February."""
    made = []
    for hour, day in enumerate(days, start=6):
        told_at = datetime(2024, 1, 12, hour, tzinfo=UTC)
        document = DocumentFactory(origin="file", published_at=told_at, captured_at=stored_on(day))
        made.append(EventFactory(title=f"At {hour}", first_reported_at=told_at, report=document))
    return made


def stored_on(day: int) -> datetime:
    return datetime(2024, 2, day, tzinfo=UTC)


def prune_up_to(day: int) -> int:
    """Prunes what was stored up to a day of February; how many."""
    return prune_documents(before=stored_on(day + 1), by=None).documents


def merger_of(event: Event) -> Regathering:
    """How an event became part of another one last."""
    return Regathering.objects.filter(kind="merged", other=event).latest("pk")


def standing() -> dict[str, tuple[int, int]]:
    """The title of each standing event with its reports and the hour of the first."""
    events = Event.objects.standing().order_by("pk")
    return {one.title: (one.report_count, one.first_reported_at.hour) for one in events}


def parts() -> dict[str, str | None]:
    return dict(Event.objects.order_by("pk").values_list("title", "merged_into__title"))


def test_reports_pruned_before_each_merger_are_counted_through_the_chain(analyst: User) -> None:
    a, b, c = chain(1, 2, 3)
    assert prune_up_to(1) == 1
    merge_events(event=a, into=b, by=analyst)
    assert prune_up_to(2) == 1

    merge_events(event=b, into=c, by=analyst)

    assert parts() == {"At 6": "At 8", "At 7": "At 8", "At 8": None}
    assert standing() == {"At 8": (3, 6)}


def test_part_pruned_before_the_last_merger_goes_back_with_what_it_was_part_of(
    analyst: User,
) -> None:
    a, b, c = chain(1, 2, 3)
    assert prune_up_to(1) == 1
    merge_events(event=a, into=b, by=analyst)
    merge_events(event=b, into=c, by=analyst)

    assert undo_merge(merge=merger_of(b), by=analyst) == b

    assert parts() == {"At 6": "At 7", "At 7": None, "At 8": None}
    assert standing() == {"At 7": (2, 6), "At 8": (1, 8)}


def test_chain_of_pruned_parts_is_followed_to_its_end(analyst: User) -> None:
    a, b, c, d = chain(1, 2, 3, 4)
    assert prune_up_to(2) == 2
    for gone, into in ((a, b), (b, c), (c, d)):
        merge_events(event=gone, into=into, by=analyst)
    assert standing() == {"At 9": (4, 6)}

    undo_merge(merge=merger_of(c), by=analyst)

    assert parts() == {"At 6": "At 8", "At 7": "At 8", "At 8": None, "At 9": None}
    assert standing() == {"At 8": (3, 6), "At 9": (1, 9)}


def test_report_pruned_after_the_mergers_stays_where_it_is_counted(analyst: User) -> None:
    a, b, c = chain(1, 2, 3)
    merge_events(event=a, into=b, by=analyst)
    merge_events(event=b, into=c, by=analyst)
    assert prune_up_to(1) == 1
    assert PrunedReport.objects.get().event == c

    undo_merge(merge=merger_of(b), by=analyst)

    assert parts() == {"At 6": "At 7", "At 7": None, "At 8": None}
    assert standing() == {"At 7": (1, 7), "At 8": (2, 6)}


def test_part_that_keeps_a_report_stays_with_the_whole(analyst: User) -> None:
    a, b, c = chain(1, 2, 3)
    merge_events(event=a, into=b, by=analyst)
    merge_events(event=b, into=c, by=analyst)
    seven = EventReport.objects.get(event=c, document__published_at__hour=7)

    split_event(event=c, reports=[seven.pk], by=analyst)

    assert parts()["At 6"] == "At 8"
    assert standing()["At 8"] == (2, 6)


def test_undoing_says_that_the_reports_were_pruned(analyst: User) -> None:
    a, b, c = chain(1, 2, 3)
    merge_events(event=a, into=b, by=analyst)
    merge_events(event=b, into=c, by=analyst)
    prune_up_to(1)

    with pytest.raises(EventProblem) as problem:
        undo_merge(merge=merger_of(a), by=analyst)

    words = f"This cannot be undone: the reports that event {a.pk} brought were pruned since."
    assert str(problem.value) == words
    assert standing() == {"At 8": (3, 6)}


def test_undoing_says_that_the_reports_tell_of_other_events(analyst: User) -> None:
    a, b = chain(1, 2)
    EventReport.objects.create(event=a, document=DocumentFactory(origin="file"))
    merge_events(event=a, into=b, by=analyst)
    for report in EventReport.objects.filter(pk__in=merger_of(a).reports):
        split_event(event=b, reports=[report.pk], by=analyst)
    Event.objects.filter(pk=a.pk).update(merged_into=b)

    with pytest.raises(EventProblem) as problem:
        undo_merge(merge=merger_of(a), by=analyst)

    assert str(problem.value) == (
        f"This cannot be undone: the reports that event {a.pk} brought tell of other events by now."
    )


def test_merger_is_undone_where_only_pruned_reports_would_be_left(analyst: User) -> None:
    a, b = chain(2, 1)
    merge_events(event=a, into=b, by=analyst)
    assert prune_up_to(1) == 1

    assert undo_merge(merge=merger_of(a), by=analyst) == a

    assert standing() == {"At 6": (1, 6), "At 7": (1, 7)}


def test_pruned_report_without_a_day_of_its_own_counts_from_its_capture(analyst: User) -> None:
    [event] = chain(9)
    document = DocumentFactory(origin="file", published_at=None, captured_at=stored_on(1))
    undated = EventFactory(title="Undated", first_reported_at=stored_on(1), report=document)
    assert prune_up_to(1) == 1

    merge_events(event=event, into=undated, by=analyst)
    undo_merge(merge=merger_of(event), by=analyst)

    undated.refresh_from_db()
    assert (undated.report_count, undated.first_reported_at) == (1, stored_on(1))
