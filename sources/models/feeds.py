"""Where events come from by themselves."""

from datetime import datetime

from django.db import models
from django.urls import reverse
from django.utils import timezone

from sources.models.publishers import Publisher


class FeedQuerySet(models.QuerySet["Feed"]):
    """Reads of feeds."""

    def due(self, *, at: datetime | None = None) -> "FeedQuerySet":
        """Active feeds whose next poll has come."""
        return self.filter(is_active=True, next_poll_at__lte=at or timezone.now())


class Feed(models.Model):
    """An address that is polled for new items: RSS, Atom or JSON Feed."""

    name = models.CharField(max_length=200)
    url = models.URLField(max_length=1000, unique=True)
    publisher = models.ForeignKey(Publisher, on_delete=models.PROTECT, related_name="feeds")
    every_minutes = models.PositiveIntegerField(default=15)
    is_active = models.BooleanField(default=True)
    next_poll_at = models.DateTimeField(default=timezone.now)
    last_success_at = models.DateTimeField(null=True)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    failures = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="feed_polled_at_most_each_minute", condition=models.Q(every_minutes__gte=1)
            ),
        ]
        indexes = [
            models.Index(
                name="feed_due", fields=["next_poll_at"], condition=models.Q(is_active=True)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("sources:feeds")
