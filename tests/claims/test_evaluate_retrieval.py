"""`manage.py evaluate retrieval`: figures for people and as JSON, without a database."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

CLAIMS = (
    "\tvclaim\ttitle\n"
    "a\tGas deliveries through the northern pipeline will rise.\tWill more gas flow?\n"
    'b\tThe home side wins the football cup.\t"Cup ""final"""\n'
    "c\tThe central bank cuts its rate twice.\t\n"
)
ITEMS = (
    "\ttweet_content\n"
    "1\tThe central bank has cut its rate #CentralBank\n"
    "2\tFootball: the cup goes to the home side\n"
    "3\tNothing that anybody judged\n"
)
QRELS = "1\t0\tc\t1\n2\t0\tb\t1\n2\t0\ta\t0\n"
FOUND = {"map@5": 1.0, "p@1": 1.0, "recall@20": 1.0, "claims": 3, "items": 3, "judged": 2}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "claims.tsv").write_text(CLAIMS)
    (tmp_path / "items.tsv").write_text(ITEMS)
    (tmp_path / "qrels").write_text(QRELS)
    return tmp_path


def evaluated(folder: Path, *options: str) -> tuple[str, str]:
    printed, told = StringIO(), StringIO()
    files = [
        f"--claims={folder}/claims.tsv",
        f"--items={folder}/items.tsv",
        f"--qrels={folder}/qrels",
    ]
    call_command("evaluate", "retrieval", *files, *options, stdout=printed, stderr=told)
    return printed.getvalue(), told.getvalue()


def figures(folder: Path, *options: str) -> dict[str, float]:
    found = json.loads(evaluated(folder, "--json", *options)[0])
    assert found.pop("items_per_second") > 0
    assert found.pop("processes") >= 1
    return found


def test_json_has_the_figures(folder: Path) -> None:
    assert figures(folder) == FOUND


def test_claim_that_is_not_found_costs(folder: Path) -> None:
    (folder / "qrels").write_text("1 0 c 1\n2 0 b 1\n2 0 c 1\n3 0 a 1\n")
    (folder / "items.tsv").write_text(ITEMS.replace("Nothing that anybody judged", "Football cup"))

    found = figures(folder)

    assert (found["judged"], found["p@1"], found["recall@20"]) == (3, 0.6667, 1.0)
    assert 0.6 < found["map@5"] < 1


def test_table_is_for_people(folder: Path) -> None:
    lines = evaluated(folder)[0].splitlines()

    assert lines[:2] == ["3 items, 2 of them judged, against 3 claims.", "0 lines not readable."]
    assert [line.split() for line in lines[2:5]] == [
        ["MAP@5", "100.0%"],
        ["first", "right", "100.0%"],
        ["recall@20", "100.0%"],
    ]


def test_weights_are_fitted_to_judgements_that_are_given(folder: Path) -> None:
    train = (f"--train-items={folder}/items.tsv", f"--train-qrels={folder}/qrels")

    assert figures(folder, *train) == FOUND


def test_bad_lines_are_named_and_passed_over(folder: Path) -> None:
    (folder / "claims.tsv").write_text(CLAIMS + "a\tAgain.\nd\n\te\n")
    (folder / "items.tsv").write_bytes(ITEMS.encode() + b"4\t\xff\xfe\x00 wheat\n")
    (folder / "qrels").write_text(QRELS + "1 0 c\n9 0 c 1\n1 0 z 1\n1 0 c high\n")

    told = evaluated(folder)[1].splitlines()

    assert told == [
        "claims, line 5: a stands in an earlier line too",
        "claims, line 6: the text is missing",
        "claims, line 7: the id is missing",
        "qrels, line 4: is not item, 0, claim and a number",
        "qrels, line 5: there is no item 9",
        "qrels, line 6: there is no claim z",
        "qrels, line 7: is not item, 0, claim and a number",
    ]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("claims.tsv", "there are no claims: nothing to compare"),
        ("items.tsv", "there are no items: nothing to compare"),
        ("qrels", "the qrels name no claim for any item: nothing to compare"),
    ],
)
def test_empty_file_is_refused(folder: Path, name: str, message: str) -> None:
    (folder / name).write_text("")

    with pytest.raises(CommandError) as caught:
        evaluated(folder)

    assert str(caught.value) == message


def test_missing_file_and_option_are_named(folder: Path) -> None:
    with pytest.raises(CommandError, match="required: --items, --qrels"):
        call_command("evaluate", "retrieval", f"--claims={folder}/claims.tsv")
    with pytest.raises(CommandError, match="go together"):
        evaluated(folder, f"--train-items={folder}/items.tsv")
    with pytest.raises(CommandError, match="unrecognized arguments"):
        evaluated(folder, f"{folder}/claims.tsv")
    with pytest.raises(CommandError, match="required: file"):
        call_command("evaluate", "duplicates")
    (folder / "qrels").unlink()
    with pytest.raises(CommandError, match=r"qrels: No such file or directory"):
        evaluated(folder)
