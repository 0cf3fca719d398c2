"""How often things of this kind happen anyway."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class BaseRate(models.Model):
    """Probability of a reference class, with its source, fixed before the outcome is known. Append-only."""

    reference_class = models.TextField()
    probability = models.DecimalField(max_digits=4, decimal_places=3)
    source = models.TextField()
    fixed_at = models.DateTimeField(db_default=Now())
    fixed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["reference_class"]
        constraints = [
            models.UniqueConstraint(
                name="base_rate_once", fields=["reference_class", "probability", "source"]
            ),
            models.CheckConstraint(
                name="base_rate_is_a_probability",
                condition=models.Q(probability__gte=0, probability__lte=1),
            ),
            models.CheckConstraint(
                name="base_rate_says_its_source",
                condition=~models.Q(source="") & ~models.Q(reference_class=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference_class}: {self.probability:.0%}"
