"""Agreement of raters who are told apart: Cohen's κ of two, Conger's κ of many."""

from dataclasses import dataclass

import numpy as np

from reviews.agreement.intervals import ALL_ALIKE, DRAWS, MIN_UNITS, TOO_FEW, Estimate, corrected

# All pairs of grades are laid out.
MOST_GRADES = 1000
_BLOCK = 4_000_000


@dataclass(frozen=True)
class Gradings:
    """One entry per grade given: numbers from 0 of its unit, its rater and the grade, of `scale` grades.

    No rater grades a unit twice.
    """

    units: np.ndarray
    raters: np.ndarray
    grades: np.ndarray
    scale: int


def crossed(given: Gradings) -> np.ndarray:
    """How many units the first of two raters (rows) gave each grade, and the second (columns)."""
    first, second = (_of(given, rater) for rater in (0, 1))
    both = np.intersect1d(given.units[first], given.units[second])
    rows, columns = (
        given.grades[one][np.searchsorted(given.units[one], both)] for one in (first, second)
    )
    flat = np.bincount(rows * given.scale + columns, minlength=given.scale**2)
    return np.asarray(flat.reshape(given.scale, given.scale), float)


def cohen(table: np.ndarray, distance: np.ndarray) -> float | None:
    """Cohen's κ (1960), weighted by distances of grades (1968): 1 − Σ o d / Σ e d. None without any chance."""
    return _defined(_cohen(table[None], distance))


def cohen_estimate(table: np.ndarray, distance: np.ndarray, *, seed: int) -> Estimate:
    """Cohen's κ with its interval: units are drawn again."""
    value = cohen(table, distance)
    units = int(table.sum())
    if value is None or units < MIN_UNITS:
        return Estimate(value, reason=TOO_FEW if value is not None else "")
    chosen = np.flatnonzero(table)
    seen = table.ravel()[chosen]
    times = np.random.default_rng(seed).multinomial(units, seen / units, size=DRAWS)
    parts = np.array_split(times, max(1, table.size * DRAWS // _BLOCK))
    drawn = np.concatenate([_cohen(_tables(part, chosen, table), distance) for part in parts])
    single = np.eye(len(chosen)) if len(chosen) * table.size <= _BLOCK else None
    left_out = None if single is None else _cohen(_tables(seen - single, chosen, table), distance)
    ends = corrected(value, drawn, left_out, seen, units=units)
    return Estimate(value, reason=ALL_ALIKE) if ends is None else Estimate(value, *ends)


def distances(values: np.ndarray) -> dict[str, np.ndarray]:
    """Of each two grades by name: unlike or not, how far apart, and the square of it."""
    apart = np.abs(values[:, None] - values)
    return {"unlike": (apart > 0).astype(float), "linear": apart, "quadratic": apart**2}


def conger(given: Gradings) -> float | None:
    """Conger's κ (1980) with missing grades as Gwet 2014 has it; for two raters it is Cohen's.

    Chance draws two different raters, each with their own rates of the grades: p̄_k² − s_kk / r summed,
    with p̄ and s the mean and the covariance of the rates over r raters.
    """
    observed = _percent(given)
    raters = int(given.raters.max(initial=-1)) + 1
    if observed is None or raters < 2:
        return None
    cells = np.bincount(given.raters * given.scale + given.grades, minlength=raters * given.scale)
    given_by = cells.reshape(raters, given.scale)
    rates = given_by / given_by.sum(axis=1, keepdims=True)
    chance = float((rates.mean(axis=0) ** 2).sum() - rates.var(axis=0, ddof=1).sum() / raters)
    return (observed - chance) / (1 - chance) if 1 - chance > 1e-12 else None


def _of(given: Gradings, rater: int) -> np.ndarray:
    """Where this rater's grades stand, by unit."""
    own = np.flatnonzero(given.raters == rater)
    return own[np.argsort(given.units[own], kind="stable")]


def _percent(given: Gradings) -> float | None:
    """The share of a unit's pairs that agree, mean over units graded twice or more."""
    sizes = np.bincount(given.units)
    cells, times = np.unique(given.units * given.scale + given.grades, return_counts=True)
    alike = np.bincount(cells // given.scale, weights=times * (times - 1), minlength=len(sizes))
    paired = sizes >= 2
    if not paired.any():
        return None
    return float((alike[paired] / (sizes[paired] * (sizes[paired] - 1))).mean())


def _tables(times: np.ndarray, chosen: np.ndarray, table: np.ndarray) -> np.ndarray:
    drawn = np.zeros((len(times), table.size))
    drawn[:, chosen] = times
    return drawn.reshape(-1, *table.shape)


def _cohen(tables: np.ndarray, distance: np.ndarray) -> np.ndarray:
    """κ of each table of a stack."""
    rows, columns, total = tables.sum(axis=2), tables.sum(axis=1), tables.sum(axis=(1, 2))
    observed = (tables * distance).sum(axis=(1, 2)) * total
    expected = np.einsum("dk,kl,dl->d", rows, distance, columns, optimize=True)
    found = np.full(len(tables), np.nan)
    np.divide(observed, expected, out=found, where=expected > 0)
    return 1 - found


def _defined(value: np.ndarray) -> float | None:
    return None if np.isnan(value[0]) else float(value[0])
