"""Reads reports that people sorted into events, one JSON object a line."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sources.importing.dates import DateError, moment
from sources.importing.types import MAX_SUMMARY, MAX_TITLE
from sources.importing.wording import plain


class LabelError(ValueError):
    """What is wrong with a line."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A report and the event (any label) to which people put it."""

    id: str
    title: str
    text: str
    at: datetime
    source: str
    group: str


def read_labelled(lines: Iterable[bytes]) -> tuple[list[Labelled], list[str]]:
    """The reports of a JSONL file in the order of their dates, and what is wrong with bad lines.

    A line is `{"id", "title", "text", "date", "source", "group"}`; lines count from 1, blank ones are
    passed over. Without a group a report stands alone.
    """
    reports: list[Labelled] = []
    problems: list[str] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                reports.append(_report(line, number))
            except (LabelError, DateError) as error:
                problems.append(f"line {number}: {error}")
    return sorted(reports, key=lambda one: one.at), problems


def _report(line: bytes, number: int) -> Labelled:
    row = _object(line)
    title, text = (_words(row, name) for name in ("title", "text"))
    if not title.strip() and not text.strip():
        raise LabelError("title and text are missing")
    if not _words(row, "date").strip():
        raise LabelError("date is missing")
    identity = _words(row, "id") or str(number)
    return Labelled(
        id=identity,
        title=plain(title or text, at_most=MAX_TITLE),
        text=plain(text, at_most=MAX_SUMMARY),
        at=moment(_words(row, "date").strip(), at=datetime.now(UTC)),
        source=_words(row, "source"),
        group=_words(row, "group") or f"alone in line {number}",
    )


def _object(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise LabelError("is not JSON in UTF-8") from error
    if not isinstance(row, dict):
        raise LabelError("is not a JSON object")
    return row


def _words(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, str | int | float):
        return str(value)
    raise LabelError(f"{name} is neither words nor a number")
