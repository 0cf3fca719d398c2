"""What colleagues say to each other about a draft."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from claims.models.claims import Claim


class Comment(models.Model):
    """One remark on a claim that is being made judgeable. Append-only."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(name="comment_not_empty", condition=~models.Q(text=""))
        ]

    def __str__(self) -> str:
        return self.text
