"""JSON: an array of records, a JSON Feed, an object that holds a list, or objects in a row."""

import json
import re
from collections.abc import Iterator
from datetime import datetime

from sources.importing.feed_guards import MAX_ENTRIES, TOO_MANY
from sources.importing.records import item_from, plan_for
from sources.importing.types import FeedError, ImportFileError, Item, Problem, Record
from sources.importing.wording import first_words

_LISTS = ("items", "articles", "events", "entries", "results", "data", "documents")
_BETWEEN = re.compile(r"[ \t\r\n,]*")
_ENCODINGS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig"))


def records(data: bytes, *, name: str) -> Iterator[Record | Problem]:
    """The records of a JSON file. Raises ImportFileError when it is not JSON or holds no list."""
    yield from _numbered(_records(_documents(data, name), name))


def _numbered(found: list[object]) -> Iterator[Record | Problem]:
    for row, record in enumerate(found, start=1):
        if isinstance(record, dict):
            yield Record(row, record)
        else:
            yield Problem(row, "", "is not a JSON object with a title and a date")


def feed(
    data: bytes, *, name: str, at: datetime, undated: datetime | None = None
) -> tuple[str, list[Item | Problem]]:
    """The title and the items of a JSON Feed, whose entries need neither a title nor a date.

    Raises ImportFileError.
    """
    documents = _documents(data, name)
    found = _records(documents, name)
    if len(found) > MAX_ENTRIES:
        raise FeedError(TOO_MANY)
    title = documents[0].get("title") if isinstance(documents[0], dict) else ""
    rows = (
        item_from(_completed(one.fields, undated), one.row, at=at)
        if isinstance(one, Record)
        else one
        for one in _numbered(found)
    )
    return str(title or ""), list(rows)


def _completed(entry: dict[str, object], undated: datetime | None) -> dict[str, object]:
    """An entry whose title is its first words, and whose date `undated`, where it has none."""
    plan = plan_for(tuple(entry))
    summary = plan.said(entry, "summary")[1]
    if summary and not plan.said(entry, "title")[1]:
        entry = entry | {"title": first_words(summary)}
    if undated and not plan.said(entry, "published")[1]:
        entry = entry | {"date_published": undated.isoformat()}
    return entry


def _documents(data: bytes, name: str) -> list[object]:
    encoding = next(encoding for mark, encoding in _ENCODINGS if data.startswith(mark))
    try:
        text = data.decode(encoding).strip()
    except UnicodeDecodeError as error:
        raise ImportFileError(f"{name} is not UTF-8 (byte {error.start}).") from error
    if not text:
        raise ImportFileError(f"{name} is empty.")
    found: list[object] = []
    decoder = json.JSONDecoder()
    at = 0
    while at < len(text):
        try:
            document, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise ImportFileError(
                f"{name} is not JSON: {error.msg} in line {error.lineno}."
            ) from error
        except (ValueError, RecursionError) as error:
            raise ImportFileError(
                f"{name} holds a number too long or is nested too deep to be read."
            ) from error
        found.append(document)
        # In place: many small documents in a row must not be copied for each of them.
        at = _BETWEEN.match(text, end).end()  # type: ignore[union-attr]
    return found


def _records(documents: list[object], name: str) -> list[object]:
    if len(documents) > 1:
        return documents
    document = documents[0]
    if isinstance(document, list):
        return document
    if isinstance(document, dict):
        held = next((document[key] for key in _LISTS if isinstance(document.get(key), list)), None)
        return [document] if held is None else held
    raise ImportFileError(f"{name} is JSON but holds no list of records.")
