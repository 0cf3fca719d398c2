"""Leases of seats: taken, handed back, and returned by themselves when their time runs out.

A checkpoint has as many seats as it needs reviewers, and a seat is leased to one person: so it is
never leased to more people than that.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import record, record_all
from reviews.models import Assignment
from reviews.queries import HANDED_BACK, open_seats
from reviews.validators import LeaseLost

LEASE = timedelta(hours=1)


@transaction.atomic
def lease_next(*, by: User, at: datetime | None = None) -> Assignment | None:
    """The seat this reviewer holds, or else the next open one, leased to them; None where none is left.

    The earliest due checkpoint comes first. What they have a part in, or sat at before, is passed
    over. Two reviewers who ask at once get different seats.
    """
    now = at or timezone.now()
    # One lease at a time, also for somebody who presses twice.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    held = Assignment.objects.for_review().leased_to(by).filter(lease_expires_at__gt=now).first()
    if held:
        return held
    seat = (
        open_seats(by)
        .filter(role=Assignment.Role.REVIEW)
        .order_by("checkpoint__due_on", "pk")
        .select_for_update(skip_locked=True, of=("self",))
        .first()
    )
    return _lease(seat, by=by, now=now) if seat else None


@transaction.atomic
def take_adjudication(
    *, assignment: Assignment, by: User, at: datetime | None = None
) -> Assignment:
    """Leases a disagreement to a lead. Raises LeaseLost where somebody else was first or may not."""
    now = at or timezone.now()
    locked = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if locked.state == Assignment.State.LEASED and locked.reviewer_id == by.pk:
        return locked
    seats = open_seats(by).filter(pk=assignment.pk, role=Assignment.Role.ADJUDICATION)
    if not seats.exists():
        raise LeaseLost(
            "Somebody else has taken this, or you have a part in the claim or judged it before."
        )
    return _lease(locked, by=by, now=now)


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


@transaction.atomic
def hand_back(*, assignment: Assignment, by: User) -> None:
    """Gives a lease back for good: it goes to somebody else. Raises LeaseLost where it is not theirs."""
    locked = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if locked.state != Assignment.State.LEASED or locked.reviewer_id != by.pk:
        raise LeaseLost("This lease is not yours any more.")
    _free([locked])
    record(by=by, verb=HANDED_BACK, on=locked)


@transaction.atomic
def return_expired_leases(*, at: datetime | None = None) -> int:
    """Opens the seats whose lease ran out. Returns how many; safe to run twice at once."""
    expired = list(
        Assignment.objects.expired(at=at).order_by("pk").select_for_update(skip_locked=True)[:1000]
    )
    _free(expired)
    record_all(by=None, verb="returned", on=expired)
    return len(expired)


def _free(seats: list[Assignment]) -> None:
    Assignment.objects.filter(pk__in=[seat.pk for seat in seats]).update(
        state=Assignment.State.OPEN, reviewer=None, leased_at=None, lease_expires_at=None
    )
