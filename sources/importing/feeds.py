"""RSS and Atom, after a check that no entity bomb hides in them; JSON Feed by the way."""

import contextlib
import io
import re
import time
from datetime import UTC, datetime
from typing import Any
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

import defusedxml.sax
import feedparser
from defusedxml.common import DefusedXmlException

from sources.importing import json_documents
from sources.importing.dates import DateError, UnreadableDate, moment
from sources.importing.records import item_from
from sources.importing.types import FeedError, ImportFileError, Item, ParsedFeed, Problem
from sources.importing.wording import plain

MAX_BYTES = 10 * 2**20
MAX_FEED_TITLE = 300
_PAGE = re.compile(
    r"(<\?xml[^>]*>\s*)?(?:<!--(?>.*?-->)\s*)*+<(!doctype\s+html|html[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_ENTITY = re.compile(r"<!\s*ENTITY", re.IGNORECASE)
# Python would read these codecs too, in time that grows with the square of the length.
_ENDLESS = re.compile(r"(?:charset|encoding)\s*=\s*[\"']?\s*(?:punycode|idna)", re.IGNORECASE)
_ELEMENT = re.compile(r"<\w")


def parse_feed(data: bytes, *, content_type: str = "", at: datetime | None = None) -> ParsedFeed:
    """What a fetched feed says. `at` is now. Raises FeedError for whatever is no feed."""
    at = at or datetime.now(UTC)
    start = _start(data)
    if start.startswith(("{", "[")):
        return _json_feed(data, at)
    _refuse_what_is_no_feed(start, content_type)
    _refuse_entities(data, start)
    found = _parsed_by_feedparser(data, content_type)
    if not found.version and not found.entries:
        raise FeedError("The answer is XML but not RSS or Atom.")
    language = str(found.feed.get("language", ""))
    rows = [
        item_from(_record(entry, language, at), row, at=at)
        for row, entry in enumerate(found.entries, start=1)
    ]
    return _parsed(str(found.feed.get("title", "")), rows)


def _start(data: bytes) -> str:
    """The beginning as text, whatever its encoding. Raises FeedError when there is none."""
    if len(data) > MAX_BYTES:
        raise FeedError(f"The feed is larger than {MAX_BYTES // 2**20} MB.")
    # Without the zero bytes UTF-16 and UTF-32 read like ASCII.
    start = data[: 1024 * 1024].replace(b"\0", b"").decode("latin-1")
    start = start.removeprefix("ï»¿").lstrip("\xfe\xff \t\r\n\f")
    if not start:
        raise FeedError("The feed is empty.")
    return start


def _json_feed(data: bytes, at: datetime) -> ParsedFeed:
    try:
        title, rows = json_documents.feed(data, name="The feed", at=at)
    except FeedError:
        raise
    except ImportFileError as error:
        raise FeedError(str(error)) from error
    return _parsed(title, rows)


def _refuse_what_is_no_feed(start: str, content_type: str) -> None:
    if _PAGE.match(start):
        raise FeedError("The address gives a web page (HTML), not a feed.")
    if not start.startswith("<"):
        raise FeedError("The answer is not XML, so it is no RSS or Atom feed.")
    if _ENDLESS.search(f"{content_type} {start[:1000]}"):
        raise FeedError("The feed names an encoding that is none for texts.")


def _refuse_entities(data: bytes, start: str) -> None:
    first = _ELEMENT.search(start)
    declared = bool(_ENTITY.search(start, 0, first.start() if first else len(start)))
    try:
        # Broken XML may still be a usable feed: feedparser has its own lenient reader.
        with contextlib.suppress(SAXException, ValueError, LookupError):
            defusedxml.sax.parseString(data, ContentHandler())
    except DefusedXmlException:
        declared = True
    if declared:
        raise FeedError("The feed declares entities of its own (an XML bomb?) and is not read.")


def _parsed_by_feedparser(data: bytes, content_type: str) -> Any:
    try:
        return feedparser.parse(
            # As a stream: it may take anything else for an address or a file's name.
            io.BytesIO(data),
            response_headers={"content-type": content_type} if content_type else {},
            # All markup goes anyway.
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:
        raise FeedError("The feed is too broken to be read.") from error


def _record(entry: Any, language: str, at: datetime) -> dict[str, object]:
    content = entry.get("content") or [{}]
    return {
        "title": entry.get("title", ""),
        "summary": entry.get("summary") or content[0].get("value", ""),
        "published": _published(entry, at),
        "link": entry.get("link", ""),
        "author": entry.get("author", ""),
        "language": entry.get("language") or language,
    }


def _published(entry: Any, at: datetime) -> str:
    """The entry's date as written, or as feedparser read it where we cannot."""
    for name in ("published", "updated", "created"):
        if name not in entry:
            continue
        written, parsed = str(entry[name]), entry.get(f"{name}_parsed")
        try:
            moment(written, at=at)
        except UnreadableDate:
            if parsed:
                return time.strftime("%Y-%m-%dT%H:%M:%SZ", parsed)
        except DateError:
            pass
        return written
    return ""


def _parsed(title: str, rows: list[Item | Problem]) -> ParsedFeed:
    return ParsedFeed(
        title=plain(title, at_most=MAX_FEED_TITLE),
        items=[row for row in rows if isinstance(row, Item)],
        problems=[row for row in rows if isinstance(row, Problem)],
    )
