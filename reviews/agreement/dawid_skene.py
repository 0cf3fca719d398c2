"""What grades say together where raters err in their own ways: Dawid and Skene, Applied Statistics 1979.

A unit is truly of grade j with probability π_j; rater r then gives grade k with probability c[r, j, k], whatever
the others give. Found by expectation and maximisation, from the shares of votes.
"""

from collections.abc import Mapping
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


def consensus(
    given: Gradings, *, prior: bool = True, known: Mapping[int, int] | None = None
) -> Consensus:
    """Each unit's true grade, by the most probable π and c. A rater may grade a unit several times.

    The prior counts one grading more of every kind, and two more that are right, and one unit more of each
    grade: with two raters the likelihood alone is sure of everything. Without it, the published estimate.
    `known` is the true grade of those units for which it is settled; they tell how raters err.
    Raises ValueError without gradings.
    """
    if not len(given.units):
        raise ValueError("A consensus needs grades.")
    raters, grades = int(given.raters.max()) + 1, given.scale
    cells = raters * grades
    # What is known stands in columns of its own, so that units of one pattern also know the same.
    settled = np.array(sorted((known or {}).items()), int).reshape(-1, 2).T
    patterns = patterns_of_gradings(
        np.concatenate([given.units, settled[0]]),
        np.concatenate([given.raters * grades + given.grades, cells + settled[1]]),
        scale=cells + grades,
    )
    counts, marks = patterns.counts[:, :cells], patterns.counts[:, cells:].toarray()
    barred = (marks == 0) & marks.any(axis=1, keepdims=True)
    more = np.tile(np.ones((grades, grades)) + 2 * np.eye(grades), (raters, 1)) * prior
    votes = counts @ np.tile(np.eye(grades), (raters, 1))
    truth = np.where(marks.any(axis=1, keepdims=True), marks, votes)
    truth /= truth.sum(axis=1, keepdims=True)
    for _ in range(ROUNDS):
        prevalence, errors = _rates(counts, truth, patterns.times, more, prior=prior)
        after, logs = _truth(counts, prevalence, errors, barred)
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
    counts: Any, prevalence: np.ndarray, errors: np.ndarray, barred: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """How probable each true grade is for each pattern, and the log of the pattern's probability.

    `barred` are the grades that a pattern is known not to be of.
    """
    tiny = np.finfo(float).tiny
    logs = counts @ np.log(np.maximum(errors, tiny)) + np.log(np.maximum(prevalence, tiny))
    logs[barred] = -np.inf
    highest = logs.max(axis=1, keepdims=True)
    odds = np.exp(logs - highest)
    total = odds.sum(axis=1, keepdims=True)
    return odds / total, (highest + np.log(total)).ravel()
