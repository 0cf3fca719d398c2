"""How often the intervals of agreement hold the truth, which a great many units tell."""

import numpy as np
import pytest

from reviews.agreement.coefficients import coefficients
from reviews.agreement.intervals import intervals, values
from reviews.agreement.patterns import Patterns, patterns_of_gradings

NAMES = ("alpha_ordinal", "ac2", "fleiss_kappa")
WANTED = {name: coefficients(np.arange(5.0))[name] for name in NAMES}


def graded(rng: np.random.Generator, units: int, commonness: tuple[float, ...]) -> Patterns:
    """Units that two or three raters of three grade, each right or next to it with 70%."""
    truth = rng.choice(5, units, p=commonness)
    unit = np.repeat(np.arange(units), rng.integers(2, 4, units))
    near = np.clip(truth[unit] + rng.integers(-1, 2, len(unit)), 0, 4)
    guess = rng.integers(0, 5, len(unit))
    grade = np.where(rng.random(len(unit)) < 0.7, near, guess)
    return patterns_of_gradings(unit, grade, scale=5)


@pytest.mark.parametrize(
    ("units", "commonness"),
    [(40, (0.2, 0.2, 0.2, 0.2, 0.2)), (150, (0.05, 0.05, 0.1, 0.2, 0.6))],
)
def test_intervals_hold_the_truth(units: int, commonness: tuple[float, ...]) -> None:
    rng, rounds = np.random.default_rng(1), 600
    truth = values(graded(rng, 400_000, commonness), WANTED)
    held = dict.fromkeys(NAMES, 0)
    for seed in range(rounds):
        found = intervals(graded(rng, units, commonness), WANTED, seed=seed, draws=300)
        for name, ends in found.items():
            assert ends is not None
            low, high = ends
            held[name] += low <= truth[name] <= high

    for times in held.values():
        assert 0.92 <= times / rounds <= 0.98
