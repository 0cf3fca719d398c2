"""`manage.py import_events FILE …`: events out of files of every kind."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from sources.importing import FORMATS, ImportFileError, Item, Plan, Problem, read_items
from sources.importing.plans import kept, plan_of
from sources.models import ColumnMapping
from sources.services import Received, receive_items
from sources.services.mappings import namespace_of, note_use

STDIN = "-"
SHOWN_PROBLEMS = 20


@dataclass
class _Reading:
    """The rows of one file, up to where it breaks off."""

    rows: Iterable[Item | Problem]
    broken: str = field(default="", init=False)

    def __iter__(self) -> Iterator[Item | Problem]:
        try:
            yield from self.rows
        except ImportFileError as error:
            self.broken = str(error)


class Command(BaseCommand):
    """Reads items row by row; bad rows are named and passed over, known ones are not stored twice."""

    help = (
        "Imports events from files: CSV, XLSX, JSON, JSON Lines, feeds, GDELT, ACLED, ICEWS, gzipped or "
        "zipped or not. Takes several files, folders and patterns; - is the standard input. Fails "
        "where a file cannot be read to its end; the other files, and what came before, are kept."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument(
            "--kind",
            "--format",
            dest="kind",
            choices=FORMATS,
            default="",
            help="told by the content where not given",
        )
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="FIELD=COLUMN",
            help="which column holds what; title and published are needed",
        )
        parser.add_argument("--mapping", default="", metavar="NAME", help="a remembered mapping")
        parser.add_argument(
            "--day-first",
            action=argparse.BooleanOptionalAction,
            default=None,
            help="with --map: how 03/04/2023 is read",
        )
        parser.add_argument(
            "--zone", default="UTC", help="with --map: where times without a zone are from"
        )
        parser.add_argument(
            "--json",
            action=argparse.BooleanOptionalAction,
            default=False,
            help="print the summary as JSON, one line for each file",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        plan = _plan(options)
        failed = []
        for name in _named(options["files"]):
            try:
                received, broken = self._import(name, options["kind"], plan, quiet=options["json"])
            except OSError as error:
                received, broken = Received(), f"{name}: {error.strerror}"
            failed += [broken] if broken else []
            self._tell(name, received, broken, as_json=options["json"])
        if failed:
            raise CommandError("\n".join(failed))

    def _import(
        self, name: str, kind: str, plan: Plan | None, *, quiet: bool
    ) -> tuple[Received, str]:
        if name == STDIN:
            return _received(sys.stdin.buffer, "standard input", kind, plan)
        path = Path(name)
        # Progress counts the bytes of the file as it stands on disk, packed or not.
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
            return _received(cast("BinaryIO", stream), path.name, kind, plan)

    def _tell(self, name: str, received: Received, broken: str, *, as_json: bool) -> None:
        if as_json:
            line = summary(name, received) | ({"error": broken} if broken else {})
            self.stdout.write(json.dumps(line, ensure_ascii=False))
            return
        for problem in received.problems[:SHOWN_PROBLEMS]:
            self.stderr.write(self.style.WARNING(str(problem)))
        if (more := received.problem_count - SHOWN_PROBLEMS) > 0:
            self.stderr.write(self.style.WARNING(f"… and {more} rows more"))
        if not broken or received.stored or received.known:
            self.stdout.write(_words(received))


def _received(stream: BinaryIO, name: str, kind: str, plan: Plan | None) -> tuple[Received, str]:
    reading = _Reading(read_items(stream, name=name, format=kind, plan=plan))
    return receive_items(reading, by=None), reading.broken


def summary(name: str, received: Received) -> dict[str, Any]:
    """What became of the file, as plain values."""
    return {"file": Path(name).name} | asdict(received)


def _words(received: Received) -> str:
    return (
        f"{received.stored} stored, {received.known} known already, "
        f"{received.problem_count} not readable; {received.events} new events, "
        f"{received.joined} further reports of events that were here already."
    )


def _named(files: list[str]) -> Iterator[str]:
    """The files that are meant: of a folder all that are in it, of a pattern all that match."""
    for name in files:
        path = Path(name)
        if name == STDIN or path.is_file():
            yield name
        elif path.is_dir():
            yield from _inside(path.rglob("*"), name)
        elif any(sign in name for sign in "*?["):
            yield from _inside(Path(path.anchor or ".").glob(_under(path)), name)
        else:
            yield name


def _inside(paths: Iterable[Path], name: str) -> list[str]:
    found = sorted(str(path) for path in paths if path.is_file() and path.name[:1] != ".")
    if not found:
        raise CommandError(f"{name}: no file is there.")
    return found


def _under(path: Path) -> str:
    return str(path.relative_to(path.anchor)) if path.anchor else str(path)


def _plan(options: dict[str, Any]) -> Plan | None:
    """The plan that the options say; None where they say none."""
    if options["mapping"] and options["map"]:
        raise CommandError("Give --map or --mapping, not both.")
    if options["mapping"]:
        mapping = ColumnMapping.objects.filter(name=options["mapping"]).first()
        if mapping is None:
            known = ", ".join(ColumnMapping.objects.values_list("name", flat=True)[:20])
            raise CommandError(
                f"No mapping is called {options['mapping']}; {known or 'none'} is known."
            )
        note_use(mapping=mapping)
        return plan_of(mapping.plan)
    if not options["map"]:
        return None
    columns = dict(part.split("=", 1) if "=" in part else (part, "") for part in options["map"])
    try:
        said = kept(
            columns,
            day_first=options["day_first"],
            zone=options["zone"],
            namespace=namespace_of(columns.values()),
        )
        return plan_of(said)
    except (ValueError, LookupError) as error:
        raise CommandError(str(error)) from error
