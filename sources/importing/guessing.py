"""What the columns of an unknown table may hold: by their names, or else by what stands in them."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta, timezone

from sources.importing.dates import DateError, UnreadableDate, moment
from sources.importing.records import FIELDS, NEEDED, field_name, plan_for, said, web_address
from sources.importing.types import Record

MAX_COLUMNS = 200
# A column is one of dates where nearly all of its cells are.
_MOST = 0.8
_HEADLINE = (15, 300)
_EAST = timezone(timedelta(hours=1))
type Fits = Callable[[str, datetime], bool]


def columns_of(records: Iterable[Record]) -> list[str]:
    """The names of all fields, as they first come."""
    names = dict.fromkeys(name for record in records for name in record.fields)
    # What cannot be written cannot be chosen.
    return [name for name in names if name.strip() and _writable(name)][:MAX_COLUMNS]


def guessed(records: Sequence[Record], *, at: datetime) -> dict[str, str]:
    """The column of each field that a guess can be made for."""
    columns = columns_of(records)
    named = plan_for(tuple(columns)).columns
    found = {field: named[field][0] for field in FIELDS if named.get(field)}
    if found.get("occurred") == found.get("published") and "occurred" in found:
        del found["occurred"]
    free = [column for column in columns if column not in found.values()]
    for field, fits in (("url", _is_address), ("published", _is_date), ("title", _is_headline)):
        if field not in found and (column := _likeliest(records, free, fits, at)):
            found[field] = column
            free.remove(column)
    return found


def lacking(columns: dict[str, str]) -> list[str]:
    """The fields without which no row can be read."""
    return [field for field in NEEDED if field not in columns]


def date_cells(records: Iterable[Record], columns: dict[str, str]) -> list[str]:
    """What stands in the columns of dates."""
    return [
        cell
        for record in records
        for field in ("published", "occurred")
        if field in columns and (cell := said(record.fields.get(columns[field])))
    ]


def lack_zone(cells: Iterable[str], *, at: datetime) -> bool:
    """Whether another zone makes other moments of some of these cells."""
    return any(_lacks_zone(cell, at) for cell in cells)


def same_columns(columns: Iterable[str]) -> list[str]:
    """The columns as a mapping remembers them: their order and case do not matter."""
    return sorted({field_name(column) for column in columns})


def _likeliest(records: Sequence[Record], columns: list[str], fits: Fits, at: datetime) -> str:
    scores: Counter[str] = Counter()
    for column in columns:
        cells = [cell for record in records if (cell := said(record.fields.get(column)))]
        fitting = sum(1 for cell in cells if fits(cell, at))
        if cells and fitting >= _MOST * len(cells):
            # Of several the one with most to say: an identifier is shorter than a headline.
            scores[column] = fitting * (1 + len({*cells}))
    return scores.most_common(1)[0][0] if scores else ""


def _is_address(cell: str, at: datetime) -> bool:  # noqa: ARG001 - asked like the others
    return bool(web_address(cell))


def _is_date(cell: str, at: datetime) -> bool:
    # A bare number may be anything.
    return not cell.replace(".", "").replace("-", "", 1).isdigit() and _day(cell, at)


def _is_headline(cell: str, at: datetime) -> bool:
    shortest, longest = _HEADLINE
    return shortest <= len(cell) <= longest and " " in cell and not _day(cell, at)


def _day(cell: str, at: datetime) -> bool:
    """Whether it is written like a date, though there may be no such day."""
    try:
        moment(cell, at=at)
    except UnreadableDate:
        return False
    except DateError:
        return True
    return True


def _writable(name: str) -> bool:
    return "\0" not in name and not re.search("[\ud800-\udfff]", name)


def _lacks_zone(cell: str, at: datetime) -> bool:
    """Whether another zone makes another moment of it."""
    try:
        return moment(cell, at=at, day_first=True) != moment(
            cell, at=at, day_first=True, zone=_EAST
        )
    except DateError:
        return False
