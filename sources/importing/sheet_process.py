"""Run by its path, as a process of its own: a workbook on stdin, the rows of its first sheet on stdout.

Each row is a line of JSON, a list of texts and of numbers. The reader makes room for every cell up to the last one that a file
names and copies what cells share, so that a file of a few KB can ask for any amount of memory: the
operating system holds the process to limits, and whatever happens here, the one that asked lives on.
It imports nothing of ours, so that it starts at once and knows no secrets.
"""

import io
import json
import resource
import sys
import zipfile
from datetime import date, datetime

from python_calamine import CalamineWorkbook

NO_WORKBOOK = 3
_MEMORY = 1024 * 2**20
_SECONDS = 20
# More than any CSV file that is taken.
_WRITTEN = 100 * 2**20


def main() -> None:
    """Ends with NO_WORKBOOK for an archive of something else, and with any error for a broken one."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_WRITTEN, _WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    data = sys.stdin.buffer.read()
    if "xl/workbook.xml" not in zipfile.ZipFile(io.BytesIO(data)).namelist():
        sys.exit(NO_WORKBOOK)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    for row in sheet.iter_rows():
        filled = any(cell != "" for cell in row)
        sys.stdout.write(json.dumps([_written(cell) for cell in row] if filled else []) + "\n")


def _written(cell: object) -> str | float:
    if isinstance(cell, datetime) and (cell.hour, cell.minute, cell.second) == (0, 0, 0):
        cell = cell.date()
    if isinstance(cell, float):
        return cell
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


if __name__ == "__main__":
    main()
