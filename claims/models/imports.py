"""Tables of claims that somebody brought in, row by row as they were read."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse

from claims.models.claims import Claim
from sources.models import Document


class ClaimImportQuerySet(models.QuerySet["ClaimImport"]):
    """Reads of imports."""

    def at_work(self) -> "ClaimImportQuerySet":
        """What the worker has to do something for, oldest first."""
        return self.filter(status__in=ClaimImport.AT_WORK).order_by("pk")


class ClaimImport(models.Model):
    """One table: its rows are checked, shown to a person, and stored as drafts where they say so."""

    class Status(models.TextChoices):
        CHECKING = "checking", "being checked"
        CHECKED = "checked", "waits for a decision"
        STORING = "storing", "being stored"
        STORED = "stored"
        CANCELLED = "cancelled"

    AT_WORK = (Status.CHECKING, Status.STORING)

    file_name = models.CharField(max_length=255)
    status = models.CharField(max_length=9, choices=Status, default=Status.CHECKING)
    unknown_columns = ArrayField(models.TextField(), default=list)
    # Counted once, when the rows come in, are checked, and are stored.
    row_count = models.PositiveIntegerField()
    sound_count = models.PositiveIntegerField(default=0)
    stored_count = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)

    objects = ClaimImportQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="import_counts_in_order",
                condition=Q(
                    stored_count__lte=models.F("sound_count"),
                    sound_count__lte=models.F("row_count"),
                ),
            ),
            models.CheckConstraint(
                name="import_ended_when_over",
                condition=Q(ended_at__isnull=False, status__in=["stored", "cancelled"])
                | Q(ended_at__isnull=True, status__in=["checking", "checked", "storing"]),
            ),
        ]
        indexes = [
            models.Index(
                name="import_at_work",
                fields=["id"],
                condition=Q(status__in=["checking", "storing"]),
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("claim_import", args=[self.pk])

    @property
    def is_at_work(self) -> bool:
        """Whether the worker is at it."""
        return self.status in self.AT_WORK


class ImportRow(models.Model):
    """One row of a table, by the number a spreadsheet shows; it becomes one claim, exactly once."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SOUND = "sound"
        WRONG = "wrong"
        KNOWN = "known"
        STORED = "stored"

    claim_import = models.ForeignKey(ClaimImport, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()
    values = models.JSONField(help_text="What the cells hold, by field.")
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    problems = models.JSONField(default=list, help_text="Pairs of a column's name and words.")
    # Rows alike in these are of one source, and say the same of it.
    source_key = models.CharField(max_length=64)
    claim_key = models.CharField(max_length=64)
    # Where the words stand, once that is known.
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    start = models.PositiveIntegerField(null=True)
    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["claim_import", "number"]
        constraints = [
            models.UniqueConstraint(name="import_row_once", fields=["claim_import", "number"]),
            models.CheckConstraint(
                name="import_row_stored_as_a_claim",
                condition=Q(state="stored", claim__isnull=False)
                | (~Q(state="stored") & Q(claim__isnull=True)),
            ),
            models.CheckConstraint(
                name="import_row_place_in_its_document",
                condition=Q(document__isnull=True, start__isnull=True)
                | Q(document__isnull=False, start__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="import_row_state", fields=["claim_import", "state", "number"]),
            models.Index(name="import_row_source", fields=["claim_import", "source_key"]),
            models.Index(name="import_row_claim", fields=["claim_import", "claim_key", "number"]),
        ]

    def __str__(self) -> str:
        return f"row {self.number}"
