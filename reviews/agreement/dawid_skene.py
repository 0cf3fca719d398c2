"""What grades say together where raters err in their own ways: Dawid and Skene, Applied Statistics 1979.

A unit is truly of grade j with probability π_j; rater r then gives grade k with probability c[r, j, k], whatever
the others give. Found by expectation and maximisation, from the shares of votes.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from reviews.agreement.patterns import patterns_of_gradings
from reviews.agreement.raters import Gradings

ROUNDS = 500
STILL = 1e-7


@dataclass(frozen=True)
class Consensus:
    """`truth[u, j]`: how probable grade j is for unit u; `prevalence[j]`; `errors[r, j, k]`; the log-likelihood."""

    truth: np.ndarray
    prevalence: np.ndarray
    errors: np.ndarray
    loglikelihood: float


def consensus(given: Gradings, *, prior: bool = True) -> Consensus:
    """Each unit's true grade, by the most probable π and c. A rater may grade a unit several times.

    The prior counts one grading more of every kind, and two more that are right, and one unit more of each
    grade: with two raters the likelihood alone is sure of everything. Without it, the published estimate.
    Raises ValueError without gradings.
    """
    if not len(given.units):
        raise ValueError("A consensus needs grades.")
    raters, grades = int(given.raters.max()) + 1, given.scale
    patterns = patterns_of_gradings(
        given.units, given.raters * grades + given.grades, scale=raters * grades
    )
    more = np.tile(np.ones((grades, grades)) + 2 * np.eye(grades), (raters, 1)) * prior
    votes = patterns.counts @ np.tile(np.eye(grades), (raters, 1))
    truth = votes / votes.sum(axis=1, keepdims=True)
    for _ in range(ROUNDS):
        prevalence, errors = _rates(patterns.counts, truth, patterns.times, more, prior=prior)
        after, logs = _truth(patterns.counts, prevalence, errors)
        moved = float(np.abs(after - truth).max())
        truth = after
        if moved < STILL:
            break
    return Consensus(
        truth=truth[patterns.of],
        prevalence=prevalence,
        errors=errors.reshape(raters, grades, grades).transpose(0, 2, 1),
        loglikelihood=float(patterns.times @ logs),
    )


def _rates(
    counts: Any, truth: np.ndarray, times: np.ndarray, more: np.ndarray, *, prior: bool
) -> tuple[np.ndarray, np.ndarray]:
    """π, and c with a row for each rater and grade given, a column for each true grade."""
    weighed = truth * times[:, None]
    prevalence = weighed.sum(axis=0) + prior
    grades = len(prevalence)
    given = (counts.T @ weighed + more).reshape(-1, grades, grades)
    every = given.sum(axis=1, keepdims=True)
    # A rater who met no unit of a grade says nothing about it.
    errors = np.full_like(given, 1 / grades)
    np.divide(given, every, out=errors, where=every > 0)
    return prevalence / prevalence.sum(), errors.reshape(-1, grades)


def _truth(
    counts: Any, prevalence: np.ndarray, errors: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """How probable each true grade is for each pattern, and the log of the pattern's probability."""
    tiny = np.finfo(float).tiny
    logs = counts @ np.log(np.maximum(errors, tiny)) + np.log(np.maximum(prevalence, tiny))
    highest = logs.max(axis=1, keepdims=True)
    odds = np.exp(logs - highest)
    total = odds.sum(axis=1, keepdims=True)
    return odds / total, (highest + np.log(total)).ravel()
