"""Reads that join models: lists with what their rows show, in a query count that does not grow."""

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sources.models import Document, Feed, Publisher


def feeds_with_counts() -> QuerySet[Feed]:
    """Feeds by name, each with its publisher and `item_count`, the documents it brought."""
    return Feed.objects.select_related("publisher").annotate(item_count=_documents_of("feed"))


def publishers_with_counts(*, words: str = "") -> QuerySet[Publisher]:
    """Publishers by name, each with `document_count`; all where no words are given."""
    counted = Publisher.objects.annotate(document_count=_documents_of("publisher"))
    publishers = counted.select_related("merged_into")
    if not words:
        return publishers
    return publishers.filter(Q(name__icontains=words) | Q(domain__icontains=words))


def names_of(publisher: Publisher) -> QuerySet[Publisher]:
    """A publisher and the publishers that are other names of it."""
    return Publisher.objects.filter(Q(pk=publisher.pk) | Q(merged_into=publisher))


def _documents_of(key: str) -> Coalesce:
    rows = Document.objects.filter(**{key: OuterRef("pk")}).order_by().values(key)
    counted = rows.annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
