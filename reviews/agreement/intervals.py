"""Intervals of agreement: units are drawn again, whole patterns of them at once.

The bootstrap corrected for bias and acceleration (Efron 1987), its tails those of Student's t (Hesterberg 2015): the
bare middle 95% hold too seldom where units are few (tests/reviews/agreement/test_simulations.py). Units of one
pattern are drawn as one with a weight, so that a million units of five grades cost what their few dozen patterns do.
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
type Ends = tuple[float, float]


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
) -> dict[str, Ends | None]:
    """95% intervals by name, over one set of draws; None where the draws know no doubt."""
    every: dict[str, list[np.ndarray]] = {name: [] for name in wanted}
    for weights in _drawn(patterns, seed, draws):
        block = Drawn(patterns, weights)
        for name, coefficient in wanted.items():
            every[name].append(coefficient(block))
    times, found = patterns.times.astype(float), values(patterns, wanted)
    few = len(times) * max(patterns.counts.shape) <= _BLOCK
    without = Drawn(patterns, times - np.eye(len(times))) if few else None
    ends: dict[str, Ends | None] = {}
    for name, coefficient in wanted.items():
        left_out = None if without is None else coefficient(without)
        drawn = np.concatenate(every[name])
        units = patterns.paired.units
        ends[name] = corrected(found[name], drawn, left_out, times, units=units)
    return ends


def estimates(
    patterns: Patterns, wanted: Mapping[str, Coefficient], *, seed: int
) -> dict[str, Estimate]:
    """Value and interval of each coefficient; a million distinct patterns are drawn less often."""
    found = values(patterns, wanted)
    few = patterns.paired.units < MIN_UNITS
    draws = int(np.clip(_MOST // max(len(patterns.times), 1), FEWEST_DRAWS, DRAWS))
    ends = {} if few else intervals(patterns, wanted, seed=seed, draws=draws)
    return {name: _estimate(value, ends.get(name), few=few) for name, value in found.items()}


def corrected(
    value: float | None,
    drawn: np.ndarray,
    left_out: np.ndarray | None,
    times: np.ndarray,
    *,
    units: int,
) -> Ends | None:
    """The interval of what was drawn; None where nothing varies, since then the draws know no doubt.

    `left_out` holds the value without one unit of each pattern, which `times` counts; among very many units no
    one matters, so that there it may be None.
    """
    from scipy import special  # noqa: PLC0415 - slow to import

    drawn = drawn[~np.isnan(drawn)]
    if value is None or not len(drawn) or not drawn.max() > drawn.min():
        return None
    below = np.mean(drawn < value) + np.mean(drawn == value) / 2
    bias = special.ndtri(np.clip(below, 1 / len(drawn), 1 - 1 / len(drawn)))
    acceleration = _acceleration(left_out, times)
    tail = special.stdtrit(units - 1, (1 + COVERAGE) / 2) * np.sqrt(units / (units - 1))
    shifted = bias + np.array([-tail, tail])
    levels = special.ndtr(bias + shifted / np.maximum(1 - acceleration * shifted, 0.1))
    low, high = np.quantile(drawn, levels)
    return (float(low), float(high)) if high > low else None


def _acceleration(left_out: np.ndarray | None, times: np.ndarray) -> float:
    """How fast the error changes with the value: the skewness of what single units do to it, over six."""
    if left_out is None:
        return 0.0
    known = ~np.isnan(left_out)
    times, left_out = times[known], left_out[known]
    moved = np.average(left_out, weights=times) - left_out if len(times) else left_out
    squares = float(times @ moved**2)
    return float(times @ moved**3) / (6 * squares**1.5) if squares else 0.0


def _estimate(value: float | None, ends: Ends | None, *, few: bool) -> Estimate:
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
