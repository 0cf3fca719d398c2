"""Coders' readings of how probable a claim's author made it."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from claims.models.claims import Claim


class Imputation(models.Model):
    """One coder's reading of a claim's probability, blind to outcome and other coders. Append-only.

    The coder's own opinion stands apart, since readings are known to drift towards it
    (Mandel 2019 on Stastny and Lehner 2018).
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="imputations")
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    low = models.DecimalField(max_digits=4, decimal_places=3)
    high = models.DecimalField(max_digits=4, decimal_places=3)
    own_opinion = models.DecimalField(max_digits=4, decimal_places=3, null=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(name="imputation_once_per_coder", fields=["claim", "coder"]),
            models.CheckConstraint(
                name="imputation_range_in_order",
                condition=models.Q(low__gte=0, high__lte=1, low__lte=models.F("high")),
            ),
            models.CheckConstraint(
                name="imputation_opinion_is_a_probability",
                condition=models.Q(own_opinion__isnull=True)
                | models.Q(own_opinion__gte=0, own_opinion__lte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.coder} reads {self.low:.0%} to {self.high:.0%}"
