"""What a reviewer or adjudicator found is stored, and the checkpoint settled where that ends it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.moments import moment_of_writing
from accounts.services import record
from claims.models import Checkpoint, Evidence
from reviews.models import Assignment, Review
from reviews.outcomes import Confidence, Outcome
from reviews.queries import has_part_in
from reviews.services.verdicts import settle
from reviews.validators import Conflict, LeaseLost, ReviewProblem


@transaction.atomic
def submit_review(
    *,
    assignment: Assignment,
    by: User,
    outcome: str,
    confidence: int,
    reason: str,
    leaned_on: Iterable[Evidence] = (),
    at: datetime | None = None,
) -> Review:
    """Stores what this person found at the seat they hold, and settles the checkpoint where it can be.

    `leaned_on` are accepted evidence of the claim. Raises LeaseLost where the lease ran out,
    Conflict where they took a part in the claim meanwhile, ReviewProblem for a review not whole.
    """
    now = moment_of_writing(at)
    # Whoever settles the same checkpoint waits here.
    checkpoint = Checkpoint.objects.select_for_update(no_key=True).get(pk=assignment.checkpoint_id)
    locked = Assignment.objects.select_for_update().get(pk=assignment.pk)
    evidence = list(leaned_on)
    _check_lease(locked, by, now)
    _check_content(outcome, confidence, reason)
    _check_evidence(checkpoint, evidence)
    if has_part_in(by, checkpoint.claim):
        raise Conflict("You have a part in this claim by now, so somebody else judges it.")
    review = Review.objects.create(
        assignment=locked, outcome=outcome, confidence=confidence, reason=reason.strip(), at=now
    )
    review.leaned_on.set(evidence)
    locked.state = Assignment.State.DONE
    locked.save(update_fields=["state"])
    record(by=by, verb="reviewed", on=locked)
    settle(checkpoint=checkpoint, at=now)
    return review


def _check_lease(assignment: Assignment, by: User, now: datetime) -> None:
    if assignment.state != Assignment.State.LEASED or assignment.reviewer_id != by.pk:
        raise LeaseLost("This lease is not yours any more, so nothing was stored. Take the next.")
    if assignment.lease_expires_at and assignment.lease_expires_at <= now:
        raise LeaseLost("Your lease ran out, so nothing was stored. Take the next.")


def _check_content(outcome: str, confidence: int, reason: str) -> None:
    if outcome not in Outcome.values:
        raise ReviewProblem("Choose a grade, or say why none can be given.")
    if confidence not in Confidence.values:
        raise ReviewProblem("Say how sure you are: low, moderate or high.")
    if not reason.strip():
        raise ReviewProblem("Give your reasons: they stand beside the verdict.")


def _check_evidence(checkpoint: Checkpoint, evidence: list[Evidence]) -> None:
    for one in evidence:
        if one.claim_id != checkpoint.claim_id or one.status != Evidence.Status.ACCEPTED:
            raise ReviewProblem("A review leans on accepted evidence of its own claim.")
        if one.event.occurred_on > checkpoint.due_on:
            raise ReviewProblem("A review leans on what had happened by the day it judges.")
