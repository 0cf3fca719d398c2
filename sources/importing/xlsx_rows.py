"""The first sheet of a workbook as rows by the names in its header."""

from collections.abc import Iterator

from sources.importing import xlsx_table
from sources.importing.types import ImportFileError, Problem, Record
from sources.importing.unpacking import ZIP


def records(data: bytes, *, name: str) -> Iterator[Record | Problem]:
    """The rows below the first that holds anything; numbered as a spreadsheet shows them.

    Raises ImportFileError for what is no workbook, is broken, or takes too much to open.
    """
    if not data.startswith(ZIP):
        raise ImportFileError(f"{name} is no spreadsheet (XLSX).")
    header: list[str] = []
    for row, cells in enumerate(xlsx_table.cells(data, name=name), start=1):
        if not any(cells):
            continue
        if not header:
            header = cells
        elif any(cells[len(header) :]):
            yield Problem(row, "", f"has {len(cells)} cells where the header names {len(header)}")
        else:
            # A row that ends early has empty cells to its end; so has what has no name.
            yield Record(row, {key: cell for key, cell in zip(header, cells, strict=False) if key})
