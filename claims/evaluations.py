"""What `manage.py evaluate` compares of claims: each kind reads what people marked, and gives figures."""

from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import ProgrammingError
from django.utils import timezone

from claims.extraction import evaluation as proposals
from claims.extraction.gold import read_gold
from claims.extraction.lexicons import ICD_203
from claims.extraction.types import Entry
from claims.matching import evaluation as matching
from claims.matching.features import AS_SHIPPED
from claims.models import Lexicon
from sources.gathering import evaluation as gathering
from sources.gathering.labelled import read_labelled


@dataclass(frozen=True)
class Evaluated:
    """Figures for programs, the same in lines for people, and what is wrong with bad lines."""

    figures: dict[str, Any]
    table: list[str]
    problems: list[str]


class NothingToCompare(ValueError):
    """No line could be read; the message says so, `problems` what is wrong with each."""

    def __init__(self, message: str, problems: list[str]) -> None:
        super().__init__(message)
        self.problems = problems


@dataclass(frozen=True)
class Kind:
    """A comparison: what it is, its arguments on the command line, and its work, which reads their values.

    The work raises NothingToCompare, or OSError for a file that cannot be opened.
    """

    help: str
    arguments: Callable[[ArgumentParser], None]
    work: Callable[[dict[str, Any]], Evaluated]


def extraction(lines: Iterable[bytes]) -> Evaluated:
    """Proposed claims against marked ones, under the active lexicon."""
    articles, problems = read_gold(lines)
    result = proposals.evaluate(articles, lexicon=active_entries(), today=timezone.localdate())
    read = "1 article" if len(articles) == 1 else f"{len(articles)} articles"
    table = [
        f"{read} read, {len(problems)} not readable.",
        f"{'':<12}{'precision':>10}{'recall':>10}{'F1':>10}{'proposed':>10}{'marked':>10}",
    ]
    for name, one in result.found.items():
        rates = "".join(f"{percent(rate):>10}" for rate in (one.precision, one.recall, one.f1))
        table.append(f"{name:<12}{rates}{one.proposed:>10}{one.marked:>10}")
    table.append(f"Of {result.matched} matched claims, the same:")
    table += [f"{part:<12}{percent(result.accuracy(part)):>10}" for part in proposals.PARTS]
    return Evaluated(result.as_dict(), table, problems)


def duplicates(lines: Iterable[bytes]) -> Evaluated:
    """Events of arriving reports against the groups that people made. Asks no database."""
    reports, problems = read_labelled(lines)
    if not reports:
        what = "no line of it is a report" if problems else "it is empty"
        raise NothingToCompare(f"{what}: nothing to compare", problems)
    result = gathering.evaluate(reports)
    rates = result.agreement
    read = "1 report" if len(reports) == 1 else f"{len(reports)} reports"
    table = [
        f"{read} read, {len(problems)} not readable.",
        f"{result.events} events found, {result.groups} meant; {result.items_per_second} reports a second.",
        f"{'':<12}{'precision':>10}{'recall':>10}{'F1':>10}",
        _rates("pairs", rates.precision, rates.recall, rates.f1),
        _rates("B-cubed", rates.bcubed_precision, rates.bcubed_recall, rates.bcubed_f1),
        _rates("copies", result.copies_precision)
        + f" of {result.copies} pairs of plain copies in one event",
    ]
    return Evaluated(result.as_dict(), table, problems)


@dataclass(frozen=True)
class RetrievalFiles:
    """Open files of claims, of items and of what bears on what; the last two to fit weights to, or none."""

    claims: Iterable[bytes]
    items: Iterable[bytes]
    qrels: Iterable[bytes]
    train_items: Iterable[bytes] | None = None
    train_qrels: Iterable[bytes] | None = None


def retrieval(files: RetrievalFiles) -> Evaluated:
    """Claims that the matcher finds for items against those that people found. Asks no database."""
    problems: list[str] = []
    claims = _read("claims", files.claims, problems)
    judged = _judged("", files.items, files.qrels, claims, problems)
    weights = AS_SHIPPED
    if files.train_items is not None and files.train_qrels is not None:
        train = _judged("train ", files.train_items, files.train_qrels, claims, problems)
        weights = matching.trained(claims, train)
    result = matching.evaluate(claims, judged, weights=weights)
    table = [
        f"{result.items} items, {result.judged} of them judged, against {result.claims} claims.",
        f"{len(problems)} lines not readable.",
        f"{'MAP@5':<12}{percent(result.map_at_5):>10}",
        f"{'first right':<12}{percent(result.p_at_1):>10}",
        f"{'recall@20':<12}{percent(result.recall_at_20):>10}",
        f"{result.items_per_second} items a second by {result.processes} processes.",
    ]
    return Evaluated(result.as_dict(), table, problems)


def _read(what: str, lines: Iterable[bytes], problems: list[str]) -> dict[str, str]:
    found: list[str] = []
    texts = matching.read_texts(lines, found)
    problems += [f"{what}, {one}" for one in found]
    if not texts:
        raise NothingToCompare(f"there are no {what}: nothing to compare", problems)
    return texts


def _judged(
    part: str,
    items: Iterable[bytes],
    qrels: Iterable[bytes],
    claims: dict[str, str],
    problems: list[str],
) -> matching.Judged:
    texts = _read(f"{part}items", items, problems)
    found: list[str] = []
    relevant = matching.read_qrels(qrels, items=texts, claims=claims, problems=found)
    problems += [f"{part}qrels, {one}" for one in found]
    if not relevant:
        raise NothingToCompare(
            f"the {part}qrels name no claim for any item: nothing to compare", problems
        )
    return matching.Judged(texts, relevant)


def active_entries() -> list[Entry]:
    """Phrase, low, high of the active lexicon; of ICD 203 as shipped where none is stored."""
    try:
        lexicon = Lexicon.objects.filter(is_active=True).first()
    except ProgrammingError:
        lexicon = None  # a database without tables stores none
    if lexicon is None:
        return list(ICD_203.entries)
    return [(one.phrase, float(one.low), float(one.high)) for one in lexicon.entries.all()]


def _rates(name: str, *rates: float | None) -> str:
    return f"{name:<12}" + "".join(f"{percent(rate):>10}" for rate in rates)


def percent(rate: float | None) -> str:
    """A rate for people; a dash where there is none."""
    return "–" if rate is None else f"{rate:.1%}"


def _one_file(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="JSONL, one object a line (docs/operations.md)")


def _of_lines(
    work: Callable[[Iterable[bytes]], Evaluated],
) -> Callable[[dict[str, Any]], Evaluated]:
    def opened(options: dict[str, Any]) -> Evaluated:
        with options["file"].open("rb") as lines:
            return work(lines)

    return opened


def _retrieval_files(parser: ArgumentParser) -> None:
    for name in NEEDED:
        parser.add_argument(f"--{name}", type=Path, required=True, help="docs/methods.md")
    for name in TRAIN:
        option = f"--{name.replace('_', '-')}"
        parser.add_argument(option, type=Path, help="to fit weights to first")


def _retrieval(options: dict[str, Any]) -> Evaluated:
    train = [name for name in TRAIN if options[name]]
    if len(train) == 1:
        raise NothingToCompare("--train-items and --train-qrels go together", [])
    with ExitStack() as stack:
        files = {name: stack.enter_context(options[name].open("rb")) for name in (*NEEDED, *train)}
        return retrieval(RetrievalFiles(**files))


NEEDED = ("claims", "items", "qrels")
TRAIN = ("train_items", "train_qrels")
KINDS = {
    "extraction": Kind("claims proposed in articles", _one_file, _of_lines(extraction)),
    "duplicates": Kind("reports of one event", _one_file, _of_lines(duplicates)),
    "retrieval": Kind("claims found for texts", _retrieval_files, _retrieval),
}
