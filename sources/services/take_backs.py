"""Imports of events taken back: what nothing leans on goes, as if it had never come; the rest stays.

An event that a person or a room above leans on keeps all its reports; a report that is leaned on keeps
its event. Whatever goes may be imported again. What upper rooms let go with it, they hand in.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from time import monotonic
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Min, Model, Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.locks import Lock, hold
from accounts.models import User
from accounts.services import record
from sources.models import (
    Document,
    Event,
    EventImport,
    EventImportBatch,
    EventReport,
    Notice,
    PageWatch,
    PrunedReport,
    PushedItem,
    Quote,
    Regathering,
    Witness,
)
from sources.services.event_imports import ImportProblem
from sources.services.leaning import Loose, pointing_at

Status = EventImport.Status
FOLLOWED = "a newer version follows it"
_WORDS: dict[type[Model], str] = {
    Notice: "a notice tells of it",
    PageWatch: "its page is looked at",
    PushedItem: "a script pushed it too",
    Quote: "words of it are quoted",
    Regathering: "somebody decided what is one event with it",
}


@transaction.atomic
def ask_to_take_back(*, event_import: EventImport, by: User) -> EventImport:
    """Lets the worker take back what an import stored. Saying it again changes nothing, or tries again
    what stayed.

    Raises ImportProblem while it is not over, and where it left nothing that can be taken back.
    """
    locked = EventImport.objects.select_for_update().get(pk=event_import.pk)
    if locked.is_going:
        return locked
    if locked.status not in {*EventImport.OVER, Status.TAKEN_BACK}:
        raise ImportProblem("This import is not over: cancel it first.")
    if not locked.batches.exists():
        if locked.is_gone:
            return locked
        raise ImportProblem("This import stored nothing that can be taken back.")
    locked.status, locked.taken_back_by, locked.taken_back_to = Status.TAKING_BACK, by, None
    locked.save(update_fields=["status", "taken_back_by", "taken_back_to"])
    record(by=by, verb="let take back", on=locked, stored=locked.stored - locked.removed)
    return locked


def take_back_event_import(*, event_import: EventImport, seconds: float, loose: Loose = ()) -> None:
    """Goes on taking an import back for so long, the newest batch first, each in one transaction.

    `loose` are rows of upper rooms that hold neither a document nor an event, and go with them.
    """
    until = monotonic() + seconds
    while _take_back_batch(event_import, loose) and monotonic() < until:
        pass


@transaction.atomic
def _take_back_batch(event_import: EventImport, loose: Loose) -> bool:
    """Takes the next batch back. Says whether there was one."""
    # Nobody stores documents, or versions of one, or makes one event of two meanwhile.
    hold(Lock.DOCUMENTS)
    locked = EventImport.objects.going().select_for_update().filter(pk=event_import.pk).first()
    if locked is None:
        return False
    by = locked.taken_back_by
    below = {"pk__lt": locked.taken_back_to} if locked.taken_back_to else {}
    batch = locked.batches.filter(**below).last()
    if batch is None:
        locked.status, locked.taken_back_to = Status.TAKEN_BACK, None
        record(by=by, verb="took back", on=locked, removed=locked.removed, stored=locked.stored)
    else:
        removed, events = _take_back(batch, loose)
        locked.taken_back_to = batch.pk
        locked.removed += removed
        record(by=by, verb="removed", on=locked, reports=removed, events=events)
        if batch.kept:
            batch.save(update_fields=["kept"])
        else:
            batch.delete()
    locked.save(update_fields=["status", "taken_back_to", "removed"])
    return batch is not None


@dataclass(frozen=True)
class _Lot:
    """The documents of a batch, newest first; the event that each reports; and for each of these
    events, and all that became part of one, the event that stands."""

    documents: list[Document]
    event_of: dict[int, int]
    standing: dict[int, int]


def _take_back(batch: EventImportBatch, loose: Loose) -> tuple[int, int]:
    """How many documents and events of a batch went; what stays is written into it."""
    lot = _lot(batch)
    batch.kept = _kept(lot, loose)
    going = [one.pk for one in lot.documents if str(one.pk) not in batch.kept]
    touched = {lot.event_of[pk] for pk in going if pk in lot.event_of}
    groups = [pk for pk, stands in lot.standing.items() if stands in touched]
    for rows in loose:
        # An event that stands is compared with claims anew: its words may be others now.
        rows.filter(_points_at(rows.model, Event, groups)).delete()
        rows.filter(_points_at(rows.model, Document, going)).delete()
    titles = _titles(going)
    EventReport.objects.filter(document__in=going).delete()
    with connection.cursor() as cursor:
        # Django's own deletion would read every text first.
        cursor.execute("DELETE FROM sources_document WHERE id = ANY(%s)", [going])
    empty = touched - _reported(touched)
    _remove_events([pk for pk, stands in lot.standing.items() if stands in empty])
    _renew(touched - empty, titles)
    return len(going), len(empty)


def _lot(batch: EventImportBatch) -> _Lot:
    stored = Document.objects.filter(
        pk__range=(batch.first, batch.last), origin=Document.Origin.FILE
    )
    reports = EventReport.objects.filter(document__in=stored).order_by()
    event_of = dict(reports.values_list("document_id", "event_id"))
    events = set(event_of.values())
    # Locked, so that nobody leans on one meanwhile.
    list(Event.objects.select_for_update().filter(pk__in=events).order_by("pk").only("pk"))
    documents = stored.select_for_update().only("pk", "previous_id").order_by("-pk")
    parts = Event.objects.filter(merged_into__in=events).values_list("pk", "merged_into_id")
    return _Lot(list(documents), event_of, {pk: pk for pk in events} | dict(parts))


def _kept(lot: _Lot, loose: Loose) -> dict[str, str]:
    """Why documents of a lot stay, by their numbers, as JSON writes them."""
    own = {one.pk for one in lot.documents}
    leaned = _leaned_on(Document, own, loose, but={EventReport, Document})
    leaned |= dict.fromkeys(
        Document.objects.filter(previous__in=own)
        .exclude(pk__in=own)
        .values_list("previous_id", flat=True),
        FOLLOWED,
    )
    reports_and_parts = {EventReport, PrunedReport, Witness, Event}
    events = {
        lot.standing[pk]: words
        for pk, words in _leaned_on(Event, lot.standing, loose, but=reports_and_parts).items()
    }
    kept: dict[str, str] = {}
    # Whatever stays keeps the version before it, which is older.
    for one in lot.documents:
        if words := leaned.get(one.pk) or events.get(lot.event_of.get(one.pk, 0)):
            kept[str(one.pk)] = words
            leaned.setdefault(one.previous_id or 0, FOLLOWED)
    return kept


def _leaned_on(
    model: type[Model], keys: Collection[int], loose: Loose, *, but: set[type[Model]]
) -> dict[int, str]:
    """The rows of a model, of these, that something points at, each with what does."""
    found: dict[int, str] = {}
    for rows, name in pointing_at(model, but=but):
        holding = rows.filter(**{f"{name}__in": keys})
        for free in loose:
            if free.model is rows.model:
                holding = holding.exclude(pk__in=free.filter(**{f"{name}__in": keys}).values("pk"))
        if rows.model is Regathering:
            # What the machine made one goes with it.
            holding = holding.exclude(by=None)
        words = _WORDS.get(rows.model, f"used as {rows.model._meta.verbose_name}")
        found |= dict.fromkeys(holding.values_list(name, flat=True), words)
    return found


def _points_at(model: type[Model], target: type[Model], keys: Collection[int]) -> Q:
    """Rows of a model with a key to one of these."""
    points = Q(pk__in=[])
    for rows, name in pointing_at(target, but=set()):
        if rows.model is model:
            points |= Q(**{f"{name}__in": keys})
    return points


def _titles(documents: Collection[int]) -> dict[int, set[str]]:
    """By event, the titles of the reports that go."""
    titles = defaultdict(set)
    reports = EventReport.objects.filter(document__in=documents).order_by()
    for event, title in reports.values_list("event_id", "document__title"):
        titles[event].add(title)
    return titles


def _pruned(events: Iterable[int]) -> QuerySet[Any]:
    """What stays of pruned reports of events, with the event that stands for each."""
    of_them = Q(event__in=events) | Q(event__merged_into__in=events)
    pruned = PrunedReport.objects.filter(of_them).order_by()
    return pruned.annotate(stands=Coalesce("event__merged_into", "event"))


def _reported(events: set[int]) -> set[int]:
    """Those of some events that still are reported by anything."""
    reports = EventReport.objects.filter(event__in=events).order_by()
    pruned = _pruned(events).values_list("stands", flat=True)
    return {*reports.values_list("event_id", flat=True), *pruned}


def _remove_events(numbers: list[int]) -> None:
    """Removes events of which nothing is left, each with what became part of it."""
    of_them = Q(event__in=numbers) | Q(other__in=numbers)
    Regathering.objects.filter(of_them, by=None).delete()
    events = Event.objects.filter(pk__in=numbers)
    events.exclude(merged_into=None).delete()
    events.delete()


def _renew(events: set[int], titles: dict[int, set[str]]) -> None:
    """What follows from the reports that events have left: how many, the first, and the words."""
    reports = EventReport.objects.filter(event__in=events)
    counted: dict[int, list[tuple[int, Any]]] = defaultdict(list)
    for rows, key, told_at in (
        (reports.by_time().order_by(), "event_id", "told_at"),
        (_pruned(events), "stands", "published_at"),
    ):
        grouped = rows.values(key).annotate(n=Count("pk"), first=Min(told_at))
        for event, n, first in grouped.values_list(key, "n", "first"):
            counted[event].append((n, first))
    named = reports.order_by().values_list("event_id", "document__title")
    left = set(named)
    changed = list(Event.objects.filter(pk__in=events))
    lost = [
        one for one in changed if one.title in titles[one.pk] and (one.pk, one.title) not in left
    ]
    words = _words_of_the_first({one.pk for one in lost})
    for event in changed:
        event.report_count = sum(n for n, _ in counted[event.pk])
        known = [first for _, first in counted[event.pk] if first]
        event.first_reported_at = min(known, default=event.first_reported_at)
        for name, value in words.get(event.pk, {}).items():
            setattr(event, name, value)
    Event.objects.bulk_update(
        changed,
        ["title", "summary", "occurred_on", "first_reported_at", "language", "report_count"],
    )


def _words_of_the_first(events: set[int]) -> dict[int, dict[str, Any]]:
    """What events are called by the first report that is left of each."""
    reports: QuerySet[Any] = EventReport.objects.filter(event__in=events).by_time()
    first = (
        reports.select_related("document")
        .order_by("event_id", "told_at", "pk")
        .distinct("event_id")
    )
    return {
        one.event_id: {
            "title": one.document.title or one.document.text[:200],
            "summary": one.document.text,
            "occurred_on": (one.document.published_at or one.document.captured_at).date(),
            "language": one.document.language,
        }
        for one in first
    }
