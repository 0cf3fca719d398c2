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

    def going(self) -> "EventImportQuerySet":
        """What the worker has to take back, oldest first."""
        return self.filter(status=EventImport.Status.TAKING_BACK).order_by("pk")


class EventImport(models.Model):
    """One file: looked at by a person first, and then stored by the worker, batch by batch. What is
    stored may be taken back, batch by batch too, the newest first.

    `rows_done` counts what reading the file has yielded and was dealt with, together with what became
    of it, so that whoever goes on knows where.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", "waits for a decision"
        IMPORTING = "importing", "being imported"
        DONE = "done", "imported"
        BROKEN = "broken", "broke off"
        CANCELLED = "cancelled"
        TAKING_BACK = "going", "being taken back"
        TAKEN_BACK = "gone", "taken back"

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
    removed = models.PositiveIntegerField(default=0, help_text="Reports taken back.")
    taken_back_to = models.BigIntegerField(
        null=True, help_text="The batch down to which it is taken back, while it is."
    )
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
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
                condition=Q(
                    ended_at__isnull=False,
                    status__in=["done", "broken", "cancelled", "going", "gone"],
                )
                | Q(ended_at__isnull=True, status__in=["waiting", "importing"]),
            ),
            models.CheckConstraint(
                name="event_import_removed_of_stored",
                condition=Q(stored__gte=models.F("removed")),
            ),
        ]
        indexes = [
            models.Index(
                name="event_import_at_work", fields=["id"], condition=Q(status="importing")
            ),
            models.Index(name="event_import_going", fields=["id"], condition=Q(status="going")),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("sources:event_import", args=[self.pk])

    @property
    def lists_deletions(self) -> bool:
        """Whether it is a source's list of the events that it deleted."""
        return self.provider == "acled-deleted"

    def kept(self) -> list[tuple[int, str]]:
        """The documents that stayed when it was taken back, by number, each with the reason."""
        said = self.batches.exclude(kept={}).values_list("kept", flat=True)
        return sorted((int(number), why) for batch in said for number, why in batch.items())

    @property
    def is_going(self) -> bool:
        """Whether the worker takes it back."""
        return self.status == self.Status.TAKING_BACK

    @property
    def is_gone(self) -> bool:
        """Whether it was taken back."""
        return self.status == self.Status.TAKEN_BACK

    @property
    def is_at_work(self) -> bool:
        """Whether the worker is at it."""
        return self.status == self.Status.IMPORTING

    @property
    def waits(self) -> bool:
        """Whether somebody has to say how it is read, or to cancel it."""
        return self.status == self.Status.WAITING


class EventImportBatch(models.Model):
    """What one batch of a file stored: the documents whose numbers lie from `first` to `last`.

    Nobody else's do: documents get their numbers one batch at a time (Lock.DOCUMENTS). A trigger lets
    those be removed whose import is being taken back; the row goes with the last of them.
    """

    event_import = models.ForeignKey(EventImport, on_delete=models.PROTECT, related_name="batches")
    first = models.BigIntegerField(unique=True)
    last = models.BigIntegerField()
    kept = models.JSONField(
        default=dict, help_text="Why documents stayed when it was taken back, by their numbers."
    )

    class Meta:
        verbose_name_plural = "event import batches"
        ordering = ["event_import", "id"]
        constraints = [
            models.CheckConstraint(
                name="event_import_batch_in_order", condition=Q(last__gte=models.F("first"))
            )
        ]

    def __str__(self) -> str:
        return f"documents {self.first} to {self.last}"


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
