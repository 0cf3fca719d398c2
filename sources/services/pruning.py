"""Pruning by policy: texts that arrived in streams and on which nothing leans are removed after a time.

What a room above lets go with a document, it hands in.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Model

from accounts.locks import Lock, hold
from accounts.models import User
from accounts.services import record
from sources.models import Document, EventReport, PrunedReport, PushedItem
from sources.services.leaning import Loose, pointing_at

BATCH = 1_000


@dataclass
class Pruned:
    """How many documents were removed, or would be, and in how many batches."""

    documents: int = 0
    batches: int = 0


def prune_documents(
    *,
    before: datetime,
    by: User | None,
    loose: Loose = (),
    batches: int | None = None,
    dry_run: bool = False,
) -> Pruned:
    """Removes what streams brought before a moment and nothing leans on; at most so many batches.

    `loose` are rows with a key `document` that do not hold it and go with it. Each batch is a
    transaction of its own. Of each document stays what tells who reported its event and when, and that
    it was here. With `dry_run` they are only counted.
    """
    pruned = Pruned()
    below: int | None = None
    while batches is None or pruned.batches < batches:
        with transaction.atomic():
            candidates = _candidates(before, below, locked=not dry_run)
            keys = _not_held(candidates, before, loose)
            if keys and not dry_run:
                _remove(keys, loose, before, by)
        if not candidates:
            break
        below = candidates[-1].pk
        pruned.documents += len(keys)
        pruned.batches += bool(keys)
    return pruned


def _candidates(before: datetime, below: int | None, *, locked: bool) -> list[Document]:
    """The next old documents of streams, newest first, locked so that nobody leans on one meanwhile."""
    old = Document.objects.filter(origin__in=Document.STREAM_ORIGINS, captured_at__lt=before)
    if below is not None:
        old = old.filter(pk__lt=below)
    if locked:
        # Nobody stores documents, or versions of one, meanwhile.
        hold(Lock.DOCUMENTS)
        old = old.select_for_update(skip_locked=True)
    return list(old.only("pk", "url_key").order_by("-pk")[:BATCH])


def _not_held(documents: list[Document], before: datetime, loose: Loose) -> list[int]:
    """The numbers of those that nothing points at, nor at another version of the same page.

    A page of which a version was captured lately, or brought in by somebody, is held as a whole.
    """
    page_of = {one.pk: one.url_key for one in documents}
    held: set[int] = set()
    for other in _other_versions(documents):
        page_of[other.pk] = other.url_key
        if other.origin not in Document.STREAM_ORIGINS or other.captured_at >= before:
            held.add(other.pk)
    for rows, name in pointing_at(Document, but={Document, EventReport, PushedItem}):
        free = _going_with(rows.model, page_of, loose)
        here = rows.filter(**{f"{name}__in": page_of}).values_list("pk", name)
        held |= {document for pk, document in here if pk not in free}
    held_pages = {page_of[pk] for pk in held} - {""}
    reported = EventReport.objects.filter(document__in=[one.pk for one in documents])
    free_ones = set(reported.values_list("document_id", flat=True)) - held
    return _without_followed(
        [one.pk for one in documents if one.pk in free_ones and one.url_key not in held_pages]
    )


def _other_versions(documents: list[Document]) -> list[Document]:
    """The versions of their pages that are not among them."""
    keys = {one.pk for one in documents}
    versions = Document.objects.filter(url_key__in={one.url_key for one in documents})
    # Said, or the database would not see that the index of addresses has them all.
    versions = versions.exclude(url_key="").only("pk", "url_key", "origin", "captured_at")
    return [one for one in versions.order_by() if one.pk not in keys]


def _going_with(model: type[Model], keys: Collection[int], loose: Loose) -> set[int]:
    """The numbers of the rows of a model that go with these documents."""
    return {
        pk
        for going in loose
        if going.model is model
        for pk in going.filter(document__in=keys).values_list("pk", flat=True)
    }


def _without_followed(keys: list[int]) -> list[int]:
    """Those whose next version is among them; a version is newer, and the newest come first."""
    followed = Document.objects.filter(previous__in=keys).values_list("previous_id", "pk")
    following = dict(followed)
    kept: set[int] = set()
    for key in keys:
        if following.get(key, key) in kept | {key}:
            kept.add(key)
    return [key for key in keys if key in kept]


def _remove(keys: list[int], loose: Loose, before: datetime, by: User | None) -> None:
    for going in loose:
        going.filter(document__in=keys).delete()
    _write_down(keys)
    EventReport.objects.filter(document__in=keys).delete()
    # Its sender may push the same again: it is known then, by the words alone.
    PushedItem.objects.filter(document__in=keys).update(document=None)
    with connection.cursor() as cursor:
        # Django's own deletion would read every text first.
        cursor.execute("DELETE FROM sources_document WHERE id = ANY(%s)", [keys])
    last = PrunedReport.objects.get(document_number=keys[0])
    record(by=by, verb="pruned", on=last, documents=len(keys), before=before.isoformat())


def _write_down(keys: list[int]) -> None:
    reports = EventReport.objects.filter(document__in=keys).select_related("document")
    PrunedReport.objects.bulk_create(
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
    )


def pruned_among(hashes: Collection[str]) -> set[tuple[str, str]]:
    """Content hash and canonical address of what is known though its text was pruned."""
    found = PrunedReport.objects.filter(content_hash__in=hashes)
    return set(found.values_list("content_hash", "url_key"))
