"""How likely two reports tell of one event: few measures, weighed by logistic regression."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from sources.gathering.rarity import Rarity
from sources.gathering.wording import NUMBER, TITLE, Wordings, unpacked

# Fitted to days of news that readers sorted into events (docs/methods.md); zero is even odds.
# `python -m tests.benchmarks likeness` fits them again.
WEIGHTS = {
    "meaning": 9.33,
    "covered_least": 2.71,
    "covered_most": 3.97,
    "whole": 6.20,
    "numbers_conflict": -0.62,
    "days": -1.60,
    "one_source": -1.31,
    "one_mould": -3.71,
}
BIAS = -11.48
_DAY = 86_400
# Kinds of words take so many bits.
_BITS = 2


class Kept(NamedTuple):
    """One report as it is kept, its wording packed; otherwise as in Reports."""

    at: float
    source: int
    title_weight: float
    length: float
    wording: bytes


@dataclass(frozen=True, slots=True)
class Reports:
    """n reports as they are compared: what they say, when they were published (seconds since 1970),
    and by whom (any numbers; 0 where nobody is named).

    `title_weights` is what the words of each title tell together, `lengths` that of the vector of all
    its words. All but `said` have the shape (n,).
    """

    said: Wordings
    at: np.ndarray
    sources: np.ndarray
    title_weights: np.ndarray
    lengths: np.ndarray

    @classmethod
    def weighed(
        cls,
        said: Wordings,
        *,
        at: Sequence[datetime],
        sources: Sequence[int | None],
        rarity: Rarity,
    ) -> "Reports":
        """Reports whose words count as rare as they are now."""
        rows, tells = said.rows, rarity.weights(said.words)
        in_title = tells * (said.kinds == TITLE)
        return cls(
            said,
            at=np.array([one.timestamp() for one in at], np.float64),
            sources=np.array([one or 0 for one in sources], np.int64),
            title_weights=np.bincount(rows, in_title, len(said)),
            lengths=np.sqrt(np.bincount(rows, tells * tells, len(said))),
        )

    @classmethod
    def of_kept(cls, kept: Sequence[Kept]) -> "Reports":
        """Reports as they were kept."""
        numbers = np.array([one[:-1] for one in kept], np.float64).reshape(-1, 4).T
        at, sources, title_weights, lengths = numbers
        said = unpacked([one.wording for one in kept])
        return cls(said, at, sources.astype(np.int64), title_weights, lengths)

    def kept(self) -> list[Kept]:
        """Each as it is kept."""
        columns = (self.at, self.sources, self.title_weights, self.lengths)
        numbers = (one.tolist() for one in columns)
        return [Kept(*one) for one in zip(*numbers, self.said.packed(), strict=True)]

    def followed_by(self, more: "Reports") -> "Reports":
        """These and then those."""
        return Reports(
            self.said.followed_by(more.said),
            at=np.concatenate([self.at, more.at]),
            sources=np.concatenate([self.sources, more.sources]),
            title_weights=np.concatenate([self.title_weights, more.title_weights]),
            lengths=np.concatenate([self.lengths, more.lengths]),
        )


def log_odds(reports: Reports, one: np.ndarray, other: np.ndarray, rarity: Rarity) -> np.ndarray:
    """The logarithm of the odds that both reports of each pair (by place) tell of one event."""
    return BIAS + measures(reports, one, other, rarity) @ np.array([*WEIGHTS.values()])


def measures(reports: Reports, one: np.ndarray, other: np.ndarray, rarity: Rarity) -> np.ndarray:
    """The measures of each pair of reports (by place), shape (pairs, measures), in the order of WEIGHTS.
    Shares of words are by what each word tells.

    meaning: cosine of the titles' vectors; covered_least, covered_most: the share of a title that
    stands in the other report; whole: cosine of all words; numbers_conflict: 1 where each title has a
    number that the other report lacks; days between them, 3 at most; one_source: 1 where both come
    from one source; one_mould: then the share of the titles' words that both have, for "Lottery
    numbers of Texas" and "… of Ohio" come out of one mould.
    """
    shared = _shared(reports.said, one, other, rarity)
    mine, theirs = reports.title_weights[one], reports.title_weights[other]
    covered = _share(shared.in_mine, mine), _share(shared.in_theirs, theirs)
    # Nobody named is nobody twice.
    named = reports.sources[one] > 0
    one_source = named & (reports.sources[one] == reports.sources[other])
    meanings = reports.said.meanings
    return np.column_stack(
        [
            np.einsum("ij,ij->i", meanings[one], meanings[other]),
            np.minimum(*covered),
            np.maximum(*covered),
            _share(shared.whole, reports.lengths[one] * reports.lengths[other]),
            shared.numbers_conflict,
            np.minimum(np.abs(reports.at[one] - reports.at[other]) / _DAY, 3),
            one_source,
            one_source * _share(shared.in_both, mine + theirs - shared.in_both),
        ]
    )


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.divide(part, whole, out=np.zeros(len(part)), where=whole > 0)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What shared words tell, for each pair: those in my title, in theirs, in both, and all of them
    squared; and whether each title has a number that the other report lacks."""

    in_mine: np.ndarray
    in_theirs: np.ndarray
    in_both: np.ndarray
    whole: np.ndarray
    numbers_conflict: np.ndarray


def _shared(said: Wordings, one: np.ndarray, other: np.ndarray, rarity: Rarity) -> _Shared:
    # Powers of two multiply by adding exponents: a product tells both kinds of a shared word.
    marked = _marked(said)
    both = marked[one].multiply(marked.power(2**_BITS)[other]).tocsr()
    kinds = np.log2(both.data).astype(np.int64)
    my_kind, their_kind = kinds & (2**_BITS - 1), kinds >> _BITS
    pairs = np.repeat(np.arange(len(one)), np.diff(both.indptr))
    tells = rarity.weights(both.indices)

    def told(weights: np.ndarray) -> np.ndarray:
        return np.bincount(pairs, weights, len(one))

    numbers = said.sizes[:, 1]
    return _Shared(
        in_mine=told(tells * (my_kind == TITLE)),
        in_theirs=told(tells * (their_kind == TITLE)),
        in_both=told(tells * ((my_kind == TITLE) & (their_kind == TITLE))),
        whole=told(tells * tells),
        numbers_conflict=(numbers[one] > told(my_kind == NUMBER))
        & (numbers[other] > told(their_kind == NUMBER)),
    )


def _marked(said: Wordings) -> csr_array:
    """Reports by words (as numbers from 0); each word is marked by its kind, as a power of two."""
    marks = np.exp2(said.kinds.astype(np.float64))
    table = csr_array((marks, said.words & 0xFFFFFFFF, said.ends), shape=(len(said), 2**32))
    table.sort_indices()
    return table
