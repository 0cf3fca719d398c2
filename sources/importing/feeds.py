"""RSS and Atom, after a check that no entity bomb hides in them; JSON Feed by the way."""

import io
import time
from datetime import UTC, datetime
from typing import Any

import feedparser

from sources.importing import json_documents
from sources.importing.dates import DateError, UnreadableDate, moment
from sources.importing.feed_guards import (
    bounded,
    refuse_entities,
    refuse_what_is_no_feed,
    start_of,
)
from sources.importing.records import item_from
from sources.importing.types import FeedError, ImportFileError, Item, ParsedFeed, Problem
from sources.importing.wording import first_words, plain

MAX_FEED_TITLE = 300


def parse_feed(
    data: bytes,
    *,
    content_type: str = "",
    at: datetime | None = None,
    undated: datetime | None = None,
) -> ParsedFeed:
    """What a fetched feed says. `at` is now. Raises FeedError for whatever is no feed.

    An entry without a date is as old as the feed says it is itself, or else of the moment `undated`,
    such as when it was first seen; where that is None, it is a problem.
    """
    at = at or datetime.now(UTC)
    start = start_of(data)
    if start.startswith(("{", "[")):
        return _json_feed(data, at, undated)
    refuse_what_is_no_feed(data, start, content_type)
    refuse_entities(data, start)
    found = _parsed_by_feedparser(data, content_type)
    if not found.version and not found.entries:
        raise FeedError("This is XML but not RSS or Atom.")
    language = str(found.feed.get("language", ""))
    otherwise = _published(found.feed, at) or (undated.isoformat() if undated else "")
    rows = [
        item_from(_record(entry, language, at, otherwise), row, at=at)
        for row, entry in enumerate(found.entries, start=1)
    ]
    return _parsed(str(found.feed.get("title", "")), rows)


def _json_feed(data: bytes, at: datetime, undated: datetime | None) -> ParsedFeed:
    try:
        title, rows = json_documents.feed(data, name="The feed", at=at, undated=undated)
    except FeedError:
        raise
    except ImportFileError as error:
        raise FeedError(str(error)) from error
    return _parsed(title, rows)


def _parsed_by_feedparser(data: bytes, content_type: str) -> Any:
    try:
        return feedparser.parse(
            # As a stream: it may take anything else for an address or a file's name.
            io.BytesIO(bounded(data)),
            response_headers={"content-type": content_type} if content_type else {},
            # All markup goes anyway.
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:
        raise FeedError("The feed is too broken to be read.") from error


def _record(entry: Any, language: str, at: datetime, otherwise: str) -> dict[str, object]:
    content = entry.get("content") or [{}]
    summary = entry.get("summary") or content[0].get("value", "")
    return {
        "title": entry.get("title", "") or first_words(summary),
        "summary": summary,
        "published": _published(entry, at) or otherwise,
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
