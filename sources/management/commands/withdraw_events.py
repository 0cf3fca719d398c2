"""`manage.py withdraw_events FILE`: marks the events that their source deleted."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sources.importing import ImportFileError, read_withdrawals
from sources.services import withdraw_events

SHOWN_PROBLEMS = 20


class Command(BaseCommand):
    """Reads a list of deleted events; nothing is removed, and reading it again marks nothing twice."""

    help = (
        "Reads ACLED's list of deleted events and marks what is here of them as retracted, so that "
        "claims that lean on it are told."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            with path.open("rb") as file:
                received = withdraw_events(read_withdrawals(file, name=path.name), by=None)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except ImportFileError as error:
            raise CommandError(str(error)) from error
        for problem in received.problems[:SHOWN_PROBLEMS]:
            self.stderr.write(self.style.WARNING(str(problem)))
        self.stdout.write(
            f"{received.stored} marked as retracted, {received.known} not here or marked already, "
            f"{received.problem_count} not readable."
        )
