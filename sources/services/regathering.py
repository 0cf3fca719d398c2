"""Two events made one, one divided again, or kept apart: by a person, or by the machine."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Min, Q

from accounts.locks import Lock, hold
from accounts.models import User
from accounts.services import record
from sources.models import Event, EventReport, PrunedReport, Regathering, Witness


class EventProblem(Exception):
    """What was asked of an event cannot be done; the message says why."""


@transaction.atomic
def merge_events(*, event: Event, into: Event, by: User, reason: str = "") -> Event:
    """Makes one event of two: the reports of `event` become those of `into`, which is given back.

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
    found[gone].merged_into = found[into]
    found[gone].save(update_fields=["merged_into"])
    _recount(found[into])
    Witness.objects.filter(event__in=found, other__in=found).delete()
    _note(Regathering.Kind.MERGED, found[into], found[gone], moved, by=by, reason=reason)


@transaction.atomic
def split_event(*, event: Event, reports: Collection[int], by: User, reason: str = "") -> Event:
    """Takes reports (by number) out of an event; gives the event that they report from now on.

    That is the one they came from where just these were made part of this one, or a new one. The
    machine never makes one of the two again. Raises EventProblem where nothing would be left, or
    where a report is not of this event.
    """
    hold(Lock.DOCUMENTS)
    locked = _locked(event.pk)[event.pk]
    own = set(EventReport.objects.filter(event=locked).values_list("pk", flat=True))
    moved = set(reports)
    if not moved:
        raise EventProblem("Choose the reports that tell of something else.")
    if not moved <= own:
        raise EventProblem("A report that was chosen is not of this event any more: look again.")
    if moved == own:
        raise EventProblem("At least one report must stay; the event is what it reports.")
    other = _came_from(locked, moved) or _made_of(moved)
    EventReport.objects.filter(pk__in=moved).update(event=other)
    _recount(locked)
    _recount(other)
    _note(Regathering.Kind.SPLIT, locked, other, sorted(moved), by=by, reason=reason)
    return other


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
    events = Event.objects.select_for_update().filter(pk__in=numbers).order_by("pk")
    found = {event.pk: event for event in events}
    gone = next((one for one in found.values() if one.merged_into_id), None)
    if gone or len(found) < len(numbers):
        raise EventProblem("This event has become part of another one: look again.")
    return found


def _came_from(event: Event, moved: set[int]) -> Event | None:
    """The event that just these reports were part of before they came here, standing again."""
    merges = Regathering.objects.filter(kind=Regathering.Kind.MERGED, event=event)
    for merge in merges.filter(other__merged_into=event).select_related("other"):
        if set(merge.reports) == moved:
            merge.other.merged_into = None
            merge.other.save(update_fields=["merged_into"])
            return merge.other
    return None


def _made_of(moved: set[int]) -> Event:
    """A new event that the first of these reports tells of."""
    first = (
        EventReport.objects.filter(pk__in=moved)
        .select_related("document", "event")
        .order_by("document__published_at", "pk")[0]
    )
    document = first.document
    at = document.published_at or document.captured_at
    return Event.objects.create(
        title=document.title or document.text[:200],
        summary=document.text,
        occurred_on=at.date(),
        first_reported_at=at,
        language=document.language,
    )


def _recount(event: Event) -> None:
    """What follows from the reports an event has now."""
    reports = EventReport.objects.filter(event=event)
    # Reports whose texts were pruned stay where they were, and count.
    pruned = PrunedReport.objects.filter(Q(event=event) | Q(event__merged_into=event))
    event.report_count = reports.count() + pruned.count()
    first = [
        reports.aggregate(at=Min("document__published_at"))["at"],
        pruned.aggregate(at=Min("published_at"))["at"],
    ]
    if any(first):
        event.first_reported_at = min(filter(None, first))
    event.save(update_fields=["report_count", "first_reported_at"])


def _note(
    kind: str, event: Event, other: Event, moved: list[int], *, by: User | None, reason: str
) -> Regathering:
    noted = Regathering.objects.create(
        kind=kind, event=event, other=other, reports=moved, by=by, reason=reason.strip()
    )
    record(by=by, verb=kind, on=event, other=other.pk, reports=len(moved), reason=reason.strip())
    return noted
