"""Captures a text as a document: hashed, stored once."""

import re
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.locks import Lock, hold
from accounts.models import User
from accounts.services import record
from sources.capture import Captured, captured_from_file
from sources.deduplication import content_hash, url_key
from sources.fetching import Fetched, fetch
from sources.models import Document, Notice, PageWatch, Publisher
from sources.services.publishers import host_of, publisher_for

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def read_page(*, url: str) -> tuple[Captured, str]:
    """The text of a page of the web, fetched now, and the address where it was found.

    Raises FetchError where the page cannot or must not be had, and CaptureError where it has no text.
    """
    answer = fetch(url, allow_loopback=settings.FETCH_ALLOW_LOOPBACK)
    return captured_from_answer(answer, asked_url=url), answer.url


def captured_from_answer(answer: Fetched, *, asked_url: str) -> Captured:
    """The text of a fetched page, with what the server said of it. Raises CaptureError."""
    captured = captured_from_file(answer.data, name=answer.url, media_type=answer.content_type)
    # A page names its language itself, or else its server may, where it names one.
    stated = answer.headers.get("Content-Language", "")
    return replace(
        captured,
        asked_url=asked_url if asked_url != answer.url else "",
        headers=answer.headers,
        language=captured.language or (stated if _LANGUAGE.fullmatch(stated) else ""),
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
    document = _stored(
        captured,
        title=heading,
        author=(author or captured.author)[:300],
        publisher=publisher or _publisher_of(captured, origin, url),
        published_at=start_of(published_on or captured.published_on),
        origin=origin,
        url=url[:2000],
        url_key=key,
        captured_by=by,
        captured_at=at or timezone.now(),
        previous=newest_versions([key]).get(key),
    )
    if origin == Document.Origin.PAGE:
        _tell_watch(document, captured)
    return document


@transaction.atomic
def capture_version(
    *, captured: Captured, key: str, url: str, by: User | None = None, at: datetime | None = None
) -> Document:
    """The document of a page found again under a canonical address that is known, wherever it led to."""
    hold(Lock.DOCUMENTS)
    digest = content_hash(captured.title, captured.text)
    if known := _known(digest, key):
        return known
    before = newest_versions([key]).get(key)
    said_on = start_of(captured.published_on)
    return _stored(
        captured,
        title=captured.title,
        author=captured.author[:300],
        publisher=before.publisher if before else _publisher_of(captured, "", url),
        published_at=said_on or (before.published_at if before else None),
        origin=Document.Origin.CAPTURE,
        url=url[:2000],
        url_key=key,
        captured_by=by,
        captured_at=at or timezone.now(),
        previous=before,
    )


def _stored(captured: Captured, *, title: str, **known: Any) -> Document:
    """Stores a document, with the text and what the server said of it, and the audit row."""
    document = Document.objects.create(
        text=captured.text,
        language=captured.language[:16],
        media_type=captured.media_type[:100],
        asked_url=captured.asked_url[:2000],
        headers=captured.headers,
        title=title,
        content_hash=content_hash(title, captured.text),
        **known,
    )
    by, digest = document.captured_by, document.content_hash
    record(by=by, verb="captured", on=document, content_hash=digest)
    return document


def _tell_watch(document: Document, captured: Captured) -> None:
    """Whoever leans on what stood there before is told; the page is compared with this from now on."""
    watch = PageWatch.objects.of(document).select_for_update().first()
    if watch is None:
        return
    if watch.document and not same_words(watch.document.text, document.text):
        Notice.objects.create(kind=Notice.Kind.CHANGED, document=watch.document, newer=document)
    watch.document, watch.title = document, captured.title
    watch.etag = watch.last_modified = ""
    watch.save(update_fields=["document", "title", "etag", "last_modified"])


def same_words(text: str, other: str) -> bool:
    """Whether two texts differ in nothing but their spaces and line ends."""
    return text.split() == other.split()


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
    hosts = Publisher.objects.filter(domain=host).select_related("merged_into")
    known = hosts.first() if host else None
    if known:
        return known.standing
    named = captured.publisher or page
    return publisher_for(named) if named else None


def start_of(day: date | None) -> datetime | None:
    """The moment a day began where the desk is, so that the desk reads the same day out of it."""
    return timezone.make_aware(datetime.combine(day, time())) if day else None


def newest_versions(keys: list[str]) -> dict[str, Document]:
    """For each canonical address that is known, the last document of its chain."""
    # Said, or the database would not see that the index of addresses has more than a hundred of them.
    known = Document.objects.filter(url_key__in=keys).exclude(url_key="")
    found = known.filter(next_version__isnull=True)
    return {document.url_key: document for document in found.defer("text").order_by("pk")}
