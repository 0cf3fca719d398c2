"""How a feed is: one word for each, told by the database, what needs attention first."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Case, F, Q, Value, When

# A feed that is due longer than this is not got to: the worker stands still or is overtaxed.
LATE_AFTER = timedelta(minutes=15)


class State(models.TextChoices):
    """How a feed is, in the order in which they need somebody."""

    GONE = "gone", "gone"
    FAILING = "failing", "failing"
    LATE = "late", "late"
    SILENT = "silent", "silent"
    PARTLY = "partly", "partly read"
    NEW = "new", "not asked yet"
    WELL = "well", "well"
    MUTED = "muted", "muted"
    PAUSED = "paused", "paused"


# What somebody should look at.
UNWELL = (State.GONE, State.FAILING, State.LATE, State.SILENT)
ORDER = {state: place for place, state in enumerate(State)}


def state_of(at: datetime) -> Case:
    """The state of a feed at a moment. A muted feed is muted, however it is."""
    failed = Q(failures__gt=0)
    late = Q(next_poll_at__lt=at - LATE_AFTER) & (Q(leased_until=None) | Q(leased_until__lte=at))
    silent = Q(silent_after__isnull=False, quiet_since__lt=Value(at) - F("silent_after"))
    return Case(
        When(is_muted=True, is_active=True, then=Value(State.MUTED)),
        When(
            is_active=False,
            then=Case(
                When(Q(paused_because="") | Q(is_muted=True), then=Value(State.PAUSED)),
                default=Value(State.GONE),
            ),
        ),
        When(failed, then=Value(State.FAILING)),
        When(late, then=Value(State.LATE)),
        When(last_success_at=None, then=Value(State.NEW)),
        When(silent, then=Value(State.SILENT)),
        When(~Q(last_error=""), then=Value(State.PARTLY)),
        default=Value(State.WELL),
        output_field=models.CharField(),
    )


def place_of_state() -> Case:
    """Where an annotated `state` stands in the order."""
    return Case(
        *(When(state=state, then=Value(place)) for state, place in ORDER.items()),
        output_field=models.IntegerField(),
    )
