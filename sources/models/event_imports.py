"""Files of events that somebody brought in, and what their columns hold."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse


class ColumnMapping(models.Model):
    """Which column holds what, remembered by the columns of the file it was first said for."""

    name = models.CharField(max_length=100, unique=True)
    columns = ArrayField(models.TextField(), help_text="All columns of that file, sorted.")
    # What a plan says: columns by field, whether the day comes first in dates, and their time zone.
    plan = models.JSONField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(db_default=Now())
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(name="mapping_named", condition=~Q(name="")),
            models.CheckConstraint(
                name="mapping_has_title_and_date",
                condition=Q(plan__columns__has_keys=["title", "published"]),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class EventImportQuerySet(models.QuerySet["EventImport"]):
    """Reads of imports."""

    def at_work(self) -> "EventImportQuerySet":
        """What the worker has to do something for, oldest first."""
        return self.filter(status=EventImport.Status.IMPORTING).order_by("pk")


class EventImport(models.Model):
    """One file: looked at by a person first, and then stored by the worker, batch by batch.

    `rows_done` counts what reading the file has yielded and was dealt with, together with what became
    of it, so that whoever goes on knows where.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", "waits for a decision"
        IMPORTING = "importing", "being imported"
        DONE = "done", "imported"
        BROKEN = "broken", "broke off"
        CANCELLED = "cancelled"

    OVER = (Status.DONE, Status.BROKEN, Status.CANCELLED)

    file_name = models.CharField(max_length=255)
    kind = models.CharField(max_length=16)
    provider = models.CharField(max_length=16, blank=True, help_text="Whose columns they are.")
    size = models.PositiveBigIntegerField()
    bytes_read = models.PositiveBigIntegerField(default=0)
    plan = models.JSONField(null=True, help_text="Which column holds what; null where it is known.")
    status = models.CharField(max_length=9, choices=Status, default=Status.WAITING)
    error = models.TextField(blank=True)
    rows_done = models.PositiveIntegerField(default=0)
    stored = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    events = models.PositiveIntegerField(default=0)
    joined = models.PositiveIntegerField(default=0)
    problem_count = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)

    objects = EventImportQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="event_import_counts_in_order",
                condition=Q(
                    rows_done__gte=models.F("problem_count"), size__gte=models.F("bytes_read")
                ),
            ),
            models.CheckConstraint(
                name="event_import_ended_when_over",
                condition=Q(ended_at__isnull=False, status__in=["done", "broken", "cancelled"])
                | Q(ended_at__isnull=True, status__in=["waiting", "importing"]),
            ),
        ]
        indexes = [
            models.Index(
                name="event_import_at_work", fields=["id"], condition=Q(status="importing")
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("sources:event_import", args=[self.pk])

    @property
    def takes_back(self) -> bool:
        """Whether it is a source's list of the events that it deleted."""
        return self.provider == "acled-deleted"

    @property
    def is_at_work(self) -> bool:
        """Whether the worker is at it."""
        return self.status == self.Status.IMPORTING

    @property
    def waits(self) -> bool:
        """Whether somebody has to say how it is read, or to cancel it."""
        return self.status == self.Status.WAITING


class EventImportPart(models.Model):
    """A piece of a file, kept until the file is dealt with: any machine's worker can go on with it."""

    event_import = models.ForeignKey(EventImport, on_delete=models.PROTECT, related_name="parts")
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering = ["event_import", "number"]
        constraints = [
            models.UniqueConstraint(
                name="event_import_part_once", fields=["event_import", "number"]
            )
        ]

    def __str__(self) -> str:
        return f"part {self.number}"


class EventImportProblem(models.Model):
    """Why one row of a file was left out; of each file the first ten thousand are kept."""

    MOST = 10_000

    event_import = models.ForeignKey(EventImport, on_delete=models.PROTECT, related_name="problems")
    row = models.PositiveIntegerField()
    field = models.CharField(max_length=100, blank=True)
    message = models.TextField()

    class Meta:
        ordering = ["event_import", "id"]

    def __str__(self) -> str:
        return f"row {self.row}{f', {self.field}' if self.field else ''}: {self.message}"
