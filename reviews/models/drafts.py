"""What a reviewer has written and not submitted."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from claims.models import Checkpoint
from reviews.outcomes import Confidence, Outcome


class Draft(models.Model):
    """One reviewer's unfinished judgement of a checkpoint, for their own eyes alone.

    It belongs to the checkpoint, not to the lease, so it outlives that. `leaned_on` are numbers of
    evidence that may be gone by now. `version` counts the savings: a tab that shows an older one does
    not save over it.
    """

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    confidence = models.PositiveSmallIntegerField(choices=Confidence, null=True)
    reason = models.TextField(blank=True)
    leaned_on = ArrayField(models.BigIntegerField(), default=list)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(name="draft_one_each", fields=["checkpoint", "by"]),
        ]

    def __str__(self) -> str:
        return f"draft by {self.by}"
