"""What a reviewer did not want to judge now, or not at all."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from claims.models import Checkpoint


class SetAsideQuerySet(models.QuerySet["SetAside"]):
    """Reads of what was set aside."""

    def lasting(self, *, at: datetime) -> "SetAsideQuerySet":
        """What still keeps a checkpoint from somebody, but for what was handed back."""
        return self.filter(until__gt=at)

    def handed_back(self) -> "SetAsideQuerySet":
        """What was given back for good."""
        return self.filter(kind=SetAside.Kind.HANDED_BACK)


class SetAside(models.Model):
    """One reviewer set one checkpoint aside: until a moment, or for good. Append-only.

    It says nothing to anybody else: the checkpoint is offered to others at once.
    """

    class Kind(models.TextChoices):
        SKIPPED = "skipped"
        POSTPONED = "postponed"
        HANDED_BACK = "handed_back", "handed back"

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=11, choices=Kind)
    reason = models.TextField(blank=True)
    until = models.DateTimeField(null=True)
    at = models.DateTimeField(db_default=Now())

    objects = SetAsideQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="set_aside_for_good_or_until",
                condition=Q(kind="handed_back", until__isnull=True)
                | Q(kind__in=["skipped", "postponed"], until__isnull=False),
            ),
            models.CheckConstraint(
                name="set_aside_skip_says_why", condition=~Q(kind="skipped", reason="")
            ),
        ]
        indexes = [models.Index(name="set_aside_by", fields=["checkpoint", "by"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} by {self.by}"
