"""The outcome of a checkpoint."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from claims.models import Checkpoint
from reviews.outcomes import GRADES, Outcome


class VerdictQuerySet(models.QuerySet["Verdict"]):
    """Reads of verdicts."""

    def standing(self) -> "VerdictQuerySet":
        """Verdicts that no later one supersedes."""
        return self.filter(superseded_by=None)


class Verdict(models.Model):
    """The outcome of a checkpoint. Append-only: a later one supersedes, never edits.

    `value` is the mean grade of the reviewers who agreed, 0 failed to 1 held, and empty for a
    disposition.
    """

    class Basis(models.TextChoices):
        AGREEMENT = "agreement", "agreement"
        ALONE = "one_reviewer", "one reviewer alone"
        ADJUDICATION = "adjudication", "adjudication"

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=Outcome)
    value = models.DecimalField(max_digits=4, decimal_places=3, null=True)
    basis = models.CharField(max_length=12, choices=Basis)
    reason = models.TextField(blank=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = VerdictQuerySet.as_manager()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                name="verdict_one_first", fields=["checkpoint"], condition=Q(supersedes=None)
            ),
            models.CheckConstraint(
                name="verdict_value_for_grades_only",
                condition=Q(outcome__in=GRADES, value__range=(0, 1))
                | (~Q(outcome__in=GRADES) & Q(value__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} ({self.get_basis_display()})"
