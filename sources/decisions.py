"""What was decided on an event, and which other one may be the same, as its page shows it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal

from django.db.models import Q

from sources.models import Event, EventReport, Regathering, Witness
from sources.queries import with_mark

# An event is one with this many others at most for its history; the last decisions are shown.
MOST_PARTS = 1_000
SHOWN_DECISIONS = 50
SHOWN_CANDIDATES = 5
LOOKED_AT = 200

type WayBack = Literal["", "divide", "merge"]


@dataclass(frozen=True)
class Decision:
    """One decision, the other event it was about, and what takes it back where it still holds."""

    noted: Regathering
    other: Event
    way_back: WayBack


@dataclass
class Candidate:
    """Another event that may be the same, with the reports that tell of both."""

    event: Event
    reports: list[EventReport] = field(default_factory=list)


def decisions_on(event: Event) -> list[Decision]:
    """What was decided on a standing event and on what became part of it, the last first."""
    own = _parts(event)
    rows = Regathering.objects.filter(Q(event__in=own) | Q(other__in=own))
    rows = rows.select_related("event__merged_into", "other__merged_into", "by")
    found, decided = [], set()
    for noted in rows[:SHOWN_DECISIONS]:
        pair = frozenset((noted.event_id, noted.other_id))
        # Of what was decided on two events the last holds.
        way_back = "" if pair in decided else _way_back(noted)
        decided.add(pair)
        other = noted.event if noted.other_id == event.pk else noted.other
        found.append(Decision(noted, other, way_back))
    return found


def _way_back(noted: Regathering) -> WayBack:
    event, other = (one.merged_into or one for one in (noted.event, noted.other))
    if noted.kind == Regathering.Kind.MERGED:
        return "divide" if event == other else ""
    return "merge" if event != other else ""


def may_be_the_same(event: Event, *, hidden: Collection[int] = ()) -> list[Candidate]:
    """Other events that reports of this one tell of as well, those with most such reports first, with
    their marks and without those that are hidden."""
    own = _parts(event)
    witnesses = Witness.objects.filter(Q(event__in=own) | Q(other__in=own)).select_related(
        "event__merged_into", "other__merged_into", "report__document__publisher"
    )
    found: dict[int, Candidate] = {}
    for witness in witnesses.defer("report__document__text").order_by("-pk")[:LOOKED_AT]:
        for one in (witness.event, witness.other):
            other = one.merged_into or one
            if other != event and other.pk not in hidden:
                found.setdefault(other.pk, Candidate(other)).reports.append(witness.report)
    most_told = sorted(found.values(), key=lambda one: -len(one.reports))[:SHOWN_CANDIDATES]
    marked = with_mark(Event.objects.filter(pk__in=[one.event.pk for one in most_told])).in_bulk()
    return [Candidate(marked[one.event.pk], one.reports) for one in most_told]


def _parts(event: Event) -> list[int]:
    numbers = Event.objects.one_with(event.pk).order_by("pk")
    return list(numbers.values_list("pk", flat=True)[:MOST_PARTS])
