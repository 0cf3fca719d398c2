"""Fits the weights of the measures to graded lists, so that what bears stands first.

The loss is that of ListNet (Cao et al. 2007, top one): the cross entropy between the shares of the gains
in a list and the softmax of the scores. It is convex, so that the same lists give the same weights.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from claims.matching.features import WEIGHTS, Weights

RIDGE = 1e-3
# Few judgements of one kind move weights that were fitted to others this little.
PULL = 0.03
STEPS = 500
# Nothing is known of this from lists that nobody added words to; it stays what it is.
NOT_FITTED = ("should",)
_FITTED = [number for number, name in enumerate(WEIGHTS) if name not in NOT_FITTED]


@dataclass(frozen=True, slots=True)
class Graded:
    """One list: measures (rows in the order of WEIGHTS), the gain of each row (some above 0), and how much
    the list counts."""

    measures: np.ndarray
    gains: np.ndarray
    counts: float = 1.0


def fitted(
    lists: Sequence[Graded],
    *,
    odds_of: Sequence[Graded] | None = None,
    known: Weights | None = None,
) -> Weights:
    """The weights under which the gains of these lists stand first, drawn towards `known` ones.

    Scale and bias are those of the logistic regression under which the score is the probability that a
    row has a gain, in `odds_of` (else the same lists).
    """
    direction = _direction(lists, known)
    others = lists if odds_of is None else odds_of
    scores = np.concatenate([one.measures[:, _FITTED] @ direction for one in others])
    has_gain = np.concatenate([one.gains > 0 for one in others])
    slope, bias = _logistic(scores, has_gain.astype(float))
    values = dict(WEIGHTS)
    names = list(WEIGHTS)
    for number, value in zip(_FITTED, direction * slope, strict=True):
        values[names[number]] = float(value)
    return Weights(values, float(bias))


def _direction(lists: Sequence[Graded], known: Weights | None) -> np.ndarray:
    if known is None:
        return _minimal(lists, np.zeros(len(_FITTED)), RIDGE)
    names = list(WEIGHTS)
    before = np.array([known[names[number]] for number in _FITTED])
    # How far apart scores lie is another matter in lists than in odds.
    as_one = [
        Graded((one.measures[:, _FITTED] @ before)[:, None], one.gains, one.counts) for one in lists
    ]
    (scale,) = _minimal(as_one, np.zeros(1), RIDGE)
    return _minimal(lists, before * scale, PULL)


def _minimal(lists: Sequence[Graded], towards: np.ndarray, ridge: float) -> np.ndarray:
    """The weights of least loss, with a ridge around others."""
    columns = _FITTED if len(towards) > 1 else [0]
    measures = np.concatenate([one.measures[:, columns] for one in lists]).astype(float)
    sizes = np.array([len(one.gains) for one in lists])
    starts = np.cumsum([0, *sizes[:-1]])
    counts = np.array([one.counts for one in lists])
    counts = counts / counts.sum()
    meant = np.concatenate(
        [one.gains / one.gains.sum() * share for one, share in zip(lists, counts, strict=True)]
    )

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = measures @ weights
        top = np.maximum.reduceat(scores, starts)
        raised = np.exp(scores - np.repeat(top, sizes))
        sums = np.add.reduceat(raised, starts)
        found = raised * np.repeat(counts / sums, sizes)
        off = weights - towards
        value = counts @ (np.log(sums) + top) - meant @ scores + ridge / 2 * off @ off
        return float(value), measures.T @ (found - meant) + ridge * off

    start = np.ones(len(towards))
    options = {"maxiter": STEPS, "gtol": 1e-7, "ftol": 1e-12}
    return minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x


def _logistic(scores: np.ndarray, outcomes: np.ndarray) -> tuple[float, float]:
    """Slope and bias of the logistic regression of outcomes on scores, by Newton's steps."""
    columns = np.stack([scores, np.ones_like(scores)], axis=1)
    weights = np.array([1.0, np.log(outcomes.mean() / (1 - outcomes.mean())) - scores.mean()])
    for _ in range(100):
        chance = 1 / (1 + np.exp(-columns @ weights))
        curve = (columns * (chance * (1 - chance))[:, None]).T @ columns
        step = np.linalg.solve(curve + 1e-9 * np.eye(2), columns.T @ (chance - outcomes))
        # Far from the solution a whole step may pass it.
        weights -= step * min(1.0, 2.0 / np.abs(step).max())
        if np.abs(step).max() < 1e-9:
            break
    return float(weights[0]), float(weights[1])
