"""Opens the reviews of checkpoints whose date has come."""

from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.services import record_all
from claims.models import Checkpoint
from reviews.models import Assignment

# As many as judge each checkpoint.
SEATS = 2
BATCH = 500


def open_due_checkpoints(*, on: date | None = None) -> int:
    """Two open seats at every due checkpoint that has none. Returns how many checkpoints were opened.

    Safe to repeat and to run twice at once: a seat exists once.
    """
    opened = 0
    while batch := _open_batch(on or timezone.localdate()):
        opened += batch
    return opened


@transaction.atomic
def _open_batch(on: date) -> int:
    seated = Assignment.objects.filter(checkpoint=OuterRef("pk"))
    due = list(
        Checkpoint.objects.due(on=on)
        .filter(~Exists(seated))
        .order_by("due_on", "pk")
        .select_for_update(skip_locked=True, no_key=True, of=("self",))[:BATCH]
    )
    Assignment.objects.bulk_create(
        (
            Assignment(checkpoint=checkpoint, seat=seat + 1)
            for checkpoint in due
            for seat in range(SEATS)
        ),
        ignore_conflicts=True,
    )
    record_all(by=None, verb="opened for review", on=due)
    return len(due)
