"""What stays of documents whose texts were pruned."""

from django.db import models
from django.db.models.functions import Now

from sources.models.documents import Document
from sources.models.events import Event
from sources.models.feeds import Feed
from sources.models.publishers import Publisher


class PrunedReport(models.Model):
    """What stays of a report whose text was pruned: who reported, when, and how to know it again.

    Only a document that has such a row may be removed; a trigger holds that.
    """

    document_number = models.BigIntegerField(unique=True)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="pruned_reports")
    origin = models.CharField(max_length=8, choices=Document.Origin)
    publisher = models.ForeignKey(
        Publisher, on_delete=models.PROTECT, null=True, related_name="pruned_reports"
    )
    feed = models.ForeignKey(
        Feed, on_delete=models.PROTECT, null=True, related_name="pruned_reports"
    )
    url_key = models.CharField(max_length=2000, blank=True)
    content_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField(null=True)
    captured_at = models.DateTimeField()
    pruned_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-pruned_at", "-id"]
        indexes = [models.Index(name="pruned_hash", fields=["content_hash"])]

    def __str__(self) -> str:
        return f"pruned report {self.document_number} of {self.event}"
