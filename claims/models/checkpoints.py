"""The dates at which claims are judged."""

from datetime import date

from django.db import models
from django.utils import timezone

from claims.models.claims import Claim


class CheckpointQuerySet(models.QuerySet["Checkpoint"]):
    """Reads of checkpoints."""

    def due(self, *, on: date | None = None) -> "CheckpointQuerySet":
        """Checkpoints of standing, scoreable claims whose date has come."""
        return self.filter(
            due_on__lte=on or timezone.localdate(), claim__status=Claim.Status.REGISTERED
        )


class Checkpoint(models.Model):
    """A date at which a claim is judged; the last one is final. Locked with its claim by a trigger."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="checkpoints")
    due_on = models.DateField()
    is_final = models.BooleanField(default=False)

    objects = CheckpointQuerySet.as_manager()

    class Meta:
        ordering = ["claim", "due_on"]
        constraints = [
            models.UniqueConstraint(name="checkpoint_once_a_day", fields=["claim", "due_on"]),
            models.UniqueConstraint(
                name="checkpoint_one_final", fields=["claim"], condition=models.Q(is_final=True)
            ),
        ]
        indexes = [models.Index(name="checkpoint_due", fields=["due_on"])]

    def __str__(self) -> str:
        return f"{self.due_on}{' (final)' if self.is_final else ''}"
