"""Which texts of streams may go: those on which no claim and no decided evidence leans."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from claims.models import Evidence
from sources.models import Document
from sources.services import Pruned, prunable, prune_documents


def prunable_documents(*, older_than: timedelta, at: datetime | None = None) -> QuerySet[Document]:
    """Texts of streams captured so long ago that nobody leaned on; suggestions alone do not hold them."""
    before = (at or timezone.now()) - older_than
    return prunable(before=before, loose=[Evidence.objects.never_decided()])


def prune_old_documents(
    *,
    older_than: timedelta,
    by: User | None = None,
    batches: int | None = None,
    at: datetime | None = None,
) -> Pruned:
    """Removes what is prunable, with the suggestions that nobody decided on, at most so many batches."""
    before = (at or timezone.now()) - older_than
    return prune_documents(
        before=before, by=by, loose=[Evidence.objects.never_decided()], batches=batches
    )
