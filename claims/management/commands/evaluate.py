"""`manage.py evaluate KIND FILE`: how well what the machine finds agrees with what people marked."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.evaluations import KINDS, Evaluated, NothingToCompare


class Command(BaseCommand):
    """Reads a JSONL file line by line; bad lines are named and passed over."""

    help = "Compares proposed claims, or reports gathered into events, with what people marked."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "what",
            choices=KINDS,
            help="claims proposed in articles, or duplicates: reports of one event",
        )
        parser.add_argument("file", type=Path, help="JSONL, one object a line (docs/operations.md)")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        found = self._evaluated(options["what"], options["file"])
        self._tell(found.problems)
        if options["json"]:
            self.stdout.write(json.dumps(found.figures, indent=2))
            return
        for line in found.table:
            self.stdout.write(line)

    def _evaluated(self, kind: str, path: Path) -> Evaluated:
        try:
            with path.open("rb") as lines:
                return KINDS[kind](lines)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except NothingToCompare as error:
            self._tell(error.problems)
            raise CommandError(f"{path}: {error}") from error

    def _tell(self, problems: list[str]) -> None:
        for problem in problems:
            self.stderr.write(self.style.WARNING(problem))
