"""Registration: the moment a claim is locked and its content hash fixed."""

import hashlib
import json
from datetime import date, datetime
from typing import Any

from celery import current_app
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.moments import moment_of_writing
from accounts.services import record
from claims.models import Claim
from claims.services.claims import add_checkpoints
from claims.services.life import supersede_claim
from claims.services.notices import tell_claim
from claims.validators import (
    ClaimProblem,
    NotJudgeable,
    check_checkpoints,
    check_claim,
    is_due,
    missing_for_registration,
)
from sources.services import watch_page

PLAIN_FIELDS = (
    "statement",
    "speaker",
    "claimant_id",
    "said_on",
    "kind",
    "hedge",
    "probability_source",
    "probability_low",
    "probability_high",
    "horizon",
    "opens_on",
    "due_earliest",
    "due_on",
    "due_latest",
    "condition",
    "held_if",
    "failed_if",
    "metric",
    "threshold",
    "judged",
)


@transaction.atomic
def register_claim(*, claim: Claim, by: User, at: datetime | None = None) -> Claim:
    """Locks a claim for good and fixes its content hash. Registering it again changes nothing.

    Checkpoints that nobody set are made by convention. A claim whose due date has passed may be
    registered (old articles are worth scoring); the audit row says so. Raises NotJudgeable listing
    what is missing, or ClaimProblem for a dropped claim.
    """
    locked = Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
    if locked.is_registered:
        return locked
    if locked.status == Claim.Status.DROPPED:
        raise ClaimProblem("This claim was dropped. Keep it before you register it.")
    if missing := missing_for_registration(locked):
        raise NotJudgeable(missing)
    check_claim(locked)
    _settle_checkpoints(locked)
    moment = moment_of_writing(at)
    _lock(locked, by=by, at=moment)
    if locked.predecessor and locked.relation == Claim.Relation.REPLACES:
        supersede_claim(claim=locked.predecessor, successor=locked, by=by, moment=moment)
    watch_page(document=locked.quote.document, at=at)
    tell_claim(claim=locked, at=at)
    # Only a hint: the sweep finds claims that were never matched.
    transaction.on_commit(lambda: _ask_to_match(locked.pk), robust=True)
    return locked


def _lock(claim: Claim, *, by: User, at: datetime) -> None:
    claim.status = Claim.Status.REGISTERED
    claim.registered_at = at
    claim.registered_by = by
    claim.content_hash = content_hash(claim)
    claim.save(update_fields=["status", "registered_at", "registered_by", "content_hash"])
    today = timezone.localdate(at)
    late = {"due_passed_on": f"{claim.due_on}"} if is_due(claim, today) else {}
    record(by=by, verb="registered", on=claim, content_hash=claim.content_hash, **late)


def _settle_checkpoints(claim: Claim) -> None:
    """Makes the checkpoints by convention where none are set; an assessment needs none."""
    days = list(claim.checkpoints.order_by("due_on").values_list("due_on", flat=True))
    if not days and claim.is_scored:
        days = conventional_checkpoints(claim)
        add_checkpoints(claim, days)
    check_checkpoints(claim, days)


def conventional_checkpoints(claim: Claim) -> list[date]:
    """The dates a claim is judged at where nobody chose them, ascending, the last one final.

    A continuing claim is looked at once a year from its earliest date to its due date ("the coming
    years": after 1, 2 and 3 years), any other once, when it is due. Empty without a due date.
    """
    if claim.due_on is None:
        return []
    if claim.kind != Claim.Kind.CONTINUING or claim.due_earliest is None:
        return [claim.due_on]
    days: list[date] = []
    while (day := _years_later(claim.due_earliest, len(days))) < claim.due_on:
        days.append(day)
    return [*(day for day in days if day > claim.said_on), claim.due_on]


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def content_of(claim: Claim) -> dict[str, Any]:
    """Everything registration locks, as plain values.

    The claimant goes in by number: a name may be corrected later, the person stays the same.
    Readings go in without their readers and without what those thought themselves.
    """
    quote, rate, lexicon = claim.quote, claim.base_rate, claim.lexicon
    # Only where there is one, so that claims registered without keep their hash.
    earlier = claim.predecessor and [claim.predecessor.content_hash, claim.relation]
    return ({"predecessor": earlier} if earlier else {}) | {
        **{name: _plain(getattr(claim, name)) for name in PLAIN_FIELDS},
        "quote": {"exact": quote.exact, "start": quote.start, "end": quote.end},
        "document": quote.document.content_hash,
        "lexicon": lexicon and f"{lexicon.slug} {lexicon.version}",
        "base_rate": rate and [rate.reference_class, f"{rate.probability:.3f}", rate.source],
        "checkpoints": [
            [checkpoint.due_on.isoformat(), checkpoint.is_final]
            for checkpoint in claim.checkpoints.order_by("due_on")
        ],
        "readings": sorted(
            [_plain(low), _plain(high)]
            for low, high in claim.imputations.values_list("low", "high")
        ),
    }


def content_hash(claim: Claim) -> str:
    """SHA-256, hex, of the canonical JSON (sorted keys, no spaces, UTF-8) of `content_of`."""
    text = json.dumps(content_of(claim), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, int | str):
        return value
    return f"{value:.3f}"


def _ask_to_match(claim_id: int) -> None:
    current_app.send_task("claims.tasks.match_claim", args=[claim_id])
