"""Turns the reviews of a checkpoint into its verdict, or into a disagreement for a lead."""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from accounts.services import record
from claims.models import Checkpoint
from reviews.models import Assignment, Review, Verdict
from reviews.outcomes import GRADE_VALUES
from reviews.services.checkpoints import SEATS

# Grades lie a quarter apart; two steps or more are a disagreement (METHODS §4).
DISAGREEMENT = Fraction(1, 2)
MIDDLE = Fraction(1, 2)


def settle(*, checkpoint: Checkpoint, at: datetime) -> Verdict | None:
    """Makes the verdict that the reviews allow, or opens an adjudication; None without a verdict.

    Called with the checkpoint locked, after a review was stored. Repeating it changes nothing.
    """
    if Verdict.objects.filter(checkpoint=checkpoint).exists():
        return None
    reviews = list(
        Review.objects.filter(assignment__checkpoint=checkpoint).select_related("assignment")
    )
    decisive = [one for one in reviews if one.assignment.role == Assignment.Role.ADJUDICATION]
    if decisive:
        return _adjudicated(checkpoint, decisive[0], at)
    if len(reviews) < SEATS:
        return None
    if agreed(reviews):
        return _agreed(checkpoint, reviews, at)
    seat, opened = Assignment.objects.get_or_create(
        checkpoint=checkpoint, role=Assignment.Role.ADJUDICATION, seat=1
    )
    if opened:
        record(by=None, verb="disagreement opened", on=seat)
    return None


def agreed(reviews: list[Review]) -> bool:
    """Whether grades lie less than two steps apart, or all reviewers gave the same disposition."""
    outcomes = {one.outcome for one in reviews}
    if len(outcomes) == 1:
        return True
    if not outcomes <= GRADE_VALUES.keys():
        return False
    values = [GRADE_VALUES[outcome] for outcome in outcomes]
    return max(values) - min(values) < DISAGREEMENT


def _agreed(checkpoint: Checkpoint, reviews: list[Review], at: datetime) -> Verdict:
    """The mean grade; in words the one of the two that claims less, the nearer to the middle."""
    outcomes = [one.outcome for one in reviews]
    if outcomes[0] not in GRADE_VALUES:
        return _store(checkpoint, outcomes[0], None, Verdict.Basis.AGREEMENT, at)
    word = min(outcomes, key=lambda outcome: abs(GRADE_VALUES[outcome] - MIDDLE))
    mean = sum((GRADE_VALUES[outcome] for outcome in outcomes), Fraction()) / len(outcomes)
    return _store(checkpoint, word, mean, Verdict.Basis.AGREEMENT, at)


def _adjudicated(checkpoint: Checkpoint, review: Review, at: datetime) -> Verdict:
    value = GRADE_VALUES.get(review.outcome)
    return _store(checkpoint, review.outcome, value, Verdict.Basis.ADJUDICATION, at, review)


def _store(
    checkpoint: Checkpoint,
    outcome: str,
    value: Fraction | None,
    basis: str,
    at: datetime,
    review: Review | None = None,
) -> Verdict:
    by = review.assignment.reviewer if review else None
    verdict = Verdict.objects.create(
        checkpoint=checkpoint,
        outcome=outcome,
        value=None if value is None else Decimal(value.numerator) / Decimal(value.denominator),
        basis=basis,
        reason=review.reason if review else "",
        by=by,
        at=at,
    )
    record(by=by, verb="verdict on", on=checkpoint, verdict=verdict.pk, outcome=outcome)
    return verdict
