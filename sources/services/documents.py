"""Captures a text as a document: immutable, hashed, stored once."""

from datetime import UTC, date, datetime, time

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.locks import Lock, hold
from accounts.models import User
from accounts.services import record
from sources.capture import Captured, captured_from_file
from sources.deduplication import content_hash, url_key
from sources.fetching import fetch
from sources.models import Document, Publisher
from sources.services.publishers import host_of, publisher_for


def read_page(*, url: str) -> tuple[Captured, str]:
    """The text of a page of the web, fetched now, and the address where it was found.

    Raises FetchError where the page cannot or must not be had, and CaptureError where it has no text.
    """
    answer = fetch(url, allow_private=settings.FETCH_ALLOW_PRIVATE)
    return (
        captured_from_file(answer.data, name=answer.url, media_type=answer.content_type),
        answer.url,
    )


def _publisher_of(captured: Captured, page: str) -> Publisher | None:
    """The publisher of a captured text, where its address or the text itself tells."""
    host = host_of(page)
    known = Publisher.objects.filter(domain=host).first() if host else None
    named = captured.publisher or page
    return known or (publisher_for(named) if named else None)


@transaction.atomic
def capture_document(
    *,
    captured: Captured,
    origin: str,
    by: User | None,
    url: str = "",
    publisher: Publisher | None = None,
    title: str = "",
    author: str = "",
    published_on: date | None = None,
    at: datetime | None = None,
) -> Document:
    """The document of a captured text. What is given goes before what the capture found.

    The same words from the same address are one document, whoever brings them again. Other words
    from an address that is known are a new version of what stood there.
    """
    hold(Lock.DOCUMENTS)
    heading = title or captured.title
    key = url_key(url)
    day = published_on or captured.published_on
    found = {
        "title": heading,
        "text": captured.text,
        "author": (author or captured.author)[:300],
        "language": captured.language[:16],
        "media_type": captured.media_type[:100],
        "published_at": day and datetime.combine(day, time(), UTC),
    }
    given = {"origin": origin, "url": url[:2000], "captured_by": by}
    page = url if origin == Document.Origin.PAGE else ""
    document, made = Document.objects.get_or_create(
        content_hash=content_hash(heading, captured.text),
        url_key=key,
        defaults=found
        | given
        | {
            "captured_at": at or timezone.now(),
            "previous": newest_versions([key]).get(key),
            "publisher": lambda: publisher or _publisher_of(captured, page),
        },
    )
    if made:
        record(by=by, verb="captured", on=document, content_hash=document.content_hash)
    return document


def newest_versions(keys: list[str]) -> dict[str, Document]:
    """For each canonical address that is known, the last document of its chain."""
    found = Document.objects.filter(
        url_key__in=[key for key in keys if key], next_version__isnull=True
    )
    return {document.url_key: document for document in found.defer("text").order_by("pk")}
