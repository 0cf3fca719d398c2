"""Counts by period as if the same feeds had been there all along: arithmetic alone, no Django.

The model is the one by which birds are counted at sites that are not all visited every year (TRIM;
Pannekoek and van Strien 2001): what feed f brings in period t is expected to be e(f,t) · a(f) · b(t),
with e how much of the period it was listened to, a what is its own and b what the period brings to
all of them. docs/methods.md tells it in full.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

ROUNDS = 100
CLOSE_ENOUGH = 1e-11

type Matrix = NDArray[np.float64]


class Cell(NamedTuple):
    """What one feed brought in one period, and on which share of its days it was listened to."""

    feed: int
    period: int
    brought: int
    exposure: float


def normalised(cells: Iterable[Cell], *, periods: int) -> list[float | None]:
    """For each period what the feeds of the last one would have brought in it.

    None where no feed that brought anything links the period to the last one that has any. For the
    last period that is what they did bring, as far as they were listened to all along.
    """
    counts, exposure = _matrices([cell for cell in cells if cell.exposure > 0], periods)
    told = _linked(counts, exposure)
    if not told.any():
        return [None] * periods
    keep = (exposure[:, told] > 0).any(axis=1) & (counts[:, told].sum(axis=1) > 0)
    own, shared = _fitted(counts[np.ix_(keep, told)], exposure[np.ix_(keep, told)])
    there = exposure[keep][:, np.flatnonzero(told)[-1]] > 0
    level = own[there].sum()
    values = iter(shared * level)
    return [float(next(values)) if is_told else None for is_told in told]


def per_feed(counts: Sequence[int], feeds: Sequence[int]) -> list[float | None]:
    """Counts divided by how many feeds answered; None where none did."""
    return [n / of if of else None for n, of in zip(counts, feeds, strict=True)]


def _matrices(cells: Sequence[Cell], periods: int) -> tuple[Matrix, Matrix]:
    """Counts and exposures, a row for each feed and a column for each period."""
    table = np.array(cells, dtype=np.float64).reshape(-1, 4)
    rows = np.unique(table[:, 0], return_inverse=True)[1]
    shape = (int(rows.max(initial=-1)) + 1, periods)
    counts, exposure = np.zeros(shape), np.zeros(shape)
    places = (rows, table[:, 1].astype(int))
    np.add.at(counts, places, table[:, 2])
    np.add.at(exposure, places, table[:, 3])
    return counts, exposure


def _linked(counts: Matrix, exposure: Matrix) -> NDArray[np.bool_]:
    """Periods that feeds with anything to tell link to the last period that has anything."""
    brought = np.flatnonzero(counts.sum(axis=0))
    linked = np.zeros(counts.shape[1], dtype=bool)
    if not brought.size:
        return linked
    listened = (exposure > 0) & (counts.sum(axis=1) > 0)[:, None]
    # A period without anything links none, though it may be linked: nothing is a figure too.
    links = listened & (counts.sum(axis=0) > 0)[None, :]
    linked[brought[-1]] = True
    while True:
        feeds = (links & linked[None, :]).any(axis=1)
        onward = linked | listened[feeds].any(axis=0)
        if (onward == linked).all():
            return linked
        linked = onward


def _fitted(counts: Matrix, exposure: Matrix) -> tuple[Matrix, Matrix]:
    """The likeliest a(f) and b(t) where the counts are Poisson; b of the last period with any is 1.

    Given b, the likeliest a(f) is what f brought over what it was exposed to. What is left is the
    likelihood of b alone, which has one peak: Newton's method climbs it.
    """
    by_feed, by_period = counts.sum(axis=1), counts.sum(axis=0)
    some = np.flatnonzero(by_period)  # nothing at all came in the others: there b is 0
    logs = np.zeros(some.size)
    exposed = exposure[:, some]
    for _ in range(ROUNDS):
        step = _step(exposed, by_feed, by_period[some], logs)
        logs[:-1] += step * min(1.0, 1.0 / max(np.abs(step).max(initial=0.0), 1e-300))
        if np.abs(step).max(initial=0.0) < CLOSE_ENOUGH:
            break
    shared = np.zeros(by_period.size)
    shared[some] = np.exp(logs)
    return by_feed / (exposure @ shared), shared


def _step(exposed: Matrix, by_feed: Matrix, by_period: Matrix, logs: Matrix) -> Matrix:
    """One step of Newton's method for the logarithms of b, the last of which stays as it is."""
    weights = exposed * np.exp(logs - logs.max())
    share = weights / weights.sum(axis=1, keepdims=True)
    expected = by_feed @ share
    curvature = np.diag(expected) - share.T @ (by_feed[:, None] * share)
    gradient = by_period - expected
    step: Matrix = np.linalg.lstsq(curvature[:-1, :-1], gradient[:-1], rcond=None)[0]
    return step
