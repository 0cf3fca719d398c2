"""Import files of every format: what is read, what is left out and why, what is refused."""

import gzip
import io
import json
import tracemalloc
from itertools import islice

import pytest
from tqdm import tqdm
from tqdm.utils import CallbackIOWrapper

from sources.importing import FORMATS, ImportFileError, Item, Problem, read_items
from sources.importing.lines import MAX_LINE
from tests.sources.importing.reading import DAY, NOW, read

ONE = '{"title": "One", "date": "2023-03-20"}'
TWO = '{"title": "Two", "date": "2023-03-20"}'
CSV = "title,date,summary\nOne,2023-03-20,first\nTwo,2023-03-20,second\n"
RSS = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>'
    "<item><title>One</title><pubDate>Mon, 20 Mar 2023 00:00:00 GMT</pubDate></item>"
    "<item><title>No date</title></item></channel></rss>"
)
ITEMS = [
    Item(row=1, title="One", summary="", published_at=DAY),
    Item(row=2, title="Two", summary="", published_at=DAY),
]


def rows(found: list[Item | Problem]) -> list[tuple[int, str]]:
    return [(it.row, it.title if isinstance(it, Item) else str(it)) for it in found]


def refusal(data: bytes | str, name: str = "events", **options: str) -> str:
    with pytest.raises(ImportFileError) as caught:
        read(data, name, **options)
    return str(caught.value)


def test_formats_are_those_named():
    assert FORMATS == ("jsonl", "csv", "json", "xlsx", "feed", "gdelt", "mentions", "gkg")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (f"{ONE}\n{TWO}\n", "a.jsonl"),
        (f"{ONE}\r\n{TWO}", "a"),
        (f"\ufeff{ONE}\n{TWO}", "a.ndjson"),
        (f"[{ONE},{TWO}]", "a.json"),
        (f"[\n{ONE},\n{TWO}\n]", "a.jsonl"),
        (f"{ONE}\n{TWO}", "a.json"),
        (json.dumps({"items": [json.loads(ONE), json.loads(TWO)]}, indent=1), "a"),
    ],
)
def test_json_is_told_by_name_and_content(data, name):
    assert read(data, name) == ITEMS
    assert read(gzip.compress(data.encode(), mtime=0), f"{name}.gz") == ITEMS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_csv_is_read_in_the_dialects_spreadsheets_write(encoding, delimiter, newline):
    data = CSV.replace(",", delimiter).replace("\n", newline).encode(encoding)
    assert [(it.row, it.title, it.summary) for it in read(data, "a.csv")] == [
        (2, "One", "first"),
        (3, "Two", "second"),
    ]


def test_csv_keeps_delimiters_quotes_and_newlines_inside_quotes():
    data = 'title,date\n"One, ""two""\nthree",2023-03-20\n'
    assert rows(read(data, "a.csv")) == [(2, 'One, "two" three')]


def test_bad_rows_of_csv_are_named_and_good_rows_kept():
    data = b"title,date\n\nOne,2023-03-20\nTwo,2023-02-30\nA,B,2023-03-20\n,\nCaf\xe9,2023-03-20\nSix,2023-03-20"
    assert rows(read(data, "a.csv")) == [
        (3, "One"),
        (4, "row 4, date: there is no such day as 2023-02-30"),
        (5, "row 5: has 3 cells where the header names 2"),
        (7, 'row 7, title: is not UTF-8; save the file as "CSV UTF-8"'),
        (8, "Six"),
    ]


def test_quote_that_never_closes_ends_in_a_problem_not_in_the_memory():
    found = read('title,date\n"One,2023-03-20\n' + "x,y\n" * 35_000, "a.csv")
    assert isinstance(found[0], Problem)
    assert str(found[0]).startswith("row 2: is not CSV: field larger")


def test_csv_without_title_or_date_column_says_what_is_there_and_what_is_needed():
    message = refusal("id,question,opened\n1,Will it?,2023-03-20\n", "questions.csv")
    assert message.startswith("questions.csv needs a first row that names a title column (title, ")
    assert message.endswith("Its first row is: id, question, opened.")


def test_bad_lines_are_named_and_good_lines_kept():
    data = f'{ONE}\n{{"title": \n\n[1]\n{"[" * 100_000}\n{{"a": {"9" * 5000}}}\n'.encode()
    data += b'{"title": "\xff"}\n' + TWO.encode()
    assert rows(read(data, "a.jsonl")) == [
        (1, "One"),
        (2, "row 2: is not JSON: Expecting value at character 10"),
        (4, "row 4: is not a JSON object with a title and a date"),
        (5, "row 5: is not JSON we can read: a number too long, or nested too deep"),
        (6, "row 6: is not JSON we can read: a number too long, or nested too deep"),
        (7, "row 7: is not UTF-8"),
        (8, "Two"),
    ]


def test_feed_file_gives_items_and_problems_in_order():
    assert rows(read(RSS, "a.xml")) == [(1, "One"), (2, "row 2, published: is missing")]


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        ("", "a.csv", "a.csv is empty."),
        (" \n", "a.jsonl", "a.jsonl is empty."),
        (gzip.compress(b"", mtime=0), "a.gz", "a.gz is empty."),
        (gzip.compress(ONE.encode(), mtime=0)[:-12], "a.gz", "a.gz is a broken gzip file."),
        (b"\x1f\x8bnot gzip at all", "a.gz", "a.gz is a broken gzip file."),
        (
            b"PK\x03\x04rest",
            "a.xlsx",
            "a.xlsx is a broken zip file.",
        ),
        (
            b"\x89PNG\0\0",
            "a.png",
            "a.png is a picture (PNG). jsonl, csv, json, xlsx, feed, gdelt, mentions, gkg are read.",
        ),
        ("[1,", "a.json", "a.json is not JSON: Expecting value in line 1."),
        (
            "[" * 100_000,
            "a.json",
            "a.json holds a number too long or is nested too deep to be read.",
        ),
        ("3", "a.json", "a.json is JSON but holds no list of records."),
        (b'["\xff"]', "a.json", "a.json is not UTF-8 (byte 2)."),
    ],
)
def test_file_that_cannot_be_read_says_why(data, name, words):
    assert refusal(data, name) == words


@pytest.mark.parametrize(
    "data",
    [
        b"a\xff,b\n1,2\n",
        b"title,date,\xff\nOne,2023-03-20,\xff\n",
        b"title,date\nOne,\xff\n",
        b'{"title": "One", "date": "\\ud800"}',
    ],
)
def test_every_message_can_be_shown_and_stored(data):
    try:
        messages = [str(it) for it in read(data)]
    except ImportFileError as error:
        messages = [str(error)]
    assert messages[0].encode().decode() == messages[0]


def test_unknown_format_is_refused():
    message = refusal(ONE, format="docx")
    assert message == (
        "docx is not a format we read; jsonl, csv, json, xlsx, feed, gdelt, mentions, gkg are."
    )


def test_record_that_is_no_object_is_a_problem():
    assert rows(read(f"[1, {TWO}]", "a.json")) == [
        (1, "row 1: is not a JSON object with a title and a date"),
        (2, "Two"),
    ]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_progress_bar_sees_every_byte(pack):
    data = pack((ONE + "\n").encode() * 5000)
    with tqdm(total=len(data), file=io.StringIO()) as bar:
        stream = CallbackIOWrapper(bar.update, io.BytesIO(data), "read")
        assert sum(1 for _ in read_items(stream, name="a.jsonl", at=NOW)) == 5000
        assert bar.n == len(data)


def test_first_items_come_before_the_file_is_read_to_its_end():
    stream = io.BytesIO((ONE + "\n").encode() * 100_000)
    assert len(list(islice(read_items(stream, name="a.jsonl", at=NOW), 3))) == 3
    assert stream.tell() < 200_000


def test_line_without_end_is_cut_and_memory_stays_bounded():
    bomb = gzip.compress(b'{"title": "' + b"a" * 50_000_000, mtime=0)
    tracemalloc.start()
    found = read(bomb, "a.jsonl.gz")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert rows(found) == [
        (1, "row 1: is not JSON: Unterminated string starting at at character 11")
    ]
    assert peak < 10 * MAX_LINE


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("full_day_2022-09-15.jsonl.gz", 1473),
        ("full_day_2023-03-20.jsonl.gz", 2631),
        ("russia_china_to_2023-06.jsonl", 1837),
    ],
)
def test_real_stream_gives_one_item_for_every_row(shared, name, count):
    with (shared / "data/news" / name).open("rb") as file:
        found = list(read_items(file, name=name))
    assert [it.row for it in found] == list(range(1, count + 1))
    assert all(isinstance(it, Item) for it in found)
