"""`manage.py evaluate extraction`: figures for people and as JSON, under the active lexicon."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from claims.models import Lexicon
from claims.services import load_lexicons

pytestmark = pytest.mark.django_db

TEXT = "Anna Roth says that rain is in the stars for Omsk by 2090."
LINE = {
    "text": TEXT,
    "claims": [
        {
            "quote": TEXT,
            "class": "forecast",
            "speaker": "Roth",
            "hedge": "in the stars",
            "horizon": "by 2090",
            "conditional": False,
        }
    ],
}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text(f"{json.dumps(LINE)}\nnonsense\n")
    return path


def evaluated(path: Path, *options: str) -> tuple[str, str]:
    printed, told = StringIO(), StringIO()
    call_command("evaluate", "extraction", str(path), *options, stdout=printed, stderr=told)
    return printed.getvalue(), told.getvalue()


def figures(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(evaluated(path, "--json")[0])
    return found


def test_json_has_the_figures_and_a_bad_line_is_told_apart(gold: Path) -> None:
    gold.write_text(gold.read_text().replace("in the stars", "likely"))
    printed, told = evaluated(gold, "--json")

    assert json.loads(printed) == {
        "forecast": {"precision": 1.0, "recall": 1.0, "f1": 1.0},
        "assessment": {"precision": None, "recall": None, "f1": None},
        "speaker": 1.0,
        "hedge": 1.0,
        "horizon": 1.0,
    }
    assert told == "line 2: is not JSON\n"


def test_table_is_for_people(gold: Path) -> None:
    gold.write_text(gold.read_text().replace("in the stars", "likely"))
    lines = evaluated(gold)[0].splitlines()

    assert lines[0] == "1 article read, 1 not readable."
    assert lines[2].split() == ["forecast", "100.0%", "100.0%", "100.0%", "1", "1"]
    assert lines[3].split() == ["assessment", "–", "–", "–", "0", "0"]
    assert lines[-1].split() == ["horizon", "100.0%"]


def test_active_lexicon_is_used_and_the_shipped_one_where_none_is_stored(gold: Path) -> None:
    # ICD 203 does not list the words of this hedge, so that nothing is found under it.
    assert figures(gold)["forecast"]["recall"] == 0.0

    load_lexicons()
    lexicon = Lexicon.objects.create(slug="house", name="House", source="Own")
    lexicon.entries.create(phrase="in the stars", low="0.9", high="0.99")
    Lexicon.objects.update(is_active=False)
    Lexicon.objects.filter(pk=lexicon.pk).update(is_active=True)

    assert figures(gold)["forecast"]["recall"] == 1.0
    assert figures(gold)["hedge"] == 1.0


def test_missing_file_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        evaluated(tmp_path / "none.jsonl")
