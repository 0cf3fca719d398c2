"""Corrections that stand beside a registered claim."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from claims.models.claims import Claim


class Amendment(models.Model):
    """A dated note beside a registered claim, whose own words never change. Append-only."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="amendments")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(name="amendment_not_empty", condition=~models.Q(text=""))
        ]

    def __str__(self) -> str:
        return self.text
