"""One door for tables: the content decides whether a file is CSV or XLSX, not its name."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from claims.importing import csv_table
from claims.importing.columns import names_known
from sources.capture.encoding import decoded
from sources.capture.types import MAX_BYTES, CaptureError
from sources.importing import ImportFileError, xlsx_table

MAX_ROWS = 20_000
_OTHER_FORMATS = (
    (b"%PDF-", "a PDF file"),
    (b"{\\rtf", "an RTF file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file, or one protected by a password"),
    (b"\x1f\x8b", "a gzip archive"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, which a spreadsheet shows under this number; or why they are not read."""

    number: int
    cells: list[str]
    broken: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The names of the columns, and every row below them that is not empty."""

    header: list[str]
    rows: list[Row]


def read_table(data: bytes, *, name: str) -> Table:
    """The table in a CSV or XLSX file, its first row with anything in it being the header.

    Raises ImportFileError, in words that name the file, for anything else, for a file or a table
    that is too large, and for one without rows.
    """
    name = name or "The file"
    _refuse(data, name)
    filled = (row for row in _rows(data, name) if row.broken or any(map(str.strip, row.cells)))
    header = next(filled, None)
    if header is None:
        raise ImportFileError(f"{name} is empty.")
    if header.broken:
        raise ImportFileError(f"{name}, row {header.number} {header.broken}.")
    rows = list(islice(filled, MAX_ROWS + 1))
    if not rows:
        raise ImportFileError(f"{name} has no rows below its header.")
    if len(rows) > MAX_ROWS:
        raise ImportFileError(f"{name} has more than {MAX_ROWS:,} rows. Divide it.")
    return Table(header.cells, rows)


def _refuse(data: bytes, name: str) -> None:
    if not data.strip(b"\0 \t\r\n"):
        raise ImportFileError(f"{name} is empty.")
    if len(data) > MAX_BYTES:
        raise ImportFileError(f"{name} is larger than {MAX_BYTES // 2**20} MB. Divide it.")
    for magic, said in _OTHER_FORMATS:
        if data.startswith(magic):
            raise ImportFileError(f"{name} is {said}: save the table as CSV or XLSX.")


def _rows(data: bytes, name: str) -> Iterator[Row]:
    if data.startswith(b"PK\x03\x04"):
        for number, cells in enumerate(xlsx_table.cells(data, name=name), start=1):
            yield Row(number, cells)
        return
    try:
        text = decoded(data, name=name)
    except CaptureError as error:
        raise ImportFileError(str(error)) from error
    for number, (cells, broken) in enumerate(csv_table.cells(text, known=names_known), start=1):
        yield Row(number, cells, broken)
