"""Why a checkpoint that had its verdict is judged again."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from claims.models import Evidence
from reviews.models.verdicts import Verdict
from sources.models import Notice


class Reopening(models.Model):
    """A verdict that is judged again, once: it stands until the next supersedes it. Append-only.

    `evidence` is the piece that moved, or nothing where an appeal reopened it.
    """

    class Cause(models.TextChoices):
        CHANGED = "changed", "What it leaned on changed"
        DETACHED = "detached", "What it leaned on is not linked any more"
        ACCEPTED = "accepted", "Evidence from before its date was linked since"
        APPEALED = "appealed", "An appeal was allowed"

    verdict = models.OneToOneField(Verdict, on_delete=models.PROTECT, related_name="reopening")
    cause = models.CharField(max_length=8, choices=Cause)
    reason = models.TextField()
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, null=True, related_name="+")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(name="reopening_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="reopening_by_evidence_or_by_somebody",
                condition=Q(cause="appealed", evidence__isnull=True, by__isnull=False)
                | (~Q(cause="appealed") & Q(evidence__isnull=False, by__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} judged again: {self.get_cause_display()}"
