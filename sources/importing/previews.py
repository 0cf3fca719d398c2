"""What the first rows of a file would become."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import BinaryIO

from sources.importing.acled import Withdrawal
from sources.importing.guessing import columns_of
from sources.importing.kinds import RECORDS
from sources.importing.reading import read_items, read_records, read_withdrawals
from sources.importing.records import Plan, item_from, said
from sources.importing.types import Item, Problem, Record
from sources.importing.wording import one_line

# So many rows tell what columns hold and how dates are written; of so many it is made what they become.
LOOKED_AT = 1_000
MADE = 50
CELLS_SHOWN = 3


@dataclass(frozen=True)
class Look:
    """The first rows of a file whose columns have names."""

    columns: list[str]
    records: list[Record]
    problems: list[Problem]

    def examples(self) -> list[tuple[str, list[str]]]:
        """Each column with what first stands in it."""
        return [(column, self._cells(column)) for column in self.columns]

    def _cells(self, column: str) -> list[str]:
        cells = (said(record.fields.get(column)) for record in self.records)
        return [
            one_line(cell[:80]) for cell in islice((cell for cell in cells if cell), CELLS_SHOWN)
        ]

    def outcomes(self, plan: Plan, *, at: datetime) -> list[Item | Problem]:
        """What a plan makes of the first rows."""
        made = [
            item_from(record.fields, record.row, at=at, plan=plan) for record in self.records[:MADE]
        ]
        return sorted([*made, *self.problems], key=lambda one: one.row)[:MADE]


def look(stream: BinaryIO, *, name: str, kind: str) -> Look:
    """A look at a file of named columns. Raises ImportFileError."""
    rows = list(islice(read_records(stream, name=name, format=kind), LOOKED_AT))
    records = [row for row in rows if isinstance(row, Record)]
    problems = [row for row in rows if isinstance(row, Problem)]
    return Look(columns_of(records), records, problems)


def first_items(
    stream: BinaryIO, *, name: str, kind: str, at: datetime, lists_deletions: bool = False
) -> Sequence[Item | Withdrawal | Problem]:
    """What the first rows become where columns are known, or which events they take back."""
    if lists_deletions:
        return list(islice(read_withdrawals(stream, name=name, at=at), MADE))
    return list(islice(read_items(stream, name=name, format=kind, at=at), MADE))


def needs_plan(kind: str, provider: str) -> bool:
    """Whether somebody has to say what the columns hold."""
    return kind in RECORDS and not provider
