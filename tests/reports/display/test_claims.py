"""The verdict of a claim in words."""

import pytest

from reports import display
from reports.models import ReportedClaim


@pytest.mark.parametrize(
    ("standing", "outcome", "shown"),
    [
        ("scored", 1.0, ("held", "held")),
        ("scored", 0.75, ("mostly_held", "mostly held")),
        ("scored", 0.5, ("mixed", "mixed")),
        ("scored", 0.25, ("mostly_failed", "mostly failed")),
        ("scored", 0.0, ("failed", "failed")),
        ("unresolved", None, ("waiting", "unresolved")),
        ("too_vague", None, ("void", "too vague")),
    ],
)
def test_standing_of_a_reported_claim(
    standing: str, outcome: float | None, shown: tuple[str, str]
) -> None:
    assert display.standing(ReportedClaim(standing=standing, outcome=outcome)) == shown


@pytest.mark.parametrize(
    ("outcome", "grade"),
    [
        (1.0, "held"),
        (0.875, "mostly_held"),
        (0.75, "mostly_held"),
        (0.625, "mixed"),
        (0.375, "mixed"),
        (0.125, "mostly_failed"),
        (0.0, "failed"),
    ],
)
def test_a_mean_between_two_grades_bears_the_word_its_verdict_bore(
    outcome: float, grade: str
) -> None:
    assert display.nearest_grade(outcome) == grade
