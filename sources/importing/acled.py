"""ACLED's records of political violence, in every version of its columns, and its list of deletions.

ACLED overwrites: the same `event_id_cnty` comes again with other words. Its identifier is the key of
the document, so that what comes later is a new version of it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sources.importing.dates import DateError, moment
from sources.importing.records import field_name, said
from sources.importing.types import MAX_SUMMARY, MAX_TITLE, Item, Problem
from sources.importing.wording import plain

_NAME = 300


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An event that its source took back; `external_id` is the key of its documents."""

    row: int
    external_id: str
    at: datetime


def is_acled(names: Collection[str]) -> bool:
    """Whether these are the columns of ACLED's events."""
    return {"event_id_cnty", "event_date", "event_type"} <= set(names)


def is_deleted(names: Collection[str]) -> bool:
    """Whether these are the columns of ACLED's list of deleted events."""
    return {"event_id_cnty", "deleted_timestamp"} <= set(names)


def item(record: Mapping[str, object], row: int, *, at: datetime) -> Item | Problem:
    """The item of one record: where and when, who, and the coder's note."""
    told = _told(record)
    number = told.get("event_id_cnty", "")
    if not number:
        return Problem(row, "event_id_cnty", "is missing")
    name = "event_date"
    try:
        day = moment(told.get(name, ""), at=at, day_first=True)
        written = told.get("timestamp", "")
        name = "timestamp"
        stamped = moment(written, at=at) if written else None
    except DateError as error:
        return Problem(row, name, str(error))
    return Item(
        row=row,
        title=f"{_title(told)[: MAX_TITLE - 20]} ({day:%Y-%m-%d})",
        summary=_summary(told, stamped)[:MAX_SUMMARY],
        published_at=stamped or day,
        publisher="ACLED",
        language="en",
        occurred_on=day.date(),
        external_id=f"acled:{number}",
    )


def withdrawal(record: Mapping[str, object], row: int, *, at: datetime) -> Withdrawal | Problem:
    """One entry of the list of deleted events."""
    told = _told(record)
    number, written = told.get("event_id_cnty", ""), told.get("deleted_timestamp", "")
    if not number:
        return Problem(row, "event_id_cnty", "is missing")
    try:
        return Withdrawal(row, f"acled:{number}", moment(written, at=at))
    except DateError as error:
        return Problem(row, "deleted_timestamp", str(error))


def _told(record: Mapping[str, object]) -> dict[str, str]:
    fields = {field_name(name): said(value) for name, value in record.items()}
    return {name: plain(words, at_most=MAX_SUMMARY) for name, words in fields.items() if words}


def _title(told: dict[str, str]) -> str:
    kind = told.get("sub_event_type") or told.get("event_type") or "Event"
    actors = [told[name][:_NAME] for name in ("actor1", "actor2") if name in told]
    place = ", ".join(dict.fromkeys(told[name] for name in ("location", "country") if name in told))
    who = " and ".join(dict.fromkeys(actors))
    return f"{kind}: {who or 'actors not named'}{f', {place}' if place else ''}"


def _summary(told: dict[str, str], stamped: datetime | None) -> str:
    """The note, and whatever else may be overwritten: another wording is another version."""
    dead = told.get("fatalities", "")
    scale = f" ({told['source_scale']})" if "source_scale" in told else ""
    parts = [
        told.get("notes", ""),
        f"Fatalities: {dead}." if dead else "",
        f"Sources: {told['source']}{scale}." if "source" in told else "",
        f"ACLED's record of {stamped:%Y-%m-%d %H:%M} UTC." if stamped else "",
        f"{told['event_id_cnty']}.",
    ]
    return " ".join(part for part in parts if part)
