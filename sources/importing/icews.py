"""ICEWS's coded events: a source, what it did in words, and a target."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sources.importing.dates import DateError, moment
from sources.importing.records import field_name, said
from sources.importing.types import MAX_TITLE, Item, Problem
from sources.importing.wording import plain

# As the archive publishes them, and as sets made of it do.
_COLUMNS = (
    ("event_date", "source_name", "event_text", "target_name"),
    ("date", "source", "event_type", "target"),
)


def is_icews(names: Collection[str]) -> bool:
    """Whether these are columns of ICEWS; a table that names titles of its own is none."""
    return "title" not in names and any(set(columns) <= set(names) for columns in _COLUMNS)


def item(record: Mapping[str, object], row: int, *, at: datetime) -> Item | Problem:
    """The item of one record."""
    told = {
        field_name(name): plain(said(value), at_most=MAX_TITLE) for name, value in record.items()
    }
    date, source, event, target = next(columns for columns in _COLUMNS if set(columns) <= set(told))
    if not told[event]:
        return Problem(row, event, "is missing")
    try:
        day = moment(told[date], at=at)
    except DateError as error:
        return Problem(row, date, str(error))
    where = told.get("city") or told.get("country") or ""
    with_whom = f" – {told[target]}" if told[target] else ""
    title = f"{told[source] or 'Somebody'}: {told[event]}{with_whom}{f', {where}' if where else ''}"
    number = told.get("event_id", "")
    return Item(
        row=row,
        # Without its day the same deed of another day would be the same document.
        title=f"{title[: MAX_TITLE - 20]} ({day:%Y-%m-%d})",
        summary=told.get("sentence", "") or "Coded by ICEWS.",
        published_at=day,
        publisher=told.get("publisher", "")[:300] or "ICEWS",
        language="en",
        occurred_on=day.date(),
        external_id=f"icews:{number}" if number else "",
    )
