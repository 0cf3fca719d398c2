"""Verdicts are appealed, and the appeals decided by a lead who took no part."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission, require
from accounts.services import record
from claims.models import Checkpoint, Claim
from reviews.models import Appeal, AppealDecision, Assignment, Reopening, Verdict
from reviews.queries import has_part_in, roles_of
from reviews.services.reopening import reopen
from reviews.services.verdicts import next_seat, round_of
from reviews.urgency import place_of
from reviews.validators import Conflict, LeaseLost, ReviewProblem, check_words


@transaction.atomic
def appeal_verdict(*, verdict: Verdict, by: User, words: str, at: datetime | None = None) -> Appeal:
    """Asks somebody who took no part to look at a verdict again, once for each person and verdict.

    Raises PermissionDenied, ReviewProblem without words, for a second appeal, and where the verdict does
    not stand or is judged again already, Conflict for somebody who judged there.
    """
    require(by, Permission.READ_LEDGER)
    now, reason = at or timezone.now(), check_words(words, "Say what is wrong with it.")
    # Whoever decides, settles or reopens at the same checkpoint waits here.
    checkpoint = Checkpoint.objects.select_for_update(no_key=True).get(pk=verdict.checkpoint_id)
    _check_may_appeal(checkpoint, verdict, by)
    seat = _waiting_seat(checkpoint, now)
    appeal = Appeal.objects.create(verdict=verdict, seat=seat, words=reason, by=by, at=now)
    record(by=by, verb="appealed", on=verdict)
    return appeal


def _check_may_appeal(checkpoint: Checkpoint, verdict: Verdict, by: User) -> None:
    if Appeal.objects.filter(verdict=verdict, by=by).exists():
        raise ReviewProblem("You have appealed this verdict already.")
    standing = Verdict.objects.standing().filter(pk=verdict.pk, reopening=None)
    if not standing.exists():
        raise ReviewProblem("This verdict is judged again already, or a later one stands.")
    if checkpoint.claim.status != Claim.Status.REGISTERED:
        raise ReviewProblem("The claim has ended, so it is not judged any more.")
    if Assignment.objects.filter(checkpoint=checkpoint, reviewer=by).exists():
        raise Conflict("You judged this checkpoint, so its verdict is others' to appeal.")


def _waiting_seat(checkpoint: Checkpoint, now: datetime) -> Assignment:
    """The seat of whoever will decide: that of an appeal that waits, or a new one."""
    number = round_of(checkpoint) - 1
    seats = Assignment.objects.for_appeal().filter(checkpoint=checkpoint, round=number)
    if waiting := seats.unfinished().first():
        return waiting
    return Assignment.objects.create(
        checkpoint=checkpoint,
        role=Assignment.Role.APPEAL,
        seat=next_seat(checkpoint, Assignment.Role.APPEAL),
        round=number,
        opened_at=now,
        place=place_of(
            due_on=checkpoint.due_on,
            opened_on=timezone.localdate(now),
            stake=checkpoint.claim.stake,
            disagreed=True,
        ),
    )


@transaction.atomic
def decide_appeal(
    *,
    seat: Assignment,
    by: User,
    outcome: str,
    reason: str,
    seen: int | None = None,
    at: datetime | None = None,
) -> AppealDecision:
    """Upholds the verdict, or has it judged again, with a reason that whoever appealed reads.

    `seen` is the number of the last appeal that was before their eyes. Raises LeaseLost where they do not
    hold the seat, Conflict where they took a part in the claim meanwhile, ReviewProblem for what is not
    whole and where another appeal came.
    """
    now = at or timezone.now()
    checkpoint = Checkpoint.objects.select_for_update(no_key=True).get(pk=seat.checkpoint_id)
    locked = Assignment.objects.for_appeal().select_for_update(no_key=True).get(pk=seat.pk)
    _check_may_decide(checkpoint, locked, by)
    if outcome not in AppealDecision.Outcome:
        raise ReviewProblem("Choose whether the verdict stands.")
    words = check_words(reason, "Say why: whoever appealed reads it.")
    last = locked.appeals.order_by("pk").last()
    if last is None or (seen is not None and last.pk != seen):
        raise ReviewProblem("Another appeal came meanwhile: read it before you decide.")
    decision = AppealDecision.objects.create(seat=locked, outcome=outcome, reason=words, at=now)
    locked.state = Assignment.State.DONE
    locked.save(update_fields=["state"])
    record(by=by, verb="decided the appeal", on=locked, outcome=outcome)
    if outcome == AppealDecision.Outcome.REOPENED:
        reopen(verdict=last.verdict, cause=Reopening.Cause.APPEALED, reason=words, by=by, at=now)
    return decision


def _check_may_decide(checkpoint: Checkpoint, seat: Assignment, by: User) -> None:
    if seat.state == Assignment.State.DONE:
        raise LeaseLost("This appeal is decided already; what was stored then stands.")
    if seat.reviewer_id != by.pk:
        raise LeaseLost("You do not hold this appeal any more: take it again, if it still waits.")
    if seat.role not in roles_of(User.objects.get(pk=by.pk)):
        raise ReviewProblem("Your account may not decide this any more, so nothing was stored.")
    if has_part_in(by, checkpoint.claim):
        raise Conflict("You have a part in this claim by now, so somebody else decides.")
