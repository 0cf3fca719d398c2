"""What a reviewer has written so far, kept until it is stored or thrown away."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from claims.models import Checkpoint
from reviews.models import Assignment, Draft
from reviews.outcomes import Confidence, Outcome
from reviews.queries import held_once
from reviews.validators import LeaseLost, NewerDraft

# Between two texts that two tabs hold.
JOINT = "\n\n[from another tab]\n"


@transaction.atomic
def save_draft(
    *,
    assignment: Assignment,
    by: User,
    outcome: str = "",
    confidence: int | None = None,
    reason: str = "",
    leaned_on: Iterable[int] = (),
    seen: int = 0,
    join: bool = False,
    at: datetime | None = None,
) -> Draft:
    """Keeps what somebody wrote at a seat that they hold or held, whole or not.

    `seen` is the version that was before their eyes, 0 for none. Over a newer one nothing is saved,
    but with `join` its text is added to the newer. Raises NewerDraft for the first, LeaseLost for a
    seat that was never theirs.
    """
    if assignment.reviewer_id != by.pk and not held_once(by, assignment):
        raise LeaseLost("This checkpoint is not yours to judge.")
    # Two tabs that save at once wait for each other here, also before there is a draft.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    kept = Draft.objects.filter(checkpoint=assignment.checkpoint_id, by=by).first()
    written = _sensible(outcome, confidence, reason, leaned_on)
    if kept is None:
        kept = Draft(checkpoint_id=assignment.checkpoint_id, by=by, version=0)
    elif all(getattr(kept, name) == value for name, value in written.items()):
        return kept
    elif kept.version > seen:
        if not join:
            raise NewerDraft(
                "Another tab saved a newer draft, so this one is not kept. Load the page anew to see it."
            )
        written["reason"] = _joined(kept.reason, written["reason"])
    for name, value in written.items():
        setattr(kept, name, value)
    kept.version += 1
    kept.saved_at = at or timezone.now()
    kept.save()
    return kept


def _sensible(
    outcome: str, confidence: int | None, reason: str, leaned_on: Iterable[int]
) -> dict[str, Any]:
    """What a draft can hold of these."""
    return {
        "outcome": outcome if outcome in Outcome.values else "",
        "confidence": confidence if confidence in Confidence.values else None,
        "reason": reason.replace("\0", ""),
        "leaned_on": sorted(set(leaned_on)),
    }


def _joined(newer: str, older: str) -> str:
    if older.strip() in newer:
        return newer
    return f"{newer}{JOINT}{older}" if newer.strip() else older


def forget_draft(*, checkpoint: Checkpoint, by: User, seen: int | None = None) -> None:
    """Throws away what somebody wrote; with `seen` only where no tab saved a newer version."""
    drafts = Draft.objects.filter(checkpoint=checkpoint, by=by)
    (drafts if seen is None else drafts.filter(version__lte=seen)).delete()
