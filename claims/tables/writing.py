"""Tables of claims as CSV and as XLSX, written row by row however many there are."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import IO

import xlsxwriter
from django.db.models import QuerySet
from xlsxwriter.worksheet import Worksheet

from accounts.cells import plain
from claims.models import Claim
from claims.tables.columns import COLUMNS, Cell, exported

AT_ONCE = 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Excel takes a file without the mark for its country's code page and breaks every quotation mark
# and dash; a quote must come back as the exact words it was. Other programs pass the mark over.
BYTE_ORDER_MARK = "\ufeff"
# A sheet of so many claims is written in half a minute, while the page waits for it.
MOST_IN_A_SHEET = 100_000
# No spreadsheet shows a longer cell, and none keeps a day before this one as a date.
_LONGEST_CELL = 32_767
_FIRST_DAY = date(1900, 3, 1)
# XML has no way to write them, and they mean nothing anywhere.
_NO_CHARACTERS = {0xFFFE: None, 0xFFFF: None}
_WIDTH = 18
_DAY, _MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"


class _Echo:
    """A file that hands back what is written to it, so that rows leave one by one."""

    def write(self, line: str) -> str:
        return line


def csv_lines(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Rows as lines of CSV, texts neutralised."""
    writer = csv.writer(_Echo())
    for row in rows:
        yield writer.writerow([_in_csv(cell) for cell in row])


def claims_csv(claims: QuerySet[Claim]) -> Iterator[str]:
    """Claims as pieces of a CSV file, in their order, under one line of column names."""
    yield BYTE_ORDER_MARK
    yield from csv_lines(claim_rows(claims))


def claims_xlsx(claims: QuerySet[Claim], file: IO[bytes]) -> None:
    """Writes claims into a file as a spreadsheet, in their order, under a row of column names.

    Numbers and days are written as such, all else as text, never as a formula or a link. So is a
    percentage up to 1, which an import could not tell from a share if it were a number.
    """
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        formats = {form: book.add_format({"num_format": form}) for form in (_DAY, _MOMENT)}
        sheet = book.add_worksheet("Claims")
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(claim_rows(claims)):
            for column, cell in enumerate(row):
                _write(sheet, (number, column), cell, formats)


def empty_xlsx(names: Sequence[str], file: IO[bytes]) -> None:
    """Writes the names of columns into a file as a spreadsheet whose cells are all text.

    What is typed there is read as it was typed: 60% stays 60%, and no day is turned round.
    """
    with xlsxwriter.Workbook(file) as book:
        text = book.add_format({"num_format": "@"})
        sheet = book.add_worksheet("Claims")
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(names) - 1, _WIDTH, text)
        for column, name in enumerate(names):
            sheet.write_string(0, column, name)


def claim_rows(claims: QuerySet[Claim]) -> Iterator[Sequence[Cell]]:
    """The names of the columns, then the cells of each claim."""
    yield [column.name for column in COLUMNS]
    for claim in exported(claims).iterator(chunk_size=AT_ONCE):
        yield [column.cell(claim) for column in COLUMNS]


def _in_csv(cell: Cell) -> str | int | Decimal | None:
    if isinstance(cell, str):
        return plain(cell)
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    return cell.isoformat() if isinstance(cell, date) else cell


def _write(sheet: Worksheet, at: tuple[int, int], cell: Cell, formats: dict[str, object]) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, datetime):
        naive = cell.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        sheet.write_datetime(*at, naive, formats[_MOMENT])
    elif isinstance(cell, date) and cell >= _FIRST_DAY:
        sheet.write_datetime(*at, cell, formats[_DAY])
    elif isinstance(cell, Decimal) and 0 < cell <= 1:
        sheet.write_string(*at, f"{cell}%")
    elif isinstance(cell, int | Decimal):
        sheet.write_number(*at, cell)
    else:
        sheet.write_string(*at, _fitting(cell if isinstance(cell, str) else cell.isoformat()))


def _fitting(text: str) -> str:
    """Neutralised text, without what no spreadsheet could hold."""
    text = plain(text.translate(_NO_CHARACTERS))
    return text if len(text) <= _LONGEST_CELL else f"{text[: _LONGEST_CELL - 1]}…"
