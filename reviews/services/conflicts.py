"""Conflicts of interest are declared, and ended by a lead."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission, require
from accounts.services import record
from reviews.models import Assignment, DeclaredConflict
from reviews.queries import has_part_in
from reviews.services.leases import return_leases
from reviews.validators import ReviewProblem
from sources.models import Claimant, Publisher


@transaction.atomic
def declare_conflict(
    *,
    user: User,
    by: User,
    reason: str,
    claimant: Claimant | None = None,
    publisher: Publisher | None = None,
    topic: str = "",
    at: datetime | None = None,
) -> DeclaredConflict:
    """Keeps somebody from what one claimant said, one publisher brought, or is on one topic.

    What they hold of it is returned at once. Raises PermissionDenied for the conflict of somebody else
    unless by a lead, ReviewProblem without exactly one target, without a reason, or for one that stands.
    """
    if by.pk != user.pk:
        require(by, Permission.ADJUDICATE)
    words, subject = reason.strip(), " ".join(topic.split()).lower()
    if not words:
        raise ReviewProblem("Say what the conflict is.")
    if sum(map(bool, (claimant, publisher, subject))) != 1:
        raise ReviewProblem("Name a claimant, a publisher or a topic: one of the three.")
    conflict = DeclaredConflict(
        user=user,
        claimant=claimant,
        publisher=publisher.standing if publisher else None,
        topic=subject,
        reason=words,
        declared_by=by,
        at=at or timezone.now(),
    )
    try:
        with transaction.atomic():
            conflict.save()
    except IntegrityError as error:
        raise ReviewProblem("This conflict is declared already.") from error
    record(by=by, verb="declared a conflict", on=conflict, user=user.pk, target=conflict.target)
    _return_what_they_hold(user)
    return conflict


def _return_what_they_hold(user: User) -> None:
    held = Assignment.objects.leased_to(user).select_related("checkpoint__claim")
    locked = held.select_for_update(no_key=True, of=("self",))
    return_leases([seat for seat in locked if has_part_in(user, seat.checkpoint.claim)])


@transaction.atomic
def end_conflict(
    *, conflict: DeclaredConflict, by: User, at: datetime | None = None
) -> DeclaredConflict:
    """Ends a conflict; one that has ended stays as it is.

    By a lead alone, who weighs that the claims were open to that person meanwhile: else anybody could
    look who said a claim, and judge it after. Raises PermissionDenied for others.
    """
    require(by, Permission.ADJUDICATE)
    standing = DeclaredConflict.objects.standing().filter(pk=conflict.pk)
    if standing.update(ended_at=at or timezone.now(), ended_by=by) == 1:
        record(by=by, verb="ended a conflict", on=conflict, user=conflict.user_id)
    conflict.refresh_from_db()
    return conflict
