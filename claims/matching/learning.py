"""What decisions teach: the weights of the measures, fitted to what analysts accepted and rejected.

Logistic regression that is drawn towards the weights in use rather than towards zero, so that a few
decisions move it little and a thousand move it as far as they agree.
"""

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, log_expit

from claims.matching.features import WEIGHTS, Weights

# How hard it is drawn: as if so many decisions had been made under the weights in use.
DRAWN = 50.0


def learned(measures: np.ndarray, accepted: np.ndarray, *, start: Weights) -> Weights:
    """The weights that decisions ask for.

    `measures` has one row per decision in the order of WEIGHTS, `accepted` is 1 or 0 for each; one or
    more. `start` are the weights in use.
    """
    columns = np.c_[measures, np.ones(len(measures))].astype(float)
    before = np.array([*(start[name] for name in WEIGHTS), start.bias])
    # A measure that varies little in what was decided is moved little.
    drawn = DRAWN * np.maximum(columns.std(axis=0), 0.05) ** 2
    drawn[-1] = DRAWN * 0.05

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds = columns @ weights
        moved = weights - before
        value = -np.where(accepted == 1, log_expit(odds), log_expit(-odds)).sum()
        slope = columns.T @ (expit(odds) - accepted) + drawn * moved
        return float(value + drawn @ moved**2 / 2), slope

    found = minimize(loss, before, jac=True, method="L-BFGS-B").x
    return Weights(dict(zip(WEIGHTS, map(float, found[:-1]), strict=True)), float(found[-1]))


def log_loss(measures: np.ndarray, accepted: np.ndarray, weights: Weights) -> float:
    """How far the probabilities are from what was decided: the mean of −ln p, 0 at best."""
    odds = weights.odds(measures)
    return float(-np.where(accepted == 1, log_expit(odds), log_expit(-odds)).mean())


def concordance(measures: np.ndarray, accepted: np.ndarray, weights: Weights) -> float:
    """How often an accepted suggestion stands before a rejected one, ties counting half: the area
    under the curve of Hanley and McNeil (1982). ½ where either kind is missing."""
    odds = weights.odds(measures)
    ours, others = odds[accepted == 1], np.sort(odds[accepted == 0])
    if not len(ours) or not len(others):
        return 0.5
    below = np.searchsorted(others, ours, side="left")
    level = np.searchsorted(others, ours, side="right") - below
    return float((below + level / 2).mean() / len(others))
