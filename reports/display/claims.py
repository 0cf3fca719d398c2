"""The verdict of one claim, in words."""

from fractions import Fraction
from typing import Any

from django.utils import timezone

from claims.models import Claim
from reports.models import ReportedClaim
from reviews.outcomes import GRADE_VALUES, GRADES, Outcome


def claim_state(claim: Any) -> tuple[str, str]:
    """State and words of the verdict component for a claim annotated with `verdict`, the final one."""
    if claim.verdict:
        return (
            claim.verdict if claim.verdict in GRADES else "void",
            Outcome(claim.verdict).label.lower(),
        )
    if claim.status != Claim.Status.REGISTERED:
        return "void", claim.get_status_display().lower()
    if not claim.is_scored:
        return "open", "assessment, not scored"
    if claim.due_on > timezone.localdate():
        return "open", "not due yet"
    return "waiting", "waits for a verdict"


def nearest_grade(outcome: float) -> str:
    """The grade in words of a mean; between two, as in verdicts, the one that claims less."""
    middle = GRADE_VALUES[Outcome.MIXED]
    return min(
        GRADES,
        key=lambda grade: (
            abs(GRADE_VALUES[grade] - Fraction(outcome)),
            abs(GRADE_VALUES[grade] - middle),
        ),
    )


def standing(row: ReportedClaim) -> tuple[str, str]:
    """State and words of the verdict component for a claim of a report."""
    if row.outcome is not None:
        grade = nearest_grade(row.outcome)
        return grade, Outcome(grade).label
    state = "waiting" if row.standing == ReportedClaim.Standing.UNRESOLVED else "void"
    return state, row.get_standing_display().lower()
