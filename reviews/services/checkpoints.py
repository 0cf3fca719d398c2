"""Opens the reviews of checkpoints whose date has come."""

from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.services import record_all
from claims.models import Checkpoint
from reviews.models import Assignment, Policy
from reviews.urgency import place_of

BATCH = 500


def open_due_checkpoints(*, on: date | None = None) -> int:
    """As many open seats as the policy asks for at every due checkpoint that has none.

    Returns how many checkpoints were opened. Safe to repeat and to run twice at once: a seat exists
    once. `on` is the day up to which checkpoints are due, today without it.
    """
    opened = 0
    while batch := _open_batch(on or timezone.localdate()):
        opened += batch
    return opened


@transaction.atomic
def _open_batch(on: date) -> int:
    seated = Assignment.objects.filter(checkpoint=OuterRef("pk"))
    disagreed = Assignment.objects.for_adjudication().filter(
        checkpoint__claim=OuterRef("claim"), checkpoint__due_on__lt=OuterRef("due_on")
    )
    due = list(
        Checkpoint.objects.due(on=on)
        .filter(~Exists(seated))
        .annotate(disagreed=Exists(disagreed))
        .select_related("claim")
        .order_by("due_on", "pk")
        .select_for_update(skip_locked=True, no_key=True, of=("self",))[:BATCH]
    )
    needed, today = Policy.current().reviewers, timezone.localdate()
    Assignment.objects.bulk_create(
        (
            Assignment(checkpoint=checkpoint, seat=seat + 1, place=_place(checkpoint, today))
            for checkpoint in due
            for seat in range(needed)
        ),
        ignore_conflicts=True,
    )
    record_all(by=None, verb="opened for review", on=due, reviewers=needed)
    return len(due)


def _place(checkpoint: Checkpoint, today: date) -> int:
    return place_of(
        due_on=checkpoint.due_on,
        opened_on=today,
        stake=checkpoint.claim.stake,
        disagreed=checkpoint.disagreed,  # type: ignore[attr-defined]
    )
