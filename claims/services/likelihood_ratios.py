"""How much likelier an event is if a claim holds than if it fails."""

from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import record
from claims.models import Claim, Evidence
from claims.plumb.weights import LEAST_RATIO, MOST_RATIO
from claims.validators import ClaimProblem


@transaction.atomic
def set_likelihood_ratio(*, evidence: Evidence, ratio: Decimal | None, by: User) -> Evidence:
    """Gives accepted evidence its likelihood ratio, three decimals, or takes it away with None.

    Setting what is set changes nothing. Raises ClaimProblem for evidence that is not accepted, a
    ratio that is off the scale or against the stance, and somebody who judges the claim.
    """
    # The claim is locked, as for every decision on its evidence.
    Claim.objects.select_for_update(no_key=True).get(pk=evidence.claim_id)
    locked = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if locked.stance is None:
        raise ClaimProblem("Accept the evidence first: a likelihood ratio belongs to its stance.")
    _check(ratio, locked.stance)
    before = locked.likelihood_ratio
    if before == ratio:
        return locked
    _keep_part(locked, by)
    locked.likelihood_ratio = ratio
    locked.save(update_fields=["likelihood_ratio"])
    record(
        by=by,
        verb="set likelihood ratio of",
        on=locked,
        claim=locked.claim_id,
        ratio=_written(ratio),
        was=_written(before),
    )
    return locked


def _check(ratio: Decimal | None, stance: int) -> None:
    if ratio is None:
        return
    # Also "not a number", which is compared with nothing.
    if not ratio.is_finite() or not LEAST_RATIO <= ratio <= MOST_RATIO:
        raise ClaimProblem(
            "Give a likelihood ratio from 0.1, ten times likelier if the claim fails, to 10, ten "
            "times likelier if it holds."
        )
    if (ratio > 1 and stance <= 0) or (ratio < 1 and stance >= 0):
        says = "for" if ratio > 1 else "against"
        raise ClaimProblem(
            f"A likelihood ratio of {ratio:f} speaks {says} the claim, but the evidence was accepted "
            f"as “{Evidence.Stance(stance).label}”. Undo that in the inbox, or give another ratio."
        )


def _keep_part(evidence: Evidence, by: User) -> None:
    """Whoever says how telling evidence is has decided on it, and never judges the claim."""
    try:
        with transaction.atomic():
            evidence.decisions.create(
                status=evidence.status, stance=evidence.stance, by=by, at=timezone.now()
            )
    except IntegrityError as error:
        raise ClaimProblem(
            "You judge this claim, or have judged it, so somebody else decides on its evidence."
        ) from error


def _written(ratio: Decimal | None) -> str | None:
    return None if ratio is None else f"{ratio.normalize():f}"
