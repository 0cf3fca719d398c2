"""Readings of a claim's probability: by two people, each blind to the other and to the outcome."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission
from accounts.queries import people_who_can
from accounts.services import record
from claims.models import Claim, Imputation
from claims.readings import Readings, readings_of
from claims.services.claims import lock_open
from claims.validators import ClaimProblem, check_open, check_probability


@transaction.atomic
def impute(
    *,
    claim: Claim,
    by: User,
    low: Decimal,
    high: Decimal,
    own_opinion: Decimal | None = None,
    at: datetime | None = None,
) -> Imputation:
    """Stores one person's reading of how probable the author made a draft: 0 to 1, low first.

    `own_opinion`, 0 to 1, is what the reader thinks: kept apart, it never counts. The second
    reading settles the claim's range. Raises ClaimLocked for a registered claim and ClaimProblem,
    in words, where it can not be read or the values can not stand.
    """
    locked = lock_open(claim)
    check_to_read(claim=locked, by=by)
    check_probability(low, high)
    _check_opinion(own_opinion)
    imputation = Imputation.objects.create(
        claim=locked,
        coder=by,
        low=low,
        high=high,
        own_opinion=own_opinion,
        at=at or timezone.now(),
    )
    # Without the figures: the log is read by people who must not know them yet.
    record(by=by, verb="read the probability of", on=locked)
    settle_imputations(claim=locked, by=by)
    return imputation


def settle_imputations(*, claim: Claim, by: User) -> Claim:
    """Gives a claim that two people have read its range: the mean of the lows to that of the highs.

    With fewer readings nothing changes. Called by `impute`, with the claim's row locked.
    """
    readings = readings_of(claim)
    return _take_range(claim, readings, by=by) if readings.enough else claim


@transaction.atomic
def use_one_imputation(*, claim: Claim, by: User) -> Claim:
    """Gives a claim the range of its only reading, where nobody else at the desk could read it.

    Reports count the readings, so it can always be told from a claim that two people read. Raises
    ClaimLocked for a registered claim, and ClaimProblem without a reading, for a claim that has its
    range, and where somebody else may still read it.
    """
    locked = lock_open(claim)
    _check_without_range(locked)
    readings = readings_of(locked)
    if readings.count != 1:
        raise ClaimProblem("There is not one reading of this claim to go on with.")
    if not is_one_person_desk():
        raise ClaimProblem(
            "Somebody else at this desk can read this claim. One reading is enough only where a "
            "single person writes the claims."
        )
    return _take_range(locked, readings, by=by)


def is_one_person_desk() -> bool:
    """Whether a single active person, or nobody, may write claims."""
    return people_who_can(Permission.WRITE_CLAIMS).count() <= 1


def check_to_read(*, claim: Claim, by: User) -> None:
    """Raises ClaimProblem unless this person may read the probability of this claim now."""
    check_open(claim)
    _check_without_range(claim)
    if Imputation.objects.filter(claim=claim, coder=by).exists():
        raise ClaimProblem("You have read this claim before. A second reading is somebody else's.")
    if readings_of(claim).enough:
        raise ClaimProblem("Two people have read this claim already.")


def _check_without_range(claim: Claim) -> None:
    if claim.status != Claim.Status.DRAFT:
        raise ClaimProblem("Only a draft is read. Keep the claim first.")
    if not claim.is_scored:
        raise ClaimProblem("An assessment is not scored, so nobody reads its probability.")
    if claim.probability_low is not None:
        # Whoever reads a claim whose range is on its page does not read it blind.
        raise ClaimProblem("This claim has its probability range already.")


def _check_opinion(opinion: Decimal | None) -> None:
    if opinion is not None and not 0 <= opinion <= 1:
        raise ClaimProblem("Your own opinion is a probability too: it lies between 0 and 1.")


def _take_range(claim: Claim, readings: Readings, *, by: User) -> Claim:
    low, high = readings.range or (None, None)
    claim.probability_source = Claim.ProbabilitySource.IMPUTED
    claim.probability_low, claim.probability_high = low, high
    claim.lexicon = None
    claim.save(
        update_fields=["probability_source", "probability_low", "probability_high", "lexicon"]
    )
    record(
        by=by,
        verb="settled the range of",
        on=claim,
        low=f"{low:.3f}",
        high=f"{high:.3f}",
        readings=readings.count,
    )
    return claim
