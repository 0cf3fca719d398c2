"""Checkpoints that reviewers judged, with their first verdict."""

from datetime import datetime
from typing import Any

from accounts.models import User
from claims.models import Checkpoint
from reviews.models import Assignment, Verdict
from reviews.outcomes import GRADE_VALUES
from tests.factories.claims import RegisteredClaimFactory
from tests.factories.reviews import JUDGED, ReviewFactory, VerdictFactory


def judged(
    votes: dict[User, str],
    *,
    verdict: str = "held",
    basis: Verdict.Basis = Verdict.Basis.AGREEMENT,
    at: datetime = JUDGED,
    confidence: int = 3,
    **fields: Any,
) -> Checkpoint:
    """A checkpoint at which each of these people gave their grade; without `verdict` it is open yet."""
    checkpoint = RegisteredClaimFactory(**fields).checkpoints.get(is_final=True)
    for reviewer, outcome in votes.items():
        ReviewFactory(
            assignment__checkpoint=checkpoint,
            assignment__reviewer=reviewer,
            assignment__state=Assignment.State.DONE,
            outcome=outcome,
            confidence=confidence,
            at=at,
        )
    if verdict:
        value = GRADE_VALUES.get(verdict)
        VerdictFactory(
            checkpoint=checkpoint,
            outcome=verdict,
            value=None if value is None else float(value),
            basis=basis,
            at=at,
        )
    return checkpoint
