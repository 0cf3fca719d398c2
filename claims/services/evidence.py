"""Decisions on evidence: accept with a stance, reject, undo; and links that nobody suggested."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import record
from claims.models import Claim, Evidence
from claims.passages import stands_in_report
from claims.services.notices import tell_claim
from claims.validators import AlreadyDecided, ClaimProblem
from sources.models import Event, EventReport
from sources.services import watch_page

JUDGES_IT = "You judge this claim, or have judged it, so somebody else decides on its evidence."
# The fields of a suggestion that waits for an analyst.
UNDECIDED = {
    "status": Evidence.Status.SUGGESTED,
    "stance": None,
    "credibility": None,
    "reject_reason": "",
    "note": "",
    "decided_at": None,
    "decided_by": None,
}


@transaction.atomic
def accept_evidence(
    *,
    evidence: Evidence,
    stance: int,
    credibility: int | None = None,
    note: str = "",
    passage: str = "",
    by: User,
    at: datetime | None = None,
) -> Evidence:
    """Links an event to its claim: stance −2 to +2, credibility of the report 1 to 6 or none; `passage`
    is another sentence of the report that bears on it more.

    Raises AlreadyDecided where it is decided already, ClaimProblem for a value off the scale and for
    a passage that does not stand in the report.
    """
    wanted: dict[str, object] = accepted_as(stance, credibility, note)
    if passage := passage.strip():
        if not stands_in_report(passage, evidence):
            raise ClaimProblem("The chosen passage does not stand in the report.")
        wanted["passage"] = passage
    accepted = _decide(evidence, Evidence.Status.ACCEPTED, wanted, by=by, at=at)
    # What is linked must survive: the page of the report is captured, and looked at from now on.
    watch_page(document=accepted.document, at=at)
    tell_claim(claim=accepted.claim, at=at)
    return accepted


def accepted_as(stance: int, credibility: int | None, note: str) -> dict[str, object]:
    """The fields of evidence that is accepted. Raises ClaimProblem for a value off the scale."""
    if stance not in Evidence.Stance.values:
        raise ClaimProblem(
            "Choose a stance from −2, strongly undermines, to +2, strongly supports."
        )
    if credibility is not None and credibility not in Evidence.Credibility.values:
        raise ClaimProblem("Choose a credibility from 1, confirmed, to 6, cannot be judged.")
    return {"stance": stance, "credibility": credibility, "note": note.strip()}


@transaction.atomic
def link_evidence(
    *,
    claim: Claim,
    event: Event,
    stance: int,
    credibility: int | None = None,
    note: str = "",
    passage: str = "",
    by: User,
    at: datetime | None = None,
) -> Evidence:
    """Links an event that nobody suggested, or accepts the suggestion where there is one, also of
    what became part of the event.

    Raises ClaimProblem for a claim that does not stand, else as `accept_evidence`.
    """
    if claim.status != Claim.Status.REGISTERED:
        raise ClaimProblem("Evidence is linked to registered claims that still stand.")
    links = Evidence.objects.counting().of_one(event.standing_id)
    evidence = links.filter(claim=claim).first() or _new_link(claim, event, passage)
    return accept_evidence(
        evidence=evidence, stance=stance, credibility=credibility, note=note, by=by, at=at
    )


def _new_link(claim: Claim, event: Event, passage: str) -> Evidence:
    report = EventReport.objects.filter(event=event).order_by("pk").first()
    if report is None:
        raise ClaimProblem("Nobody reported this event.")
    # Somebody else may link it at the same moment.
    evidence, _ = Evidence.objects.get_or_create(
        claim=claim,
        event=event,
        defaults={
            "document_id": report.document_id,
            "passage": passage or event.title,
            "reason": "was linked by hand",
        },
    )
    return evidence


@transaction.atomic
def reject_evidence(
    *,
    evidence: Evidence,
    reason: str = "",
    note: str = "",
    by: User,
    at: datetime | None = None,
) -> Evidence:
    """Sets a suggestion aside; `reason` is a value of Evidence.RejectReason, or empty.

    Raises AlreadyDecided where it is decided already, ClaimProblem for an unknown reason, and for
    another reason than the known ones that the note does not say.
    """
    wanted = rejected_as(reason, note)
    return _decide(evidence, Evidence.Status.REJECTED, wanted, by=by, at=at)


def rejected_as(reason: str, note: str) -> dict[str, object]:
    """The fields of evidence that is rejected. Raises ClaimProblem as `reject_evidence`."""
    note = note.strip()
    if reason and reason not in Evidence.RejectReason.values:
        raise ClaimProblem("Choose a reason from the list.")
    if reason == Evidence.RejectReason.OTHER and not note:
        raise ClaimProblem("Say in the note why you reject it, or choose another reason.")
    return {"reject_reason": reason, "note": note}


def _decide(
    evidence: Evidence,
    status: Evidence.Status,
    wanted: Mapping[str, object],
    *,
    by: User,
    at: datetime | None,
) -> Evidence:
    locked = _lock(evidence)
    decided = locked.counting()
    if decided.status != Evidence.Status.SUGGESTED:
        check_same(decided, status, wanted, by)
        return decided
    locked.status = status
    for name, value in wanted.items():
        setattr(locked, name, value)
    locked.decided_by = by
    locked.decided_at = at or timezone.now()
    _keep_decision(locked, by=by, at=locked.decided_at)
    locked.save(update_fields=["status", "decided_by", "decided_at", *wanted])
    record(by=by, verb=status.value, on=locked, claim=locked.claim_id, **wanted)
    return locked


def _keep_decision(evidence: Evidence, *, by: User, at: datetime) -> None:
    """Raises ClaimProblem where the database refuses: who judges a claim decides on none of its evidence."""
    try:
        with transaction.atomic():
            evidence.decisions.create(status=evidence.status, stance=evidence.stance, by=by, at=at)
    except IntegrityError as error:
        raise ClaimProblem(JUDGES_IT) from error


def check_same(evidence: Evidence, status: str, wanted: Mapping[str, object], by: User) -> None:
    """A second press of the same button is no conflict; anything else is."""
    same = evidence.status == status and evidence.decided_by_id == by.pk
    if not (same and all(getattr(evidence, name) == wanted[name] for name in wanted)):
        # Also where it was decided before its event became part of this one.
        this = f"this as event {evidence.event_id}" if evidence.event.merged_into_id else "this"
        raise AlreadyDecided(
            f"{evidence.decided_by} has already {evidence.status} {this}{_as_what(evidence)}. "
            "Undo that first."
        )


def _as_what(evidence: Evidence) -> str:
    """What was decided, beyond the word, in words."""
    if evidence.reject_reason:
        return f": {evidence.get_reject_reason_display()}"
    if evidence.stance is None:
        return ""
    credibility = f", credibility {evidence.credibility}" if evidence.credibility else ""
    return f": {evidence.get_stance_display()}{credibility}"


@transaction.atomic
def undo_evidence(*, evidence: Evidence, by: User, seen: datetime | None = None) -> Evidence:
    """Puts a decided suggestion back into the inbox. Undoing twice changes nothing.

    `seen` is when what the person saw was decided. Raises AlreadyDecided where it was decided anew
    since, ClaimProblem for somebody who judges the claim.
    """
    locked = _lock(evidence)
    if locked.status == Evidence.Status.SUGGESTED:
        return locked
    if seen and locked.decided_at != seen:
        raise AlreadyDecided(
            f"Meanwhile {locked.decided_by} has {locked.status} this{_as_what(locked)}."
        )
    before = locked.status
    for name, value in UNDECIDED.items():
        setattr(locked, name, value)
    _keep_decision(locked, by=by, at=timezone.now())
    locked.save(update_fields=list(UNDECIDED))
    record(by=by, verb="undid", on=locked, claim=locked.claim_id, was=before)
    return locked


def _lock(evidence: Evidence) -> Evidence:
    """The link as it is now, to be decided on by nobody else before this transaction ends.

    The claim is locked rather than the link: its links to events that are merged count as one, and
    which those are may change meanwhile. Raises ClaimProblem where the suggestion has gone.
    """
    Claim.objects.select_for_update(no_key=True).get(pk=evidence.claim_id)
    locked = Evidence.objects.select_for_update(of=("self",)).filter(pk=evidence.pk)
    if found := locked.select_related("decided_by", "event", "claim").first():
        return found
    raise ClaimProblem(
        "This suggestion is gone: its event was corrected or taken back, or its report was pruned."
    )
