"""Which documents have been read for claims, and how far those are that are being read."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from sources.models import Document


class Extraction(models.Model):
    """One document was read and its claims proposed: exactly once, whoever dies meanwhile."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    proposed = models.PositiveIntegerField()
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.proposed} claims proposed from {self.document}"


class ModelExtractionQuerySet(models.QuerySet["ModelExtraction"]):
    """Reads of what the language model has read."""

    def waiting(self, at: datetime) -> "ModelExtractionQuerySet":
        """Texts that nobody asks about just now and whose time has come, the longest due first."""
        free = Q(taken_until=None) | Q(taken_until__lte=at)
        return self.filter(free, finished_at=None, due_at__lte=at).order_by("due_at", "pk")

    def under_way(self, at: datetime) -> "ModelExtractionQuerySet":
        """Texts that somebody asks about just now."""
        return self.filter(finished_at=None, taken_until__gt=at)


class ModelExtraction(models.Model):
    """One document waits for the language model, or was read by it: once, whoever dies meanwhile.

    The row is made where the rules have read the document while a model was set. It ends with what
    the model proposed, or else with the error of the last try.
    """

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(db_default=Now())
    taken_until = models.DateTimeField(
        null=True, help_text="Until then it is left to the worker that asks the model."
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    proposed = models.PositiveIntegerField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = ModelExtractionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="model_extraction_ends_in_one_way",
                condition=Q(finished_at=None, proposed=None)
                | Q(finished_at__isnull=False, proposed__isnull=False, last_error="")
                | (Q(finished_at__isnull=False, proposed=None) & ~Q(last_error="")),
            ),
        ]
        indexes = [
            models.Index(
                name="model_extraction_due", fields=["due_at"], condition=Q(finished_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"The language model's reading of {self.document}"


class ExtractionProgressQuerySet(models.QuerySet["ExtractionProgress"]):
    """Reads of what is being read."""

    def left_alone(self, at: datetime) -> "ExtractionProgressQuerySet":
        """Texts that nobody is to take now: with a worker, put off, or given up."""
        return self.filter(Q(due_at__gt=at) | Q(given_up_at__isnull=False))


class ExtractionProgress(models.Model):
    """How far the worker has come with a document: sentences read, of how many. Gone when it is read.

    A worker puts `due_at` off as a sign of life; one that is silent until then was killed, and another
    begins. What fails is tried again later, and in the end given up, with the reason.
    """

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(help_text="Until then no other worker takes it.")
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    given_up_at = models.DateTimeField(null=True)

    objects = ExtractionProgressQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="extraction_progress_within_total",
                condition=models.Q(done__lte=models.F("total")),
            ),
            models.CheckConstraint(
                name="extraction_given_up_for_a_reason",
                condition=Q(given_up_at=None) | ~Q(last_error=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.done} of {self.total} sentences of {self.document}"

    @property
    def percent(self) -> int:
        """The share that is read, in whole percent."""
        return 100 * self.done // self.total if self.total else 0
