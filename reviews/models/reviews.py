"""What one reviewer found."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from claims.models import Evidence
from reviews.models.assignments import Assignment
from reviews.outcomes import Confidence, Outcome


class Review(models.Model):
    """One reviewer's grade or disposition, with reasons and confidence. Append-only."""

    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="review")
    outcome = models.CharField(max_length=20, choices=Outcome)
    confidence = models.PositiveSmallIntegerField(choices=Confidence)
    reason = models.TextField()
    leaned_on = models.ManyToManyField(Evidence, related_name="+", blank=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(name="review_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="review_confidence_1_to_3", condition=Q(confidence__range=(1, 3))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} by {self.assignment.reviewer}"
