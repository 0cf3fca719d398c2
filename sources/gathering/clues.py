"""Where to look for reports of the same event, without looking at all of them."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from sources.gathering.rarity import Rarity
from sources.gathering.wording import TITLE, Wordings

# Of a title, and of title and text, so many of the words that tell most are clues, and so are pairs of them.
TELLING = 6
# A word that stood in fewer reports finds them all alone (BEHIND_A_CLUE); pairs with it find no more.
FREQUENT = 16

type Columns = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True, slots=True)
class Clues:
    """The clues of reports: for each the place of its report, and the clue, a signed number of 64 bits.

    In the order of reports; a report has some ten to thirty-five, each once.
    """

    rows: np.ndarray
    clues: np.ndarray

    def of(self, chosen: np.ndarray) -> "Clues":
        """The clues of the reports for which a mask over all of them is true."""
        kept = chosen[self.rows]
        return Clues(self.rows[kept], self.clues[kept])


def clues(said: Wordings, rarity: Rarity) -> Clues:
    """The clues of these reports; most reports of one event share at least one."""
    rows, words, in_title = said.rows, said.words, said.kinds == TITLE
    found = [
        *_found(rows[in_title], words[in_title], len(said), rarity),
        *_found(rows, words, len(said), rarity),
    ]
    return _each_once(*(np.concatenate(column) for column in zip(*found, strict=True)))


def _found(rows: np.ndarray, words: np.ndarray, reports: int, rarity: Rarity) -> list[Columns]:
    """The words of each report that tell most, and pairs of those of them that are frequent."""
    order = np.lexsort((words, -rarity.weights(words), rows))
    rows, words = rows[order], words[order]
    places = np.arange(len(rows)) - np.searchsorted(rows, rows)
    kept = places < TELLING
    rows, words, places = rows[kept], words[kept], places[kept]
    table = np.zeros((reports, TELLING), np.int64)
    table[rows, places] = words
    frequent = np.zeros((reports, TELLING), bool)
    frequent[rows, places] = rarity.seen(words) >= FREQUENT
    pairs = [
        _pairs(table[:, one], table[:, other], frequent[:, one] & frequent[:, other])
        for one, other in combinations(range(TELLING), 2)
    ]
    return [(rows, words), *pairs]


def _pairs(one: np.ndarray, other: np.ndarray, both: np.ndarray) -> Columns:
    """Two words of a report as one number, whichever comes first."""
    rows = np.flatnonzero(both)
    low, high = np.minimum(one, other)[rows], np.maximum(one, other)[rows]
    return rows, (low << 32) | (high & 0xFFFFFFFF)


def _each_once(rows: np.ndarray, found: np.ndarray) -> Clues:
    order = np.lexsort((found, rows))
    rows, found = rows[order], found[order]
    first = np.ones(len(rows), bool)
    first[1:] = (rows[1:] != rows[:-1]) | (found[1:] != found[:-1])
    return Clues(rows[first], found[first])
