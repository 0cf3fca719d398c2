"""Two events merged, one split again, or two kept apart: by a person, or by the machine."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Count, Min, Q
from django.db.models.functions import Coalesce

from accounts.locks import Lock, hold
from accounts.models import User
from accounts.services import record
from sources.models import Event, EventReport, PrunedReport, Regathering, Witness
from sources.models.events import EventReportQuerySet


class EventProblem(Exception):
    """What was asked of an event cannot be done; the message says why."""


@transaction.atomic
def merge_events(*, event: Event, into: Event, by: User, reason: str = "") -> Event:
    """Merges two events: the reports of `event` become those of `into`, which is given back.

    Raises EventProblem where one of them is part of another already, or both are one.
    """
    hold(Lock.DOCUMENTS)
    if event.pk == into.pk:
        raise EventProblem("This is the same event: choose another one.")
    join_events(gone=event.pk, into=into.pk, by=by, reason=reason)
    return Event.objects.get(pk=into.pk)


def join_events(*, gone: int, into: int, by: User | None, reason: str = "") -> None:
    """As `merge_events`, by number, inside a transaction that holds Lock.DOCUMENTS."""
    found = _locked(gone, into)
    reports = EventReport.objects.filter(event=gone)
    moved = sorted(reports.values_list("pk", flat=True))
    reports.update(event=into)
    # What became part of the one that goes comes along, so that one step leads to what stands.
    Event.objects.one_with(gone).update(merged_into=into)
    _recount(found[into])
    Witness.objects.filter(event__in=found, other__in=found).delete()
    _note(Regathering.Kind.MERGED, found[into], found[gone], moved, by=by, reason=reason)


@transaction.atomic
def split_event(*, event: Event, reports: Collection[int], by: User, reason: str = "") -> Event:
    """Takes reports (by number) out of an event; gives the event that they report from now on.

    That is the one they came from, where all that it brought goes, or a new one. The machine never
    merges the two again. Raises EventProblem where nothing would be left, or where a report is not of
    this event.
    """
    hold(Lock.DOCUMENTS)
    locked = _locked(event.pk)[event.pk]
    own = set(EventReport.objects.filter(event=locked).values_list("pk", flat=True))
    moved = set(reports)
    _check_moved(locked, moved, own)
    other = _standing_again(locked, moved, own) or _made_of(moved)
    EventReport.objects.filter(pk__in=moved).update(event=other)
    _rename(locked, moved)
    _recount(locked)
    _recount(other)
    told_of_both = Q(event=locked) | Q(other=locked)
    Witness.objects.filter(told_of_both, report__in=moved).delete()
    _note(Regathering.Kind.SPLIT, locked, other, sorted(moved), by=by, reason=reason)
    return other


def _check_moved(event: Event, moved: set[int], own: set[int]) -> None:
    if not moved:
        raise EventProblem("Choose the reports that tell of something else.")
    if not moved <= own:
        raise EventProblem("A report that was chosen is not of this event any more: look again.")
    # A report whose text was pruned stays with the event, and is enough.
    if moved == own and not PrunedReport.objects.filter(event=event).exists():
        raise EventProblem("At least one report must stay; the event is what it reports.")


@transaction.atomic
def undo_merge(*, merge: Regathering, by: User) -> Event:
    """Takes out again what a merger brought; gives the event that stands again.

    Reports whose texts were pruned since stay where they are. Raises EventProblem, which says why,
    where the events are not merged any more, or where nothing can be taken out.
    """
    hold(Lock.DOCUMENTS)
    event = Event.objects.get(pk=merge.other_id).merged_into
    if event is None:
        raise EventProblem("These events are not merged any more.")
    brought = EventReport.objects.filter(pk__in=merge.reports)
    moved = list(brought.filter(event=event).values_list("pk", flat=True))
    if not moved:
        became = "tell of other events by now" if brought.exists() else "were pruned since"
        raise EventProblem(
            f"This cannot be undone: the reports that event {merge.other_id} brought {became}."
        )
    return split_event(event=event, reports=moved, by=by)


@transaction.atomic
def keep_apart(*, event: Event, other: Event, by: User, reason: str = "") -> Regathering:
    """Tells the machine that two events are two, whatever reports still come.

    Raises EventProblem where they are one already.
    """
    hold(Lock.DOCUMENTS)
    found = _locked(event.pk, other.pk)
    Witness.objects.filter(event__in=found, other__in=found).delete()
    return _note(Regathering.Kind.APART, event, other, [], by=by, reason=reason)


def _locked(*numbers: int) -> dict[int, Event]:
    """Events that stand, locked in the order of their numbers."""
    # Keys are left free: who links one of them now, or suggests it, waits for nobody here.
    events = Event.objects.select_for_update(no_key=True).filter(pk__in=numbers).order_by("pk")
    found = {event.pk: event for event in events}
    gone = next((one for one in found.values() if one.merged_into_id), None)
    if gone or len(found) < len(numbers):
        raise EventProblem("This event has become part of another one: look again.")
    return found


def _standing_again(event: Event, moved: set[int], own: set[int]) -> Event | None:
    """The largest event all of whose reports go, standing again; others that go are part of it."""
    mergers = _last_mergers(event)
    left = {merger.other_id: set(merger.reports) & own for merger in mergers}
    back = sorted(
        (pk for pk, reports in left.items() if reports and reports <= moved),
        key=lambda pk: (-len(left[pk]), pk),
    )
    if not back:
        return None
    for merger in mergers:  # the last first, so that a chain is followed to its end
        # Of what was pruned nothing moves; it goes with the event that it had become part of.
        if not left[merger.other_id] and merger.event_id in back:
            back.append(merger.other_id)
    Event.objects.filter(pk__in=back[1:]).update(merged_into=back[0])
    Event.objects.filter(pk=back[0]).update(merged_into=None)
    return Event.objects.get(pk=back[0])


def _last_mergers(event: Event) -> list[Regathering]:
    """How each event that is part of one became so, the last merger first."""
    mergers = Regathering.objects.filter(
        kind=Regathering.Kind.MERGED, other__merged_into=event
    ).order_by("-pk")
    last: dict[int, Regathering] = {}
    for merger in mergers:
        last.setdefault(merger.other_id, merger)
    return list(last.values())


def _made_of(moved: set[int]) -> Event:
    """A new event that the first of these reports tells of."""
    return Event.objects.create(**_words_of_the_first(EventReport.objects.filter(pk__in=moved)))


def _rename(event: Event, moved: set[int]) -> None:
    """An event that was named by a report taken out is named by the first one that is left."""
    left = EventReport.objects.filter(event=event)
    gone = EventReport.objects.filter(pk__in=moved)
    named = Q(document__title=event.title)
    if left.exists() and gone.filter(named).exists() and not left.filter(named).exists():
        Event.objects.filter(pk=event.pk).update(**_words_of_the_first(left))
        event.refresh_from_db()


def _words_of_the_first(reports: EventReportQuerySet) -> dict[str, Any]:
    document = reports.by_time().select_related("document")[0].document
    at = document.published_at or document.captured_at
    return {
        "title": document.title or document.text[:200],
        "summary": document.text,
        "occurred_on": at.date(),
        "first_reported_at": at,
        "language": document.language,
    }


def _recount(event: Event) -> None:
    """What follows from the reports an event has now."""
    reports = EventReport.objects.filter(event=event).by_time()
    found = reports.aggregate(n=Count("pk"), first=Min("told_at"))
    # Reports whose texts were pruned stay where they were, and count.
    pruned = PrunedReport.objects.filter(Q(event=event) | Q(event__merged_into=event))
    told_at = Coalesce("published_at", "captured_at")
    gone = pruned.aggregate(n=Count("pk"), first=Min(told_at))
    event.report_count = found["n"] + gone["n"]
    first = [at for at in (found["first"], gone["first"]) if at]
    event.first_reported_at = min(first, default=event.first_reported_at)
    event.save(update_fields=["report_count", "first_reported_at"])


def _note(
    kind: str, event: Event, other: Event, moved: list[int], *, by: User | None, reason: str
) -> Regathering:
    noted = Regathering.objects.create(
        kind=kind, event=event, other=other, reports=moved, by=by, reason=reason.strip()
    )
    record(by=by, verb=kind, on=event, other=other.pk, reports=len(moved), reason=reason.strip())
    return noted
