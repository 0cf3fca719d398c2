"""Whether events are compared with the open claims as they come, in plain words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.formats import date_format

from accounts.paging import bounded_count, count_in_words
from claims.models import Claim, Matching
from claims.services import unmatched_claims
from sources.models import Event
from sources.models.events import EventQuerySet

# A sweep comes every five seconds; a large file may take it some minutes.
LATE = timedelta(minutes=5)


@dataclass(frozen=True)
class KeepingUp:
    """How many events and claims wait to be compared, bounded, and since when."""

    events: int
    claims: int
    since: datetime | None

    def is_late(self, at: datetime | None = None) -> bool:
        """Whether the first of them has waited for longer than it should."""
        return self.since is not None and (at or timezone.now()) - self.since > LATE

    @property
    def in_words(self) -> str:
        """What waits, in a sentence."""
        if self.since is None:
            return "No event and no claim waits to be compared."
        since = date_format(timezone.localtime(self.since), "j M Y H:i")
        return (
            f"{_counted(self.events, 'event')} and {_counted(self.claims, 'claim')} wait to be "
            f"compared, the first since {since}."
        )


def keeping_up() -> KeepingUp:
    """What waits now: events after the last one that was compared, and claims that were not compared
    with the stored events."""
    events, claims = waiting_events(), unmatched_claims()
    came = events.order_by("pk").values_list("created_at", flat=True).first()
    # One whose words were set is compared again since then.
    asked = claims.aggregate(at=Min(Greatest("registered_at", "words__changed_at")))["at"]
    since = min((one for one in (came, asked) if one), default=None)
    return KeepingUp(bounded_count(events), bounded_count(claims), since)


def waiting_events() -> EventQuerySet:
    """Events that came after the last one that was compared; the oldest are compared first."""
    last = Matching.objects.order_by("-event_id").values_list("event_id", flat=True).first()
    return Event.objects.standing().filter(pk__gt=last or 0)


def last_compared() -> Matching | None:
    """The newest event that was compared, and when."""
    return Matching.objects.select_related("event").order_by("-event_id").first()


def compared_with() -> int:
    """How many open claims an event is compared with."""
    return Claim.objects.filter(status=Claim.Status.REGISTERED).count()


def _counted(count: int, what: str) -> str:
    return f"{count_in_words(count)} {what}{'' if count == 1 else 's'}"
