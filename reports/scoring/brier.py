"""The Brier score of a range of probability, and its improvement over the base rate.

Brier 1950 for the score. A range counts as its mean over the range, since no real-valued strictly
proper score for imprecise probabilities exists (Seidenfeld, Schervish and Kadane 2012): width costs,
so vagueness does not pay.
"""

from collections.abc import Sequence

GRADES = (0.0, 0.25, 0.5, 0.75, 1.0)


def brier(probability: float, outcome: float) -> float:
    """The squared distance, 0 best to 1 worst, of a probability from an outcome graded 0 to 1."""
    return (probability - outcome) ** 2


def band_brier(low: float, high: float, outcome: float) -> float:
    """The mean Brier score over the range low to high: that of its middle, and w²/12 for its width."""
    return brier((low + high) / 2, outcome) + (high - low) ** 2 / 12


def brier_bounds(low: float, high: float, outcome: float) -> tuple[float, float]:
    """The least and the greatest Brier score that any probability of the range would have had."""
    nearest = min(max(outcome, low), high)
    return brier(nearest, outcome), max(brier(low, outcome), brier(high, outcome))


def improvement(low: float, high: float, outcome: float, base_rate: float) -> float:
    """How much better than the base rate the range did: above 0 better, below 0 worse."""
    return brier(base_rate, outcome) - band_brier(low, high, outcome)


def improvement_bounds(low: float, high: float, base_rate: float) -> tuple[float, float]:
    """The worst and the best improvement that any outcome from 0 to 1 could still bring.

    The improvement is linear in the outcome, so both stand at its ends.
    """
    ends = [improvement(low, high, outcome, base_rate) for outcome in (0.0, 1.0)]
    return min(ends), max(ends)


def score_bounds(
    low: float, high: float, outcomes: Sequence[float] = GRADES
) -> tuple[float, float]:
    """The least (best) and the greatest (worst) score that any of these outcomes could still bring."""
    ends = [band_brier(low, high, outcome) for outcome in outcomes]
    return min(ends), max(ends)
