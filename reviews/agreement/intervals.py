"""Intervals of agreement: units are drawn again, whole patterns of them at once.

The middle 95% of what is drawn again. Units of one pattern are drawn as one with a weight, so that a million
units of five grades cost what their few dozen patterns do.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from reviews.agreement.coefficients import Drawn
from reviews.agreement.patterns import Patterns

COVERAGE = 0.95
MIN_UNITS = 5
DRAWS = 1000
FEWEST_DRAWS = 200
TOO_FEW = "no interval: five claims graded twice are needed"
ALL_ALIKE = "no interval: the grades vary too little to draw it from them"
# Numbers that are held at once, and that are drawn in all before draws are saved.
_BLOCK = 4_000_000
_MOST = 20_000_000

type Coefficient = Callable[[Drawn], np.ndarray]


@dataclass(frozen=True)
class Estimate:
    """A coefficient with its 95% interval; without one of them, `reason` says why in words."""

    value: float | None
    low: float | None = None
    high: float | None = None
    reason: str = ""

    def as_dict(self) -> dict[str, float | str | None]:
        """The same, for JSON."""
        return {"value": self.value, "low": self.low, "high": self.high, "reason": self.reason}


def values(patterns: Patterns, wanted: Mapping[str, Coefficient]) -> dict[str, float | None]:
    """These coefficients by name; None where one is not defined."""
    once = Drawn(patterns, patterns.times[None, :].astype(float))
    return {name: _defined(coefficient(once)[0]) for name, coefficient in wanted.items()}


def intervals(
    patterns: Patterns, wanted: Mapping[str, Coefficient], *, seed: int, draws: int = DRAWS
) -> dict[str, tuple[float, float] | None]:
    """95% intervals by name, over one set of draws; None where the draws know no doubt."""
    every: dict[str, list[np.ndarray]] = {name: [] for name in wanted}
    for weights in _drawn(patterns, seed, draws):
        block = Drawn(patterns, weights)
        for name, coefficient in wanted.items():
            every[name].append(coefficient(block))
    return {name: middle(np.concatenate(found)) for name, found in every.items()}


def estimates(
    patterns: Patterns, wanted: Mapping[str, Coefficient], *, seed: int
) -> dict[str, Estimate]:
    """Value and interval of each coefficient; a million distinct patterns are drawn less often."""
    found = values(patterns, wanted)
    few = patterns.paired.units < MIN_UNITS
    draws = int(np.clip(_MOST // max(len(patterns.times), 1), FEWEST_DRAWS, DRAWS))
    ends = {} if few else intervals(patterns, wanted, seed=seed, draws=draws)
    return {name: _estimate(value, ends.get(name), few=few) for name, value in found.items()}


def middle(drawn: np.ndarray) -> tuple[float, float] | None:
    """Where the middle 95% lie; None where nothing varies, since then the draws know no doubt."""
    drawn = drawn[~np.isnan(drawn)]
    if not len(drawn):
        return None
    low, high = np.quantile(drawn, ((1 - COVERAGE) / 2, (1 + COVERAGE) / 2))
    return (float(low), float(high)) if high > low else None


def _estimate(value: float | None, ends: tuple[float, float] | None, *, few: bool) -> Estimate:
    if value is None:
        return Estimate(None)
    if ends is None:
        return Estimate(value, reason=TOO_FEW if few else ALL_ALIKE)
    return Estimate(value, *ends)


def _drawn(patterns: Patterns, seed: int, draws: int) -> Iterator[np.ndarray]:
    """Weights of the patterns, some draws at a time."""
    rng = np.random.default_rng(seed)
    units, share = patterns.units, patterns.times / patterns.times.sum()
    block = max(1, _BLOCK // max(*patterns.counts.shape, 1))
    for start in range(0, draws, block):
        size = min(block, draws - start)
        yield rng.multinomial(units, share, size=size).astype(float)


def _defined(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
