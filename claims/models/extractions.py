"""Which documents have been read for claims."""

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
