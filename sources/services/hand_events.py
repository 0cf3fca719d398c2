"""Events that somebody entered by hand are corrected, or taken back; what was captured of them stays."""

from datetime import date
from typing import Any

from django.db import transaction

from accounts.locks import Lock, hold
from accounts.models import User
from accounts.services import record
from sources.hand_events import why_kept, why_not_by_hand
from sources.models import Document, Event, EventReport
from sources.services.regathering import EventProblem


@transaction.atomic
def correct_hand_event(
    *, event: Event, title: str, summary: str, occurred_on: date, by: User
) -> tuple[Event, bool]:
    """Sets right the words or the day of an event entered by hand; the event, and whether it changed.

    Its document keeps what was entered first, the audit what was said before and after. Raises
    EventProblem for an event that is not by hand alone, or without a title.
    """
    locked = locked_by_hand(event)
    said = _said_of(locked)
    locked.title, locked.summary, locked.occurred_on = title.strip(), summary.strip(), occurred_on
    if not locked.title:
        raise EventProblem("Say what happened: an event has a title.")
    after = {name: value for name, value in _said_of(locked).items() if value != said[name]}
    if after:
        locked.save(update_fields=list(after))
        before = {name: said[name] for name in after}
        record(by=by, verb="corrected", on=locked, before=before, after=after)
    return locked, bool(after)


@transaction.atomic
def take_back_hand_event(*, event: Event, by: User) -> Document:
    """Takes an event back that was entered by hand. Its document, which is given back, stays without it;
    entering the same again makes an event of it anew.

    Raises EventProblem for an event that is not by hand alone, was decided on, or is marked. The caller
    sees to what rooms above keep of it.
    """
    locked = locked_by_hand(event)
    if reason := why_kept(locked):
        raise EventProblem(reason)
    report = EventReport.objects.select_related("document").get(event=locked)
    record(by=by, verb="took back", on=locked, document=report.document_id, **_said_of(locked))
    report.delete()
    locked.delete()
    return report.document


def locked_by_hand(event: Event) -> Event:
    """The event, locked so that nobody links or reports it meanwhile.

    Raises EventProblem, in words, for one that somebody did not enter by hand, or that others report too.
    """
    hold(Lock.DOCUMENTS)
    locked = Event.objects.select_for_update().filter(pk=event.pk).first()
    if locked is None:
        raise EventProblem("This event was taken back meanwhile.")
    if reason := why_not_by_hand(locked):
        raise EventProblem(reason)
    return locked


def _said_of(event: Event) -> dict[str, Any]:
    day = event.occurred_on.isoformat()
    return {"title": event.title, "summary": event.summary, "occurred_on": day}
