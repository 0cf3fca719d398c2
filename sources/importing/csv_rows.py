"""CSV with a header; rows are counted as a spreadsheet shows them, the header being row 1."""

import csv
from collections.abc import Iterator
from itertools import chain, islice
from typing import BinaryIO

from sources.importing.lines import lines, readable
from sources.importing.types import ImportFileError, Problem, Record
from sources.importing.wording import one_line

_DELIMITERS = ",;\t|"


def records(stream: BinaryIO, *, name: str) -> Iterator[Record | Problem]:
    """The rows of a CSV file by the names in its header, each cell just as it stands there.

    Raises ImportFileError for a file whose first row cannot be read.
    """
    text = lines(stream)
    first = list(islice(text, 1))
    delimiter = max(_DELIMITERS, key="".join(first).count)
    rows = _rows(chain(first, text), delimiter)
    _, header, broken = next(rows, (1, [], ""))
    if not broken and not all(map(readable, header)):
        broken = 'is not UTF-8; save the file as "CSV UTF-8"'
    if broken:
        raise ImportFileError(f"The first row of {name} {broken}.")
    for row, cells, broken in rows:
        if broken:
            yield Problem(row, "", broken)
        elif any(cell and not cell.isspace() for cell in cells):
            yield _record(header, cells, row)


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


def _record(header: list[str], cells: list[str], row: int) -> Record | Problem:
    if len(cells) > len(header):
        if any(cells[len(header) :]):
            return Problem(row, "", f"has {len(cells)} cells where the header names {len(header)}")
        cells = cells[: len(header)]
    fields: dict[str, object] = dict(zip(header, cells, strict=False))
    broken = next((name for name, cell in fields.items() if not readable(str(cell))), None)
    if broken is not None:
        return Problem(row, one_line(broken)[:40], 'is not UTF-8; save the file as "CSV UTF-8"')
    return Record(row, fields)
