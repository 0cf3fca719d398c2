"""`manage.py evaluate extraction FILE`: how well proposals agree with claims that people marked."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import ProgrammingError
from django.utils import timezone

from claims.extraction.evaluation import PARTS, Evaluation, evaluate
from claims.extraction.gold import read_gold
from claims.extraction.lexicons import ICD_203
from claims.extraction.types import Entry
from claims.models import Lexicon


class Command(BaseCommand):
    """Reads articles line by line; bad lines are named and passed over."""

    help = "Compares proposed claims with marked ones, a JSONL file of articles."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["extraction"])
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            with path.open("rb") as lines:
                articles, problems = read_gold(lines)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        for problem in problems:
            self.stderr.write(self.style.WARNING(problem))
        result = evaluate(articles, lexicon=active_entries(), today=timezone.localdate())
        if options["json"]:
            self.stdout.write(json.dumps(result.as_dict(), indent=2))
            return
        read = "1 article" if len(articles) == 1 else f"{len(articles)} articles"
        self.stdout.write(f"{read} read, {len(problems)} not readable.")
        for line in table(result):
            self.stdout.write(line)


def active_entries() -> list[Entry]:
    """Phrase, low, high of the active lexicon; of ICD 203 as shipped where none is stored."""
    try:
        lexicon = Lexicon.objects.filter(is_active=True).first()
    except ProgrammingError:
        lexicon = None  # a database without tables stores none
    if lexicon is None:
        return list(ICD_203.entries)
    return [(one.phrase, float(one.low), float(one.high)) for one in lexicon.entries.all()]


def table(result: Evaluation) -> list[str]:
    """The figures in lines for people."""
    lines = [f"{'':<12}{'precision':>10}{'recall':>10}{'F1':>10}{'proposed':>10}{'marked':>10}"]
    for name, one in result.found.items():
        rates = "".join(f"{percent(rate):>10}" for rate in (one.precision, one.recall, one.f1))
        lines.append(f"{name:<12}{rates}{one.proposed:>10}{one.marked:>10}")
    lines.append(f"Of {result.matched} matched claims, the same:")
    lines += [f"{part:<12}{percent(result.accuracy(part)):>10}" for part in PARTS]
    return lines


def percent(rate: float | None) -> str:
    """A rate for people; a dash where there is none."""
    return "–" if rate is None else f"{rate:.1%}"
