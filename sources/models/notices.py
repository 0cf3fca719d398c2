"""What became of texts and events that something may lean on."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from sources.models.documents import Document
from sources.models.events import Event


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Reads of notices."""

    def standing(self) -> "NoticeQuerySet":
        """What nobody took back, newest first."""
        return self.filter(takes_back=None, taken_back=None).order_by("-at", "-pk")

    def marks(self) -> "NoticeQuerySet":
        """What stands of marks as retracted or corrected, without what only may be so."""
        return self.standing().filter(kind__in=Notice.MARKED, is_suggestion=False)

    def since(self, at: datetime) -> "NoticeQuerySet":
        """Everything noted after a moment, what takes another back included, oldest first."""
        return self.filter(at__gt=at).order_by("at", "pk")

    def with_what_they_name(self) -> "NoticeQuerySet":
        """Notices with the documents and events that their rows show."""
        names = ("document", "newer", "source")
        return self.select_related(*names, "event", "by", "taken_back", "takes_back").defer(
            *(f"{name}__text" for name in names)
        )


class Notice(models.Model):
    """One change of what was captured: the page changed, vanished or came back, or it is retracted or
    corrected. Append-only: what was noted wrongly is taken back by a further row.
    """

    class Kind(models.TextChoices):
        CHANGED = "changed"
        VANISHED = "vanished"
        BACK = "back", "back again"
        RETRACTED = "retracted"
        CORRECTED = "corrected"

    MARKED = (Kind.RETRACTED, Kind.CORRECTED)

    kind = models.CharField(max_length=10, choices=Kind)
    document = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        related_name="notices",
        help_text="The version, up to which all are concerned.",
    )
    newer = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="The version that stands there now.",
    )
    event = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, related_name="notices")
    source = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="The arrived item that says so.",
    )
    words = models.TextField(blank=True)
    url = models.CharField(max_length=2000, blank=True)
    is_suggestion = models.BooleanField(default=False)
    takes_back = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="taken_back"
    )
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="notice_names_something",
                condition=Q(document__isnull=False)
                | Q(event__isnull=False)
                | Q(source__isnull=False),
            ),
            models.CheckConstraint(
                name="notice_by_somebody_says_why", condition=Q(by__isnull=True) | ~Q(words="")
            ),
            models.UniqueConstraint(
                name="notice_once_per_source",
                fields=["source"],
                condition=Q(source__isnull=False, takes_back__isnull=True),
            ),
        ]
        indexes = [models.Index(name="notice_at", fields=["-at", "-id"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.document or self.event or self.source}"
