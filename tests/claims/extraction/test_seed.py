"""The article that the project started from: every row of its key is found, with little else."""

import re
from datetime import date
from pathlib import Path

import pytest

from claims.extraction.lexicons import ICD_203
from claims.extraction.propose import propose
from claims.extraction.types import Proposal

SAID = date(2023, 3, 22)
# Row of the key: class, and a word or two that only the sentence making it has.
ROWS = {
    1: ("forecast", "overall tenor"),
    2: ("assessment", "steady contentment"),
    3: ("assessment", "personal dynamics"),
    4: ("assessment", "cordiality"),
    5: ("forecast", "can weather"),
    6: ("assessment", "compatible direction"),
    7: ("assessment", "some other major powers"),
    8: ("forecast", "full agreement"),
    9: ("forecast", "greater convergence"),
    10: ("forecast", "sustain momentum"),
    11: ("assessment", "military-technical"),
    12: ("assessment", "energy trade"),
    13: ("assessment", "humanitarian cooperation"),
    14: ("forecast", "continued collaboration"),
}
# A second place that makes the claim of row 3.
AGAIN = "personalities at the helm"


@pytest.fixture
def proposals(shared: Path) -> list[Proposal]:
    text = (shared / "seed" / "maslov-russia-china.txt").read_text()
    return propose(text, lexicon=ICD_203.entries, said_on=SAID, author="Desk")


def of_row(proposals: list[Proposal], row: int) -> Proposal:
    class_, words = ROWS[row]
    return next(one for one in proposals if words in one.quote and one.class_ == class_)


def test_key_has_as_many_rows_as_are_looked_for(shared: Path) -> None:
    key = (shared / "seed" / "README.md").read_text()

    assert re.findall(r"^\| (\d+) \|", key, re.MULTILINE) == [str(row) for row in ROWS]


@pytest.mark.parametrize("row", ROWS)
def test_row_is_proposed_as_maslov_s(proposals: list[Proposal], row: int) -> None:
    assert of_row(proposals, row).speaker == "Maslov"


def test_at_most_three_proposals_are_no_row(proposals: list[Proposal]) -> None:
    wanted = [words for _, words in ROWS.values()] + [AGAIN]
    others = [one for one in proposals if not any(words in one.quote for words in wanted)]

    assert len(others) <= 3


@pytest.mark.parametrize(
    ("row", "phrase", "low", "high"),
    [
        (1, "will", 0.95, 0.99),
        (5, "can", None, None),
        (8, "unlikely", 0.20, 0.45),
        (10, "likely", 0.55, 0.80),
    ],
)
def test_row_has_its_hedge(
    proposals: list[Proposal], row: int, phrase: str, low: float | None, high: float | None
) -> None:
    hedge = of_row(proposals, row).hedge

    assert hedge is not None
    assert (hedge.phrase, hedge.low, hedge.high) == (phrase, low, high)


def test_rows_without_a_hedge_have_none(proposals: list[Proposal]) -> None:
    assert [of_row(proposals, row).hedge for row in (9, 14)] == [None, None]


def test_coming_years_and_long_term_become_dates(proposals: list[Proposal]) -> None:
    years, long_term = (of_row(proposals, row).horizon for row in (10, 14))

    assert years is not None
    assert long_term is not None
    assert years.checkpoints == (date(2024, 3, 22), date(2026, 3, 22), date(2028, 3, 22))
    assert (years.due, years.latest) == (date(2026, 3, 22), date(2028, 3, 22))
    assert long_term.due == date(2033, 3, 22)


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (1, "conditional"),
        (5, "continuing"),
        (8, "continuing"),
        (9, "continuing"),
        (10, "continuing"),
        (14, "continuing"),
    ],
)
def test_row_has_its_kind(proposals: list[Proposal], row: int, kind: str) -> None:
    assert of_row(proposals, row).kind == kind


def test_condition_of_the_first_row_is_kept(proposals: list[Proposal]) -> None:
    condition = of_row(proposals, 1).condition

    assert condition.startswith("As long as")
    assert condition.endswith("vision")
