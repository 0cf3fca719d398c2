"""Imports of events taken back: what no claim and no decided evidence leans on goes."""

from time import monotonic

from claims.models import Evidence, Matching
from sources.models import EventImport
from sources.services import take_back_event_import


def take_back_event_imports(*, seconds: float) -> None:
    """Goes on with what is being taken back for so long.

    Suggestions that nobody ever decided on hold nothing; they go, and an event that stays under other
    words is compared with the claims anew.
    """
    until = monotonic() + seconds
    for event_import in EventImport.objects.going():
        take_back_event_import(
            event_import=event_import,
            seconds=max(until - monotonic(), 0),
            loose=[Evidence.objects.never_decided(), Matching.objects.all()],
        )
