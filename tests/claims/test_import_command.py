"""`manage.py import_claims`: the same as the page, in one go."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from claims.models import Claim, ClaimImport
from claims.services import load_lexicons
from sources.models import Document
from tests.claims.imports import ROW, as_csv

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lexicons() -> None:
    load_lexicons()


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "claims.csv"
    path.write_bytes(as_csv([ROW, {**ROW, "due": "2024-13-01", "kind": "x", "note": "y"}, ROW]))
    return path


def run(path: Path, *options: str) -> tuple[str, list[str]]:
    """What it printed, and what it complained of."""
    out, complaints = StringIO(), StringIO()
    call_command("import_claims", str(path), *options, stdout=out, stderr=complaints, no_color=True)
    return out.getvalue(), complaints.getvalue().splitlines()


PROBLEMS = [
    "column “note” is not known and not read",
    "row 3, kind: x is none of event, quantity, continuing, conditional, comparison, assessment",
    "row 3, due: 2024-13-01 is not a date; write it like 2024-03-21",
    "row 4: says the same as row 2",
]


def test_sound_rows_are_stored_and_every_problem_is_printed(table: Path, analyst: User) -> None:
    printed, complaints = run(table, "--by", "ada")

    assert printed == "1 of 3 rows can be stored.\n1 draft stored.\n"
    assert complaints == PROBLEMS
    assert Claim.objects.get().created_by == analyst
    assert ClaimImport.objects.get().stored_count == 1


def test_nobody_need_be_named(table: Path) -> None:
    run(table)

    assert Claim.objects.get().created_by is None


def test_dry_run_leaves_nothing(table: Path) -> None:
    printed, complaints = run(table, "--dry-run")

    assert (printed, complaints) == ("1 of 3 rows can be stored.\n", PROBLEMS)
    assert not Claim.objects.exists()
    assert not ClaimImport.objects.exists()
    assert not Document.objects.exists()


def test_table_without_a_sound_row_stores_nothing(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_bytes(as_csv([{**ROW, "due": "soon"}]))

    with pytest.raises(CommandError, match=r"Nothing was stored\."):
        run(path)
    assert ClaimImport.objects.get().status == "cancelled"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"a,b\n1,2\n", "claims.csv lacks the columns"),
        (b"", "claims.csv is empty."),
        (b"x" * (20 * 2**20 + 5), "claims.csv is larger than 20 MB. Divide it."),
    ],
)
def test_file_that_is_no_table_is_refused_in_one_line(
    data: bytes, words: str, tmp_path: Path
) -> None:
    path = tmp_path / "claims.csv"
    path.write_bytes(data)

    with pytest.raises(CommandError, match=words):
        run(path)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"none\.csv: No such file or directory"):
        run(tmp_path / "none.csv")


def test_unknown_person_and_one_who_may_not_write_claims_are_refused(
    table: Path, reader: User
) -> None:
    with pytest.raises(CommandError, match=r"Nobody is called eve here\."):
        run(table, "--by", "eve")
    with pytest.raises(
        CommandError, match=r"The roles of rene do not allow them to write claims\."
    ):
        run(table, "--by", "rene")
    assert not ClaimImport.objects.exists()
