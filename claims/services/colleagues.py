"""Drafts between colleagues: talked over, and handed from one to the other."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import record
from claims.models import Claim, Comment
from claims.services.claims import keep_claim, lock_open
from claims.validators import ClaimProblem, check_may_go_on


@transaction.atomic
def comment_on_claim(*, claim: Claim, text: str, by: User, at: datetime | None = None) -> Comment:
    """A remark beside a claim that is not registered; whoever makes one never judges the claim.

    What was only proposed is kept: proposals may be made anew, and would take the remark with them.
    Raises ClaimLocked for a registered claim, which is amended instead, and ClaimProblem for an
    empty remark.
    """
    locked = lock_open(claim)
    if not text.strip():
        raise ClaimProblem("Write what you want to say about it.")
    if locked.status == Claim.Status.PROPOSED:
        keep_claim(claim=locked, by=by)
    comment = Comment.objects.create(claim=claim, text=text.strip(), by=by, at=at or timezone.now())
    record(by=by, verb="commented on", on=claim, comment=comment.pk)
    return comment


@transaction.atomic
def hand_over(*, claim: Claim, to: User, by: User) -> Claim:
    """Asks a colleague, or oneself, to go on with a claim that is not registered.

    What was only proposed is kept. Raises ClaimLocked, and ClaimProblem for somebody who may not
    write claims.
    """
    locked = lock_open(claim)
    check_may_go_on(to)
    if locked.handed_to_id == to.pk and locked.status == Claim.Status.DRAFT:
        return locked
    locked.handed_to = to
    locked.status = Claim.Status.DRAFT
    locked.duplicate_of = None
    locked.save(update_fields=["handed_to", "status", "duplicate_of"])
    record(by=by, verb="handed over", on=locked, to=to.username)
    return locked
