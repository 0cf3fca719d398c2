"""Reads that join models: lists with what their rows show, in a query count that does not grow."""

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sources.models import Document, Event, EventReport, Feed, Publisher, Quote


def feeds_with_counts() -> QuerySet[Feed]:
    """Feeds by name, each with its publisher and `item_count`, the documents it brought."""
    return Feed.objects.select_related("publisher").annotate(item_count=_documents_of("feed"))


def publishers_with_counts(*, words: str = "") -> QuerySet[Publisher]:
    """Publishers by name, each with `document_count`; all where no words are given."""
    publishers = Publisher.objects.annotate(document_count=_documents_of("publisher"))
    return publishers.filter(name__icontains=words) if words else publishers


def _documents_of(key: str) -> Coalesce:
    rows = Document.objects.filter(**{key: OuterRef("pk")}).order_by().values(key)
    counted = rows.annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def events_to_read() -> QuerySet[Event]:
    """Events, each with `report_count`; those merged into others too."""
    reports = EventReport.objects.filter(event=OuterRef("pk")).order_by().values("event")
    counted = Subquery(reports.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return Event.objects.annotate(report_count=Coalesce(counted, 0))


def documents_to_read() -> QuerySet[Document]:
    """What a stream brought and nobody took words from, with its publisher.

    An article, and any text that claims quote, may tell a reviewer who said what they are to judge
    blind; so does every other version of such a page.
    """
    quoted = Quote.objects.filter(document=OuterRef("pk"))
    versions = Quote.objects.filter(document__url_key=OuterRef("url_key")).exclude(
        document__url_key=""
    )
    streams = Document.objects.filter(origin__in=Document.ARRIVING_ORIGINS)
    return streams.filter(~Exists(quoted), ~Exists(versions)).select_related("publisher")
