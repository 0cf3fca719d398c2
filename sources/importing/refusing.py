"""What is no table and no list, said in words that name what it is instead."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sources.importing.feed_guards import is_page, start_of
from sources.importing.guessing import columns_of, guessed
from sources.importing.kinds import FORMATS
from sources.importing.records import NEEDED, plan_for
from sources.importing.types import ImportFileError, Problem, Record
from sources.importing.unpacking import ZIP
from sources.importing.wording import one_line

# How files begin that people send under another name, or by mistake.
_BEGINNINGS = {
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"GIF8": "a picture (GIF)",
    b"RIFF": "a picture or a recording (RIFF)",
    b"%PDF-": "a document (PDF)",
    b"{\\rtf": "a text document (RTF)",
    b"\xd0\xcf\x11\xe0": "an old Office file; save a spreadsheet as XLSX or CSV",
    b"7z\xbc\xaf": "a 7-Zip archive; unpack it",
    b"Rar!": "a RAR archive; unpack it",
    b"BZh": "a bzip2 archive; unpack it",
    b"\xfd7zXZ": "an xz archive; unpack it",
}
_MARKS = (b"\xff\xfe", b"\xfe\xff")
# Of a table most rows have as many cells.
_MOST = 0.5
_SHOWN = 5


def refuse_what_is_no_text(head: bytes, name: str) -> None:
    """Raises ImportFileError by the first bytes of a file: empty, a picture, a document, any binary."""
    if not head.strip():
        raise ImportFileError(f"{name} is empty.")
    if head.startswith(ZIP):
        return
    for beginning, what in _BEGINNINGS.items():
        if head.startswith(beginning):
            raise ImportFileError(f"{name} is {what}. {', '.join(FORMATS)} are read.")
    if is_page(start_of(head)):
        raise ImportFileError(f"{name} is a web page (HTML). {', '.join(FORMATS)} are read.")
    if b"\0" in head and not head.startswith(_MARKS):
        raise ImportFileError(f"{name} is a binary file; {', '.join(FORMATS)} are read.")


def refuse_what_is_no_table(
    rows: Sequence[Record | Problem], *, name: str, kind: str, at: datetime
) -> None:
    """Raises ImportFileError by the first rows of a file: prose, one column, one object of JSON that is
    no event, or nothing that can be read. `at` is now."""
    records = [row for row in rows if isinstance(row, Record)]
    if not records:
        first = f": {rows[0]}" if rows else ""
        raise ImportFileError(f"{name} has no row that can be read{first}.")
    columns = columns_of(records)
    if kind == "json" and len(rows) == 1 and not _names_what_is_needed(records[0]):
        raise ImportFileError(
            f"{name} is JSON but holds no list of events: it is one object, with {_listed(columns)}."
        )
    if kind == "csv" and len(columns) < 2:
        raise ImportFileError(
            f"{name} is no table: its rows have one cell each, the first {_listed(columns)}. A table has "
            "a column of titles and one of dates, parted by commas, semicolons or tabs."
        )
    if kind == "csv" and _is_ragged(rows, len(columns)) and not _has_dates(records, at):
        raise ImportFileError(
            f"{name} is no table: its first row names {len(columns)} columns, most others have another "
            "number of cells, and none holds dates."
        )


def _names_what_is_needed(record: Record) -> bool:
    plan = plan_for(tuple(record.fields))
    return all(plan.columns[field] for field in NEEDED)


def _listed(columns: list[str]) -> str:
    names = ", ".join(f"“{one_line(name)[:40]}”" for name in columns[:_SHOWN])
    return names or "none that has a name"


def _has_dates(records: Sequence[Record], at: datetime) -> bool:
    return "published" in guessed(records, at=at)


def _is_ragged(rows: Sequence[Record | Problem], columns: int) -> bool:
    widths = Counter(len(row.fields) if isinstance(row, Record) else 0 for row in rows)
    return widths[columns] < _MOST * len(rows)
