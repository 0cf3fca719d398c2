"""What becomes of a claim: amended, withdrawn, put after an earlier one, or found to be a duplicate."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.moments import moment_of_writing
from accounts.services import record
from claims.blindness import is_hidden_from
from claims.models import Amendment, Claim
from claims.services.claims import edit_claim
from claims.validators import ClaimProblem, check_predecessor, is_due


@transaction.atomic
def amend_claim(*, claim: Claim, text: str, by: User, at: datetime | None = None) -> Amendment:
    """A dated note beside a registered claim. Raises ClaimProblem for a draft or an empty note."""
    if not text.strip():
        raise ClaimProblem("Write what the amendment says.")
    if not claim.is_registered:
        raise ClaimProblem("Only a registered claim is amended; a draft is edited.")
    _check_not_judging(claim, by)
    amendment = Amendment.objects.create(
        claim=claim, text=text.strip(), by=by, at=at or timezone.now()
    )
    record(by=by, verb="amended", on=claim, amendment=amendment.pk)
    return amendment


@transaction.atomic
def withdraw_claim(*, claim: Claim, by: User, reason: str, at: datetime | None = None) -> Claim:
    """Ends a registered claim because its author took it back; the time it stood still counts.

    Raises ClaimProblem without a reason, for a claim that is not standing, and from its due date on.
    """
    if not reason.strip():
        raise ClaimProblem("Say why the claim is withdrawn.")
    locked = _lock(claim)
    if locked.status == Claim.Status.WITHDRAWN:
        return locked
    _check_not_judging(locked, by)
    moment = moment_of_writing(at)
    _check_may_end(locked, moment, "withdrawn")
    _end(locked, Claim.Status.WITHDRAWN, moment=moment, note=f"Withdrawn: {reason.strip()}", by=by)
    record(by=by, verb="withdrew", on=locked, reason=reason.strip())
    return locked


@transaction.atomic
def follow_claim(*, claim: Claim, earlier: Claim, relation: str, by: User) -> Claim:
    """Puts a draft after an earlier registered claim of its claimant, which it repeats or replaces.

    What is replaced ends when the draft is registered. Raises ClaimLocked and ClaimProblem.
    """
    if relation not in Claim.Relation:
        raise ClaimProblem("Say whether it repeats the earlier claim or replaces it.")
    return edit_claim(claim=claim, by=by, predecessor=earlier, relation=relation)


@transaction.atomic
def unfollow_claim(*, claim: Claim, by: User) -> Claim:
    """Takes a draft out of its chain again. Raises ClaimLocked for a registered claim."""
    return edit_claim(claim=claim, by=by, predecessor=None, relation="")


def supersede_claim(*, claim: Claim, successor: Claim, by: User, moment: datetime) -> Claim:
    """Ends a claim that a later one of its claimant replaces; the time it stood still counts.

    Called by `register_claim`, inside its transaction. Raises ClaimProblem where the claim does not
    stand any more, and from its due date on.
    """
    locked = _lock(claim)
    check_predecessor(claim=successor, earlier=locked)
    _check_not_judging(locked, by)
    if is_due(locked, timezone.localdate(moment)):
        raise ClaimProblem(
            f"Claim {locked.pk} has fallen due, so it is judged as it stands. Say that this one "
            "repeats it."
        )
    note = f"Superseded by claim {successor.pk}."
    _end(locked, Claim.Status.SUPERSEDED, moment=moment, note=note, by=by)
    record(by=by, verb="superseded", on=locked, successor=successor.pk)
    return locked


@transaction.atomic
def mark_duplicate(*, claim: Claim, first: Claim, by: User, at: datetime | None = None) -> Claim:
    """Points a claim to the registered one that says the same: a draft is dropped, a registered claim ends.

    Where `first` is a duplicate itself, the one it points to is taken. Raises ClaimProblem where the
    two are not by one claimant, for a first that is no earlier registered claim, and for a
    registered claim from its due date on.
    """
    locked, first = _lock_both(claim, first)
    if locked.duplicate_of_id == first.pk:
        return locked
    _check_first(locked, first)
    locked.duplicate_of = first
    if not locked.is_registered:
        locked.status = Claim.Status.DROPPED
        locked.save(update_fields=["status", "duplicate_of"])
        record(by=by, verb="dropped as a duplicate", on=locked, first=first.pk)
        return locked
    _check_not_judging(locked, by)
    moment = moment_of_writing(at)
    _check_may_end(locked, moment, "ended as a duplicate")
    note = f"The same as claim {first.pk}, which was registered before."
    _end(locked, Claim.Status.DUPLICATE, moment=moment, note=note, by=by)
    record(by=by, verb="ended as a duplicate", on=locked, first=first.pk)
    return locked


def _check_first(claim: Claim, first: Claim) -> None:
    if first.pk == claim.pk:
        raise ClaimProblem("A claim is no duplicate of itself.")
    if first.registered_at is None:
        raise ClaimProblem(f"Claim {first.pk} is not registered, so nothing can point to it yet.")
    if claim.registered_at and (claim.registered_at, claim.pk) < (first.registered_at, first.pk):
        raise ClaimProblem(f"Claim {first.pk} was registered after this one: it is the duplicate.")
    if claim.claimant_id not in {first.claimant_id, None}:
        raise ClaimProblem(
            f"Claim {first.pk} is by another claimant. What somebody else said is another claim."
        )
    if first.status != Claim.Status.REGISTERED:
        # Or what was withdrawn and said again would be judged in neither place.
        raise ClaimProblem(
            f"Claim {first.pk} is {first.get_status_display().lower()}, so nothing is judged in its place."
        )
    if claim.duplicates.exists():
        raise ClaimProblem("Other claims point to this one as the first, so it is no duplicate.")


def _lock(claim: Claim) -> Claim:
    # Leaves foreign keys to the claim free: a publisher who waits for it holds what we wait for.
    return Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)


def _lock_both(claim: Claim, first: Claim) -> tuple[Claim, Claim]:
    """Both claims as they are now, locked in one order; of a duplicate, the one it points to."""
    rows = Claim.objects.filter(pk__in={claim.pk, first.pk}).order_by("pk")
    locked = {row.pk: row for row in rows.select_for_update(no_key=True)}
    found = locked[first.pk]
    return locked[claim.pk], _lock(found.duplicate_of) if found.duplicate_of else found


def _check_not_judging(claim: Claim, by: User) -> None:
    if is_hidden_from(by, claim):
        raise ClaimProblem(
            f"You may have to judge claim {claim.pk}, so you neither amend nor end it."
        )


def _check_may_end(claim: Claim, moment: datetime, how: str) -> None:
    if claim.status != Claim.Status.REGISTERED:
        raise ClaimProblem(f"Only a registered claim that still stands can be {how}.")
    if is_due(claim, timezone.localdate(moment)):
        raise ClaimProblem(
            "This claim has fallen due, so it is judged. Write an amendment beside it instead."
        )


def _end(claim: Claim, status: Claim.Status, *, moment: datetime, note: str, by: User) -> None:
    claim.status = status
    claim.ended_at = moment
    claim.save(update_fields=["status", "ended_at", "duplicate_of"])
    Amendment.objects.create(claim=claim, text=note, by=by, at=moment)
