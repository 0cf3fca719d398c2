"""`manage.py evaluate KIND …`: how well what the machine finds agrees with what people marked."""

import json
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.evaluations import KINDS, Evaluated, NothingToCompare, RetrievalFiles, retrieval

RETRIEVAL = "retrieval"
NEEDED = ("claims", "items", "qrels")
TRAIN = ("train_items", "train_qrels")


class Command(BaseCommand):
    """Reads files line by line; bad lines are named and passed over."""

    help = (
        "Compares proposed claims, reports gathered into events, or claims found for texts, with what "
        "people marked."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "what",
            choices=[*KINDS, RETRIEVAL],
            help="claims proposed in articles, duplicates: reports of one event, or retrieval: claims "
            "found for texts",
        )
        parser.add_argument(
            "file", type=Path, nargs="?", help="JSONL, one object a line (docs/operations.md)"
        )
        for name in NEEDED + TRAIN:
            option = f"--{name.replace('_', '-')}"
            parser.add_argument(option, type=Path, help="for retrieval (docs/methods.md)")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        found = self._evaluated(options)
        self._tell(found.problems)
        if options["json"]:
            self.stdout.write(json.dumps(found.figures, indent=2))
            return
        for line in found.table:
            self.stdout.write(line)

    def _evaluated(self, options: dict[str, Any]) -> Evaluated:
        if options["what"] == RETRIEVAL:
            return self._retrieval(options)
        path, kind = options["file"], KINDS[options["what"]]
        if path is None:
            raise CommandError(f"{options['what']} needs a file")
        return self._opened({"lines": path}, kind, named=path)

    def _retrieval(self, options: dict[str, Any]) -> Evaluated:
        if options["file"]:
            raise CommandError("retrieval takes its files by --claims, --items and --qrels")
        missing = [f"--{name}" for name in NEEDED if not options[name]]
        if missing:
            raise CommandError(f"retrieval needs {', '.join(missing)}")
        train = [name for name in TRAIN if options[name]]
        if len(train) == 1:
            raise CommandError("--train-items and --train-qrels go together")
        paths = {name: options[name] for name in (*NEEDED, *train)}
        return self._opened(paths, lambda **files: retrieval(RetrievalFiles(**files)))

    def _opened(
        self, paths: dict[str, Path], work: Callable[..., Evaluated], named: Path | None = None
    ) -> Evaluated:
        with ExitStack() as stack:
            files = {}
            for name, path in paths.items():
                try:
                    files[name] = stack.enter_context(path.open("rb"))
                except OSError as error:
                    raise CommandError(f"{path}: {error.strerror}") from error
            try:
                return work(**files)
            except NothingToCompare as error:
                self._tell(error.problems)
                raise CommandError(f"{named}: {error}" if named else str(error)) from error

    def _tell(self, problems: list[str]) -> None:
        for problem in problems:
            self.stderr.write(self.style.WARNING(problem))
