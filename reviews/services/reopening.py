"""Verdicts that are judged again, since what they leaned on moved or an appeal was allowed."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission, require
from accounts.services import record
from claims.models import Checkpoint, Evidence
from reviews.models import Assignment, Policy, Reopening, Verdict
from reviews.moved import moves, perhaps_moved
from reviews.services.verdicts import next_seat, round_of
from reviews.shortages import able_at
from reviews.urgency import place_of
from reviews.validators import ReviewProblem
from sources.models import Notice

BATCH = 200


def reopen_what_moved(*, at: datetime | None = None) -> int:
    """Reopens every verdict under which something moved since it was given; returns how many.

    Safe to repeat and to run twice at once: a verdict is reopened once.
    """
    now, reopened, last = at or timezone.now(), 0, 0
    while batch := list(perhaps_moved().filter(pk__gt=last)[:BATCH]):
        found = moves(batch)
        for verdict in batch:
            if move := found.get(verdict.pk):
                reopened += reopen(
                    verdict=verdict,
                    cause=move.cause,
                    reason=move.reason,
                    evidence=move.evidence,
                    notice=move.notice,
                    by=None,
                    at=now,
                )
        last = batch[-1].pk
    return reopened


@transaction.atomic
def reopen(
    *,
    verdict: Verdict,
    cause: str,
    reason: str,
    evidence: Evidence | None = None,
    notice: Notice | None = None,
    by: User | None,
    at: datetime,
) -> bool:
    """Has a verdict's checkpoint judged again by as many as the policy asks for; the verdict stands until
    then. Returns False, and changes nothing, where that verdict was reopened before."""
    # Whoever settles or reopens the same checkpoint waits here.
    checkpoint = Checkpoint.objects.select_for_update(no_key=True).get(pk=verdict.checkpoint_id)
    _, is_new = Reopening.objects.get_or_create(
        verdict=verdict,
        defaults={
            "cause": cause,
            "reason": reason,
            "evidence": evidence,
            "notice": notice,
            "by": by,
            "at": at,
        },
    )
    if is_new:
        _open_seats(checkpoint, verdict, at)
        record(by=by, verb="reopened", on=checkpoint, verdict=verdict.pk, cause=cause)
    return is_new


def _open_seats(checkpoint: Checkpoint, verdict: Verdict, at: datetime) -> None:
    place = place_of(
        due_on=checkpoint.due_on,
        opened_on=timezone.localdate(at),
        stake=checkpoint.claim.stake,
        disagreed=verdict.basis == Verdict.Basis.ADJUDICATION,
    )
    first = next_seat(checkpoint, Assignment.Role.REVIEW)
    number = round_of(checkpoint)
    Assignment.objects.bulk_create(
        Assignment(checkpoint=checkpoint, seat=first + one, round=number, place=place, opened_at=at)
        for one in range(Policy.current().reviewers)
    )


@transaction.atomic
def let_judge_again(*, checkpoint: Checkpoint, by: User, at: datetime | None = None) -> None:
    """Lets those who sat at a reopened checkpoint before take its open seats, where too few others may.

    Raises PermissionDenied but for leads, ReviewProblem where no seat is open, it is the first round, or
    enough others are left.
    """
    require(by, Permission.ADJUDICATE)
    locked = Checkpoint.objects.select_for_update(no_key=True).get(pk=checkpoint.pk)
    number = round_of(locked)
    waiting = Assignment.objects.waiting().filter(checkpoint=locked, round=number)
    role = waiting.values_list("role", flat=True).first()
    if number == 1 or role is None:
        raise ReviewProblem("Only what is judged again, and waits, may go to the same people.")
    if able_at(locked, role, at=at or timezone.now()) >= waiting.filter(role=role).count():
        raise ReviewProblem("Enough people are left who have not judged it yet.")
    waiting.update(again=True)
    record(by=by, verb="let the same people judge again", on=locked, round=number)
