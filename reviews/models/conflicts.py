"""Conflicts of interest that people declare."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from sources.models import Claimant, Publisher


class DeclaredConflictQuerySet(models.QuerySet["DeclaredConflict"]):
    """Reads of declared conflicts."""

    def standing(self) -> "DeclaredConflictQuerySet":
        """Those that nobody ended."""
        return self.filter(ended_at=None)


class DeclaredConflict(models.Model):
    """Why somebody judges nothing by a claimant, from a publisher or on a topic.

    Declared by themselves, or by a lead for them. Never changed; it ends, and may be declared again.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    claimant = models.ForeignKey(Claimant, on_delete=models.PROTECT, null=True, related_name="+")
    publisher = models.ForeignKey(Publisher, on_delete=models.PROTECT, null=True, related_name="+")
    topic = models.CharField(max_length=60, blank=True)
    reason = models.TextField()
    at = models.DateTimeField(db_default=Now())
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = DeclaredConflictQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="declared_conflict_with_one",
                condition=Q(claimant__isnull=False, publisher__isnull=True, topic="")
                | Q(claimant__isnull=True, publisher__isnull=False, topic="")
                | (Q(claimant__isnull=True, publisher__isnull=True) & ~Q(topic="")),
            ),
            models.CheckConstraint(name="declared_conflict_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="declared_conflict_ended_by_somebody",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.UniqueConstraint(
                name="declared_conflict_once",
                fields=["user", "claimant", "publisher", "topic"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.target}"

    @property
    def target(self) -> str:
        """With whom or what, in words."""
        return str(self.claimant or self.publisher or f"the topic {self.topic}")
