"""News that a person graded for claims: `python -m tests.claims.matching.days SET FOLDER` writes a set.

What is written has the shape of `../shared/data/claim_retrieval`: claims.tsv, items.tsv and qrels.
"""

import csv
import gzip
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log2
from pathlib import Path
from typing import Any

from claims.extraction.lexicons import ICD_203
from claims.extraction.propose import propose
from claims.matching import Item, Target
from claims.matching.types import LONGEST_SETTING
from sources.importing.types import MAX_SUMMARY, MAX_TITLE
from sources.importing.wording import plain
from tests.claims.extraction.test_seed import ROWS, SAID, of_row

LABELS = Path(__file__).parent / "labels"
SHARED = Path(__file__).resolve().parents[4] / "shared"
FILES = {
    "a": "full_day_2022-09-15.jsonl.gz",
    "b": "full_day_2023-03-20.jsonl.gz",
    "c": "russia_china_to_2023-06.jsonl",
}
# Grades and files. Claims of our own meet all files; those of the seed meet a whole day, as on a desk.
SETS = {"own": ("own", "abc"), "seed-2022-09-15": ("seed", "a"), "seed-2023-03-20": ("seed", "b")}
# More than any file has lines: item 20,007 stands at place 7 (from 0) of the third file.
STEP = 10_000
# From this grade on an item bears on the claim; below it shares a topic at most.
BEARS = 2


@dataclass(frozen=True, slots=True)
class Graded:
    """Claims and items by number, and by claim the grades, 0 to 3, of the items that were read for it;
    how the article of the claims begins, if they have one."""

    claims: dict[int, str]
    items: dict[int, Item]
    grades: dict[int, dict[int, int]]
    setting: str = ""

    @property
    def targets(self) -> list[Target]:
        """The claims as the matcher takes them."""
        return [
            Target(number, str(number), text, setting=self.setting)
            for number, text in self.claims.items()
        ]


def graded(name: str, *, shared: Path = SHARED) -> Graded:
    """A set of SETS."""
    labels, letters = SETS[name]
    claims = _own() if labels == "own" else _seed(shared)
    items = [_item(_number(place), row) for place, row in _rows(letters, shared).items()]
    setting = "" if labels == "own" else _article(shared)[:LONGEST_SETTING]
    return Graded(claims, {one.id: one for one in items}, _grades(labels, letters), setting)


def ndcg(ranked: Sequence[int], grades: Mapping[int, int], *, at: int = 10) -> float | None:
    """Normalised discounted cumulative gain, 0 to 1, of items best first; None where no item bears.

    The gain of a grade is 2 ** grade - 1, the discount of rank r (from 1) log2(r + 1), the ideal that
    of all graded items (Burges et al. 2005). An item without a grade has no gain.
    """
    best = sorted(grades.values(), reverse=True)[:at]
    if not best or best[0] < BEARS:
        return None
    return _gained([grades.get(one, 0) for one in ranked[:at]]) / _gained(best)


def precision(ranked: Sequence[int], grades: Mapping[int, int], *, at: int = 10) -> float | None:
    """The share of the first items that bear on the claim; None where nothing is ranked."""
    first = ranked[:at]
    return sum(grades.get(one, 0) >= BEARS for one in first) / len(first) if first else None


def write(found: Graded, folder: Path) -> None:
    """Writes claims.tsv (number, claim, empty title), items.tsv (number, text) and qrels.

    A line of qrels is item, 0, claim and relevance: 1 bears weakly, 2 bears directly.
    """
    folder.mkdir(parents=True, exist_ok=True)
    claims = ((number, text, "") for number, text in found.claims.items())
    _write_table(folder / "claims.tsv", [("", "vclaim", "title"), *claims])
    items = ((number, item.text) for number, item in found.items.items())
    _write_table(folder / "items.tsv", [("", "tweet_content"), *items])
    relevant = sorted(
        (item, 0, claim, grade - BEARS + 1)
        for claim, grades in found.grades.items()
        for item, grade in grades.items()
        if grade >= BEARS
    )
    _write_table(folder / "qrels", relevant)


def _write_table(path: Path, rows: Sequence[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, dialect="excel-tab", lineterminator="\n").writerows(rows)


def _gained(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(rank + 1) for rank, grade in enumerate(grades, 1))


def _own() -> dict[int, str]:
    with (LABELS / "claims.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, dialect="excel-tab"))
    return {int(row["claim"]): f"{row['statement']} {row['metric']}".strip() for row in rows}


def _seed(shared: Path) -> dict[int, str]:
    """The statements that are proposed for the rows of the seed's key, one for each sentence."""
    text = _article(shared)
    proposals = propose(text, lexicon=ICD_203.entries, said_on=SAID, author="Desk")
    statements: dict[str, int] = {}
    for row in ROWS:
        statements.setdefault(of_row(proposals, row).statement, row)
    return {row: statement for statement, row in statements.items()}


def _article(shared: Path) -> str:
    return (shared / "seed" / "maslov-russia-china.txt").read_text()


def _rows(letters: str, shared: Path) -> dict[str, dict[str, Any]]:
    """The rows of files by place; of those with the same title and description the first one."""
    first: dict[tuple[str, str], tuple[str, dict[str, Any]]] = {}
    for letter in letters:
        path = shared / "data" / "news" / FILES[letter]
        opened = gzip.open if path.suffix == ".gz" else open
        with opened(path, "rb") as lines:
            for place, line in enumerate(lines):
                row = json.loads(line)
                first.setdefault((row["title"], row["description"]), (f"{letter}{place}", row))
    return dict(first.values())


def _item(number: int, row: dict[str, Any]) -> Item:
    title = plain(row["title"], at_most=MAX_TITLE)
    summary = plain(row["description"], at_most=MAX_SUMMARY)
    return Item(number, title, summary, date.fromisoformat(row["day"]))


def _grades(labels: str, letters: str) -> dict[int, dict[int, int]]:
    grades: dict[int, dict[int, int]] = {}
    for line in (LABELS / f"{labels}.txt").read_text().splitlines():
        claim, grade, *places = line.split()
        read = {_number(one): int(grade) for one in places if one[0] in letters}
        grades.setdefault(int(claim), {}).update(read)
    return grades


def _number(place: str) -> int:
    return list(FILES).index(place[0]) * STEP + int(place[1:])


if __name__ == "__main__":
    write(graded(sys.argv[1]), Path(sys.argv[2]))
