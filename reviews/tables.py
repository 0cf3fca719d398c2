"""CSV that another program wrote, by its columns: what can be read is, and what is broken is counted.

Unlike the import of claims, a broken row costs no row but itself: nobody sits before it to mend it.
"""

import csv
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from itertools import batched
from typing import BinaryIO

import numpy as np

from claims.importing.csv_table import delimiter_of

BROKEN = "the row is not CSV"
# What stands for nothing in tables of figures.
NOTHING = frozenset(
    ("", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "-", "–", ".", "?", "*")
)
_BATCH = 20_000


class NoTable(ValueError):
    """The file is no table of these columns; the message says why."""


@dataclass
class Labels:
    """Words by number, in the order in which they come."""

    numbers: dict[str, int] = field(default_factory=dict)

    def numbered(self, cells: Sequence[str]) -> list[int]:
        """The number of each, a new one for a new word."""
        known = self.numbers
        return [known.setdefault(cell, len(known)) for cell in cells]


@dataclass
class Table:
    """The columns that are in the file, by name. Reading is once only, a batch of rows at a time.

    `skipped` counts rows that do not count, by reason: those that are no CSV by itself, others as told.
    """

    columns: tuple[str, ...]
    _places: tuple[int, ...]
    _rows: Iterator[list[str]]
    skipped: Counter[str] = field(default_factory=Counter)

    def batches(self) -> Iterator[dict[str, list[str]]]:
        """Cells without the space around them, by column; rows without any cell are passed over."""
        width = max(self._places) + 1
        for rows in batched(filter(any, self._rows), _BATCH):
            full = [row if len(row) >= width else row + [""] * (width - len(row)) for row in rows]
            yield {
                name: [row[place].strip() for row in full]
                for name, place in zip(self.columns, self._places, strict=True)
            }


class Sieve:
    """Which rows count. Each that does not has one reason, the first that was found."""

    def __init__(self, rows: int, skipped: Counter[str]) -> None:
        self.kept = np.ones(rows, bool)
        self.skipped = skipped

    def skip(self, reason: str, unfit: np.ndarray) -> None:
        """Lets these rows go that still count."""
        gone = int((self.kept & unfit).sum())
        if gone:
            self.skipped[reason] += gone
            self.kept &= ~unfit


def read_table(stream: BinaryIO, *, needed: Sequence[str], possible: Sequence[str] = ()) -> Table:
    """A table by the names in its first row, in any order and case, separated by comma, semicolon or tab.

    Raises NoTable where the file is empty or lacks a needed column.
    """
    text = _decoded(stream.read())
    wanted = frozenset((*needed, *possible))
    delimiter = delimiter_of(text, lambda header: len(wanted & {_name(one) for one in header}))
    skipped: Counter[str] = Counter()
    rows = _rows(StringIO(text, newline=None).readlines(), delimiter, skipped)
    header = [_name(one) for one in next(filter(any, rows), [])]
    if not header:
        raise NoTable("it is empty: nothing to compare")
    missing = [one for one in needed if one not in header]
    if missing:
        raise NoTable(f"its first row names no column {', '.join(missing)}")
    found = tuple(one for one in (*needed, *possible) if one in header)
    return Table(found, tuple(header.index(one) for one in found), rows, skipped)


def number(text: str) -> float | None:
    """A number as people write them: 0.75, 0,75, 75%, ¾, −1. None where it is none, or has no end."""
    plain = text.strip().replace("−", "-")
    if len(plain) == 1 and not plain.isascii():
        return unicodedata.numeric(plain, None)
    share = plain.endswith("%")
    plain = plain.removesuffix("%").rstrip()
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        value = float(plain)
    except ValueError:
        return None
    if not math.isfinite(value):
        return None
    return value / 100 if share else value


def _rows(lines: list[str], delimiter: str, skipped: Counter[str]) -> Iterator[list[str]]:
    """The rows that are CSV. After a broken one reading goes on in the next line, whatever it swallowed."""
    start = 0
    while start < len(lines):
        left = map(lines.__getitem__, range(start, len(lines)))
        reader = csv.reader(left, delimiter=delimiter, strict=True)
        read = 0
        try:
            for row in reader:
                read = reader.line_num
                yield row
        except csv.Error:
            skipped[BROKEN] += 1
            start += read + 1
        else:
            return


def _decoded(data: bytes) -> str:
    """UTF-8, or UTF-16 where it says so; bytes that are neither become the sign for that."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return data.decode("utf-16" if wide else "utf-8-sig", "replace").replace("\0", "")


def _name(heading: str) -> str:
    return "_".join(heading.strip().casefold().replace("-", " ").replace("_", " ").split())
