"""Which texts of streams may go: those on which no claim and no decided evidence leans."""

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from claims.models import Evidence
from sources.services import Pruned, prune_documents


def prune_old_documents(
    *,
    older_than: timedelta,
    by: User | None = None,
    batches: int | None = None,
    dry_run: bool = False,
    at: datetime | None = None,
) -> Pruned:
    """Removes texts of streams captured so long ago that nobody leaned on, at most so many batches.

    Suggestions that nobody ever decided on do not hold a text; they go with it.
    """
    return prune_documents(
        before=(at or timezone.now()) - older_than,
        by=by,
        loose=[Evidence.objects.never_decided()],
        batches=batches,
        dry_run=dry_run,
    )
