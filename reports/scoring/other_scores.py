"""Scores that stand beside the Brier score: logarithmic, spherical, and those of forecasting platforms.

p is a probability, y an outcome graded 0 to 1, both arrays of one length. All are linear in y, so a forecaster
does best with the mean of y.
"""

import numpy as np

# A probability of 0 or 1 that fails would cost without end.
CLIP = 0.01


def log_score(probability: np.ndarray, outcome: np.ndarray, *, clip: float = CLIP) -> np.ndarray:
    """−(y ln p + (1 − y) ln(1 − p)) in nats, 0 best (Good 1952), p held from `clip` off 0 and 1."""
    held = np.clip(probability, clip, 1 - clip)
    return np.asarray(-(outcome * np.log(held) + (1 - outcome) * np.log1p(-held)))


def spherical_score(probability: np.ndarray, outcome: np.ndarray) -> np.ndarray:
    """(y p + (1 − y)(1 − p)) / √(p² + (1 − p)²), 1 best."""
    right = outcome * probability + (1 - outcome) * (1 - probability)
    return np.asarray(right / np.hypot(probability, 1 - probability))


def baseline_score(given: np.ndarray) -> np.ndarray:
    """100 (1 + log₂ p) of the probability given to what happened: 0 for ½, 100 for 1 (Metaculus)."""
    return np.asarray(100 * (1 + np.log2(given)))


def peer_scores(given: np.ndarray) -> np.ndarray:
    """100 ln(p_i / geometric mean of the others), of the probabilities several gave to what happened (Metaculus).

    They sum to 0. Raises ValueError for one alone, who has no peers.
    """
    number = len(given)
    if number < 2:
        raise ValueError("A peer score needs two forecasts of one claim.")
    logs = np.log(given)
    return np.asarray(100 * number / (number - 1) * (logs - logs.mean()))
