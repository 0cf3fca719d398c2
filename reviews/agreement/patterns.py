"""Gradings by their distinct patterns: a million units of five grades are a few dozen of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Patterns:
    """`counts[p, k]`: how many chose grade k in pattern p (scipy's sparse rows); `times[p]`: in how many units.

    A unit without any grade is in none of them. `of` is the pattern of each unit, where units have numbers.
    """

    counts: Any
    times: np.ndarray
    of: np.ndarray = field(default_factory=lambda: np.zeros(0, int))

    @property
    def sizes(self) -> np.ndarray:
        """How many grades a unit of each pattern has."""
        return np.asarray(self.counts.sum(axis=1), float).ravel()

    @property
    def paired(self) -> "Patterns":
        """Those that were graded twice or more: only they can agree."""
        twice = self.sizes >= 2
        return Patterns(self.counts[twice], self.times[twice])

    @property
    def units(self) -> int:
        """How many units they are."""
        return int(self.times.sum())

    @property
    def grades(self) -> int:
        """How many grades the scale has, chosen or not."""
        return int(self.counts.shape[1])

    @property
    def ratings(self) -> int:
        """How many grades were given."""
        return int(self.times @ self.sizes)


def patterns_of_counts(counts: Sequence[Sequence[int]]) -> Patterns:
    """From one row per unit and one column per grade: how many chose it."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - slow to import

    table = np.asarray(counts, int)
    if not table.size:
        return Patterns(csr_array((0, 0)), np.zeros(0, int))
    graded = table[table.sum(axis=1) > 0]
    base, places = int(graded.max(initial=0)) + 1, graded.shape[1]
    if base**places < 2**62:
        # Each row as one number, which is far quicker to sort.
        keys = graded @ base ** np.arange(places)[::-1]
        _, first, times = np.unique(keys, return_index=True, return_counts=True)
        distinct = graded[first]
    else:
        distinct, times = np.unique(graded, axis=0, return_counts=True)
    return Patterns(csr_array(distinct.astype(float)), times)


def patterns_of_distinct(counts: Sequence[Sequence[int]], times: Sequence[int]) -> Patterns:
    """From distinct rows as of `patterns_of_counts`, and in how many units each of them occurs."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - slow to import

    return Patterns(csr_array(np.asarray(counts, float)), np.asarray(times, int))


def patterns_of_gradings(units: np.ndarray, grades: np.ndarray, *, scale: int) -> Patterns:
    """From one entry per grade given: the number of its unit and the number of the grade, both from 0.

    `scale` is how many grades there are, chosen or not.
    """
    from scipy.sparse import csr_array  # noqa: PLC0415 - slow to import

    order = np.lexsort((grades, units))
    chosen = grades[order]
    _, start, sizes = np.unique(units[order], return_index=True, return_counts=True)
    _, first, of, times = np.unique(
        _keys(chosen, start, sizes, scale),
        return_index=True,
        return_inverse=True,
        return_counts=True,
    )
    lengths = sizes[first]
    row = np.repeat(np.arange(len(first)), lengths)
    within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    column = chosen[np.repeat(start[first], lengths) + within]
    counts = csr_array((np.ones(len(row)), (row, column)), shape=(len(first), scale))
    counts.sum_duplicates()
    return Patterns(counts, times, of)


def _keys(chosen: np.ndarray, start: np.ndarray, sizes: np.ndarray, scale: int) -> np.ndarray:
    """A number for each unit, the same for units with the same grades, which stand in order in `chosen`."""
    keys = sizes.copy()
    longest_first = np.argsort(-sizes, kind="stable")
    for place in range(sizes.max(initial=0)):
        # Units whose grades are all looked at keep their key; their length tells them from the others.
        more = longest_first[: np.searchsorted(-sizes[longest_first], -place)]
        longer = keys[more] * scale + chosen[start[more] + place]
        keys[more] = np.unique(longer, return_inverse=True)[1]
    return np.asarray(keys * (sizes.max(initial=0) + 1) + sizes)
