"""What the ranking of suggestions learned from decisions."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now


class TrainingQuerySet(models.QuerySet["Training"]):
    """Reads of trainings."""

    def adopted(self) -> "TrainingQuerySet":
        """Those whose weights came into use, the last one first."""
        return self.filter(adopted=True).order_by("-until")


class Training(models.Model):
    """One time that weights were fitted to decisions, and compared with those in use on decisions
    that neither had seen. Append-only; of the adopted ones the last is in use."""

    at = models.DateTimeField(db_default=Now())
    until = models.DateTimeField(
        unique=True, help_text="When the last decision was made it knows of."
    )
    decisions = models.PositiveIntegerField(help_text="To which the weights were fitted.")
    held_back = models.PositiveIntegerField(help_text="The newest, on which they were compared.")
    loss_in_use = models.FloatField()
    loss_learned = models.FloatField()
    concordance_in_use = models.FloatField()
    concordance_learned = models.FloatField()
    weights = models.JSONField(help_text="By measure, and the bias under an empty name.")
    adopted = models.BooleanField()

    objects = TrainingQuerySet.as_manager()

    class Meta:
        ordering = ["-until"]
        constraints = [
            models.CheckConstraint(
                name="training_adopted_when_better",
                condition=Q(adopted=False)
                | Q(loss_learned__lt=F("loss_in_use"))
                & Q(concordance_learned__gte=F("concordance_in_use")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decisions} decisions until {self.until:%Y-%m-%d %H:%M}"
