"""Turns the reviews of a checkpoint into its verdict, or into a disagreement for a lead."""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.db.models import F, Max
from django.utils import timezone

from accounts.services import record
from claims.models import Checkpoint
from reviews.models import Assignment, Policy, Review, Verdict
from reviews.models.assignments import AssignmentQuerySet
from reviews.outcomes import GRADE_VALUES, STEP
from reviews.urgency import HALF_JUDGED, place_of

MIDDLE = Fraction(1, 2)
THOUSANDTH = Decimal("0.001")


def settle(*, checkpoint: Checkpoint, at: datetime) -> Verdict | None:
    """Makes the verdict that the reviews allow, or opens an adjudication; None without a verdict.

    Called with the checkpoint locked, after a review was stored. Only the newest round counts, and once
    it has its verdict, repeating it changes nothing.
    """
    number = round_of(checkpoint)
    reviews = list(
        Review.objects.filter(
            assignment__checkpoint=checkpoint, assignment__round=number
        ).select_related("assignment")
    )
    if not reviews:
        return None
    decisive = [one for one in reviews if one.assignment.role == Assignment.Role.ADJUDICATION]
    if decisive:
        return _adjudicated(checkpoint, decisive[0], at)
    seats = Assignment.objects.for_review().filter(checkpoint=checkpoint, round=number)
    if len(reviews) < seats.count():
        _hasten(seats, reviews)
        return None
    if agreed(reviews, steps=Policy.current().steps):
        return _agreed(checkpoint, reviews, at)
    _open_adjudication(checkpoint, number, at)
    return None


def round_of(checkpoint: Checkpoint) -> int:
    """The round that is judged now, or would be if it were opened: each one before made a verdict."""
    return Verdict.objects.filter(checkpoint=checkpoint).count() + 1


def next_seat(checkpoint: Checkpoint, role: str) -> int:
    """The number of the next seat in a role: those of later rounds go on counting."""
    seats = Assignment.objects.filter(checkpoint=checkpoint, role=role)
    return int(seats.aggregate(last=Max("seat"))["last"] or 0) + 1


def agreed(reviews: list[Review], *, steps: int) -> bool:
    """Whether grades lie fewer than `steps` apart, or all reviewers gave the same disposition."""
    outcomes = {one.outcome for one in reviews}
    if len(outcomes) == 1:
        return True
    if not outcomes <= GRADE_VALUES.keys():
        return False
    values = [GRADE_VALUES[outcome] for outcome in outcomes]
    return max(values) - min(values) < steps * STEP


def _hasten(seats: AssignmentQuerySet, reviews: list[Review]) -> None:
    """What is half judged comes sooner, once."""
    if len(reviews) == 1:
        seats.unfinished().update(place=F("place") - HALF_JUDGED)


def _open_adjudication(checkpoint: Checkpoint, number: int, at: datetime) -> None:
    place = place_of(
        due_on=checkpoint.due_on,
        opened_on=timezone.localdate(at),
        stake=checkpoint.claim.stake,
        disagreed=True,
    )
    of_round = Assignment.objects.filter(checkpoint=checkpoint, round=number)
    if of_round.for_adjudication().exists():
        return
    seat = Assignment.objects.create(
        checkpoint=checkpoint,
        role=Assignment.Role.ADJUDICATION,
        seat=next_seat(checkpoint, Assignment.Role.ADJUDICATION),
        round=number,
        again=of_round.filter(again=True).exists(),
        place=place,
    )
    record(by=None, verb="disagreement opened", on=seat)


def _agreed(checkpoint: Checkpoint, reviews: list[Review], at: datetime) -> Verdict:
    """The mean grade; in words the grade nearest to it, of two as near the one that claims less."""
    basis = Verdict.Basis.AGREEMENT if len(reviews) > 1 else Verdict.Basis.ALONE
    outcomes = [one.outcome for one in reviews]
    if outcomes[0] not in GRADE_VALUES:
        return _store(checkpoint, outcomes[0], None, basis, at)
    mean = sum((GRADE_VALUES[outcome] for outcome in outcomes), Fraction()) / len(outcomes)
    return _store(checkpoint, nearest_grade(mean), mean, basis, at)


def nearest_grade(mean: Fraction) -> str:
    """The grade whose value lies nearest to a mean; of two the one nearer to the middle."""
    return str(
        min(
            GRADE_VALUES,
            key=lambda grade: (abs(GRADE_VALUES[grade] - mean), abs(GRADE_VALUES[grade] - MIDDLE)),
        )
    )


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
        value=None if value is None else _decimal(value),
        basis=basis,
        reason=review.reason if review else "",
        supersedes=Verdict.objects.standing().filter(checkpoint=checkpoint).first(),
        by=by,
        at=at,
    )
    record(by=by, verb="verdict on", on=checkpoint, verdict=verdict.pk, outcome=outcome)
    return verdict


def _decimal(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(THOUSANDTH, ROUND_HALF_UP)
