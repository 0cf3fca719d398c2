"""One decision on several suggestions: what cannot be decided is told, one by one, the rest is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import batched
from typing import Any

from celery import current_app
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.services import record_all
from claims.models import Claim, ClaimNotice, Evidence, EvidenceDecision
from claims.notices import notices_under
from claims.services.evidence import (
    JUDGES_IT,
    UNDECIDED,
    accepted_as,
    check_same,
    rejected_as,
)
from claims.validators import AlreadyDecided

# So many are decided in one transaction.
BATCH = 200
# What was decided before that is undone at the row itself, where it can be seen.
UNDO_WITHIN = timedelta(hours=12)


@dataclass
class Several:
    """What was decided, what stood in the way of each of the others, and how many had gone."""

    decided: list[Evidence] = field(default_factory=list)
    refused: list[tuple[Evidence, str]] = field(default_factory=list)
    gone: int = 0


def accept_several(
    *,
    numbers: Sequence[int],
    stance: int,
    credibility: int | None = None,
    note: str = "",
    by: User,
    at: datetime | None = None,
) -> Several:
    """Accepts all of these suggestions alike, as `accept_evidence` does each.

    The pages of their reports are watched from when the worker gets to it. Raises ClaimProblem for a
    value off the scale.
    """
    wanted = accepted_as(stance, credibility, note)
    return _decide(numbers, Evidence.Status.ACCEPTED, wanted, by, at or timezone.now())


def reject_several(
    *,
    numbers: Sequence[int],
    reason: str = "",
    note: str = "",
    by: User,
    at: datetime | None = None,
) -> Several:
    """Sets all of these suggestions aside. Raises ClaimProblem as `reject_evidence`."""
    wanted = rejected_as(reason, note)
    return _decide(numbers, Evidence.Status.REJECTED, wanted, by, at or timezone.now())


@transaction.atomic
def undo_last(*, by: User, at: datetime | None = None) -> Several:
    """Puts back what this person decided last, all of it where that were several; nothing where the
    last decision lies longer back than UNDO_WITHIN."""
    now = at or timezone.now()
    mine = Evidence.objects.filter(decided_by=by, decided_at__gt=now - UNDO_WITHIN)
    mine = mine.exclude(status=Evidence.Status.SUGGESTED).order_by("-decided_at")
    last = mine.values_list("decided_at", flat=True).first()
    if last is None:
        return Several()
    rows = _lock(list(mine.filter(decided_at=last).values_list("pk", flat=True)))
    rows = [row for row in rows if row.decided_by_id == by.pk and row.decided_at == last]
    was = {row.pk: row.status for row in rows}
    done = _keep(rows, Evidence.Status.SUGGESTED, UNDECIDED, by, now)
    record_all(
        by=by,
        verb="undid",
        on=done.decided,
        each=lambda one: {"claim": one.claim_id, "was": was[one.pk]},
    )
    return done


def _decide(
    numbers: Sequence[int],
    status: Evidence.Status,
    wanted: Mapping[str, object],
    by: User,
    at: datetime,
) -> Several:
    done = Several()
    for batch in batched(sorted(set(numbers)), BATCH):
        with transaction.atomic():
            _decide_batch(done, batch, status, wanted, by, at)
    return done


def _decide_batch(
    done: Several,
    numbers: Sequence[int],
    status: Evidence.Status,
    wanted: Mapping[str, object],
    by: User,
    at: datetime,
) -> None:
    rows = _lock(numbers)
    done.gone += len(numbers) - len(rows)
    counting = _counting(rows)
    waiting = []
    for row in rows:
        decided = counting[row.claim_id, row.event.standing_id]
        if decided.status == Evidence.Status.SUGGESTED:
            waiting.append(row)
            continue
        try:
            check_same(decided, status, wanted, by)
        except AlreadyDecided as problem:
            done.refused.append((decided, str(problem)))
        else:
            done.decided.append(decided)
    fields = {**wanted, "status": status, "decided_by": by, "decided_at": at}
    kept = _keep(waiting, status, fields, by, at)
    done.decided += kept.decided
    done.refused += kept.refused
    record_all(
        by=by,
        verb=status.value,
        on=kept.decided,
        each=lambda one: {"claim": one.claim_id},
        **wanted,
    )
    if status == Evidence.Status.ACCEPTED and kept.decided:
        _tell(kept.decided, at)
        # Only a hint: the sweep finds pages that nobody looks after.
        transaction.on_commit(_ask_to_watch, robust=True)


def _lock(numbers: Sequence[int]) -> list[Evidence]:
    """These links as they are now, to be decided on by nobody else before this transaction ends."""
    claims = Evidence.objects.filter(pk__in=numbers).order_by().values("claim")
    # In one order, so that two people who decide on the same do not wait for each other for ever.
    list(
        Claim.objects.filter(pk__in=claims)
        .order_by("pk")
        .select_for_update(no_key=True)
        .values("pk")
    )
    links = Evidence.objects.filter(pk__in=numbers).order_by("pk")
    links = links.select_related("claim", "event", "document__publisher", "decided_by")
    return list(links.defer("document__text").select_for_update(of=("self",)))


def _counting(rows: Sequence[Evidence]) -> dict[tuple[int, int], Evidence]:
    """Claim and standing event to the link of the two that counts."""
    events = {row.event.standing_id for row in rows}
    linked = Evidence.objects.counting().filter(claim__in={row.claim_id for row in rows})
    linked = linked.filter(Q(event__in=events) | Q(event__merged_into__in=events))
    linked = linked.select_related("claim", "event", "document__publisher", "decided_by")
    return {(one.claim_id, one.event.standing_id): one for one in linked.defer("document__text")}


def _keep(
    rows: Sequence[Evidence],
    status: Evidence.Status,
    fields: Mapping[str, object],
    by: User,
    at: datetime,
) -> Several:
    """Writes one decision on these rows; not on those whose claim this person judges."""
    refused = _note_decisions(rows, status, fields, by, at)
    sound = [row for row in rows if row.claim_id not in refused]
    Evidence.objects.filter(pk__in=[row.pk for row in sound]).update(**fields)
    for row in sound:
        for name, value in fields.items():
            setattr(row, name, value)
    return Several(sound, [(row, JUDGES_IT) for row in rows if row.claim_id in refused])


def _note_decisions(
    rows: Sequence[Evidence], status: str, fields: Mapping[str, Any], by: User, at: datetime
) -> set[int]:
    """Notes the decisions; gives the claims on whose evidence the database lets this person not decide."""
    decisions = [
        EvidenceDecision(evidence=row, status=status, stance=fields.get("stance"), by=by, at=at)
        for row in rows
    ]
    try:
        with transaction.atomic():
            EvidenceDecision.objects.bulk_create(decisions)
    except IntegrityError:
        claims = sorted({row.claim_id for row in rows})
        if len(claims) == 1:
            return set(claims)
        # Which claims it is about is found by halves, so that few statements tell few of many.
        first = set(claims[: len(claims) // 2])
        halves = [
            [row for row in rows if (row.claim_id in first) is half] for half in (True, False)
        ]
        return set().union(*(_note_decisions(half, status, fields, by, at) for half in halves))
    return set()


def _tell(accepted: Sequence[Evidence], at: datetime) -> None:
    """Lays before the claims what was noted before they leaned on this."""
    noted = notices_under(accepted)
    pairs = {(row.claim_id, one.pk) for row in accepted for one in noted.get(row.pk, ())}
    ClaimNotice.objects.bulk_create(
        (ClaimNotice(claim_id=claim, notice_id=notice, told_at=at) for claim, notice in pairs),
        ignore_conflicts=True,
    )


def _ask_to_watch() -> None:
    current_app.send_task("claims.tasks.watch_leaned_on_pages")
