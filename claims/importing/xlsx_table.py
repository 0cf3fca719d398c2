"""XLSX, by a reader that knows no formulas and no links; what would fill the memory is not opened."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from zlib import error as ZlibError  # noqa: N812 - it is named like a function

from python_calamine import CalamineError, CalamineWorkbook

from sources.importing import ImportFileError

MAX_UNPACKED_BYTES = 200 * 2**20
# The reader makes room for every cell up to the last, filled or not.
MAX_CELLS = 2_000_000
_PIECE = 2**20
_WORKBOOK = "xl/workbook.xml"
_ADDRESS = re.compile(rb"""\br\s?=\s?["']([A-Za-z]{1,4})(\d{1,10})["']""")
_LONGEST_ADDRESS = 22


def cells(data: bytes, *, name: str) -> Iterator[list[str]]:
    """The cells of each row of the first sheet, empty rows too; dates as 2024-03-21.

    Raises ImportFileError for what is no XLSX file, is broken, or unpacks to too much.
    """
    try:
        _refuse(data, name)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, zipfile.BadZipFile, ZlibError, ValueError, OSError, EOFError) as error:
        raise ImportFileError(f"{name} is a broken XLSX file.") from error
    for row in rows:
        yield [_text(cell) for cell in row]


def _refuse(data: bytes, name: str) -> None:
    """Unpacks everything once, a piece at a time: what an archive says of its sizes may be a lie."""
    unpacked = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if _WORKBOOK not in archive.namelist():
            raise ImportFileError(f"{name} is an archive but not a spreadsheet (XLSX).")
        for member in archive.infolist():
            # zipfile stops at the size that a member claims, the other reader does not.
            member.file_size = MAX_UNPACKED_BYTES + 1
            last = (1, 1)
            for piece in _pieces(archive, member):
                unpacked += len(piece) - _LONGEST_ADDRESS
                if unpacked > MAX_UNPACKED_BYTES:
                    raise ImportFileError(
                        f"{name} unpacks to more than {MAX_UNPACKED_BYTES // 2**20} MB and was not "
                        "opened."
                    )
                last = _last_cell(piece, last)
                if last[0] * last[1] > MAX_CELLS:
                    raise ImportFileError(
                        f"{name} has a sheet that reaches to row {last[0]:,} and column "
                        f"{last[1]:,}. Copy the table alone into a new file."
                    )


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """A member piece by piece, each with the end of the one before."""
    with archive.open(member) as file:
        end = b" " * _LONGEST_ADDRESS
        while piece := file.read(_PIECE):
            yield end + piece
            end = (end + piece)[-_LONGEST_ADDRESS:]


def _last_cell(piece: bytes, last: tuple[int, int]) -> tuple[int, int]:
    """The last row and the last column that a cell of the piece is in, or those before."""
    addresses = _ADDRESS.findall(piece)
    rows = [int(row) for _, row in addresses]
    columns = [_column(letters) for letters in {letters for letters, _ in addresses}]
    return max(last[0], *rows, 1), max(last[1], *columns, 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _text(cell: object) -> str:
    if isinstance(cell, datetime) and (cell.hour, cell.minute, cell.second) == (0, 0, 0):
        cell = cell.date()
    if isinstance(cell, float):
        # A spreadsheet knows no whole numbers.
        return f"{cell:.15g}"
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)
