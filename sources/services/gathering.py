"""Arriving documents become reports of events: the known one that each tells of, or a new one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from django.db import connection
from django.db.models.functions import Coalesce

from sources.deduplication import retold
from sources.gathering import WITHIN, Arrivals, Clues, Rarity, Reports, Wordings, clues
from sources.importing import Item
from sources.models import Document, Event, EventReport, Witness, WordCounts
from sources.services.recollection import recall
from sources.services.regathering import join_events
from sources.services.storing import copy_in, numbers_for


@dataclass(frozen=True)
class Arrival:
    """A stored document that reports something, with what it says."""

    item: Item
    document: Document


@dataclass(frozen=True)
class Gathered:
    """How many events are new, and how many reports joined one that stood."""

    events: int
    joined: int


@dataclass(frozen=True)
class _Told:
    """What an earlier version of a page told."""

    event: int
    title: str
    at: datetime


@dataclass(frozen=True)
class _Memory:
    """What pages told last, by the numbers of their versions, and by their addresses."""

    documents: dict[int, _Told] = field(default_factory=dict)
    pages: dict[str, _Told] = field(default_factory=dict)

    def before(self, document: Document) -> _Told | None:
        """What the version before a document told, or else the last one that told anything."""
        if document.previous_id is None:
            return None
        here = self.documents.get(document.previous_id)
        return here or (self.pages.get(document.url_key) if document.url_key else None)

    def events(self) -> set[int]:
        """The events that were told of."""
        return {one.event for one in (*self.documents.values(), *self.pages.values())}

    def note(self, document: Document, told: _Told) -> None:
        """Keeps what a document tells for the versions after it."""
        self.documents[document.pk] = told
        if document.url_key:
            self.pages[document.url_key] = told


def gather(arrivals: Sequence[Arrival], said: Wordings) -> Gathered:
    """Puts stored documents, none of which is a report yet, to events, in their order; what they say is
    given with them.

    The caller holds Lock.DOCUMENTS in a transaction: two batches at once would make two events of one.
    """
    rarity = _counted(said)
    reports = Reports.weighed(
        said,
        at=[one.item.published_at for one in arrivals],
        sources=[one.document.publisher_id for one in arrivals],
        rarity=rarity,
    )
    # What its source tells apart by ids is like no other, however alike the words.
    alike = np.array([not one.item.is_coded for one in arrivals])
    behind = clues(said, rarity).of(alike)
    memory = Arrivals()
    told = _told_before(arrivals)
    near = recall(memory, reports, behind, rarity=rarity, told=told.events(), keys=_keys(arrivals))
    for place, arrival in enumerate(arrivals):
        before = told.before(arrival.document)
        known = before.event if before and _tells_again(arrival.item, before) else None
        event = memory.arrive(_new(place), near[place], new=_new(place), event=known)
        told.note(arrival.document, _Told(event, arrival.item.title, arrival.item.published_at))
    return _store(arrivals, reports, behind, memory)


def _keys(arrivals: Sequence[Arrival]) -> list[int]:
    return [_new(place) for place in range(len(arrivals))]


def _new(place: int) -> int:
    """How the memory knows the arrival at this place, and the event it may make: below 0, not stored."""
    return -1 - place


def _counted(said: Wordings) -> Rarity:
    """How rare words are, these reports counted in and kept for the next ones."""
    row = WordCounts.objects.filter(pk=1).first()
    rarity = Rarity(row.reports, bytes(row.counts)) if row else Rarity()
    rarity.count(said)
    kept = WordCounts(pk=1, reports=rarity.reports, counts=rarity.dumped())
    WordCounts.objects.bulk_create(
        [kept], update_conflicts=True, unique_fields=["pk"], update_fields=["reports", "counts"]
    )
    return rarity


def _told_before(arrivals: Sequence[Arrival]) -> _Memory:
    """What earlier versions of these pages reported last.

    The version before may be the page itself, captured since: another version, but no other report.
    """
    later = [one.document for one in arrivals if one.document.previous_id]
    reports = EventReport.objects.annotate(
        told_at=Coalesce("document__published_at", "document__captured_at")
    )
    wanted = ("document_id", "document__url_key", "event_id", "document__title", "told_at")
    pages = reports.exclude(document__url_key="")
    same_page = pages.filter(document__url_key__in={one.url_key for one in later})
    last = same_page.order_by("document__url_key", "-pk").distinct("document__url_key")
    named = reports.filter(document__in=[one.previous_id for one in later])
    told = _Memory()
    for pk, key, *said in [*last.values_list(*wanted), *named.values_list(*wanted)]:
        told.pages.setdefault(key, _Told(*said))
        told.documents[pk] = _Told(*said)
    return told


def _tells_again(item: Item, before: _Told) -> bool:
    """Whether a page still tells the same: an address may be that of a front page or a data set."""
    if item.is_coded:
        return True
    return abs(item.published_at - before.at) <= WITHIN and retold(item.title, before.title)


def _store(
    arrivals: Sequence[Arrival],
    reports: Reports,
    behind: Clues,
    memory: Arrivals,
) -> Gathered:
    keys = [memory.event_of(key) for key in _keys(arrivals)]
    growth = _growth(keys, arrivals)
    numbers = _new_events({key: one for key, one in growth.items() if key < 0}, arrivals)
    _grow({key: one for key, one in growth.items() if key > 0})
    made = numbers_for(EventReport, len(arrivals))
    copy_in(
        "sources_eventreport (id, event_id, document_id)",
        [
            (number, numbers.get(key, key), one.document.pk)
            for number, key, one in zip(made, keys, arrivals, strict=True)
        ],
    )
    _fingerprint(made, arrivals, reports, behind)
    _keep_witnesses(made, memory, numbers)
    for gone, into in memory.merged.items():
        if gone > 0:
            join_events(gone=gone, into=numbers.get(memory.now(into), memory.now(into)), by=None)
    return Gathered(events=len(numbers), joined=len(made) - len(numbers))


@dataclass
class _Grown:
    """How many reports an event gets, and when the first of them was published."""

    reports: int
    first: datetime


def _growth(keys: Sequence[int], arrivals: Sequence[Arrival]) -> dict[int, _Grown]:
    growth: dict[int, _Grown] = {}
    for key, arrival in zip(keys, arrivals, strict=True):
        at = arrival.item.published_at
        grown = growth.setdefault(key, _Grown(0, at))
        grown.reports += 1
        grown.first = min(grown.first, at)
    return growth


def _new_events(growth: dict[int, _Grown], arrivals: Sequence[Arrival]) -> dict[int, int]:
    """Stores events that are new; gives the number of each."""
    numbers = dict(zip(growth, numbers_for(Event, len(growth)), strict=True))
    rows = []
    for key, grown in growth.items():
        item = arrivals[_new(key)].item
        day = item.occurred_on or item.published_at.date()
        told = (item.title, item.summary, item.language[:16])
        rows.append((numbers[key], *told, day, grown.first, grown.reports))
    columns = "id, title, summary, language, occurred_on, first_reported_at, report_count"
    copy_in(f"sources_event ({columns})", rows)
    return numbers


GROW = """
UPDATE sources_event
SET report_count = report_count + grown.reports,
    first_reported_at = least(first_reported_at, grown.first)
FROM unnest(%s::bigint[], %s::int[], %s::timestamptz[]) AS grown (id, reports, first)
WHERE sources_event.id = grown.id
"""


def _grow(growth: dict[int, _Grown]) -> None:
    """Counts the new reports of events that stood, and moves their beginning where one is earlier."""
    if growth:
        grown = growth.values()
        with connection.cursor() as cursor:
            cursor.execute(
                GROW, [list(growth), [one.reports for one in grown], [one.first for one in grown]]
            )


def _fingerprint(
    numbers: Sequence[int], arrivals: Sequence[Arrival], reports: Reports, behind: Clues
) -> None:
    """Stores what later reports are compared with."""
    # Written once for all clues of a report: that is most of what writing a row costs.
    times = [one.item.published_at.isoformat() for one in arrivals]
    copy_in(
        "sources_fingerprint (report_id, reported_at, source, wording, title_weight, length)",
        [
            (number, at, one.source or None, one.wording, one.title_weight, one.length)
            for number, at, one in zip(numbers, times, reports.kept(), strict=True)
        ],
    )
    # In the order of the index, which is faster by a third.
    order = np.argsort(behind.clues)
    rows, found = behind.rows[order].tolist(), behind.clues[order].tolist()
    copy_in(
        "sources_clue (clue, reported_at, report)",
        [(clue, times[row], numbers[row]) for row, clue in zip(rows, found, strict=True)],
    )


def _keep_witnesses(made: Sequence[int], memory: Arrivals, numbers: dict[int, int]) -> None:
    """Keeps which reports tell of two events that still are two."""
    found = set()
    for place, *pair in memory.witnessed:
        one, other = (numbers.get(memory.now(key), memory.now(key)) for key in pair)
        if one != other:
            found.add((made[_new(place)], min(one, other), max(one, other)))
    Witness.objects.bulk_create(
        (Witness(report_id=pk, event_id=one, other_id=other) for pk, one, other in sorted(found)),
        ignore_conflicts=True,
    )
