"""`manage.py import_feeds FILE.opml`: adds the feeds of a list."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sources.importing import ImportFileError
from sources.opml import MAX_BYTES, read_opml
from sources.services import add_feeds


class Command(BaseCommand):
    """Known addresses are passed over, what cannot be asked is named, the others are added."""

    help = "Adds the feeds of an OPML list."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            with path.open("rb") as file:
                added = add_feeds(rows=read_opml(file.read(MAX_BYTES + 1)), by=None)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except ImportFileError as error:
            raise CommandError(f"{path.name}: {error}") from error
        for problem in added.problems:
            self.stderr.write(self.style.WARNING(str(problem)))
        for feed in added.added:
            self.stdout.write(f"{feed} · {feed.url}")
        self.stdout.write(
            f"{len(added.added)} added, {added.known} known already, "
            f"{len(added.problems)} left out."
        )
