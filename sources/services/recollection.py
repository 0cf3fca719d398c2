"""What is known of the reports that new ones may belong with, taken out of the database."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db import connection

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
PARTS = """
WITH RECURSIVE part (id, standing) AS (
    SELECT id, id FROM unnest(%s::bigint[]) AS id
    UNION
    SELECT gone.id, part.standing FROM sources_event AS gone JOIN part ON gone.merged_into_id = part.id
)
SELECT id, standing FROM part
"""
DAY = timedelta(days=1)

type Behind = dict[tuple[int, datetime], list[int]]


def recall(
    memory: Arrivals,
    reports: Sequence[Report],
    behind: Sequence[set[int]],
    rarity: Rarity,
    *,
    told: Collection[int] = (),
) -> None:
    """Tells the memory about stored reports that share clues with new ones, and about their events.

    `told` are events to which new reports are known to belong, whatever clues they share.
    """
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
    events = {*told, *_remember(memory, wanted, rarity)}
    for event, size in Event.objects.filter(pk__in=events).values_list("pk", "report_count"):
        memory.remember_size(event, size)
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


def _remember(memory: Arrivals, wanted: dict[int, set[int]], rarity: Rarity) -> set[int]:
    """The stored reports with their wordings; gives their events."""
    rows = (
        Fingerprint.objects.filter(report__in=list(wanted))
        .order_by("report")
        .values_list("report_id", "report__event_id", "reported_at", "source", "wording")
    )
    events = set()
    for pk, event, at, source, packed in rows:
        wording = Wording.unpacked(bytes(packed))
        report = Report.weighed(wording, at=at, source=source or object(), rarity=rarity)
        memory.remember(pk, report, event, wanted[pk])
        events.add(event)
    return events


def _remember_people(memory: Arrivals, events: Collection[int]) -> None:
    """Witnesses of these events so far, and which of them people keep apart.

    What is known of an event holds of the one that it became part of.
    """
    standing = _standing(events)
    for witness in Witness.objects.filter(event__in=standing, other__in=standing):
        one, other = standing[witness.event_id], standing[witness.other_id]
        memory.remember_witness(witness.report_id, one, other)
    for one, other in _kept_apart(standing):
        memory.remember_apart(standing[one], standing[other])


def _standing(events: Collection[int]) -> dict[int, int]:
    """These events and all that became part of them, each with the one that stands."""
    with connection.cursor() as cursor:
        cursor.execute(PARTS, [list(events)])
        return dict(cursor.fetchall())


def _kept_apart(events: Collection[int]) -> list[tuple[int, int]]:
    """Pairs of these events that were last divided or kept apart, and not made one since."""
    rows = Regathering.objects.filter(event__in=events, other__in=events)
    last: dict[tuple[int, int], str] = {}
    for kind, *pair in rows.order_by("pk").values_list("kind", "event_id", "other_id"):
        last[min(pair), max(pair)] = kind
    return [pair for pair, kind in last.items() if kind != Regathering.Kind.MERGED]
