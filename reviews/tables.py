"""CSV that another program wrote, by its columns: what can be read is, and what is broken is counted.

Unlike the import of claims, a broken row costs no row but itself: nobody sits before it to mend it.
"""

import csv
import math
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Column:
    """Its distinct words, in the order in which they come, and for each row the number of its word."""

    words: tuple[str, ...]
    rows: np.ndarray

    def figures(self, read: Callable[[str], float | None]) -> np.ndarray:
        """What each cell is as a number; nan where it is none."""
        values = [read(word) for word in self.words]
        return np.array([np.nan if one is None else one for one in values], float)[self.rows]

    def such(self, known: Callable[[str], bool]) -> np.ndarray:
        """Which cells are of words that are such."""
        return np.array([known(word) for word in self.words], bool)[self.rows]


@dataclass(frozen=True)
class Table:
    """All columns of one length, by name; `skipped` counts rows that do not count, by reason."""

    columns: dict[str, Column]
    rows: int
    skipped: Counter[str]


class Sieve:
    """Which rows count. Each that does not has one reason, the first that was found."""

    def __init__(self, rows: int, skipped: Counter[str]) -> None:
        self.kept = np.ones(rows, bool)
        self.skipped = skipped

    def skip(self, reason: str, unfit: np.ndarray) -> None:
        """Lets these rows go that still count."""
        gone = int(np.count_nonzero(self.kept & unfit))
        if gone:
            self.skipped[reason] += gone
            self.kept &= ~unfit


def read_table(stream: BinaryIO, *, needed: Sequence[str], possible: Sequence[str] = ()) -> Table:
    """A table by the names in its first row, in any order and case, separated by comma, semicolon or tab.

    Cells lose the space around them; rows without any cell are passed over; a possible column that is not
    there is empty. Raises NoTable where the file is empty or lacks a needed column.
    """
    text = _decoded(stream.read())
    wanted = (*needed, *possible)
    delimiter = delimiter_of(text, lambda header: len({*wanted} & {_name(one) for one in header}))
    skipped: Counter[str] = Counter()
    rows = filter(any, _rows(StringIO(text, newline=None).readlines(), delimiter, skipped))
    header = [_name(one) for one in next(rows, [])]
    if not header:
        raise NoTable("it is empty: nothing to compare")
    missing = [one for one in needed if one not in header]
    if missing:
        raise NoTable(f"its first row names no column {', '.join(missing)}")
    places = {one: header.index(one) for one in wanted if one in header}
    columns, number_of = _columns(rows, places)
    empty = Column(("",), np.zeros(number_of, int))
    return Table({one: columns.get(one, empty) for one in wanted}, number_of, skipped)


def number(text: str) -> float | None:
    """A number as people write them: 0.75, 0,75, 75%, ¾, −1. None where it is none, or has no end."""
    written = text.strip().replace("−", "-")
    if len(written) == 1 and not written.isascii():
        return unicodedata.numeric(written, None)
    share = written.endswith("%")
    written = written.removesuffix("%").rstrip()
    if written.count(",") == 1 and "." not in written:
        written = written.replace(",", ".")
    try:
        value = float(written)
    except ValueError:
        return None
    if not math.isfinite(value):
        return None
    return value / 100 if share else value


def plain(word: str) -> str:
    """One spelling of words: small letters, single spaces, no underscores."""
    return " ".join(word.casefold().replace("_", " ").split())


def _columns(rows: Iterator[list[str]], places: dict[str, int]) -> tuple[dict[str, Column], int]:
    """The columns that stand at these places, and how many rows there are; short rows are filled up."""
    known: dict[str, dict[str, int]] = {name: {} for name in places}
    parts: dict[str, list[np.ndarray]] = {name: [np.zeros(0, int)] for name in places}
    width, number_of = max(places.values()) + 1, 0
    for batch in batched(rows, _BATCH):
        full = [row if len(row) >= width else row + [""] * (width - len(row)) for row in batch]
        number_of += len(full)
        # Longer rows are cut to the shortest, which is as wide as the columns need.
        cells = list(zip(*full, strict=False))
        for name, place in places.items():
            words, column = known[name], list(map(str.strip, cells[place]))
            for word in dict.fromkeys(column):
                words.setdefault(word, len(words))
            parts[name].append(np.fromiter(map(words.__getitem__, column), int, len(column)))
    columns = {name: Column(tuple(known[name]), np.concatenate(parts[name])) for name in places}
    return columns, number_of


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
    return plain(heading.replace("-", " ")).replace(" ", "_")
