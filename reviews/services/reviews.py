"""What a reviewer or adjudicator found is stored, and the checkpoint settled where that ends it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.moments import moment_of_writing
from accounts.services import record
from claims.models import Checkpoint, Claim, Evidence
from reviews.models import Assignment, Review
from reviews.queries import has_part_in, held_once, roles_of
from reviews.services.drafts import forget_draft
from reviews.services.leases import lease_again
from reviews.services.verdicts import settle
from reviews.validators import AlreadyJudged, Conflict, LeaseLost, ReviewProblem, check_review


@transaction.atomic
def submit_review(
    *,
    assignment: Assignment,
    by: User,
    outcome: str,
    confidence: int | None,
    reason: str,
    leaned_on: Iterable[Evidence] = (),
    seen: int | None = None,
    at: datetime | None = None,
) -> Review:
    """Stores what this person found at the seat they hold, and settles the checkpoint where it can be.

    A lease that ran out is no matter while the checkpoint still needs somebody. `leaned_on` are
    accepted evidence of the claim. Their draft goes, but for a newer one than `seen`, the version that
    was before their eyes. Raises LeaseLost where the seat went to others, AlreadyJudged for a second
    review, Conflict where they took a part in the claim meanwhile, ReviewProblem for one not whole.
    """
    now = moment_of_writing(at)
    # Whoever settles the same checkpoint waits here.
    checkpoint = Checkpoint.objects.select_for_update(no_key=True).get(pk=assignment.checkpoint_id)
    evidence = list(leaned_on)
    seat = _seat_of(assignment, by, now)
    _check_may_judge(checkpoint, seat, by)
    sure = check_review(outcome, confidence, reason)
    _check_evidence(checkpoint, evidence)
    review = Review.objects.create(
        assignment=seat, outcome=outcome, confidence=sure, reason=reason.strip(), at=now
    )
    review.leaned_on.set(evidence)
    seat.state = Assignment.State.DONE
    seat.save(update_fields=["state"])
    forget_draft(checkpoint=checkpoint, by=by, seen=seen)
    record(by=by, verb="reviewed", on=seat)
    settle(checkpoint=checkpoint, at=now)
    return review


def _seat_of(assignment: Assignment, by: User, now: datetime) -> Assignment:
    """The seat that this person holds at the checkpoint, or one that is leased to them again."""
    seats = Assignment.objects.filter(
        checkpoint=assignment.checkpoint_id, reviewer=by, round=assignment.round
    )
    seat = seats.select_for_update(no_key=True).first()
    if seat is None:
        if not held_once(by, assignment):
            raise LeaseLost("This checkpoint is not yours to judge. Take the next.")
        return lease_again(assignment=assignment, by=by, at=now)
    if seat.state == Assignment.State.DONE:
        raise AlreadyJudged("You have judged this checkpoint already; what you stored then stands.")
    return seat


def _check_may_judge(checkpoint: Checkpoint, seat: Assignment, by: User) -> None:
    # Read anew: whoever was signed in may have left, and the claim may have ended.
    if seat.role == Assignment.Role.APPEAL:
        raise ReviewProblem("An appeal is decided, not judged.")
    if seat.role not in roles_of(User.objects.get(pk=by.pk)):
        raise ReviewProblem("Your account may not judge this any more, so nothing was stored.")
    if checkpoint.claim.status != Claim.Status.REGISTERED:
        raise ReviewProblem("The claim has ended meanwhile, so it is not judged any more.")
    if has_part_in(by, checkpoint.claim):
        raise Conflict("You have a part in this claim by now, so somebody else judges it.")


def _check_evidence(checkpoint: Checkpoint, evidence: list[Evidence]) -> None:
    for one in evidence:
        if one.claim_id != checkpoint.claim_id or one.status != Evidence.Status.ACCEPTED:
            raise ReviewProblem("A review leans on accepted evidence of its own claim.")
        if one.event.occurred_on > checkpoint.due_on:
            raise ReviewProblem("A review leans on what had happened by the day it judges.")
