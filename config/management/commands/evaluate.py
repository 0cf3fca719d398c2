"""`manage.py evaluate KIND …`: how well what the machine finds agrees with what people marked.

Each room says in its `evaluations` what it can compare, and with which arguments.
"""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims import evaluations as of_claims
from claims.evaluations import NothingToCompare
from reports import evaluations as of_reports
from reviews import evaluations as of_reviews

KINDS = of_claims.KINDS | of_reviews.KINDS | of_reports.KINDS


class Command(BaseCommand):
    """Reads files line by line; bad lines are named or counted, and passed over."""

    help = "Compares what is found with what people marked, raters with each other, forecasts with outcomes."

    def add_arguments(self, parser: CommandParser) -> None:
        kinds = parser.add_subparsers(dest="what", required=True, metavar="KIND")
        for name, kind in KINDS.items():
            of_kind = kinds.add_parser(name, help=kind.help, description=kind.help)
            kind.arguments(of_kind)
            of_kind.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = KINDS[options["what"]].work(options)
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        except NothingToCompare as error:
            self._tell(error.problems)
            file = options.get("file")
            raise CommandError(f"{file}: {error}" if file else str(error)) from error
        self._tell(found.problems)
        if options["json"]:
            self.stdout.write(json.dumps(found.figures, indent=2))
            return
        for line in found.table:
            self.stdout.write(line)

    def _tell(self, problems: list[str]) -> None:
        for problem in problems:
            self.stderr.write(self.style.WARNING(problem))
