"""Imported tables in tests: written, brought in, and worked on to the end."""

import csv
from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO

import xlsxwriter

from accounts.models import User
from claims.models import ClaimImport
from claims.services import begin_import, store_import, work_on_import

ROW = {
    "quote": "Trade between the two ports will likely grow.",
    "claimant": "Orlov",
    "said on": "2023-03-21",
}
# All that a row may say.
WHOLE = {
    **ROW,
    "speaker": "the trader",
    "kind": "conditional",
    "topics": "trade, ports",
    "stake": "high",
    "statement": "Trade grows.",
    "condition": "As long as the ports stay open",
    "hedge": "likely",
    "base rate": "62",
    "reference class": "Trade of two neighbours grows",
    "base rate source": "Customs",
    "horizon": "in the coming years",
    "opens": "2023-03-21",
    "earliest": "2024-03-21",
    "due": "2026-03-21",
    "latest": "2028-03-21",
    "checkpoints": "2024-03-21, 2026-03-21",
    "held if": "It lies above.",
    "failed if": "It lies below.",
    "metric": "tons",
    "threshold": "10",
    "judged": "throughout",
    "title": "On ports",
    "author": "Desk",
    "publisher": "Port Review",
    "url": "https://ports.example/a",
    "published on": "2023-03-20",
}


def as_csv(rows: Sequence[Mapping[str, str]], *, delimiter: str = ",") -> bytes:
    """Rows under the names that any of them has."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    file = StringIO(newline="")
    writer = csv.DictWriter(file, names, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def as_xlsx(rows: Sequence[Sequence[object]]) -> bytes:
    """A workbook whose first sheet holds these cells."""
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                write = sheet.write_string if isinstance(cell, str) else sheet.write
                write(number, column, cell, *([day] if hasattr(cell, "year") else []))
    return file.getvalue()


def work(claim_import: ClaimImport) -> ClaimImport:
    """The import after the worker has done what it can."""
    while work_on_import(claim_import=claim_import):
        pass
    return ClaimImport.objects.get(pk=claim_import.pk)


def checked(data: bytes | Sequence[Mapping[str, str]], *, by: User | None = None) -> ClaimImport:
    """An import of a file, or of rows as CSV, with every row checked."""
    data = data if isinstance(data, bytes) else as_csv(data)
    return work(begin_import(data=data, name="table.csv", by=by))


def stored(data: bytes | Sequence[Mapping[str, str]], *, by: User | None = None) -> ClaimImport:
    """An import whose sound rows are claims."""
    return work(store_import(claim_import=checked(data, by=by), by=by))


def said(claim_import: ClaimImport) -> list[str]:
    """Everything that is wrong with a table, in words."""
    return [
        f"row {row.number}{f', {column}' if column else ''}: {words}"
        for row in claim_import.rows.order_by("number")
        for column, words in row.problems
    ]
