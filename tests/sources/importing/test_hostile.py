"""What is made to break readers: read, or refused in words, within bounds of time and memory."""

import io
import json
import subprocess
import sys
import time
import warnings
from pathlib import Path

import pytest

from sources.importing import FORMATS, ImportFileError, Item, Problem, read_items, read_records
from sources.importing.feeds import parse_feed
from sources.importing.wording import plain
from tests.sources.importing import hostile_process

ROOT = Path(__file__).resolve().parents[3]


def test_two_thousand_feeds_are_read_in_little_memory_and_every_entry_with_words_is_kept(shared):
    done = subprocess.run(
        [sys.executable, hostile_process.__file__, shared / "data"],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
        timeout=120,
    )
    found = json.loads(done.stdout)
    assert found["grown_mb"] < 200
    assert found["counts"] == {
        "encoding": {"read": 82, "items": 10, "problems": 4},
        "entities": {"read": 256, "items": 2, "problems": 1},
        "illformed": {"read": 17, "items": 8, "problems": 5, "refused": 2},
        "json": {"read": 1, "items": 2, "problems": 0},
        "wellformed": {"read": 1740, "items": 479, "problems": 707, "refused": 9},
    }


def read_or_refused(path: Path, kind: str) -> list[Item | Problem] | str:
    with path.open("rb") as file:
        try:
            return list(read_items(file, name=path.name, format=kind))
        except ImportFileError as error:
            return str(error)


@pytest.mark.parametrize("kind", ["", *FORMATS])
def test_hostile_files_end_in_words_whatever_they_are_read_as(shared, kind):
    folder = shared / "data/hostile_input"
    files = [*folder.rglob("*.json"), *folder.rglob("*.csv"), *folder.rglob("*.xml")]
    assert len(files) > 300
    for path in files:
        found = read_or_refused(path, kind)
        assert (
            found
            if isinstance(found, str)
            else all(isinstance(one, Item | Problem) for one in found)
        )


def json_read(data: bytes) -> list[object] | str:
    """The records in a JSON file, or why there are none."""
    try:
        return list(read_records(io.BytesIO(data), name="a.json", format="json"))
    except ImportFileError as error:
        return str(error)


def test_json_is_read_as_its_standard_says(shared):
    folder = shared / "data/hostile_input/JSONTestSuite/test_parsing"
    found = {path.name: json_read(path.read_bytes()) for path in folder.iterdir()}
    # Good JSON is read, unless it is a lone word or number that holds no records.
    sound = {name: one for name, one in found.items() if name.startswith("y_")}
    assert len(sound) == 95
    assert {one for one in sound.values() if isinstance(one, str)} == {
        "a.json is JSON but holds no list of records."
    }
    # What is broken is refused, or what is no record in it is named.
    broken = {name: one for name, one in found.items() if name.startswith("n_")}
    assert len(broken) == 188
    let_through = {name for name, one in broken.items() if not isinstance(one, str)}
    assert let_through == {
        "n_array_comma_after_close.json",
        "n_number_NaN.json",
        "n_number_infinity.json",
        "n_number_minus_infinity.json",
        "n_structure_double_array.json",
        "n_structure_object_with_trailing_garbage.json",
    }
    assert all(any(isinstance(one, Problem) for one in broken[name]) for name in let_through)


def test_csv_is_read_just_as_it_says(shared):
    folder = shared / "data/hostile_input/csv-spectrum"
    files = sorted((folder / "csvs").iterdir())
    assert len(files) == 12
    for path in files:
        expected = json.loads((folder / "json" / f"{path.stem}.json").read_bytes())
        with path.open("rb") as file:
            found = [one.fields for one in read_records(file, name=path.name)]
        if path.stem == "newlines_crlf":
            # Its own line ends were lost on the way here.
            expected = json.loads(json.dumps(expected).replace("\\r\\n", "\\n"))
        if path.stem == "location_coordinates":
            # Its answer is a lone object, of another telephone number.
            (found, expected) = ([*found[0]], [*expected])
        assert found == expected, path.name


def test_formula_of_a_cell_is_text_like_any_other():
    data = b'title,date,summary\n"=HYPERLINK(""http://evil.example"",""x"")",2023-03-20,+1+1\n'
    (item,) = read_items(io.BytesIO(data), name="a.csv")
    assert (item.title, item.summary) == ('=HYPERLINK("http://evil.example","x")', "+1+1")


def test_sheet_that_is_no_workbook_is_refused_without_opening_it():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(ImportFileError, match="a is no spreadsheet"):
            list(read_items(io.BytesIO(b"<a/>"), name="a", format="xlsx"))


def test_hostile_strings_in_every_field_become_inert_text(shared):
    folder = shared / "data/hostile_input"
    strings = json.loads((folder / "blns/blns.json").read_text())
    strings += (folder / "xss-payload-list/Intruder/xss-payload-list.txt").read_text().splitlines()
    fields = ("description", "link", "publisher", "author", "language")
    rows = [
        {"title": f"A {one}", "date": "2022-03-01"} | dict.fromkeys(fields, one) for one in strings
    ]
    data = "\n".join(map(json.dumps, rows)).encode()

    found = list(read_items(io.BytesIO(data), name="a.jsonl"))

    assert len(found) == len(strings) > 1000
    assert all(isinstance(one, Item) for one in found)
    for one in found:
        assert one.url == "" or one.url.startswith(("http://", "https://"))
        for text in (one.title, one.summary, one.author):
            assert "<script" not in text.lower()
            assert "\0" not in text
            assert text.encode().decode() == text
        assert len(one.language) <= 16


@pytest.mark.parametrize(
    "markup", ["<div>" * 80_000, "&lt;div&gt;" * 36_000, "<x>" * 60_000 + "</y>" * 40_000]
)
def test_markup_without_end_is_read_in_no_time(markup: str) -> None:
    start = time.process_time()

    words = plain(f"<p>Two <b>p</b>orts</p>{markup}<script>no</script>", at_most=20_000)

    assert words == "Two ports"
    assert time.process_time() - start < 2


def test_tags_out_of_what_is_left_of_tags_are_read_in_no_time() -> None:
    start = time.process_time()

    words = plain("<<x>x>" * 30_000 + "<</y>/y>" * 20_000, at_most=20_000)

    assert "<x>" not in words
    assert time.process_time() - start < 2


def test_many_small_json_documents_in_a_row_are_read_in_time_that_grows_with_them() -> None:
    start = time.process_time()

    assert len(json_read(b"{}" * 500_000)) == 500_000
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "data",
    [
        b"<rss version='2.0'><channel><title>x</title>" + b"<item/>" * 60_000 + b"</channel></rss>",
        b"<feed xmlns='http://www.w3.org/2005/Atom'>" + b"<entry/>" * 60_000 + b"</feed>",
        "<rss><channel>{}</channel></rss>".format("<item/>" * 60_000).encode("utf-16"),
        b"[" + b"{}," * 60_000 + b"{}]",
        b"{}" * 60_000,
    ],
)
def test_feed_of_entries_without_end_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(ImportFileError, match="has more than 50,000 entries"):
        parse_feed(data)
