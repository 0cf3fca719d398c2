"""Files as tables: CSV and XLSX of any make, and what is refused in words."""

import json
from pathlib import Path

import pytest

from claims.importing import MAX_BYTES, MAX_ROWS, Row, read_table
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


UNCLOSED = "is not CSV: a quotation mark is opened and never closed, so that no row from here on could be read"

CLOSED_WITHIN = "is not CSV: a quotation mark is closed within a cell, so that what it encloses could not be read"


@pytest.mark.parametrize(
    ("second", "broken"),
    [
        (b'"one said,o\n', UNCLOSED),
        (b'one said,"o\n', UNCLOSED),
        # The mark of a later row closes it there.
        (b'"one said,o\nx,"y"\n', CLOSED_WITHIN),
        (b'"one" said,o\n', CLOSED_WITHIN),
    ],
)
def test_row_whose_quotation_mark_is_not_closed_is_named(second: bytes, broken: str) -> None:
    table = read_table(b"quote,who\na,b\n" + second + b"two,o\nthree,o\n", name="t.csv")

    assert table.rows[:2] == [Row(2, ["a", "b"]), Row(3, [], broken)]
    read = [row.cells for row in table.rows[2:]]
    assert read == ([] if broken == UNCLOSED else [["two", "o"], ["three", "o"]])


def test_quotation_marks_within_a_cell_are_read() -> None:
    table = read_table(b'quote,who\na "b" c,d\n"e ""f""\n g",h\n', name="t.csv")

    assert [row.cells for row in table.rows] == [['a "b" c', "d"], ['e "f"\n g', "h"]]


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
            "table.csv is an old Office file, or one protected by a password: save the table as CSV or XLSX.",
        ),
        (b"\x1f\x8b x", "table.csv is a gzip archive: save the table as CSV or XLSX."),
        (b"quote\na\0\x01\x02b\n", "table.csv is a binary file, not text."),
        (b"x" * 140_000, "table.csv, row 1 is not CSV: field larger than field limit (131072)."),
    ],
)
def test_what_is_no_table_is_refused_in_words(data: bytes, words: str) -> None:
    assert refusal(data) == words


def test_as_many_rows_as_are_taken_are_read() -> None:
    assert len(read_table(b"quote\n" + b"a\n" * MAX_ROWS, name="t.csv").rows) == MAX_ROWS
