"""The life of an imported table: read, checked, shown, and stored as drafts or cancelled.

Nothing of it becomes a claim before somebody says so. Rows are checked and stored in small batches,
each in a transaction of its own under the lock of its import, so that whoever is killed in between
leaves nothing half done and no row is ever stored twice.
"""

import hashlib
import json
import logging
from collections.abc import Iterable, Sequence
from datetime import datetime

from celery import current_app
from django.db import DatabaseError, transaction
from django.db.models import Min, Window
from django.utils import timezone

from accounts.locks import Lock, hold
from accounts.models import User
from accounts.services import record
from claims.importing import Columns, Row, read_table, recognised, unnamed
from claims.importing.rows import OF_SOURCE
from claims.models import ClaimImport, ImportRow
from claims.services.import_checks import Judged, judged
from claims.services.import_lookups import locate
from claims.services.import_storing import make_excerpts, store_claims
from claims.validators import ClaimProblem
from sources.capture.plain import line
from sources.services import folded

# As many excerpts of one source, too, become one document: more are no pleasure to read.
AT_ONCE = 200
REFUSED = "the database refuses this row; shorten its texts, or make the claim by hand"
# SQLSTATE classes: data, constraints, limits of the program, and what triggers raise.
_REFUSALS = {"22", "23", "54", "P0"}

logger = logging.getLogger(__name__)

State = ImportRow.State
Status = ClaimImport.Status


def begin_import(
    *, data: bytes, name: str, by: User | None, at: datetime | None = None
) -> ClaimImport:
    """Takes a CSV or XLSX file in, row by row as it reads; the worker checks it then.

    Raises ImportFileError, in words that name the file, where it is no table of claims.
    """
    name = line(name, at_most=255) or "table"
    # A large file takes seconds, which no transaction waits for.
    table = read_table(data, name=name)
    columns = recognised(table.header, name=name)
    nameless = unnamed(table.header, (row.cells for row in table.rows))
    with transaction.atomic():
        claim_import = ClaimImport.objects.create(
            file_name=name,
            unknown_columns=[*columns.unknown, *nameless],
            row_count=len(table.rows),
            by=by,
            at=at or timezone.now(),
        )
        ImportRow.objects.bulk_create(
            (_row(claim_import, row, columns) for row in table.rows), batch_size=1000
        )
        record(by=by, verb="brought in", on=claim_import, rows=len(table.rows))
        _ask_to_work(claim_import)
    return claim_import


def _row(claim_import: ClaimImport, row: Row, columns: Columns) -> ImportRow:
    values = columns.values(row.cells)
    broken = row.broken
    if (
        not broken
        and len(row.cells) > len(columns.fields)
        and any(row.cells[len(columns.fields) :])
    ):
        broken = f"has {len(row.cells)} cells where the header names {len(columns.fields)}"
    source_key = _digest(values.get(name, "") for name in OF_SOURCE)
    quote = values.get("quote", "")
    who = folded(values.get("claimant") or values.get("speaker", ""))
    statement = folded(values.get("statement", "") or quote)
    return ImportRow(
        claim_import=claim_import,
        number=row.number,
        values=values,
        state=State.WRONG if broken else State.WAITING,
        problems=[("", broken)] if broken else [],
        source_key=source_key,
        claim_key=_digest((source_key, quote, who, statement)),
    )


def _digest(parts: Iterable[str]) -> str:
    text = json.dumps(list(parts), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def store_import(*, claim_import: ClaimImport, by: User | None) -> ClaimImport:
    """Lets the worker store the sound rows of a checked table. Saying it again changes nothing.

    Raises ClaimProblem for a table that is not checked yet, is cancelled, or has no sound row.
    """
    locked = ClaimImport.objects.select_for_update().get(pk=claim_import.pk)
    if locked.status in {Status.STORING, Status.STORED}:
        return locked
    if locked.status != Status.CHECKED:
        status = locked.get_status_display().lower()
        raise ClaimProblem(f"This import is {status}: it cannot be stored.")
    if not locked.sound_count:
        raise ClaimProblem("No row of this table can be stored.")
    _set_status(locked, Status.STORING)
    record(by=by, verb="let store", on=locked, rows=locked.sound_count)
    _ask_to_work(locked)
    return locked


@transaction.atomic
def cancel_import(
    *, claim_import: ClaimImport, by: User | None, at: datetime | None = None
) -> ClaimImport:
    """Sets a table aside before anything of it is stored; its rows are forgotten.

    Raises ClaimProblem once it is being stored.
    """
    locked = ClaimImport.objects.select_for_update().get(pk=claim_import.pk)
    if locked.status == Status.CANCELLED:
        return locked
    if locked.status in {Status.STORING, Status.STORED}:
        already = "is being stored" if locked.status == Status.STORING else "is stored already"
        raise ClaimProblem(f"This import {already}. Drop its drafts instead.")
    locked.rows.all().delete()
    _set_status(locked, Status.CANCELLED, ended_at=at or timezone.now())
    record(by=by, verb="cancelled", on=locked)
    return locked


@transaction.atomic
def work_on_import(*, claim_import: ClaimImport, at: datetime | None = None) -> bool:
    """Checks or stores the next rows of a table. Says whether there is more to do now.

    Where another worker is at it, there is not.
    """
    waiting = ClaimImport.objects.at_work().filter(pk=claim_import.pk).select_related("by")
    locked = waiting.select_for_update(skip_locked=True, of=("self",)).first()
    if locked is None:
        return False
    if locked.status == Status.CHECKING:
        return _check_batch(locked)
    return _store_batch(locked, at or timezone.now())


def _check_batch(claim_import: ClaimImport) -> bool:
    rows = list(claim_import.rows.filter(state=State.WAITING).order_by("number")[:AT_ONCE])
    if not rows:
        sound = claim_import.rows.filter(state=State.SOUND).count()
        _set_status(claim_import, Status.CHECKED, sound_count=sound)
        return False
    locate(rows)
    for one in judged(rows, by=claim_import.by):
        _note(one)
    ImportRow.objects.bulk_update(rows, ["state", "problems", "document", "start"])
    return True


def _store_batch(claim_import: ClaimImport, at: datetime) -> bool:
    # Rows of one source come together, that they share a document, and the sources as they first come.
    first = Window(Min("number"), partition_by="source_key")
    sound = claim_import.rows.filter(state=State.SOUND).order_by(first, "number")
    rows = list(sound.values_list("pk", flat=True)[:AT_ONCE])
    if not rows:
        stored = claim_import.rows.filter(state=State.STORED).count()
        _set_status(claim_import, Status.STORED, stored_count=stored, ended_at=at)
        record(by=claim_import.by, verb="stored", on=claim_import, claims=stored)
        return False
    # The ledger may have changed while a person was looking, or by another table just now.
    hold(Lock.IMPORTS)
    _store(rows, claim_import=claim_import)
    return True


def _store(keys: Sequence[int], *, claim_import: ClaimImport) -> None:
    """Stores these rows together. Where the database refuses them, each half by itself, down to the
    row that is at fault: it is set aside, and holds up no other.
    """
    try:
        with transaction.atomic():
            _store_together(keys, claim_import=claim_import)
    except DatabaseError as error:
        if not _is_refusal(error):
            raise
        if len(keys) == 1:
            logger.warning("Import %s, a row is refused: %s", claim_import.pk, error)
            ImportRow.objects.filter(pk=keys[0]).update(state=State.WRONG, problems=[("", REFUSED)])
            return
        middle = len(keys) // 2
        _store(keys[:middle], claim_import=claim_import)
        _store(keys[middle:], claim_import=claim_import)


def _store_together(keys: Sequence[int], *, claim_import: ClaimImport) -> None:
    rows = list(claim_import.rows.filter(pk__in=keys).order_by("number"))
    checked = judged(rows, by=claim_import.by)
    for one in checked:
        _note(one)
    sound = [one for one in checked if one.is_sound]
    if sound:
        make_excerpts([one.row for one in sound], by=claim_import.by)
        store_claims(sound, claim_import=claim_import)
    ImportRow.objects.bulk_update(rows, ["state", "problems", "claim"])


def _is_refusal(error: DatabaseError) -> bool:
    """Whether the database objects to what a row says, not to the moment."""
    return str(getattr(error.__cause__, "sqlstate", ""))[:2] in _REFUSALS


def _note(one: Judged) -> None:
    one.row.problems = [*one.problems, *([("", one.known)] if one.known else [])]
    if one.problems:
        one.row.state = State.WRONG
    else:
        one.row.state = State.KNOWN if one.known else State.SOUND


def _set_status(claim_import: ClaimImport, status: str, **fields: object) -> None:
    claim_import.status = status
    for name, value in fields.items():
        setattr(claim_import, name, value)
    claim_import.save(update_fields=["status", *fields])


def _ask_to_work(claim_import: ClaimImport) -> None:
    """Only a hint: the sweep finds whatever is left to do."""
    transaction.on_commit(
        lambda: current_app.send_task("claims.tasks.run_import", args=[claim_import.pk]),
        robust=True,
    )
