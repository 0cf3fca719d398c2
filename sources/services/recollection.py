"""What is known of the reports that new ones may belong with, taken out of the database."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from typing import Any

from django.db import connection

from sources.gathering import BEHIND_A_CLUE, LOOKED_AT, WITHIN, Arrivals, Report, unpacked
from sources.models import Regathering

# For each clue the last reports of the days around one: never the whole window.
BEHIND = """
SELECT asked.clue, found.reports
FROM unnest(%s::bigint[]) AS asked (clue)
CROSS JOIN LATERAL (
    SELECT array_agg(near.report) AS reports
    FROM (
        SELECT report FROM sources_clue
        WHERE clue = asked.clue AND reported_at >= %s AND reported_at < %s
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


def recall(
    memory: Arrivals,
    reports: Sequence[Report],
    behind: Sequence[set[int]],
    *,
    told: Iterable[int] = (),
) -> None:
    """Tells the memory about stored reports that share clues with new ones, and about their events.

    `told` are events to which new reports are known to belong, whatever clues they share.
    """
    days: defaultdict[date, list[set[int]]] = defaultdict(list)
    for report, own in zip(reports, behind, strict=True):
        days[report.at.astimezone(UTC).date()].append(own)
    wanted: defaultdict[int, set[int]] = defaultdict(set)
    for day, clues in days.items():
        found = _behind(day, set().union(*clues))
        for own in clues:
            _want(wanted, {clue: found[clue] for clue in own & found.keys()})
    events = {*told, *_remember(memory, wanted)}
    for event, size in _rows(SIZES, events):
        memory.remember_size(event, size)
    _remember_people(memory, events)


def _behind(day: date, clues: set[int]) -> dict[int, list[int]]:
    """The last reports behind each clue, as many as are looked at, around a day."""
    start = datetime.combine(day, time(), UTC)
    window = [start - WITHIN, start + DAY + WITHIN]
    with connection.cursor() as cursor:
        cursor.execute(BEHIND, [_array(sorted(clues)), *window, BEHIND_A_CLUE])
        return dict(cursor.fetchall())


def _want(wanted: dict[int, set[int]], found: dict[int, list[int]]) -> None:
    """Adds the reports that share most clues with one new report, and which clues they share."""
    shared = Counter(chain.from_iterable(found.values()))
    most = {report for report, _ in shared.most_common(LOOKED_AT)}
    for clue, reports in found.items():
        for report in most.intersection(reports):
            wanted[report].add(clue)


KNOWN = """
SELECT report.id, report.event_id, print.reported_at, print.source,
    print.title_weight, print.length, print.wording
FROM sources_fingerprint AS print
JOIN sources_eventreport AS report ON report.id = print.report_id
WHERE print.report_id = ANY(%s::bigint[])
ORDER BY report.id
"""
SIZES = "SELECT id, report_count FROM sources_event WHERE id = ANY(%s::bigint[])"
WITNESSES = """
SELECT report_id, event_id, other_id FROM sources_witness
WHERE event_id = ANY(%s::bigint[]) AND other_id = ANY(%s::bigint[])
"""


def _remember(memory: Arrivals, wanted: dict[int, set[int]]) -> set[int]:
    """The stored reports with their wordings; gives their events."""
    rows = _rows(KNOWN, wanted)
    said = unpacked([packed for *_, packed in rows])
    for (pk, event, *written, _), wording in zip(rows, said, strict=True):
        memory.remember(pk, Report(wording, *written), event, wanted[pk])
    return {event for _, event, *_ in rows}


def _remember_people(memory: Arrivals, events: set[int]) -> None:
    """Witnesses of these events so far, and which of them people keep apart.

    What is known of an event holds of the one that it became part of.
    """
    standing = standing_for(events)
    for report, event, other in _rows(WITNESSES, standing, standing):
        memory.remember_witness(report, standing[event], standing[other])
    for event, other in kept_apart(standing):
        memory.remember_apart(event, other)


def _rows(sql: str, *numbers: Iterable[int]) -> list[tuple[Any, ...]]:
    """The rows of a query about thousands of numbers."""
    with connection.cursor() as cursor:
        cursor.execute(sql, [_array(one) for one in numbers])
        return cursor.fetchall()


def _array(numbers: Iterable[int]) -> str:
    """Numbers as PostgreSQL reads an array; the driver takes ten times as long to write them."""
    return "{" + ",".join(map(str, numbers)) + "}"


DECIDED = """
SELECT DISTINCT ON (least(event_id, other_id), greatest(event_id, other_id)) event_id, other_id, kind
FROM sources_regathering
WHERE event_id = ANY(%s::bigint[]) AND other_id = ANY(%s::bigint[])
ORDER BY least(event_id, other_id), greatest(event_id, other_id), id DESC
"""


def standing_for(events: Iterable[int]) -> dict[int, int]:
    """These standing events and all that became part of them, each with the one that stands."""
    return dict(_rows(PARTS, events))


def kept_apart(standing: dict[int, int]) -> list[tuple[int, int]]:
    """Pairs of the standing that were last divided or kept apart, and have not been made one since;
    also by what became part of them."""
    pairs = [
        (standing[event], standing[other])
        for event, other, kind in _rows(DECIDED, standing, standing)
        if kind != Regathering.Kind.MERGED
    ]
    return [(event, other) for event, other in pairs if event != other]
