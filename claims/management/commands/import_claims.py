"""`manage.py import_claims FILE`: claims out of a table, as drafts."""

import sys
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from tqdm import tqdm

from accounts.models import User
from accounts.permissions import Permission
from claims.importing import MAX_BYTES
from claims.models import ClaimImport, ImportRow
from claims.services import begin_import, cancel_import, store_import, work_on_import
from sources.importing import ImportFileError, Problem

# While the worker holds the import.
PAUSE_SECONDS = 0.2


class Command(BaseCommand):
    """The same as the import page: every row is checked before any is stored."""

    help = "Imports claims from a CSV or XLSX table as drafts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", metavar="USERNAME", default="", help="whose drafts they are")
        parser.add_argument("--dry-run", action="store_true", help="check the rows, store nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        by = analyst(options["by"]) if options["by"] else None
        try:
            with path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
            if options["dry_run"]:
                with transaction.atomic():
                    self._check(begin_import(data=data, name=path.name, by=by))
                    transaction.set_rollback(True)
                return
            self._store(self._check(begin_import(data=data, name=path.name, by=by)), by)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except ImportFileError as error:
            raise CommandError(str(error)) from error

    def _check(self, claim_import: ClaimImport) -> ClaimImport:
        """Checks every row and tells what is wrong."""
        for name in claim_import.unknown_columns:
            self.stderr.write(self.style.WARNING(f"column “{name}” is not known and not read"))
        work(claim_import, ImportRow.State.WAITING, "checked")
        for row in claim_import.rows.exclude(problems=[]).order_by("number"):
            for column, words in row.problems:
                self.stderr.write(self.style.WARNING(str(Problem(row.number, column, words))))
        self.stdout.write(
            f"{claim_import.sound_count} of {claim_import.row_count} rows can be stored."
        )
        return claim_import

    def _store(self, claim_import: ClaimImport, by: User | None) -> None:
        if not claim_import.sound_count:
            cancel_import(claim_import=claim_import, by=by)
            raise CommandError("Nothing was stored.")
        storing = store_import(claim_import=claim_import, by=by)
        work(storing, ImportRow.State.SOUND, "stored")
        drafts = "1 draft" if storing.stored_count == 1 else f"{storing.stored_count} drafts"
        self.stdout.write(f"{drafts} stored.")


def analyst(username: str) -> User:
    """The user of this name, who may write claims. Raises CommandError."""
    user = User.objects.filter(username=username).first()
    if user is None:
        raise CommandError(f"Nobody is called {username} here.")
    if not user.can(Permission.WRITE_CLAIMS):
        raise CommandError(f"The roles of {username} do not allow them to write claims.")
    return user


def work(claim_import: ClaimImport, left: str, what: str) -> None:
    """Works on a table to the end, beside the worker, with a bar of the rows that are `left`."""
    rows = claim_import.rows.filter(state=left)
    total = rows.count()
    with tqdm(total=total, desc=what, unit="row", disable=not sys.stderr.isatty()) as bar:
        while claim_import.is_at_work:
            more = work_on_import(claim_import=claim_import)
            bar.update(total - rows.count() - bar.n)
            claim_import.refresh_from_db()
            if not more and claim_import.is_at_work:
                time.sleep(PAUSE_SECONDS)
