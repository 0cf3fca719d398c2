"""Captures a text as a document: hashed, stored once."""

from datetime import date, datetime, time

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

    The same words from the same address are one document, whoever brings them again, also where its
    title was corrected since. Other words from an address that is known are a new version of what
    stood there.
    """
    hold(Lock.DOCUMENTS)
    heading = title or captured.title
    key = url_key(url)
    digest = content_hash(heading, captured.text)
    if known := _known(digest, key):
        return known
    document = Document.objects.create(
        **_text_of(captured),
        title=heading,
        author=(author or captured.author)[:300],
        publisher=publisher or _publisher_of(captured, origin, url),
        published_at=start_of(published_on or captured.published_on),
        origin=origin,
        url=url[:2000],
        url_key=key,
        content_hash=digest,
        captured_by=by,
        captured_at=at or timezone.now(),
        previous=newest_versions([key]).get(key),
    )
    record(by=by, verb="captured", on=document, content_hash=digest)
    return document


def _text_of(captured: Captured) -> dict[str, str]:
    return {
        "text": captured.text,
        "language": captured.language[:16],
        "media_type": captured.media_type[:100],
    }


def _known(digest: str, key: str) -> Document | None:
    """The document captured with this hash from this address."""
    there = Document.objects.filter(url_key=key)
    return (
        there.filter(content_hash=digest).first()
        or there.filter(captured_hash=digest).exclude(captured_hash="").first()
    )


def _publisher_of(captured: Captured, origin: str, url: str) -> Publisher | None:
    """The publisher of a captured text, where the text itself tells, or the address of a page."""
    page = url if origin == Document.Origin.PAGE else ""
    host = host_of(page)
    known = Publisher.objects.filter(domain=host).first() if host else None
    named = captured.publisher or page
    return known or (publisher_for(named) if named else None)


def start_of(day: date | None) -> datetime | None:
    """The moment a day began where the desk is, so that the desk reads the same day out of it."""
    return timezone.make_aware(datetime.combine(day, time())) if day else None


def newest_versions(keys: list[str]) -> dict[str, Document]:
    """For each canonical address that is known, the last document of its chain."""
    found = Document.objects.filter(
        url_key__in=[key for key in keys if key], next_version__isnull=True
    )
    return {document.url_key: document for document in found.defer("text").order_by("pk")}
