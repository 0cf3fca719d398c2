"""Small tables that leave as CSV, row by row."""

import csv
from collections.abc import Iterable, Iterator, Sequence

from accounts.cells import plain


class _Echo:
    """A file that hands back what is written to it, so that rows leave one by one."""

    def write(self, line: str) -> str:
        return line


def csv_lines(rows: Iterable[Sequence[str | int]]) -> Iterator[str]:
    """Rows as lines of CSV, in which no spreadsheet finds a formula."""
    writer = csv.writer(_Echo())
    for row in rows:
        yield writer.writerow([plain(cell) if isinstance(cell, str) else cell for cell in row])
