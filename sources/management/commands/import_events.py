"""`manage.py import_events FILE`: events out of a file of news items."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from sources.importing import FORMATS, ImportFileError, read_items
from sources.services import Received, receive_items


class Command(BaseCommand):
    """Reads items row by row; bad rows are named and passed over, known ones are not stored twice."""

    help = "Imports events from a JSONL, JSON, CSV or feed file, gzipped or not."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=FORMATS, default="", help="guessed where not given")
        parser.add_argument(
            "--json",
            action=argparse.BooleanOptionalAction,
            default=False,
            help="print the summary as JSON",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            received = self._import(path, options["format"], quiet=options["json"])
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except ImportFileError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(summary(path, received), ensure_ascii=False))
        else:
            self._tell(received)

    def _import(self, path: Path, kind: str, *, quiet: bool) -> Received:
        # Progress counts the bytes of the file as it stands on disk, gzipped or not.
        with (
            path.open("rb") as file,
            tqdm.wrapattr(
                file,
                "read",
                total=path.stat().st_size,
                desc=path.name,
                unit="B",
                unit_scale=True,
                disable=quiet or not sys.stderr.isatty(),
            ) as stream,
        ):
            items = read_items(cast("BinaryIO", stream), name=path.name, format=kind)
            return receive_items(items, by=None)

    def _tell(self, received: Received) -> None:
        for problem in received.problems:
            self.stderr.write(self.style.WARNING(str(problem)))
        if more := received.problem_count - len(received.problems):
            self.stderr.write(self.style.WARNING(f"… and {more} rows more"))
        self.stdout.write(
            f"{received.stored} stored, {received.known} known already, "
            f"{received.problem_count} not readable; {received.events} new events, "
            f"{received.joined} reports of events that stood."
        )


def summary(path: Path, received: Received) -> dict[str, Any]:
    """What became of the file, as plain values."""
    return {"file": path.name} | asdict(received)
