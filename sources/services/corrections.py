"""Sets right what is known about an article."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.locks import Lock, hold
from accounts.models import User
from accounts.services import record
from sources.deduplication import content_hash
from sources.models import Document, Publisher
from sources.services.documents import start_of

CORRECTABLE = ["title", "author", "publisher", "published_at", "content_hash", "captured_hash"]


class DocumentProblem(Exception):
    """A document cannot be corrected; the message says why."""


@transaction.atomic
def correct_document(
    *,
    document: Document,
    by: User,
    title: str,
    author: str,
    publisher: Publisher | None,
    published_on: date | None,
) -> Document:
    """The article with what is known about it set right; its text stays. The audit row has both.

    Raises DocumentProblem for what is no article, and where another document has this title and text
    already. A trigger of the claims room refuses it once a claim of the article is registered.
    """
    hold(Lock.DOCUMENTS)
    locked = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if locked.origin not in Document.ARTICLE_ORIGINS:
        raise DocumentProblem("This text came with a stream of news; it stays as it came.")
    said = _said_of(locked)
    locked.title, locked.author, locked.publisher = title, author[:300], publisher
    if published_on != _day(locked):
        locked.published_at = start_of(published_on)
    after = {name: value for name, value in _said_of(locked).items() if value != said[name]}
    if after:
        if "title" in after:
            _hash_anew(locked)
        locked.save(update_fields=CORRECTABLE)
        before = {name: said[name] for name in after}
        record(by=by, verb="corrected", on=locked, before=before, after=after)
    return locked


def _hash_anew(document: Document) -> None:
    """Hashes a document under its new title; the hash it was captured with is kept to know it by."""
    document.captured_hash = document.captured_hash or document.content_hash
    document.content_hash = content_hash(document.title, document.text)
    same = Document.objects.filter(content_hash=document.content_hash, url_key=document.url_key)
    if other := same.exclude(pk=document.pk).first():
        raise DocumentProblem(
            f"Document {other.pk} has this title and this text already: work on that one."
        )


def _said_of(document: Document) -> dict[str, Any]:
    day = _day(document)
    return {
        "title": document.title,
        "author": document.author,
        "publisher": document.publisher.name if document.publisher else "",
        "published_on": day.isoformat() if day else "",
    }


def _day(document: Document) -> date | None:
    """The day of publication, read where the desk is."""
    return timezone.localdate(document.published_at) if document.published_at else None
