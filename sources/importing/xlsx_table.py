"""XLSX, read by a process of its own that a hostile file may exhaust."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sources.importing import sheet_process
from sources.importing.types import ImportFileError

_PROCESS = Path(sheet_process.__file__)
# A web process that answers no one for half a minute is ended.
_SECONDS = 25


class Number(str):
    """A cell that is kept as a number: what is shown, such as 60% for 0.6, is not known."""

    __slots__ = ()


def cells(data: bytes, *, name: str) -> Iterator[list[str]]:
    """The cells of each row of the first sheet, empty rows too; dates as 2024-03-21 and
    numbers as Number.

    Raises ImportFileError for what is no XLSX file, is broken, or takes too much to open.
    """
    with tempfile.TemporaryFile() as file, tempfile.TemporaryFile() as rows:
        file.write(data)
        file.seek(0)
        try:
            subprocess.run(  # noqa: S603 - our own program
                [sys.executable, "-I", _PROCESS],
                stdin=file,
                stdout=rows,
                stderr=subprocess.DEVNULL,
                env={},
                timeout=_SECONDS,
                check=True,
            )
        except subprocess.SubprocessError as error:
            raise ImportFileError(f"{name} {_fault(error)}") from error
        rows.seek(0)
        for row in rows:
            yield [_text(cell) for cell in json.loads(row)]


def _fault(error: subprocess.SubprocessError) -> str:
    if getattr(error, "returncode", 0) == sheet_process.NO_WORKBOOK:
        return "is an archive but not a spreadsheet (XLSX)."
    return (
        "is a broken or protected XLSX file, or is too large to open. Copy the table alone into a "
        "new file."
    )


def _text(cell: str | float) -> str:
    # A spreadsheet knows no whole numbers.
    return cell if isinstance(cell, str) else Number(f"{cell:.15g}")
