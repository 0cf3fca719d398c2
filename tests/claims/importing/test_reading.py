"""Files as tables: CSV and XLSX of any make, and what is refused in words."""

import json
import struct
import zipfile
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest

from claims.importing import MAX_BYTES, MAX_ROWS, Row, read_table
from claims.importing import xlsx_table as xlsx
from sources.importing import ImportFileError
from tests.claims.imports import as_xlsx

CELLS = [["quote", "said on"], ["“Trade” will grow,\nthey say; „sicher“", "2024-03-21"]]


def refusal(data: bytes, name: str = "table.csv") -> str:
    with pytest.raises(ImportFileError) as refused:
        read_table(data, name=name)
    return str(refused.value)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_is_read_by_any_delimiter_in_any_usual_encoding(delimiter: str, encoding: str) -> None:
    first, second = CELLS
    text = f'{delimiter.join(first)}\r\n"{second[0]}"{delimiter}{second[1]}\r\n'

    table = read_table(text.encode(encoding), name="table.csv")

    assert (table.header, table.rows) == (first, [Row(2, second)])


def test_delimiter_is_the_one_that_makes_names_that_are_known() -> None:
    table = read_table(b"quote;said, or written;said on\na;b;c\n", name="t.csv")

    assert table.header == ["quote", "said, or written", "said on"]


def test_delimiter_is_not_guessed_from_what_stands_in_quotation_marks() -> None:
    table = read_table(b'"a;b;c;d",e\n1,2\n', name="t.csv")

    assert table.header == ["a;b;c;d", "e"]


def test_rows_are_counted_as_a_spreadsheet_counts_them() -> None:
    table = read_table(b'\n\nquote,said on\n\n"a\nb",c\n,\nd,e\n', name="t.csv")

    assert table.rows == [Row(5, ["a\nb", "c"]), Row(7, ["d", "e"])]


def test_row_that_is_no_csv_is_named_and_the_others_are_read() -> None:
    table = read_table(b"quote\na\n" + b"x" * 140_000 + b"\nb\n", name="t.csv")

    assert [row.cells for row in table.rows] == [["a"], [], ["b"]]
    assert table.rows[1].broken == "is not CSV: field larger than field limit (131072)"


@pytest.mark.parametrize(
    "name",
    [
        # Without newlines_crlf and location_coordinates, whose tables differ from what they expect.
        *("comma_in_quotes", "escaped_quotes", "json", "newlines", "quotes_and_newlines"),
        *("simple", "simple_crlf", "utf8", "empty", "empty_crlf"),
    ],
)
def test_csv_spectrum_is_read_as_it_says(name: str, shared: Path) -> None:
    folder = shared / "data/hostile_input/csv-spectrum"
    expected = json.loads((folder / f"json/{name}.json").read_text())

    table = read_table((folder / f"csvs/{name}.csv").read_bytes(), name=name)

    assert [dict(zip(table.header, row.cells, strict=True)) for row in table.rows] == expected


def test_xlsx_is_read_with_its_dates_and_figures() -> None:
    cells = [
        "text é 𝄞\n_x0041_",
        date(2024, 3, 21),
        datetime(2024, 3, 21, 14, 5),  # noqa: DTZ001 - a spreadsheet knows no time zones
        55,
        0.1 + 0.2,
        True,
    ]
    data = as_xlsx([["quote"], [], cells])

    table = read_table(data, name="table.xlsx")

    assert table.header[0] == "quote"
    assert table.rows == [
        Row(
            3,
            ["text é 𝄞\n_x0041_", "2024-03-21", "2024-03-21T14:05:00", "55", "0.3", "True"],
        )
    ]


def test_formula_of_a_spreadsheet_is_only_its_last_result() -> None:
    file = BytesIO()
    with xlsx_book(file) as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, "quote")
        sheet.write_formula(1, 0, '=HYPERLINK("http://evil.example","x")', value="x")
        sheet.write_url(2, 0, "http://evil.example", string="y")
        sheet.write_formula(3, 0, "=1/0", value="#DIV/0!")
        sheet.write_string(4, 0, "=1+1")

    table = read_table(file.getvalue(), name="t.xlsx")

    assert table.rows == [Row(2, ["x"]), Row(3, ["y"]), Row(5, ["=1+1"])]


def xlsx_book(file: BytesIO) -> object:
    import xlsxwriter  # noqa: PLC0415

    return xlsxwriter.Workbook(file)


def test_content_decides_what_a_file_is() -> None:
    rows = [["quote"], ["a"]]

    assert read_table(as_xlsx(rows), name="t.csv").rows == [Row(2, ["a"])]
    assert read_table(b"quote\na\n", name="t.xlsx").rows == [Row(2, ["a"])]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "table.csv is empty."),
        (b"\r\n \r\n", "table.csv is empty."),
        (b",,\n , \n", "table.csv is empty."),
        (b"quote,claimant\n", "table.csv has no rows below its header."),
        (b"quote\n" + b"a\n" * (MAX_ROWS + 1), "table.csv has more than 20,000 rows. Divide it."),
        (b"a" * (MAX_BYTES + 1), "table.csv is larger than 20 MB. Divide it."),
        (b"%PDF-1.7 x", "table.csv is a PDF file: save the table as CSV or XLSX."),
        (
            b"\xd0\xcf\x11\xe0 x",
            "table.csv is an old Office file: save the table as CSV or XLSX.",
        ),
        (b"\x1f\x8b x", "table.csv is a gzip archive: save the table as CSV or XLSX."),
        (b"quote\na\0\x01\x02b\n", "table.csv is a binary file, not text."),
        (b"PK\x03\x04 broken", "table.csv is a broken XLSX file."),
        (b"x" * 140_000, "table.csv, row 1 is not CSV: field larger than field limit (131072)."),
    ],
)
def test_what_is_no_table_is_refused_in_words(data: bytes, words: str) -> None:
    assert refusal(data) == words


def test_as_many_rows_as_are_taken_are_read() -> None:
    assert len(read_table(b"quote\n" + b"a\n" * MAX_ROWS, name="t.csv").rows) == MAX_ROWS


def test_archive_that_is_no_spreadsheet_is_refused() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")

    assert (
        refusal(file.getvalue(), "a.docx") == "a.docx is an archive but not a spreadsheet (XLSX)."
    )


def test_broken_sheet_is_refused() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook>")

    assert refusal(file.getvalue(), "a.xlsx") == "a.xlsx is a broken XLSX file."


@pytest.fixture
def bomb(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A workbook of 2 MB of zeros in 2 KB, where 1 MB is too much."""
    monkeypatch.setattr(xlsx, "MAX_UNPACKED_BYTES", 2**20)
    file = BytesIO(as_xlsx([["quote"], ["a"]]))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros.bin", bytes(2 * 2**20))
    return file.getvalue()


TOO_MUCH = "bomb.xlsx unpacks to more than 1 MB and was not opened."


def test_archive_that_unpacks_to_too_much_is_not_opened(bomb: bytes) -> None:
    assert len(bomb) < 20_000
    assert refusal(bomb, "bomb.xlsx") == TOO_MUCH


def test_archive_that_lies_about_its_size_is_not_opened(bomb: bytes) -> None:
    lying = bomb.replace(struct.pack("<I", 2 * 2**20), struct.pack("<I", 10))

    assert lying != bomb
    assert refusal(lying, "bomb.xlsx") == TOO_MUCH


def test_sheet_with_one_cell_very_far_out_is_not_opened() -> None:
    file = BytesIO()
    with xlsx_book(file) as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, "quote")
        sheet.write_string(1_048_575, 16_383, "far")

    assert refusal(file.getvalue(), "far.xlsx") == (
        "far.xlsx has a sheet that reaches to row 1,048,576 and column 16,384. Copy the table alone "
        "into a new file."
    )
