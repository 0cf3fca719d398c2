"""Events entered by hand are corrected or taken back, as long as nothing that claims have leans on them."""

from datetime import date

from django.db import transaction

from accounts.models import User
from claims.models import Evidence, Matching
from claims.queries import why_event_is_kept, why_event_is_locked
from claims.validators import ClaimProblem
from sources.models import Document, Event
from sources.services import correct_hand_event, take_back_hand_event
from sources.services.hand_events import locked_by_hand


@transaction.atomic
def correct_event(
    *, event: Event, title: str, summary: str, occurred_on: date, by: User
) -> tuple[Event, bool]:
    """Corrects an event entered by hand while no decided evidence leans on it; as in the room of sources.

    Suggestions that nobody decided on go, and the event is compared with the open claims anew. Raises
    ClaimProblem, which names what leans on it, or EventProblem.
    """
    locked = _held_still(event)
    if reason := why_event_is_locked(locked):
        raise ClaimProblem(reason)
    corrected, changed = correct_hand_event(
        event=locked, title=title, summary=summary, occurred_on=occurred_on, by=by
    )
    if changed:
        _forget_what_was_compared(corrected)
    return corrected, changed


@transaction.atomic
def take_back_event(*, event: Event, by: User) -> Document:
    """Takes back an event entered by hand while nothing leans on it; as in the room of sources.

    Raises ClaimProblem, which names what leans on it, or EventProblem.
    """
    locked = _held_still(event)
    if reason := why_event_is_kept(locked):
        raise ClaimProblem(reason)
    _forget_what_was_compared(locked)
    return take_back_hand_event(event=locked, by=by)


def _held_still(event: Event) -> Event:
    """The event and its links, locked: waits for whoever is just deciding on one."""
    locked = locked_by_hand(event)
    list(Evidence.objects.filter(event=locked).order_by("pk").select_for_update(of=("self",)))
    return locked


def _forget_what_was_compared(event: Event) -> None:
    Evidence.objects.never_decided().filter(event=event).delete()
    Matching.objects.filter(event=event).delete()
