"""`manage.py evaluate duplicates`: figures for people and as JSON, without a database."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

TITLE = "Ministers agree to extend the grain corridor by sixty days"
TEXT = (
    "Ministers of both countries agreed on it on Tuesday, a spokesman said after talks in Geneva."
)
BANK = "Bank of Aland leaves its rate unchanged at four percent"


def report(number: int, title: str, group: str, **more: Any) -> dict[str, Any]:
    return {
        "id": str(number),
        "title": title,
        "text": TEXT if title == TITLE else "",
        "date": f"2026-03-02T0{number}:00:00Z",
        "source": f"Paper {number}",
        "group": group,
    } | more


REPORTS = (
    report(1, TITLE, "corridor"),
    report(2, BANK, "rate"),
    report(3, TITLE, "corridor"),
    report(4, BANK, "another rate"),
)


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    path = tmp_path / "labelled.jsonl"
    path.write_text("".join(f"{json.dumps(one)}\n" for one in REPORTS) + "nonsense\n")
    return path


def evaluated(path: Path, *options: str) -> tuple[str, str]:
    printed, told = StringIO(), StringIO()
    call_command("evaluate", "duplicates", str(path), *options, stdout=printed, stderr=told)
    return printed.getvalue(), told.getvalue()


def test_json_has_the_figures_and_a_bad_line_is_told_apart(labelled: Path) -> None:
    printed, told = evaluated(labelled, "--json")

    figures = json.loads(printed)
    assert figures.pop("items_per_second") > 0
    assert figures == {
        "items": 4,
        "events": 2,
        "groups": 3,
        "precision": 0.5,
        "recall": 1.0,
        "f1": 0.6667,
        "bcubed_precision": 0.75,
        "bcubed_recall": 1.0,
        "bcubed_f1": 0.8571,
        "copies": 2,
        "copies_precision": 0.5,
    }
    assert told == "line 5: is not JSON in UTF-8\n"


def test_table_is_for_people(labelled: Path) -> None:
    lines = evaluated(labelled)[0].splitlines()

    assert lines[0] == "4 reports read, 1 not readable."
    assert lines[1].startswith("2 events found, 3 meant; ")
    assert lines[2].split() == ["precision", "recall", "F1"]
    assert lines[3].split() == ["pairs", "50.0%", "100.0%", "66.7%"]
    assert lines[4].split() == ["B-cubed", "75.0%", "100.0%", "85.7%"]
    assert lines[5].split()[:4] == ["copies", "50.0%", "of", "2"]


def test_one_report_has_no_pairs(labelled: Path) -> None:
    labelled.write_text(json.dumps(REPORTS[0]))

    lines = evaluated(labelled)[0].splitlines()

    assert lines[0] == "1 report read, 0 not readable."
    assert lines[3].split() == ["pairs", "–", "–", "–"]
    assert json.loads(evaluated(labelled, "--json")[0])["f1"] is None


@pytest.mark.parametrize(
    ("content", "message", "told"),
    [
        ("", "it is empty: nothing to compare", ""),
        ("\n \n", "it is empty: nothing to compare", ""),
        (
            "nonsense\n{}\n",
            "no line of it is a report: nothing to compare",
            "line 1: is not JSON in UTF-8\nline 2: title and text are missing\n",
        ),
    ],
)
def test_file_without_a_report_is_refused(
    labelled: Path, content: str, message: str, told: str
) -> None:
    labelled.write_text(content)
    errors = StringIO()

    with pytest.raises(CommandError) as caught:
        call_command("evaluate", "duplicates", str(labelled), stderr=errors)

    assert str(caught.value) == f"{labelled}: {message}"
    assert errors.getvalue() == told


def test_missing_file_and_folder_are_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        evaluated(tmp_path / "none.jsonl")
    with pytest.raises(CommandError, match="Is a directory"):
        evaluated(tmp_path)


def test_another_kind_is_refused(labelled: Path) -> None:
    with pytest.raises(CommandError, match="invalid choice: 'weather'"):
        call_command("evaluate", "weather", str(labelled))
