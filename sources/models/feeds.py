"""Where events come from by themselves."""

from datetime import datetime

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse
from django.utils import timezone

from sources.models.publishers import Publisher


class HostOf(models.Func):
    """The host of an address, with its port where one is named."""

    template = "substring(%(expressions)s from '://(?:[^/?#@]*@)?([^/?#]+)')"
    output_field = models.CharField()


class FeedQuerySet(models.QuerySet["Feed"]):
    """Reads of feeds."""

    def due(self, *, at: datetime | None = None) -> "FeedQuerySet":
        """Active feeds whose next poll has come and that nobody is asking just now."""
        at = at or timezone.now()
        return self.filter(Q(leased_until=None) | Q(leased_until__lte=at)).filter(
            is_active=True, next_poll_at__lte=at
        )

    def takeable(self, *, at: datetime, at_once: int) -> "FeedQuerySet":
        """Due feeds whose host may be asked: it is given its pause, and fewer than `at_once` ask it."""
        of_host = Feed.objects.filter(host=OuterRef("host")).order_by()
        asking = of_host.filter(leased_until__gt=at).values("host").annotate(n=Count("pk"))
        return (
            self.due(at=at)
            .filter(~Exists(of_host.filter(host_free_at__gt=at)))
            .alias(asking=Coalesce(Subquery(asking.values("n")), 0))
            .filter(asking__lt=at_once)
        )

    def matching(self, words: str) -> "FeedQuerySet":
        """Feeds with these words in name, address or publisher's name; all where there are none."""
        if not words:
            return self
        return self.filter(
            Q(name__icontains=words) | Q(url__icontains=words) | Q(publisher__name__icontains=words)
        )


class Feed(models.Model):
    """An address that is polled for new items: RSS, Atom or JSON Feed."""

    name = models.CharField(max_length=200)
    url = models.URLField(max_length=1000, unique=True)
    host = models.GeneratedField(
        expression=Lower(HostOf("url")),
        output_field=models.CharField(max_length=1000),
        db_persist=True,
    )
    publisher = models.ForeignKey(Publisher, on_delete=models.PROTECT, related_name="feeds")
    every_minutes = models.PositiveIntegerField(default=15)
    is_active = models.BooleanField(default=True)
    paused_because = models.TextField(
        blank=True, help_text="Why it is paused, where no person did it."
    )
    is_muted = models.BooleanField(
        default=False, help_text="Polled and stored, but whatever it lacks raises no alarm."
    )
    next_poll_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(
        null=True, help_text="Somebody is asking it; then, at the latest, it is anybody's again."
    )
    host_free_at = models.DateTimeField(
        null=True, help_text="Before then no feed of the same host is asked, on this one's account."
    )
    last_success_at = models.DateTimeField(null=True)
    last_new_at = models.DateTimeField(null=True, help_text="When it last brought something new.")
    quiet_since = models.DateTimeField(
        null=True, help_text="Since when it has been listened to and brought nothing new."
    )
    silent_after = models.DurationField(
        null=True, help_text="From how long a silence on it is out of the ordinary, once learned."
    )
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    failures = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)
    moved_to = models.URLField(
        max_length=1000, blank=True, help_text="Where it says that it moved for good."
    )
    moved_seen = models.PositiveSmallIntegerField(default=0, help_text="How often in a row.")

    objects = FeedQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="feed_polled_at_most_each_minute", condition=Q(every_minutes__gte=1)
            ),
            models.CheckConstraint(
                name="feed_polled_is_not_paused",
                condition=Q(is_active=False) | Q(paused_because=""),
            ),
        ]
        indexes = [
            models.Index(name="feed_due", fields=["next_poll_at"], condition=Q(is_active=True)),
            models.Index(name="feed_host_pause", fields=["host", "host_free_at"]),
            models.Index(
                name="feed_host_asked", fields=["host"], condition=Q(leased_until__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("sources:feed", args=[self.pk])


class FeedPoll(models.Model):
    """One time a feed was asked, and what came of it. Never rewritten; old ones are pruned."""

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="polls", db_index=False)
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True, help_text="Of HTTP; none: no answer.")
    milliseconds = models.PositiveIntegerField()
    size = models.PositiveIntegerField(help_text="Bytes of the answer, unpacked.")
    new = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)
    failed = models.BooleanField(default=False)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(name="poll_of_feed", fields=["feed", "-id"])]

    def __str__(self) -> str:
        return f"{self.feed}, {self.at:%Y-%m-%d %H:%M}"


class FeedDay(models.Model):
    """What a feed brought on one day of the desk, counted as it is stored."""

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="days", db_index=False)
    day = models.DateField()
    answers = models.PositiveIntegerField(default=0, help_text="Polls that went well.")
    failures = models.PositiveIntegerField(default=0)
    items = models.PositiveIntegerField(default=0, help_text="New documents.")
    events = models.PositiveIntegerField(default=0, help_text="Events that it reported first.")
    joined = models.PositiveIntegerField(default=0, help_text="Reports of events that stood.")
    continues = models.BooleanField(
        default=False,
        help_text="It answered the day before too, so that what it brought is of this day.",
    )
    longest_gap = models.DurationField(
        null=True, help_text="The longest time without anything new that ended this day."
    )

    class Meta:
        ordering = ["feed", "day"]
        constraints = [models.UniqueConstraint(name="feed_day_once", fields=["feed", "day"])]
        indexes = [models.Index(name="feed_day", fields=["day"])]

    def __str__(self) -> str:
        return f"{self.feed}, {self.day}"
