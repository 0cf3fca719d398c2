"""`manage.py import_events`: the summary, problems by row, and clear refusals."""

import gzip
import json
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from sources.models import Document, Event
from sources.services import remember_mapping
from tests.sources.importing.coded import gdelt_row

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


def run(path: Path | str, *options: str) -> tuple[str, str]:
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
        "2 stored, 0 known already, 2 not readable; 2 new events, 0 further reports of events that were here already.\n"
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


def test_several_files_folders_and_patterns_are_imported_in_order(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a.jsonl", "c.csv", "sub/d.jsonl", ".hidden"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps({"title": f"The port {name} opens", "date": "2023-03-20"}))
    (tmp_path / "c.csv").write_text("title,date\nRains flood the valley,2023-03-20\n")

    out, _ = run(tmp_path, str(tmp_path / "*.jsonl"), str(tmp_path / "a.jsonl"), "--json")

    found = [json.loads(line) for line in out.splitlines()]
    assert [(one["file"], one["stored"], one["known"]) for one in found] == [
        ("a.jsonl", 1, 0),
        ("b.jsonl", 1, 0),
        ("c.csv", 1, 0),
        ("d.jsonl", 1, 0),
        ("a.jsonl", 0, 1),
        ("b.jsonl", 0, 1),
        ("a.jsonl", 0, 1),
    ]


def test_one_file_that_fails_holds_up_no_other_but_the_command_fails(
    jsonl: Path, tmp_path: Path
) -> None:
    out = StringIO()
    with pytest.raises(CommandError, match=r"gone\.jsonl: No such file") as caught:
        call_command(
            "import_events",
            str(tmp_path / "gone.jsonl"),
            str(jsonl),
            "--json",
            stdout=out,
        )

    assert str(caught.value).count("\n") == 0
    gone, read = map(json.loads, out.getvalue().splitlines())
    assert (gone["stored"], read["stored"]) == (0, 2)
    assert gone["error"].endswith("No such file or directory")
    with pytest.raises(CommandError, match=r"nothing-\*: no file is there"):
        run(tmp_path / "nothing-*")


def test_file_that_breaks_off_keeps_what_came_before(jsonl: Path, tmp_path: Path) -> None:
    packed = tmp_path / "rows.jsonl.gz"
    packed.write_bytes(gzip.compress(jsonl.read_bytes(), compresslevel=0)[:-12])

    with pytest.raises(CommandError, match=r"rows\.jsonl\.gz is a broken gzip file"):
        run(packed)
    # Too short a file to have been read before it broke off.
    assert not Document.objects.exists()


def test_standard_input_is_a_file_too(jsonl: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with jsonl.open() as file:
        monkeypatch.setattr("sys.stdin", file)
        found = summary("-")

    assert (found["file"], found["stored"], found["problem_count"]) == ("-", 2, 2)


def test_of_many_problems_the_first_are_printed(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(['{"title": "No day"}'] * 130))

    _, err = run(path)

    lines = err.splitlines()
    assert (len(lines), lines[0], lines[-1]) == (
        21,
        "row 1, date_published: is missing",
        "… and 110 rows more",
    )


def test_columns_can_be_said_or_remembered(tmp_path: Path) -> None:
    path = tmp_path / "tage.csv"
    path.write_text(
        "Wann,Was,Wo\n03/04/2022 01:30,Two ports open a ferry line,https://a.example/1\n"
    )
    said = ["--map", "title=Was", "--map", "published=Wann", "--day-first", "--zone", "Asia/Tokyo"]

    assert summary(path, *said)["stored"] == 1
    assert Document.objects.get().published_at == datetime(2022, 4, 2, 16, 30, tzinfo=UTC)

    mapping = remember_mapping(
        name="Tage",
        of=["Wann", "Was", "Wo"],
        columns={"title": "Was", "published": "Wann", "url": "Wo"},
        day_first=True,
        by=None,
    )
    assert summary(path, "--mapping", "Tage")["stored"] == 1
    mapping.refresh_from_db()
    assert mapping.last_used_at is not None


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--map", "title=Was"], "Choose the column of: Published."),
        (["--map", "headline=Was"], "headline is no field of an event; title, published, "),
        (["--map", "title=a", "--map", "published=b", "--zone", "Mars/Base"], "Mars/Base"),
        (["--mapping", "Nobody's"], "No mapping is called Nobody's; none is known."),
        (["--map", "title=a", "--mapping", "x"], "Give --map or --mapping, not both."),
    ],
)
def test_columns_that_cannot_be_used_are_refused_in_words(
    jsonl: Path, options: list[str], words: str
) -> None:
    with pytest.raises(CommandError, match=words):
        run(jsonl, *options)


def test_events_of_gdelt_keep_their_pages_versions_and_numbers(tmp_path: Path) -> None:
    path = tmp_path / "20230320141500.export.CSV"
    rows = [gdelt_row(number="1"), gdelt_row(number="2", root="11"), gdelt_row(number="3", url="")]
    path.write_text("\n".join(rows))

    assert (summary(path)["stored"], summary(path)["known"]) == (2, 2)
    assert set(Document.objects.values_list("url_key", flat=True)) == {
        "wire.example/2023/03/20/a1",
        "gdelt:3",
    }
