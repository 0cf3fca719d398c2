"""The life of a file of events: taken in, looked at, and stored batch by batch, or cancelled.

The file lies in the database in parts until it is dealt with. Each batch is stored in one transaction
with the count of rows dealt with, so that whoever is killed leaves nothing half done, and whoever goes
on, on any machine, knows where.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from time import monotonic
from typing import BinaryIO, cast

from celery import current_app
from django.db import DatabaseError, transaction
from django.db.models import Max, Min
from django.utils import timezone

from accounts.locks import Lock, hold
from accounts.models import User
from accounts.services import record
from sources.importing import (
    ImportFileError,
    Item,
    Problem,
    Record,
    Withdrawal,
    read_items,
    read_withdrawals,
    told_kind,
)
from sources.importing.guessing import columns_of
from sources.importing.kinds import RECORDS
from sources.importing.makers import provider_of
from sources.importing.plans import kept, plan_of
from sources.importing.reading import read_records
from sources.importing.refusing import refuse_what_is_no_table
from sources.importing.wording import one_line
from sources.models import (
    ColumnMapping,
    Document,
    EventImport,
    EventImportBatch,
    EventImportPart,
    EventImportProblem,
)
from sources.services.event_files import PART, StoredFile
from sources.services.events import BATCH, Received, receive_items
from sources.services.mappings import namespace_of, note_use
from sources.services.withdrawals import withdraw_events

MAX_UPLOAD = 100 * 2**20
# These are read as a whole before their first row is known.
WHOLE = ("json", "xlsx", "feed")
MAX_WHOLE = 20 * 2**20
LOOKED_AT = 50
REFUSED = "the database refuses this row"
# SQLSTATE classes: data, constraints, limits of the program, and what triggers raise.
_REFUSALS = {"22", "23", "54", "P0"}

logger = logging.getLogger(__name__)
Status = EventImport.Status


class ImportProblem(Exception):
    """An import cannot go this way now; the message says why."""


def begin_event_import(*, file: BinaryIO, name: str, size: int, by: User | None) -> EventImport:
    """Takes a file in; nothing of it is stored as news yet.

    Raises ImportFileError, in words that name the file, where nothing can be read of it.
    """
    name = one_line(name)[:255] or "file"
    if size > MAX_UPLOAD:
        raise ImportFileError(
            f"“{name}” is larger than {MAX_UPLOAD // 2**20} MB. Import it by the command line."
        )
    kind, provider = _looked_at(file, name, size)
    with transaction.atomic():
        event_import = EventImport.objects.create(
            file_name=name, kind=kind, provider=provider, size=size, by=by
        )
        file.seek(0)
        for number, data in enumerate(iter(lambda: file.read(PART), b"")):
            EventImportPart.objects.create(event_import=event_import, number=number, data=data)
        record(by=by, verb="brought in", on=event_import, bytes=size)
    return event_import


def _looked_at(file: BinaryIO, name: str, size: int) -> tuple[str, str]:
    """The kind of a file, and whose columns it has. Raises ImportFileError."""
    kind = told_kind(file, name=name)
    if kind in WHOLE and size > MAX_WHOLE:
        raise ImportFileError(
            f"“{name}” is larger than {MAX_WHOLE // 2**20} MB, which is too much to read as a whole. "
            "Save it as CSV or JSON Lines, or import it by the command line."
        )
    file.seek(0)
    if kind not in RECORDS:
        list(islice(read_items(file, name=name, format=kind), LOOKED_AT))
        return kind, ""
    rows = list(islice(read_records(file, name=name, format=kind), LOOKED_AT))
    refuse_what_is_no_table(rows, name=name, kind=kind, at=timezone.now())
    return kind, provider_of(columns_of(row for row in rows if isinstance(row, Record)))


@transaction.atomic
def start_event_import(
    *,
    event_import: EventImport,
    by: User | None,
    columns: dict[str, str] | None = None,
    day_first: bool | None = None,
    zone: str = "UTC",
    mapping: ColumnMapping | None = None,
) -> EventImport:
    """Lets the worker store a file, read by these columns. Saying it again changes nothing.

    Raises ImportProblem where columns are missing or the import is over.
    """
    locked = EventImport.objects.select_for_update().get(pk=event_import.pk)
    if locked.is_at_work or locked.status == Status.DONE:
        return locked
    if not locked.waits:
        raise ImportProblem("This import is over: it cannot be started.")
    if columns is not None:
        try:
            locked.plan = kept(
                columns, day_first=day_first, zone=zone, namespace=namespace_of(columns.values())
            )
        except ValueError as error:
            raise ImportProblem(str(error)) from error
    locked.status = Status.IMPORTING
    locked.save(update_fields=["status", "plan"])
    if mapping:
        note_use(mapping=mapping)
    record(by=by, verb="let import", on=locked, plan=locked.plan)
    # Only a hint: the sweep finds whatever is left to do.
    transaction.on_commit(
        lambda: current_app.send_task("sources.tasks.run_event_import", args=[locked.pk]),
        robust=True,
    )
    return locked


@transaction.atomic
def cancel_event_import(
    *, event_import: EventImport, by: User | None, at: datetime | None = None
) -> EventImport:
    """Sets a file aside; what is stored of it stays.

    Raises ImportProblem once it is over.
    """
    locked = EventImport.objects.select_for_update().get(pk=event_import.pk)
    if locked.status == Status.CANCELLED:
        return locked
    if locked.status in EventImport.OVER:
        raise ImportProblem("This import is over already.")
    _end(locked, Status.CANCELLED, at=at)
    record(by=by, verb="cancelled", on=locked, rows=locked.rows_done)
    return locked


def run_event_import(*, event_import: EventImport, seconds: float) -> None:
    """Goes on with a file for so long, from where it stands; nothing where somebody else is at it."""
    until = monotonic() + seconds
    current = EventImport.objects.at_work().filter(pk=event_import.pk).select_related("by").first()
    if current is None:
        return
    file = StoredFile(current)
    rows = _rows(current, file)
    try:
        for batch in _batches(rows):
            if not _store_batch(current, batch, bytes_read=file.tell()) or monotonic() > until:
                return
    except ImportFileError as error:
        _over(current, Status.BROKEN, error=str(error))
    else:
        _over(current, Status.DONE)


type Row = Item | Withdrawal | Problem


def _rows(current: EventImport, file: StoredFile) -> Iterator[Row]:
    """What is not dealt with yet. The file is read from its beginning, since no place in an archive, in a
    quoted cell or among the rows of one page is one to begin at; nothing is made of what was dealt with.
    """
    if current.lists_deletions:
        rows = read_withdrawals(cast("BinaryIO", file), name=current.file_name, at=current.at)
        yield from islice(rows, current.rows_done, None)
        return
    yield from read_items(
        cast("BinaryIO", file),
        name=current.file_name,
        format=current.kind,
        plan=plan_of(current.plan) if current.plan else None,
        at=current.at,
        skip=current.rows_done,
    )


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows by the batch; where the file breaks off, those before the break too."""
    batch: list[Row] = []
    try:
        for row in rows:
            batch.append(row)
            if len(batch) == BATCH:
                yield batch
                batch = []
    except ImportFileError:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


@transaction.atomic
def _store_batch(current: EventImport, batch: Sequence[Row], *, bytes_read: int) -> bool:
    """Stores the rows that follow what is done. Says whether it did: another worker may have."""
    hold(Lock.DOCUMENTS)
    locked = _locked(current)
    if locked is None:
        return False
    before = Document.objects.aggregate(last=Max("pk"))["last"] or 0
    problems = [row for row in batch if isinstance(row, Problem)]
    received = Received(problem_count=len(problems), problems=problems)
    _receive([row for row in batch if isinstance(row, Item)], received, by=current.by)
    withdrawals = [row for row in batch if isinstance(row, Withdrawal)]
    _add(received, withdraw_events(withdrawals, by=current.by))
    room = max(EventImportProblem.MOST - locked.problem_count, 0)
    EventImportProblem.objects.bulk_create(
        EventImportProblem(
            event_import=locked, row=one.row, field=one.field[:100], message=one.message
        )
        for one in received.problems[:room]
    )
    current.rows_done = locked.rows_done = locked.rows_done + len(batch)
    for name in ("stored", "known", "events", "joined", "problem_count"):
        setattr(locked, name, getattr(locked, name) + getattr(received, name))
    locked.bytes_read = min(bytes_read, locked.size)
    locked.save()
    # The lock is held: no other document was stored since.
    numbers = Document.objects.filter(pk__gt=before).aggregate(first=Min("pk"), last=Max("pk"))
    if numbers["first"]:
        EventImportBatch.objects.create(event_import=locked, **numbers)
    return True


def _locked(current: EventImport) -> EventImport | None:
    waiting = EventImport.objects.at_work().filter(pk=current.pk, rows_done=current.rows_done)
    return waiting.select_for_update(skip_locked=True).first()


def _receive(rows: Sequence[Item], received: Received, *, by: User | None) -> None:
    """Receives these items together. Where the database refuses them, each half by itself, down to the
    row that is at fault: it is named, and holds up no other."""
    try:
        with transaction.atomic():
            _add(received, receive_items(rows, by=by))
    except DatabaseError as error:
        if str(getattr(error.__cause__, "sqlstate", ""))[:2] not in _REFUSALS:
            raise
        if len(rows) == 1:
            logger.warning("Row %s of a file is refused: %s", rows[0].row, error)
            problem = Problem(rows[0].row, "", REFUSED)
            _add(received, Received(problem_count=1, problems=[problem]))
            return
        middle = len(rows) // 2
        _receive(rows[:middle], received, by=by)
        _receive(rows[middle:], received, by=by)


def _add(to: Received, more: Received) -> None:
    for name in ("stored", "known", "events", "joined", "problem_count"):
        setattr(to, name, getattr(to, name) + getattr(more, name))
    to.problems.extend(more.problems)


@transaction.atomic
def _over(current: EventImport, status: str, *, error: str = "") -> None:
    locked = _locked(current)
    if locked is None:
        return
    if status == Status.DONE:
        locked.bytes_read = locked.size
    _end(locked, status, error=error)
    record(by=current.by, verb="imported", on=locked, stored=locked.stored, error=error)


def _end(
    event_import: EventImport, status: str, *, error: str = "", at: datetime | None = None
) -> None:
    event_import.status, event_import.error = status, error
    event_import.ended_at = at or timezone.now()
    event_import.save()
    event_import.parts.all().delete()
