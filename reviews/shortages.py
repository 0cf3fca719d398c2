"""Checkpoints that too few people may judge, and what keeps the others from them: for the lead."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from accounts.queries import people_who_can
from claims.models import Checkpoint
from reviews.eligibility import LASTING, RULES, Bar, Pair, none_of
from reviews.models import Assignment, Policy
from reviews.queries import NEEDED

# Where nobody may sit, nobody sits: such checkpoints stay at the front of the queue, and so many of the
# first are looked at.
LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Shortage:
    """A checkpoint with more open seats in a role than people who may take one.

    `able` people may take a seat now, and `later` people once what they put off comes back, of all
    `people` of that role; `reasons` tells how many each rule keeps away, the most first: one person may
    be kept away by several.
    """

    checkpoint: Checkpoint
    role: str
    seats: int
    able: int
    later: int
    people: int
    reasons: list[tuple[str, int]]


def shortages(*, at: datetime | None = None) -> list[Shortage]:
    """Of the checkpoints at the front of the queue those that too few people may judge, in its order."""
    now = at or timezone.now()
    return [one for role in Assignment.Role for one in _short_of(role, now)]


def people_for(role: str) -> QuerySet[User]:
    """Active people who take seats of a role, as the policy has it."""
    people = people_who_can(NEEDED[Assignment.Role(role)])
    named = Policy.current().named() if role == Assignment.Role.ADJUDICATION else []
    return people.filter(pk__in=named) if named else people


def able_at(checkpoint: Checkpoint, role: str, *, at: datetime) -> int:
    """How many people may take a seat of a role at a checkpoint, now or once they no longer put it off."""
    pair = Pair(checkpoint.pk, checkpoint.claim_id, OuterRef("pk"), at)
    return people_for(role).filter(none_of(LASTING, pair)).count()


def _short_of(role: Assignment.Role, now: datetime) -> list[Shortage]:
    people = people_for(role)
    # From a query over people within one over checkpoints.
    pair = Pair(OuterRef(OuterRef("pk")), OuterRef(OuterRef("claim")), OuterRef("pk"), now)
    seats = _open_seats(role)
    waiting = Checkpoint.objects.filter(pk__in=seats)
    counted = waiting.annotate(able=_count(people.filter(none_of(Bar, pair))))
    short = {one.pk: one.able for one in counted if one.able < seats[one.pk]}
    kept_away = {bar: _count(people.filter(Exists(RULES[bar](pair)))) for bar in Bar}
    later = _count(people.filter(none_of(LASTING, pair)))
    found = (
        waiting.filter(pk__in=short)
        .annotate(later=later, **kept_away)
        .select_related("claim")
        .in_bulk()
    )
    there = people.count()
    return [
        Shortage(
            checkpoint=found[number],
            role=role,
            seats=seats[number],
            able=short[number],
            later=found[number].later,
            people=there,
            reasons=_reasons(found[number]),
        )
        for number in seats
        if number in short
    ]


def _open_seats(role: Assignment.Role) -> dict[int, int]:
    """How many seats are open at each of the first checkpoints, in the order of the queue."""
    first = (
        Assignment.objects.waiting()
        .of_standing_claims()
        .filter(role=role)
        .order_by("place", "pk")
        .values_list("checkpoint", flat=True)[:LOOKED_AT]
    )
    counts: dict[int, int] = {}
    for number in first:
        counts[number] = counts.get(number, 0) + 1
    return counts


def _count(people: QuerySet[User]) -> Coalesce:
    counted = people.order_by().values("is_active").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _reasons(checkpoint: Checkpoint) -> list[tuple[str, int]]:
    counts = [(str(bar.label), getattr(checkpoint, bar.value)) for bar in Bar]
    return sorted((pair for pair in counts if pair[1]), key=lambda pair: -pair[1])
