"""Which documents have been read for claims, and how far those are that are being read."""

from django.db import models
from django.db.models.functions import Now

from sources.models import Document


class Extraction(models.Model):
    """One document was read and its claims proposed: exactly once, whoever dies meanwhile."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    proposed = models.PositiveIntegerField()
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.proposed} claims proposed from {self.document}"


class ExtractionProgress(models.Model):
    """How far the worker has come with a document: sentences read, of how many. Gone when it is read.

    `at` is its sign of life; one that has been silent for a while was killed, and another begins.
    """

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="extraction_progress_within_total",
                condition=models.Q(done__lte=models.F("total")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.done} of {self.total} sentences of {self.document}"

    @property
    def percent(self) -> int:
        """The share that is read, in whole percent."""
        return 100 * self.done // self.total if self.total else 0
