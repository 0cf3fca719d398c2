"""CSV with a header; rows are counted as a spreadsheet shows them, the header being row 1."""

import csv
from collections.abc import Iterator
from datetime import datetime
from itertools import chain, islice
from typing import BinaryIO

from sources.importing.lines import lines, readable
from sources.importing.records import PUBLISHED, TITLE, field_name, item_from
from sources.importing.types import ImportFileError, Item, Problem
from sources.importing.wording import one_line

_DELIMITERS = ",;\t|"
_NAMES_SHOWN = 12


def items(stream: BinaryIO, *, name: str, at: datetime) -> Iterator[Item | Problem]:
    """The items of a CSV file. Raises ImportFileError when its header names no title or date."""
    text = lines(stream)
    first = list(islice(text, 1))
    delimiter = max(_DELIMITERS, key="".join(first).count)
    rows = _rows(chain(first, text), delimiter)
    _, header, _ = next(rows, (1, [], ""))
    _refuse_poor(header, name)
    for row, cells, broken in rows:
        if broken:
            yield Problem(row, "", broken)
        elif any(cell.strip() for cell in cells):
            yield _item(header, cells, row, at)


def _rows(text: Iterator[str], delimiter: str) -> Iterator[tuple[int, list[str], str]]:
    """Each row as (its number, its cells, what is broken about it)."""
    reader = csv.reader(text, delimiter=delimiter)
    row = 0
    while True:
        row += 1
        try:
            yield row, next(reader), ""
        except StopIteration:
            return
        except csv.Error as error:
            yield row, [], f"is not CSV: {error}"


def _refuse_poor(header: list[str], name: str) -> None:
    named = {field_name(cell) for cell in header}
    if named.intersection(TITLE) and named.intersection(PUBLISHED):
        return
    there = ", ".join(one_line(cell)[:40] or "(empty)" for cell in header[:_NAMES_SHOWN])
    raise ImportFileError(
        f"{name} needs a first row that names a title column ({', '.join(TITLE)}) and a date "
        f"column ({', '.join(PUBLISHED[:6])}, …). Its first row is: {there or 'empty'}."
    )


def _item(header: list[str], cells: list[str], row: int, at: datetime) -> Item | Problem:
    if len(cells) > len(header):
        return Problem(row, "", f"has {len(cells)} cells where the header names {len(header)}")
    record = dict(zip(header, cells, strict=False))
    broken = next((name for name, cell in record.items() if not readable(cell)), None)
    if broken is not None:
        return Problem(
            row, one_line(field_name(broken))[:40], 'is not UTF-8; save the file as "CSV UTF-8"'
        )
    return item_from(record, row, at=at)
