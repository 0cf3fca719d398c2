"""Leases of seats: taken, set aside, and returned by themselves when their time runs out.

A checkpoint has as many seats as it needs reviewers, and a seat is leased to one person: so it is
never leased to more people than that.
"""

from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import record, record_all
from reviews.eligibility import LASTING
from reviews.models import Assignment, SetAside
from reviews.queries import open_seats, roles_of
from reviews.validators import LeaseLost, check_postponed_to, check_skip_reason

LEASE = timedelta(hours=1)
# What somebody skipped is not offered to them again for so long.
SKIPPED_FOR = timedelta(days=7)
# Whoever asks for the next seat first returns so many that ran out, without waiting for the sweep.
RETURNED_EACH = 20


@transaction.atomic
def lease_next(*, by: User, at: datetime | None = None) -> Assignment | None:
    """The seat this reviewer holds, or else the first open one in the queue that they may take, leased
    to them; None where none is left. A lease of theirs that ran out begins anew.

    Two reviewers who ask at once get different seats. Raises LeaseLost where they got a part in the
    claim in the same moment.
    """
    now = at or timezone.now()
    if Assignment.Role.REVIEW not in roles_of(by):
        return None
    # One lease at a time, also for somebody who presses twice.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    held = Assignment.objects.for_review().leased_to(by).select_for_update(no_key=True).first()
    if held:
        return _renewed(held, now)
    return_expired_leases(at=now, most=RETURNED_EACH)
    seat = (
        open_seats(by, at=now)
        .filter(role=Assignment.Role.REVIEW)
        .order_by("place", "pk")
        .select_for_update(no_key=True, skip_locked=True, of=("self",))
        .first()
    )
    return _lease(seat, by=by, now=now) if seat else None


def _renewed(held: Assignment, now: datetime) -> Assignment:
    if held.has_expired(at=now):
        held.lease_expires_at = now + LEASE
        held.save(update_fields=["lease_expires_at"])
    return held


@transaction.atomic
def take_adjudication(
    *, assignment: Assignment, by: User, at: datetime | None = None
) -> Assignment:
    """Leases a disagreement or an appeal to a lead. Raises LeaseLost where somebody else was first or
    they may not."""
    now = at or timezone.now()
    locked = Assignment.objects.select_for_update(no_key=True).get(pk=assignment.pk)
    if locked.state == Assignment.State.LEASED and locked.reviewer_id == by.pk:
        return _renewed(locked, now)
    if locked.has_expired(at=now):
        return_leases([locked])
    seats = open_seats(by, at=now).filter(pk=assignment.pk).exclude(role=Assignment.Role.REVIEW)
    if not seats.exists():
        raise LeaseLost(
            "Somebody else has taken this, or you have a part in the claim or judged it before."
        )
    return _lease(locked, by=by, now=now)


def lease_again(*, assignment: Assignment, by: User, at: datetime) -> Assignment:
    """A seat at the same checkpoint for somebody whose own was returned: they may still finish.

    Called in a transaction. Raises LeaseLost where all seats are taken or something keeps them away.
    """
    seat = (
        open_seats(by, at=at, bars=LASTING)
        .filter(checkpoint=assignment.checkpoint_id, role=assignment.role, round=assignment.round)
        .order_by("pk")
        .select_for_update(no_key=True, of=("self",))
        .first()
    )
    if seat is None:
        raise LeaseLost(
            "This checkpoint is not yours any more: your lease ran out or was given back, and it is in "
            "other hands. Nothing was stored; what you wrote is kept as your draft."
        )
    return _lease(seat, by=by, now=at)


def _lease(seat: Assignment, *, by: User, now: datetime) -> Assignment:
    seat.state = Assignment.State.LEASED
    seat.reviewer = by
    seat.leased_at = now
    seat.lease_expires_at = now + LEASE
    try:
        with transaction.atomic():
            seat.save(update_fields=["state", "reviewer", "leased_at", "lease_expires_at"])
    except IntegrityError as error:  # the database holds the same rules, whoever asks
        raise LeaseLost("You have a part in this claim, so somebody else judges it.") from error
    record(by=by, verb="leased", on=seat)
    return seat


def skip(*, assignment: Assignment, by: User, reason: str, at: datetime | None = None) -> SetAside:
    """Gives a lease back with the reason; the checkpoint is not offered to them again for a week.

    Raises LeaseLost where they do not hold it, ReviewProblem without a reason.
    """
    now = at or timezone.now()
    words = check_skip_reason(reason)
    kind, until = SetAside.Kind.SKIPPED, now + SKIPPED_FOR
    return _set_aside(assignment, by, kind=kind, reason=words, until=until, at=now)


def postpone(
    *, assignment: Assignment, by: User, until: date, reason: str = "", at: datetime | None = None
) -> SetAside:
    """Gives a lease back; the checkpoint is offered to them again from a day on.

    Raises LeaseLost where they do not hold it, ReviewProblem for a day that is not to come, or too far.
    """
    now = at or timezone.now()
    check_postponed_to(until, today=timezone.localdate(now))
    moment = timezone.make_aware(datetime.combine(until, time.min))
    kind = SetAside.Kind.POSTPONED
    return _set_aside(assignment, by, kind=kind, reason=reason.strip(), until=moment, at=now)


def hand_back(
    *, assignment: Assignment, by: User, reason: str = "", at: datetime | None = None
) -> SetAside:
    """Gives a lease back for good: it goes to somebody else. Raises LeaseLost where it is not theirs."""
    kind, now = SetAside.Kind.HANDED_BACK, at or timezone.now()
    return _set_aside(assignment, by, kind=kind, reason=reason.strip(), until=None, at=now)


@transaction.atomic
def _set_aside(
    assignment: Assignment,
    by: User,
    *,
    kind: str,
    reason: str,
    until: datetime | None,
    at: datetime,
) -> SetAside:
    locked = Assignment.objects.select_for_update(no_key=True).get(pk=assignment.pk)
    if locked.state != Assignment.State.LEASED or locked.reviewer_id != by.pk:
        raise LeaseLost("This lease is not yours any more.")
    _free([locked])
    aside = SetAside.objects.create(
        checkpoint_id=locked.checkpoint_id, by=by, kind=kind, reason=reason, until=until, at=at
    )
    record(by=by, verb=aside.get_kind_display().lower(), on=locked, reason=reason)
    return aside


@transaction.atomic
def return_expired_leases(*, at: datetime | None = None, most: int = 1000) -> int:
    """Opens the seats whose lease ran out, at most so many. Returns how many; safe to run twice at once."""
    expired = list(
        Assignment.objects.expired(at=at)
        .order_by("lease_expires_at", "pk")
        .select_for_update(no_key=True, skip_locked=True)[:most]
    )
    return_leases(expired)
    return len(expired)


def return_leases(seats: list[Assignment]) -> None:
    """Opens seats that are leased and locked by the caller, by the system."""
    if seats:
        _free(seats)
        record_all(by=None, verb="returned", on=seats)


def _free(seats: list[Assignment]) -> None:
    Assignment.objects.filter(pk__in=[seat.pk for seat in seats]).update(
        state=Assignment.State.OPEN, reviewer=None, leased_at=None, lease_expires_at=None
    )
