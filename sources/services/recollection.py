"""What is known of the reports that new ones may belong with, taken out of the database."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q

from sources.gathering import BEHIND_A_CLUE, LOOKED_AT, WITHIN, Arrivals, Rarity, Report, Wording
from sources.models import Event, Fingerprint, Regathering, Witness

# For each clue and day the last reports of the days around it: never the whole window.
BEHIND = """
SELECT asked.clue, asked.day, found.reports
FROM unnest(%s::bigint[], %s::timestamptz[]) AS asked (clue, day)
CROSS JOIN LATERAL (
    SELECT array_agg(near.report) AS reports
    FROM (
        SELECT report FROM sources_clue
        WHERE clue = asked.clue AND reported_at >= asked.day - %s AND reported_at < asked.day + %s
        ORDER BY reported_at DESC LIMIT %s
    ) AS near
) AS found
WHERE found.reports IS NOT NULL
"""
DAY = timedelta(days=1)

type Behind = dict[tuple[int, datetime], list[int]]


def recall(
    memory: Arrivals, reports: Sequence[Report], behind: Sequence[set[int]], rarity: Rarity
) -> None:
    """Tells the memory about stored reports that share clues with new ones, and about their events."""
    found = _behind(
        {(clue, _day(one)) for one, own in zip(reports, behind, strict=True) for clue in own}
    )
    wanted: defaultdict[int, set[int]] = defaultdict(set)
    for one, own in zip(reports, behind, strict=True):
        shared: defaultdict[int, set[int]] = defaultdict(set)
        for clue in own:
            for report in found.get((clue, _day(one)), ()):
                shared[report].add(clue)
        for report in sorted(shared, key=lambda pk: -len(shared[pk]))[:LOOKED_AT]:
            wanted[report] |= shared[report]
    events = _remember(memory, wanted, rarity)
    _remember_people(memory, events)


def _day(report: Report) -> datetime:
    return datetime.combine(report.at.astimezone(UTC), time(), UTC)


def _behind(asked: set[tuple[int, datetime]]) -> Behind:
    if not asked:
        return {}
    ordered = sorted(asked)
    clues, days = [clue for clue, _ in ordered], [day for _, day in ordered]
    window: list[Any] = [WITHIN, WITHIN + DAY]
    with connection.cursor() as cursor:
        cursor.execute(BEHIND, [clues, days, *window, BEHIND_A_CLUE])
        return {(clue, day): reports for clue, day, reports in cursor.fetchall()}


def _remember(memory: Arrivals, wanted: dict[int, set[int]], rarity: Rarity) -> list[int]:
    """The stored reports with their wordings; gives their events."""
    rows = (
        Fingerprint.objects.filter(report__in=list(wanted))
        .order_by("report")
        .values_list(
            "report_id",
            "report__event_id",
            "report__event__report_count",
            "reported_at",
            "source",
            "wording",
        )
    )
    sizes = {}
    for pk, event, size, at, source, wording in rows:
        report = Report.weighed(
            Wording.unpacked(bytes(wording)),
            at=at,
            source=source or object(),
            rarity=rarity,
        )
        memory.remember(pk, report, event, wanted[pk])
        sizes[event] = size
    for event, size in sizes.items():
        memory.remember_size(event, size)
    return list(sizes)


def _remember_people(memory: Arrivals, events: Sequence[int]) -> None:
    """Witnesses of these events so far, and which of them people keep apart."""
    now = _now(events)
    for witness in Witness.objects.filter(Q(event__in=now) | Q(other__in=now)):
        pair = [now.get(pk, pk) for pk in (witness.event_id, witness.other_id)]
        memory.remember_witness(witness.report_id, *pair)
    for event, other in kept_apart(events):
        memory.remember_apart(event, other)


def kept_apart(events: Sequence[int]) -> list[tuple[int, int]]:
    """Pairs with one of these events that were last divided or kept apart, and not made one since.

    What was decided on an event holds for the one that it became part of.
    """
    now = _now(events)
    rows = Regathering.objects.filter(Q(event__in=now) | Q(other__in=now))
    last: dict[tuple[int, int], str] = {}
    for kind, *pair in rows.order_by("pk").values_list("kind", "event_id", "other_id"):
        last[min(pair), max(pair)] = kind
    apart = [pair for pair, kind in last.items() if kind != Regathering.Kind.MERGED]
    pairs = [(now.get(one, one), now.get(other, other)) for one, other in apart]
    return [(one, other) for one, other in pairs if one != other]


def _now(events: Sequence[int]) -> dict[int, int]:
    """These events and those that became part of them, each with the one that it is part of by now."""
    now = {event: event for event in events}
    gone = Event.objects.filter(merged_into__in=events)
    return now | {pk: into for pk, into in gone.values_list("pk", "merged_into") if into}
