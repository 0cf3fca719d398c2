"""Ranks claims for texts of which people said on which claims they bear, and compares.

The files are those of CLEF CheckThat! 2020: claims and items as tables with tabs between their columns
(a line of headings; id, text, for claims more text), judgements as TREC qrels (item, 0, claim, relevance).
"""

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import batched, cycle, islice
from multiprocessing import get_context
from time import perf_counter

import numpy as np

from claims.matching.features import AS_SHIPPED, Weights
from claims.matching.fitting import Graded, fitted
from claims.matching.index import BLOCK, TOP, Index
from claims.matching.types import Item, Target

HEADINGS = ("", "id", "claim_id", "item_id", "tweet_id", "claim", "item")
# Average precision looks at so many claims.
CUT = 5
# Items that are ranked again for their time, at least, when the words are known; by so many processes,
# if there are cores for them, as an install has workers.
TIMED = 5000
WORKERS = 2
_DAY = date(2000, 1, 1)
_index: Index


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Means over the items that have a relevant claim, 0 to 1, and how fast they were ranked."""

    claims: int
    items: int
    judged: int
    map_at_5: float
    p_at_1: float
    recall_at_20: float
    items_per_second: int
    processes: int

    def as_dict(self) -> dict[str, float]:
        """The figures by name."""
        return {
            "map@5": self.map_at_5,
            "p@1": self.p_at_1,
            "recall@20": self.recall_at_20,
            "items_per_second": self.items_per_second,
            "processes": self.processes,
            "claims": self.claims,
            "items": self.items,
            "judged": self.judged,
        }


@dataclass(frozen=True, slots=True)
class Judged:
    """Texts by id, and for each the ids of the claims on which it bears with the relevance, from 1."""

    texts: dict[str, str]
    relevant: dict[str, dict[str, float]]


def read_texts(lines: Iterable[bytes], problems: list[str]) -> dict[str, str]:
    """Id to text of a table, the columns after the id joined; what is wrong is added to `problems`."""
    texts: dict[str, str] = {}
    for number, row in _rows(lines, problems):
        identity, text = row[0].strip(), " ".join(one.strip() for one in row[1:]).strip()
        if number == 1 and identity.casefold() in HEADINGS:
            continue
        if not identity or not text:
            problems.append(f"line {number}: {'the text' if identity else 'the id'} is missing")
        elif identity in texts:
            problems.append(f"line {number}: {identity} stands in an earlier line too")
        else:
            texts[identity] = text
    return texts


def read_qrels(
    lines: Iterable[bytes], *, items: Iterable[str], claims: Iterable[str], problems: list[str]
) -> dict[str, dict[str, float]]:
    """Item to its claims of relevance above 0; what is wrong is added to `problems`."""
    known_items, known_claims = set(items), set(claims)
    relevant: dict[str, dict[str, float]] = {}
    for number, line in enumerate(lines, 1):
        parts = line.decode("utf-8", "replace").split()
        if not parts:
            continue
        try:
            item, _, claim, grade = parts
            relevance = float(grade)
        except ValueError:
            problems.append(f"line {number}: is not item, 0, claim and a number")
            continue
        if item not in known_items or claim not in known_claims:
            what = f"item {item}" if item not in known_items else f"claim {claim}"
            problems.append(f"line {number}: there is no {what}")
        elif relevance > 0:
            relevant.setdefault(item, {})[claim] = relevance
    return relevant


def trained(claims: dict[str, str], train: Judged) -> Weights:
    """The shipped weights, moved so that what is relevant in these judgements stands first."""
    lists = graded_lists(Index.build(_targets(claims)), list(claims), train)
    return fitted(lists, known=AS_SHIPPED) if lists else AS_SHIPPED


def graded_lists(index: Index, ids: Sequence[str], judged: Judged) -> list[Graded]:
    """For each text that was judged the claims that come near it, with the measures of each.

    `ids` are the ids of the claims by their number in the index. A text for which no relevant claim came
    near teaches nothing.
    """
    items = _items({one: judged.texts[one] for one in judged.relevant})
    lists = []
    for relevant, (rows, measures) in zip(
        judged.relevant.values(), index.measured(items), strict=True
    ):
        gains = np.array([relevant.get(ids[row], 0.0) for row in rows.tolist()])
        if gains.any():
            lists.append(Graded(measures, gains))
    return lists


def evaluate(
    claims: dict[str, str], judged: Judged, *, weights: Weights = AS_SHIPPED
) -> Evaluation:
    """Ranks these claims for the texts, of which some were judged, and compares."""
    index = Index.build(_targets(claims), weights)
    items = _items(judged.texts)
    ids = list(claims)
    found = index.nearest(items)
    ranked = {
        one: [ids[number] for number, _ in near]
        for one, near in zip(judged.texts, found, strict=True)
    }
    per_second, processes = speed(index, items)
    pairs = [(ranked[one], relevant) for one, relevant in judged.relevant.items()]
    return Evaluation(
        claims=len(claims),
        items=len(items),
        judged=len(pairs),
        map_at_5=_mean(_average_precision(near, relevant) for near, relevant in pairs),
        p_at_1=_mean(float(bool(near) and near[0] in relevant) for near, relevant in pairs),
        recall_at_20=_mean(
            len(set(near[:TOP]) & relevant.keys()) / len(relevant) for near, relevant in pairs
        ),
        items_per_second=per_second,
        processes=processes,
    )


def speed(index: Index, items: Sequence[Item]) -> tuple[int, int]:
    """Items ranked a second by processes that know their words, and how many processes; as the workers
    of an install do they share the cores, and each has the whole index."""
    processes = min(WORKERS, os.cpu_count() or 1)
    if not items:
        return 0, processes
    blocks = list(batched(islice(cycle(items), max(TIMED, len(items))), BLOCK))
    # What is forked has the index without reading it again; nobody else has a thread in a command.
    with get_context("fork").Pool(processes, _begin, (index,)) as pool:
        pool.map(_ranked, blocks[:processes], chunksize=1)
        start = perf_counter()
        pool.map(_ranked, blocks, chunksize=1)
        seconds = perf_counter() - start
    return round(sum(map(len, blocks)) / seconds), processes


def _rows(lines: Iterable[bytes], problems: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Rows that have a word, with the number of the line in which each ends."""
    decoded = (line.decode("utf-8-sig", "replace").replace("\0", "") for line in lines)
    reader = csv.reader(decoded, dialect="excel-tab")
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problems.append(f"line {reader.line_num}: {error}")
            continue
        if any(one.strip() for one in row):
            yield reader.line_num, row


def _targets(claims: dict[str, str]) -> list[Target]:
    return [Target(number, one, text) for number, (one, text) in enumerate(claims.items())]


def _items(texts: dict[str, str]) -> list[Item]:
    return [Item(number, text, "", _DAY, language="") for number, text in enumerate(texts.values())]


def _average_precision(near: Sequence[str], relevant: dict[str, float]) -> float:
    found, total = 0, 0.0
    for rank, one in enumerate(near[:CUT], 1):
        if one in relevant:
            found += 1
            total += found / rank
    return total / min(len(relevant), CUT)


def _mean(values: Iterable[float]) -> float:
    every = list(values)
    return round(sum(every) / len(every), 4) if every else 0.0


def _begin(index: Index) -> None:
    """Makes the index that of this process."""
    global _index  # noqa: PLW0603 - one index per process is the point
    _index = index


def _ranked(items: Sequence[Item]) -> list[list[tuple[int, float]]]:
    return _index.nearest(items)
