"""Workbooks of any make: read by a process that may be exhausted, while the one that asks lives on."""

import resource
import subprocess
import sys
import zipfile
from datetime import date, datetime
from io import BytesIO

import pytest
import xlsxwriter

from claims.importing import Row, read_table
from sources.importing import ImportFileError, xlsx_table
from tests.claims.imports import as_xlsx

HEADER = '<row r="1"><c r="A1" t="inlineStr"><is><t>quote</t></is></c></row>'
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BROKEN = (
    "t.xlsx is a broken or protected XLSX file, or is too large to open. Copy the table alone into a "
    "new file."
)


def workbook(rows: str, *, shared: str = "", packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A workbook whose sheet holds exactly this markup, packed as no spreadsheet would."""
    written = {
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{NAMESPACE}"><sheetData>{rows}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{NAMESPACE}">{shared}</sst>',
    }
    file = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(as_xlsx([["quote"]]))) as plain,
        zipfile.ZipFile(file, "w", packed) as archive,
    ):
        for name in plain.namelist():
            archive.writestr(name, written.get(name) or plain.read(name))
    return file.getvalue()


def flagged(data: bytes, *, local: int, central: int, value: int) -> bytes:
    """An archive with a byte of every member's two headers set."""
    found = bytearray(data)
    for magic, offset in ((b"PK\x03\x04", local), (b"PK\x01\x02", central)):
        at = found.find(magic)
        while at >= 0:
            found[at + offset] = value
            at = found.find(magic, at + 4)
    return bytes(found)


def refusal(data: bytes) -> str:
    with pytest.raises(ImportFileError) as refused:
        read_table(data, name="t.xlsx")
    return str(refused.value)


def test_cells_are_read_with_their_dates_and_figures() -> None:
    cells = [
        "text é 𝄞\n_x0041_",
        date(2024, 3, 21),
        datetime(2024, 3, 21, 14, 5),  # noqa: DTZ001 - a spreadsheet knows no time zones
        55,
        0.1 + 0.2,
        True,
    ]

    table = read_table(as_xlsx([["quote"], [], cells]), name="t.xlsx")

    assert table.header[0] == "quote"
    assert table.rows == [
        Row(3, ["text é 𝄞\n_x0041_", "2024-03-21", "2024-03-21T14:05:00", "55", "0.3", "True"])
    ]


def test_row_that_holds_only_nought_is_not_empty() -> None:
    table = read_table(as_xlsx([["quote"], [0], [False]]), name="t.xlsx")

    assert table.rows == [Row(2, ["0"]), Row(3, ["False"])]


def test_formula_is_only_its_last_result() -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, "quote")
        sheet.write_formula(1, 0, '=HYPERLINK("http://evil.example","x")', value="x")
        sheet.write_url(2, 0, "http://evil.example", string="y")
        sheet.write_formula(3, 0, "=1/0", value="#DIV/0!")
        sheet.write_string(4, 0, "=1+1")

    table = read_table(file.getvalue(), name="t.xlsx")

    assert table.rows == [Row(2, ["x"]), Row(3, ["y"]), Row(5, ["=1+1"])]


def test_archive_that_is_no_spreadsheet_is_refused() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")

    assert refusal(file.getvalue()) == "t.xlsx is an archive but not a spreadsheet (XLSX)."


def test_large_table_is_read() -> None:
    words = [[f"words {row} {column}" for column in range(35)] for row in range(5_000)]

    table = read_table(as_xlsx([["quote"] * 35, *words]), name="t.xlsx")

    assert [row.cells for row in table.rows] == words


@pytest.mark.parametrize(
    "rows",
    [
        # Far out without an address, 96 GB for the reader.
        f'{HEADER}<row r="1">{"<c><v>1</v></c>" * 3000}</row><row r="1000000"><c><v>1</v></c></row>',
        f'{HEADER}<row r="1048576"><c r  =  "XFD1048576"><v>1</v></c></row>',
        f'{HEADER}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    ],
    ids=["no address", "blanks in the address", "the last cell"],
)
def test_small_file_that_asks_for_all_memory_is_refused(rows: str) -> None:
    data = workbook(rows)

    assert len(data) < 10_000
    assert refusal(data) == BROKEN


@pytest.mark.parametrize(("length", "cells"), [(1_000_000, 20_000), (30_000, 4_000)])
def test_one_text_that_thousands_of_cells_share_is_refused(length: int, cells: int) -> None:
    rows = "".join(
        f'<row r="{at}"><c r="A{at}" t="s"><v>0</v></c></row>' for at in range(2, cells + 2)
    )

    assert refusal(workbook(HEADER + rows, shared=f"<si><t>{'a' * length}</t></si>")) == BROKEN


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 broken",
        flagged(workbook(HEADER), local=6, central=8, value=1),
        flagged(workbook(HEADER), local=8, central=10, value=9),
        workbook(HEADER, packed=zipfile.ZIP_LZMA).replace(b"\x5d\x00\x00", b"\xff\xff\xff"),
        workbook(HEADER, packed=zipfile.ZIP_BZIP2),
        workbook("<row r='1'><c r='A1'").replace(b"</worksheet>", b""),
    ],
    ids=["no archive", "encrypted", "unknown method", "broken LZMA", "bzip2", "broken sheet"],
)
def test_file_that_cannot_be_unpacked_is_refused_in_words(data: bytes) -> None:
    assert refusal(data) == BROKEN


def test_file_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_table, "_SECONDS", 0.001)

    assert refusal(as_xlsx([["quote"], ["a"]])) == BROKEN


def test_limits_hold_only_the_process_that_reads() -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)

    read_table(as_xlsx([["quote"], ["a"]]), name="t.xlsx")

    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_process_that_reads_knows_nothing_of_ours() -> None:
    program = (
        f"import runpy, sys; runpy.run_path({str(xlsx_table._PROCESS)!r});"
        "print([one for one in ('django', 'claims', 'config', 'sources') if one in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, check=True)

    assert done.stdout == b"[]\n"
