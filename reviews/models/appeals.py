"""Appeals against verdicts, and what was decided on them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from reviews.models.assignments import Assignment
from reviews.models.verdicts import Verdict


class Appeal(models.Model):
    """Why somebody holds a verdict to be wrong, once for each person and verdict. Append-only.

    `seat` is that of whoever decides: appeals that wait over one verdict share it.
    """

    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="appeals")
    seat = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="appeals")
    words = models.TextField()
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(name="appeal_once_each", fields=["verdict", "by"]),
            models.CheckConstraint(name="appeal_says_why", condition=~Q(words="")),
        ]

    def __str__(self) -> str:
        return f"appeal against {self.verdict}"


class AppealDecision(models.Model):
    """What became of the appeals of one seat, with the reason that who appealed reads. Append-only."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", "The verdict stands"
        REOPENED = "reopened", "It is judged again"

    seat = models.OneToOneField(
        Assignment, on_delete=models.PROTECT, related_name="appeal_decision"
    )
    outcome = models.CharField(max_length=8, choices=Outcome)
    reason = models.TextField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(name="appeal_decision_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()
