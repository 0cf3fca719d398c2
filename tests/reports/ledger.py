"""A small ledger with known outcomes, for the tests of reports."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from claims.models import Checkpoint, Claim
from reviews.models import Verdict
from reviews.outcomes import GRADE_VALUES, Outcome
from sources.models import Claimant
from tests.factories.claims import RegisteredClaimFactory
from tests.factories.reviews import VerdictFactory

DUE = date(2026, 3, 21)
MARCH = {"period_start": date(2026, 3, 1), "period_end": date(2026, 3, 31)}
JUDGED = datetime(2026, 4, 1, 9, tzinfo=UTC)
CUTOFF = datetime(2026, 5, 1, tzinfo=UTC)


def judged_claim(outcome: Outcome | None = Outcome.HELD, **fields: Any) -> Claim:
    """A registered claim due on 21 March 2026 with its verdict of 1 April, or none."""
    claim = RegisteredClaimFactory(**fields)
    if outcome is not None:
        verdict_on(claim, outcome)
    return claim


def final_checkpoint(claim: Claim) -> Checkpoint:
    return claim.checkpoints.get(is_final=True)


def verdict_on(claim: Claim, outcome: Outcome, **fields: Any) -> Verdict:
    value = GRADE_VALUES.get(outcome)
    return VerdictFactory(
        checkpoint=final_checkpoint(claim),
        outcome=outcome,
        value=None if value is None else Decimal(value.numerator) / value.denominator,
        **fields,
    )


def desk(claimant: Claimant, outcomes: list[Outcome | None]) -> list[Claim]:
    """One claim per outcome, each out of a document of its own."""
    return [judged_claim(outcome, claimant=claimant) for outcome in outcomes]
