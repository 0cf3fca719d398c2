"""`manage.py import_events`: the summary, problems by row, and clear refusals."""

import gzip
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from sources.models import Document, Event

pytestmark = pytest.mark.django_db
ROWS = [
    {"title": "Two ports sign a trade agreement", "date_published": "2023-03-20T08:00:00Z"},
    {"title": "Central bank leaves its rate unchanged", "date_published": "2023-02-30"},
    {
        "title": "Rains flood the valley of the Omar",
        "date": "2023-03-21",
        "url": "https://a.example/1",
    },
    {"title": "No day is given for this one"},
]


def run(path: Path, *options: str) -> tuple[str, str]:
    """What the command prints to either stream."""
    out, err = StringIO(), StringIO()
    call_command("import_events", str(path), *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def summary(path: Path, *options: str) -> dict[str, Any]:
    return dict(json.loads(run(path, "--json", *options)[0]))


@pytest.fixture
def jsonl(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in ROWS))
    return path


def test_good_rows_are_kept_and_bad_ones_named_by_row_and_field(jsonl: Path) -> None:
    out, err = run(jsonl)

    assert out == (
        "2 stored, 0 known already, 2 not readable; 2 new events, 0 reports of events that stood.\n"
    )
    first, second = err.strip().splitlines()
    assert first.startswith("row 2, date_published: ")
    assert second.startswith("row 4, ")
    assert set(Event.objects.values_list("title", flat=True)) == {
        ROWS[0]["title"],
        ROWS[2]["title"],
    }


def test_the_summary_as_json(jsonl: Path) -> None:
    found = summary(jsonl)

    assert {key: found[key] for key in ("file", "stored", "known", "events", "problem_count")} == {
        "file": "rows.jsonl",
        "stored": 2,
        "known": 0,
        "events": 2,
        "problem_count": 2,
    }
    assert found["problems"][0]["row"] == 2


def test_the_same_file_twice_stores_nothing_twice(jsonl: Path) -> None:
    summary(jsonl)

    again = summary(jsonl)

    assert (again["stored"], again["known"]) == (0, 2)
    assert Document.objects.count() == 2


def test_a_gzipped_file_reads_the_same(jsonl: Path, tmp_path: Path) -> None:
    packed = tmp_path / "rows.jsonl.gz"
    packed.write_bytes(gzip.compress(jsonl.read_bytes()))

    assert summary(packed)["stored"] == 2


def test_a_csv_file_is_read_by_its_header(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(
        "headline,published,link\n"
        "Two ports sign a trade agreement,2023-03-20,https://a.example/1\n"
        "Rains flood the valley of the Omar,not a day,https://a.example/2\n"
    )

    found = summary(path)

    assert (found["stored"], found["problem_count"]) == (1, 1)
    assert found["problems"][0]["row"] == 3


def test_the_format_can_be_given(jsonl: Path, tmp_path: Path) -> None:
    nameless = tmp_path / "rows"
    nameless.write_bytes(jsonl.read_bytes())

    assert summary(nameless, "--format", "jsonl")["stored"] == 2


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.jsonl", b"", "empty"),
        ("picture.jsonl", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 20, "picture.jsonl"),
        ("columns.csv", b"colour,size\nred,2\n", "columns.csv"),
        ("feed.xml", b"<!doctype html><html><body>Log in</body></html>", "feed.xml"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_by_name(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(CommandError, match=words):
        run(path)
    assert not Document.objects.exists()


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"gone\.jsonl: No such file or directory"):
        run(tmp_path / "gone.jsonl")
