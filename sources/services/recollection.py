"""What is known of the reports that new ones may belong with, taken out of the database."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
from django.db import connection

from sources.gathering import (
    BEHIND_A_CLUE,
    WITHIN,
    Arrivals,
    Clues,
    Kept,
    Known,
    Rarity,
    Reports,
    compare,
    most_shared,
    stored,
)
from sources.models import Regathering

type Near = list[tuple[int, float]]

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
    new: Reports,
    clues: Clues,
    *,
    keys: Sequence[int],
    rarity: Rarity,
    told: Iterable[int] = (),
) -> list[Near]:
    """Tells the memory about stored reports that share clues with new ones, and about their events;
    gives for each new report those that it was compared with, and how likely both tell of one event.

    `keys` are how the memory will know the new ones; `told` are events to which some are known to belong,
    whatever clues they share.
    """
    found = stored(clues, new.at, _behind)
    known = _known(np.unique(most_shared(*found)[1]))
    near = compare(new, known, clues=clues, found=found, keys=keys).near(rarity)
    reported = _rows(EVENTS, {key for found in near for key, _ in found if key >= 0})
    for key, event in reported:
        memory.remember(key, event)
    events = {*told, *(event for _, event in reported)}
    for event, size in _rows(SIZES, events):
        memory.remember_size(event, size)
    _remember_people(memory, events)
    return near


def _behind(day: date, clues: Sequence[int]) -> dict[int, list[int]]:
    """The last reports behind each clue, as many as are looked at, around a day."""
    start = datetime.combine(day, time(), UTC)
    window = [start - WITHIN, start + DAY + WITHIN]
    with connection.cursor() as cursor:
        cursor.execute(BEHIND, [_array(clues), *window, BEHIND_A_CLUE])
        return dict(cursor.fetchall())


# Without their events: most of these reports turn out to tell of something else.
KNOWN = """
SELECT print.report_id, extract(epoch FROM print.reported_at)::float8, coalesce(print.source, 0),
    print.title_weight, print.length, print.wording
FROM unnest(%s::bigint[]) AS asked (id)
JOIN sources_fingerprint AS print ON print.report_id = asked.id
ORDER BY print.report_id
"""
EVENTS = """
SELECT report.id, report.event_id
FROM unnest(%s::bigint[]) AS asked (id) JOIN sources_eventreport AS report ON report.id = asked.id
"""
SIZES = "SELECT id, report_count FROM sources_event WHERE id = ANY(%s::bigint[])"
WITNESSES = """
SELECT report_id, event_id, other_id FROM sources_witness
WHERE event_id = ANY(%s::bigint[]) AND other_id = ANY(%s::bigint[])
"""


def _known(numbers: np.ndarray) -> Known:
    """The stored reports of these numbers, with what they say."""
    rows = _rows(KNOWN, numbers.tolist())
    found = np.array([number for number, *_ in rows], np.int64)
    return Known(found, Reports.of_kept([Kept(*kept) for _, *kept in rows]))


def _remember_people(memory: Arrivals, events: set[int]) -> None:
    """Witnesses of these events so far, and which of them people keep apart.

    What is known of an event holds of the one that it became part of.
    """
    standing = standing_for(events)
    for report, event, other in _rows(WITNESSES, standing, standing):
        memory.remember_witness(report, standing[event], standing[other])
    for event, other in kept_apart(standing):
        memory.remember_apart(event, other)


def _rows(sql: str, *numbers: Collection[int]) -> list[tuple[Any, ...]]:
    """The rows of a query about thousands of numbers; none are asked for about none."""
    if not all(numbers):
        return []
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


def standing_for(events: Collection[int]) -> dict[int, int]:
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
