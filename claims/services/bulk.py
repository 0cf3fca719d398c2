"""Many drafts at once: changed, handed over, dropped or registered. What cannot be is told, one by one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.services import record_all
from claims.models import Checkpoint, Claim
from claims.services.claims import EDITABLE, fix_base_rate
from claims.services.drafts import named_claimant
from claims.services.registration import register_claim
from claims.validators import ClaimProblem, check_checkpoints, check_fields, check_may_go_on

BATCH = 500


@dataclass
class Bulk:
    """How many claims were changed, and what stood in the way of each of the others."""

    changed: int = 0
    refused: list[tuple[Claim, str]] = field(default_factory=list)


@transaction.atomic
def edit_drafts(
    *,
    numbers: Sequence[int],
    by: User,
    changes: dict[str, Any],
    claimant: str = "",
    base_rate: dict[str, Any] | None = None,
    add_topics: Iterable[str] = (),
    hand_to: User | None = None,
) -> Bulk:
    """Changes the drafts among these claims; a draft that the changes would break stays as it is.

    `changes` are fields of EDITABLE; a claimant nobody knows yet is added; `base_rate` is what
    `fix_base_rate` takes. A number of statements that grows by the hundreds of drafts, not
    by each. Raises ClaimProblem for a colleague who may not write claims.
    """
    if unknown := changes.keys() - EDITABLE:
        raise TypeError(f"edit_drafts does not change {', '.join(sorted(unknown))}")
    if hand_to:
        check_may_go_on(hand_to)
    drafts = _locked_drafts(numbers)
    if not drafts:
        return Bulk()
    given = {
        "handed_to": hand_to,
        "claimant": named_claimant(claimant, by=by),
        "base_rate": base_rate and fix_base_rate(**base_rate, by=by),
    }
    changes = changes | {name: value for name, value in given.items() if value is not None}
    return _edit_each(drafts, changes, list(add_topics), by)


def _edit_each(
    drafts: Sequence[Claim], changes: dict[str, Any], topics: Sequence[str], by: User
) -> Bulk:
    done, sound, days = Bulk(), [], _checkpoints(drafts)
    for draft in drafts:
        before = _values(draft, changes)
        try:
            _change(draft, changes, topics, days.get(draft.pk, []))
        except ClaimProblem as problem:
            done.refused.append((draft, str(problem)))
        else:
            if before != _values(draft, changes):
                sound.append(draft)
    names = sorted({*changes, "topics"})
    Claim.objects.bulk_update(sound, names, batch_size=BATCH)
    record_all(by=by, verb="edited", on=sound, fields=names)
    done.changed = len(sound)
    return done


@transaction.atomic
def drop_drafts(*, numbers: Sequence[int], by: User) -> Bulk:
    """Sets the drafts among these claims aside; each can be taken back."""
    drafts = _locked_drafts(numbers)
    pks = [draft.pk for draft in drafts]
    Claim.objects.filter(pk__in=pks).update(status=Claim.Status.DROPPED)
    record_all(by=by, verb="dropped", on=drafts)
    return Bulk(changed=len(drafts))


def register_drafts(*, numbers: Sequence[int], by: User) -> Bulk:
    """Registers each of the drafts that can be, by itself: what the others lack is told."""
    done = Bulk()
    for draft in Claim.objects.drafts().filter(pk__in=numbers).order_by("pk"):
        try:
            register_claim(claim=draft, by=by)
        except ClaimProblem as problem:
            done.refused.append((draft, str(problem)))
        else:
            done.changed += 1
    return done


def _locked_drafts(numbers: Sequence[int]) -> list[Claim]:
    drafts = Claim.objects.drafts().filter(pk__in=numbers).order_by("pk")
    # In one order, so that two people who change the same drafts do not wait for each other for ever.
    return list(
        drafts.select_related("predecessor__claimant").select_for_update(of=("self",), no_key=True)
    )


def _checkpoints(drafts: Sequence[Claim]) -> dict[int, list[date]]:
    days: dict[int, list[date]] = {}
    found = Checkpoint.objects.filter(claim__in=drafts).order_by("due_on")
    for claim, day in found.values_list("claim", "due_on"):
        days.setdefault(claim, []).append(day)
    return days


def _values(draft: Claim, changes: dict[str, Any]) -> list[Any]:
    # Of a key its number: the row it points to would be fetched for each draft.
    return [*(draft.serializable_value(name) for name in changes), *draft.topics]


def _change(
    draft: Claim, changes: dict[str, Any], topics: Sequence[str], days: Sequence[date]
) -> None:
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.topics = list(dict.fromkeys([*draft.topics, *topics]))
    check_fields(draft)
    check_checkpoints(draft, days)
