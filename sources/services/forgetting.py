"""What the machine keeps to compare reports goes when reports of their event hardly arrive any more."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from sources.models import Clue, Fingerprint

# Counted from when a report was stored: an old file that is imported today is compared today.
KEEP_DAYS = 7
# So many at a time, so that nobody waits for a long transaction, and so often in one go.
BATCH = 2_000
BATCHES = 50


def forget_fingerprints(*, at: datetime | None = None) -> int:
    """Removes fingerprints older than KEEP_DAYS with their clues; gives how many."""
    before = (at or timezone.now()) - timedelta(days=KEEP_DAYS)
    forgotten = 0
    for _ in range(BATCHES):
        found = _forget(before)
        forgotten += found
        if found < BATCH:
            break
    return forgotten


@transaction.atomic
def _forget(before: datetime) -> int:
    old = (
        Fingerprint.objects.select_for_update(skip_locked=True)
        .filter(stored_at__lt=before)
        .order_by("stored_at", "pk")
        .values_list("pk", flat=True)
    )
    found = list(old[:BATCH])
    if found:
        Fingerprint.objects.filter(pk__in=found).delete()
        # By range, so that clues of reports that were removed in between go with them.
        kept = Fingerprint.objects.filter(report=OuterRef("report"))
        around = Clue.objects.filter(report__range=(min(found), max(found)))
        around.exclude(Exists(kept)).delete()
    return len(found)
