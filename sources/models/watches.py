"""Pages that something leans on, looked at again and again."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone

from sources.models.documents import Document

# Longer than a fetch may take: a host is never asked twice at once, and no more than twice a minute.
HOST_PAUSE = timedelta(seconds=25)


class PageWatchQuerySet(models.QuerySet["PageWatch"]):
    """Reads of watched pages."""

    def due(self, *, at: datetime | None = None) -> "PageWatchQuerySet":
        """Pages that are to be looked at now, without those whose host was asked a moment ago."""
        now = at or timezone.now()
        just_asked = PageWatch.objects.filter(
            host=OuterRef("host"), asked_at__gt=now - HOST_PAUSE, asked_at__lte=now
        )
        return self.filter(is_active=True, next_check_at__lte=now).exclude(Exists(just_asked))

    def of(self, document: Document) -> "PageWatchQuerySet":
        """The watch over a document's address, if there is one."""
        return self.filter(url_key=document.url_key).exclude(url_key="")


class PageWatch(models.Model):
    """A page that something leans on: when it was looked at last, and what became of it."""

    class Status(models.TextChoices):
        STANDING = "standing"
        VANISHED = "vanished"

    url_key = models.CharField(max_length=2000, unique=True)
    url = models.CharField(max_length=2000)
    host = models.CharField(max_length=255)
    document = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="The version that stood there last, where it was fetched.",
    )
    title = models.TextField(blank=True, help_text="What the page called itself last.")
    is_active = models.BooleanField(default=True, help_text="Whether anything leans on it now.")
    status = models.CharField(max_length=8, choices=Status, default=Status.STANDING)
    next_check_at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(null=True)
    last_checked_at = models.DateTimeField(null=True, help_text="When it answered last.")
    steady_since = models.DateTimeField(default=timezone.now)
    gone_since = models.DateTimeField(null=True)
    gone_times = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    objects = PageWatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "page watches"
        ordering = ["next_check_at"]
        constraints = [
            models.CheckConstraint(
                name="watch_vanished_since_some_time",
                condition=~Q(status="vanished") | Q(gone_since__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="watch_due", fields=["next_check_at"], condition=Q(is_active=True)),
            models.Index(name="watch_host", fields=["host", "-asked_at"]),
        ]

    def __str__(self) -> str:
        return self.url
