"""The Brier score of a range of probability, and its improvement over the base rate.

Brier 1950 for the score. A range counts as its mean over the range, since no real-valued strictly
proper score for imprecise probabilities exists (Seidenfeld, Schervish and Kadane 2012): width costs,
so vagueness does not pay. What takes numbers takes arrays of them too.
"""

from collections.abc import Sequence

import numpy as np

GRADES = (0.0, 0.25, 0.5, 0.75, 1.0)
# Against a rarer base rate a miss would weigh without end.
RAREST = 0.1


def brier[N: (float, np.ndarray)](probability: N, outcome: N) -> N:
    """The squared distance, 0 best to 1 worst, of a probability from an outcome graded 0 to 1."""
    miss = probability - outcome
    # Not as a power, which need not round the same for a number and for an array.
    return miss * miss


def band_brier[N: (float, np.ndarray)](low: N, high: N, outcome: N) -> N:
    """The mean Brier score over the range low to high: that of its middle, and w²/12 for its width."""
    return brier((low + high) / 2, outcome) + (high - low) ** 2 / 12


def expected_brier(probability: float, beliefs: Sequence[float]) -> float:
    """The mean Brier score where reviewers leave each of GRADES so probable: (p − ḡ)² + Var(g).

    Raises ValueError where the beliefs are not one for each grade.
    """
    pairs = list(zip(beliefs, GRADES, strict=True))
    return sum(belief * brier(probability, grade) for belief, grade in pairs)


def brier_bounds(low: float, high: float, outcome: float) -> tuple[float, float]:
    """The least and the greatest Brier score that any probability of the range would have had."""
    nearest = min(max(outcome, low), high)
    return brier(nearest, outcome), max(brier(low, outcome), brier(high, outcome))


def improvement[N: (float, np.ndarray)](low: N, high: N, outcome: N, base_rate: N) -> N:
    """How much better than the base rate the range did: above 0 better, below 0 worse."""
    return brier(base_rate, outcome) - band_brier(low, high, outcome)


def normalised_improvement(probability: float, outcome: float, base_rate: float) -> float:
    """The improvement by what could be had where events are so rare or common: 0 at the base rate, 1 perfect.

    BI / T with T = (1 − c)² where p ≥ c, else c² (Winkler 1994). The base rate c is kept from RAREST off
    either end. For display beside the improvement, not for tests: a miss can weigh far more than a hit.
    """
    rate = min(max(base_rate, RAREST), 1 - RAREST)
    scale = (1 - rate) ** 2 if probability >= rate else rate**2
    return (brier(rate, outcome) - brier(probability, outcome)) / scale


def improvement_bounds(low: float, high: float, base_rate: float) -> tuple[float, float]:
    """The worst and the best improvement that any outcome from 0 to 1 could still bring.

    The improvement is linear in the outcome, so both stand at its ends.
    """
    ends = [improvement(low, high, outcome, base_rate) for outcome in (0.0, 1.0)]
    return min(ends), max(ends)


def vague_improvement(base_rate: float) -> float:
    """What a claim too vague to judge counts in the vagueness-adjusted score: −(c − ½)², never above 0.

    It is taken for a probability of ½ where the base rate is right.
    """
    return -((base_rate - 0.5) ** 2)


def score_bounds(
    low: float, high: float, outcomes: Sequence[float] = GRADES
) -> tuple[float, float]:
    """The least (best) and the greatest (worst) score that any of these outcomes could still bring."""
    ends = [band_brier(low, high, outcome) for outcome in outcomes]
    return min(ends), max(ends)
