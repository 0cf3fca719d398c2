"""Pruning by policy: texts that arrived in streams and on which nothing leans are removed after a time.

What points at a document is asked of every model there is, so that a room above is protected without
being known here; what a room above lets go with a document, it hands in.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef, QuerySet

from accounts.locks import Lock, hold
from accounts.models import User
from accounts.services import record
from sources.models import Document, EventReport, PrunedReport, PushedItem

BATCH = 1_000

type Loose = Sequence[QuerySet[models.Model]]


@dataclass
class Pruned:
    """How many documents were removed, and how many batches there were."""

    documents: int = 0
    batches: int = 0


def prunable(*, before: datetime, loose: Loose = ()) -> QuerySet[Document]:
    """Documents that streams brought before a moment, and that nothing leans on.

    `loose` are rows that point at documents and go with them. A document that a newer version follows
    waits until that one is gone; one whose address holds anything that is leaned on stays.
    """
    documents = Document.objects.filter(
        Exists(EventReport.objects.filter(document=OuterRef("pk"))),
        captured_at__lt=before,
        origin__in=Document.STREAM_ORIGINS,
        next_version=None,
    )
    siblings = Document.objects.filter(url_key=OuterRef("url_key")).exclude(url_key="")
    documents = documents.filter(
        ~Exists(siblings.exclude(origin__in=Document.STREAM_ORIGINS)),
        ~Exists(siblings.filter(captured_at__gte=before)),
    )
    for rows, name in _pointing_at_documents(loose):
        sibling = {f"{name}__url_key": OuterRef("url_key")}
        documents = documents.filter(
            ~Exists(rows.filter(**{name: OuterRef("pk")})),
            ~Exists(rows.filter(**sibling).exclude(**{f"{name}__url_key": ""})),
        )
    return documents.order_by("-pk")


def _pointing_at_documents(loose: Loose) -> Iterator[tuple[QuerySet[models.Model], str]]:
    """The rows of every model that hold a document, with the name of their key to it."""
    for relation in Document._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete:
            continue
        model, key = relation.related_model, relation.field  # type: ignore[union-attr]
        if model in {Document, EventReport, PushedItem} or not isinstance(
            model, models.base.ModelBase
        ):
            continue
        rows: QuerySet[models.Model] = QuerySet(model)
        for going in loose:
            if going.model is model:
                rows = rows.exclude(pk__in=going.values("pk"))
        yield rows, key.name


def prune_documents(
    *, before: datetime, by: User | None, loose: Loose = (), batches: int | None = None
) -> Pruned:
    """Removes what is prunable, in batches, each in a transaction of its own; at most so many of them.

    Of each document stays what tells who reported its event and when, and that it was here.
    """
    pruned = Pruned()
    below, in_this_pass = None, 0
    while batches is None or pruned.batches < batches:
        count, below = _prune_batch(before, by, loose, below)
        pruned.documents += count
        pruned.batches += bool(count)
        in_this_pass += count
        if below is None:
            # A version becomes prunable when the one that follows it is gone.
            if not in_this_pass:
                break
            in_this_pass = 0
    return pruned


@transaction.atomic
def _prune_batch(
    before: datetime, by: User | None, loose: Loose, below: int | None
) -> tuple[int, int | None]:
    """How many were removed, and the number below which to go on; None where none are left below."""
    # Nobody stores documents, or versions of one, meanwhile.
    hold(Lock.DOCUMENTS)
    found = prunable(before=before, loose=loose)
    if below is not None:
        found = found.filter(pk__lt=below)
    # Locked first: whoever leans on one just now is waited for or comes too late.
    locked = found.select_for_update(skip_locked=True, of=("self",))
    keys = list(locked.values_list("pk", flat=True)[:BATCH])
    if not keys:
        return 0, None
    for going in loose:
        going.filter(document__in=keys).delete()
    # Asked again: by now everything that was written before the locks is to be seen.
    sure = list(prunable(before=before).filter(pk__in=keys).values_list("pk", flat=True))
    if sure:
        _remove(sure, before, by)
    return len(sure), keys[-1]


def _remove(keys: list[int], before: datetime, by: User | None) -> None:
    _write_down(keys)
    EventReport.objects.filter(document__in=keys).delete()
    # Its sender may push the same again: it is known then, by the words alone.
    PushedItem.objects.filter(document__in=keys).update(document=None)
    with connection.cursor() as cursor:
        # Django's own deletion would read every text first.
        cursor.execute("DELETE FROM sources_document WHERE id = ANY(%s)", [keys])
    last = PrunedReport.objects.get(document_number=keys[0])
    record(by=by, verb="pruned", on=last, documents=len(keys), before=before.isoformat())


def _write_down(keys: Sequence[int]) -> None:
    reports = EventReport.objects.filter(document__in=keys).select_related("document")
    PrunedReport.objects.bulk_create(
        (
            PrunedReport(
                document_number=report.document_id,
                event_id=report.event_id,
                origin=report.document.origin,
                publisher_id=report.document.publisher_id,
                feed_id=report.document.feed_id,
                url_key=report.document.url_key,
                content_hash=report.document.content_hash,
                published_at=report.document.published_at,
                captured_at=report.document.captured_at,
            )
            for report in reports.defer("document__text", "document__title")
        ),
        batch_size=BATCH,
    )


def pruned_among(hashes: Collection[str]) -> set[tuple[str, str]]:
    """Content hash and canonical address of what is known though its text was pruned."""
    found = PrunedReport.objects.filter(content_hash__in=hashes)
    return set(found.values_list("content_hash", "url_key"))
