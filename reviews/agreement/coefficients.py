"""Coefficients of agreement beyond chance, for any number of raters and with grades missing.

Krippendorff's α (Computing Krippendorff's Alpha-Reliability, 2011), Gwet's AC1 and AC2, Fleiss' κ as Gwet
(Handbook of Inter-Rater Reliability, 2014) defines it with missing grades, Brennan and Prediger's coefficient.
All are 1 for full agreement and 0 for that of chance.

With n_uk the raters who gave unit u the grade k and n_u = Σ_k n_uk ≥ 2, and δ² the distance of two grades,
a unit's disagreement is the mean of δ² over its ordered pairs. For distances (x_k − x_l)² that is
2 (n_u Σ_k n_uk x_k² − (Σ_k n_uk x_k)²) / n_u (n_u − 1), which needs no table of all pairs of grades.
"""

from collections.abc import Callable
from functools import cached_property

import numpy as np

from reviews.agreement.patterns import Patterns

# Distances that are no difference of numbers need a table of all pairs.
MOST_GRADES = 1000
_PART = 1000


class Drawn:
    """Patterns as often as rows of weights say (draws by patterns): each coefficient has one value a row.

    A coefficient is nan in rows where nothing was paired, or where chance alone would agree in full.
    """

    def __init__(self, patterns: Patterns, weights: np.ndarray) -> None:
        self.patterns = patterns
        self.counts = patterns.counts
        self.sizes = patterns.sizes
        self.weights = weights
        self.pairs = self.sizes >= 2

    def alpha_nominal(self) -> np.ndarray:
        """α where grades are alike or not: δ² is 0 or 1."""
        totals = self._totals
        expected = totals.sum(axis=1) ** 2 - (totals**2).sum(axis=1)
        return self._alpha(self._sums(self._unlike), expected)

    def alpha_interval(self, values: np.ndarray) -> np.ndarray:
        """α where grades are numbers, one for each column of the counts: δ² = (x_k − x_l)²."""
        scaled = _scaled(values)
        expected = _expected(self._totals, np.square(scaled), scaled)
        return self._alpha(self._sums(self._spread(scaled)), expected)

    def alpha_ordinal(self) -> np.ndarray:
        """α where grades stand in order: δ² = (Σ_{k..l} n − (n_k + n_l)/2)², the difference of middle ranks."""
        totals = self._totals
        ranks = np.cumsum(totals, axis=1) - totals / 2
        ranks -= totals.sum(axis=1, keepdims=True) / 2
        share = self.weights * np.where(self.pairs, 1 / np.maximum(self.sizes - 1, 1), 0)
        squares = _product(share * self.sizes, self.counts) * ranks**2
        sums = np.asarray(self.counts @ ranks.T) ** 2
        observed = 2 * (squares.sum(axis=1) - (share * sums.T).sum(axis=1))
        return self._alpha(observed, _expected(totals, ranks**2, ranks))

    def alpha_ratio(self, values: np.ndarray) -> np.ndarray:
        """α where grades are amounts from 0: δ² = ((x_k − x_l) / (x_k + x_l))². At most MOST_GRADES of them."""
        shares = values / max(values.max(initial=0), np.finfo(float).tiny)
        total = shares[:, None] + shares
        apart = np.zeros_like(total)
        np.divide(shares[:, None] - shares, total, out=apart, where=total > 0)
        distance = apart**2
        within = [
            np.asarray(part.multiply(part @ distance).sum(axis=1), float).ravel()
            for part in (self.counts[at : at + _PART] for at in range(0, len(self.sizes), _PART))
        ]
        observed = np.concatenate([*within, np.zeros(0)]) / np.maximum(self.sizes - 1, 1)
        totals = self._totals
        return self._alpha(self._sums(observed), ((totals @ distance) * totals).sum(axis=1))

    def percent(self) -> np.ndarray:
        """The share of a unit's pairs that agree, mean over units graded twice or more."""
        return self._agreeing(self._unlike)

    def ac1(self) -> np.ndarray:
        """Gwet's AC1: chance agrees in Σ π (1 − π) / (K − 1)."""
        return self._gwet(self._unlike, self.patterns.grades)

    def ac2(self, values: np.ndarray) -> np.ndarray:
        """Gwet's AC2 with quadratic weights 1 − (x_k − x_l)² / (x_max − x_min)²."""
        scaled = _scaled(values)
        return self._gwet(self._spread(scaled), _likeness(scaled))

    def fleiss(self) -> np.ndarray:
        """Fleiss' κ: chance agrees in Σ π². For two raters without gaps it is Scott's π."""
        return _beyond(self.percent(), (self._shares**2).sum(axis=1))

    def brennan_prediger(self) -> np.ndarray:
        """Chance picks each of the K grades alike, and agrees in 1/K: Randolph's free-marginal κ."""
        agreeing = self.percent()
        return _beyond(agreeing, np.full_like(agreeing, 1 / self.patterns.grades))

    @cached_property
    def _totals(self) -> np.ndarray:
        """How often each grade was given in units graded twice or more, one row a draw."""
        return _product(self.weights * self.pairs, self.counts)

    @cached_property
    def _shares(self) -> np.ndarray:
        """How common each grade is, each graded unit counting once, also those graded by one."""
        each = _product(self.weights / self.sizes, self.counts)
        return np.asarray(each / np.maximum(self.weights.sum(axis=1, keepdims=True), 1))

    @cached_property
    def _unlike(self) -> np.ndarray:
        """n_u times the share of a pattern's pairs that differ."""
        alike = np.asarray(self.counts.power(2).sum(axis=1), float).ravel()
        return (self.sizes**2 - alike) / np.maximum(self.sizes - 1, 1)

    def _spread(self, values: np.ndarray) -> np.ndarray:
        """n_u times the mean (x_k − x_l)² of a pattern's pairs."""
        squares, sums = self.counts @ np.square(values), self.counts @ values
        return np.asarray(
            2 * np.maximum(self.sizes * squares - sums**2, 0) / np.maximum(self.sizes - 1, 1)
        )

    def _sums(self, each: np.ndarray) -> np.ndarray:
        return np.asarray(self.weights @ (each * self.pairs))

    def _alpha(self, observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
        """1 − (N − 1) Σ_u n_u d_u / Σ_kl n_k n_l δ²."""
        totals = self._totals
        # One grade alone is not always 0 to rounding.
        varies = ((totals > 0).sum(axis=1) > 1) & (expected > 0)
        found = np.full(len(expected), np.nan)
        np.divide((totals.sum(axis=1) - 1) * observed, expected, out=found, where=varies)
        return 1 - found

    def _agreeing(self, unlike: np.ndarray) -> np.ndarray:
        judged = self.weights @ self.pairs.astype(float)
        found = np.full(len(judged), np.nan)
        np.divide(self._sums(unlike / self.sizes), judged, out=found, where=judged > 0)
        return 1 - found

    def _gwet(self, unlike: np.ndarray, likeness: float) -> np.ndarray:
        grades = self.patterns.grades
        spread = (self._shares * (1 - self._shares)).sum(axis=1)
        # One grade alone leaves nothing to chance, as one of many does that is always chosen.
        chance = likeness / (grades * (grades - 1)) * spread if grades > 1 else 0 * spread
        return _beyond(self._agreeing(unlike), chance)


def coefficients(values: np.ndarray | None) -> dict[str, Callable[[Drawn], np.ndarray]]:
    """The coefficients by name that grades have; values are their numbers, None where they stand in no order."""
    found: dict[str, Callable[[Drawn], np.ndarray]] = {
        "alpha_nominal": Drawn.alpha_nominal,
        "ac1": Drawn.ac1,
        "fleiss_kappa": Drawn.fleiss,
        "brennan_prediger": Drawn.brennan_prediger,
        "percent_agreement": Drawn.percent,
    }
    if values is not None:
        found |= {
            "alpha_ordinal": Drawn.alpha_ordinal,
            "alpha_interval": lambda drawn: drawn.alpha_interval(values),
            "ac2": lambda drawn: drawn.ac2(values),
        }
        if len(values) <= MOST_GRADES and (values >= 0).all():
            found["alpha_ratio"] = lambda drawn: drawn.alpha_ratio(values)
    return found


def _product(weights: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """`weights @ counts` with sparse counts."""
    return np.asarray((counts.T @ weights.T).T)


def _expected(totals: np.ndarray, squares: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Σ_kl n_k n_l (x_k − x_l)² for each row of totals."""
    number = totals.sum(axis=1)
    return np.asarray(
        2 * (number * (totals * squares).sum(axis=1) - (totals * values).sum(axis=1) ** 2)
    )


def _scaled(values: np.ndarray) -> np.ndarray:
    """Moved and stretched so that they run from 0 to 1, however large they are."""
    shares = values / max(np.abs(values).max(initial=0), np.finfo(float).tiny)
    reach = np.ptp(shares) if len(shares) else 0.0
    return np.asarray((shares - shares.min()) / reach if reach else shares * 0)


def _likeness(scaled: np.ndarray) -> float:
    """Σ_kl of the quadratic weights."""
    number = len(scaled)
    return float(number**2 - 2 * (number * np.square(scaled).sum() - scaled.sum() ** 2))


def _beyond(observed: np.ndarray, chance: np.ndarray) -> np.ndarray:
    """(observed − chance) / (1 − chance); nan where chance leaves nothing."""
    found = np.full(len(observed), np.nan)
    np.divide(observed - chance, 1 - chance, out=found, where=1 - chance > 1e-12)
    return found
