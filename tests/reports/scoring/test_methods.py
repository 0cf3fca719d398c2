"""Every number that the notes on methods mark as checked, by section and place, so that none can be forgotten."""

import math
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from claims.plumb.estimate import updated
from claims.plumb.hypotheses import tells_apart
from reports.scoring.brier import (
    band_brier,
    brier,
    brier_bounds,
    expected_brier,
    normalised_improvement,
)
from reports.scoring.calibration import calibration
from reports.scoring.comparisons import benjamini_hochberg, holm, paired_difference
from reports.scoring.effects import two_way_effects
from reports.scoring.hedges import hedge_mass
from reports.scoring.intervals import clustered_error, jeffreys, wilson
from reports.scoring.other_scores import (
    baseline_score,
    log_score,
    peer_scores,
    spherical_score,
)
from reports.scoring.quantities import interval_score, normal_crps, weighted_interval_score
from reports.scoring.shrinkage import james_stein, shrink
from reports.scoring.updates import Stood, mean_daily_brier, truncated_mean
from reviews.agreement.coefficients import coefficients
from reviews.agreement.dawid_skene import consensus
from reviews.agreement.intervals import values
from reviews.agreement.patterns import patterns_of_counts
from tests.reviews.agreement.test_counts import counts
from tests.reviews.agreement.test_dawid_skene import toy

type Numbers = list[float]

# Efron and Morris 1975: hits of 18 players in their first 45 times at bat, Clemente first.
HITS = (18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7)
# Benjamini and Hochberg 1995, section 4.
CHANCES = (
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0),
)
# Ten subjects by five categories, 14 raters each: the usual example of Fleiss' κ.
SUBJECTS = (
    *((0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1)),
    *((7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7)),
)


def one(value: float) -> np.ndarray:
    return np.array([value])


def corp(probabilities: Numbers, outcomes: Numbers) -> Numbers:
    found = calibration(probabilities, outcomes)
    return [found.score, found.miscalibration, found.discrimination, found.uncertainty]


def likely(held: int) -> Numbers:
    mass = hedge_mass(successes=held, n=20, low=0.55, high=0.80)
    return [mass.below, mass.inside, mass.above]


def likely_scores(outcome: float) -> Numbers:
    return [band_brier(0.55, 0.80, outcome), *brier_bounds(0.55, 0.80, outcome)]


def newcombe() -> Numbers:
    return [
        end for hits, n in ((81, 263), (15, 148), (0, 20), (1, 29)) for end in wilson(hits / n, n)
    ]


def schools() -> Numbers:
    found = shrink([28, 8, -3, 7, -1, 1, 18, 12], [15, 10, 16, 11, 9, 11, 10, 18])
    assert found is not None
    return [*found.means, found.deviations[0], found.mean, found.spread]


def players() -> Numbers:
    means = [hits / 45 for hits in HITS]
    mean = math.fsum(means) / len(means)
    kept, shrunk = james_stein(means, variance=mean * (1 - mean) / 45)
    return [mean, kept, shrunk[0]]


def diebold_mariano() -> Numbers:
    """That statistic with Harvey's correction one step ahead, less Student's t of the differences."""
    first, second = [0.1, 0.3, 0.2, 0.5, 0.4, 0.2], [0.2, 0.25, 0.4, 0.6, 0.3, 0.5]
    apart = np.subtract(second, first)
    n = len(apart)
    statistic = apart.mean() / math.sqrt(apart.var() / n)
    corrected = statistic * math.sqrt((n + 1 - 2 + 0) / n)
    found = paired_difference(first, second, range(n))
    assert found is not None
    assert found.low is not None
    error = (found.value - found.low) / 2.5705818
    return [corrected - found.value / error]


def called() -> Numbers:
    """How many are called at 5%: by Benjamini and Hochberg, by Bonferroni, by Holm."""
    by_rank, by_step = benjamini_hochberg(CHANCES), holm(CHANCES)
    bonferroni = [chance * len(CHANCES) for chance in CHANCES]
    return [sum(chance <= 0.05 for chance in found) for found in (by_rank, bonferroni, by_step)]


def coefficient(table: list[list[int]], *names: str) -> Numbers:
    patterns = patterns_of_counts(table)
    every = coefficients(np.arange(patterns.grades, dtype=float))
    found = values(patterns, {name: every[name] for name in names})
    return [value for value in found.values() if value is not None]


def harder() -> Numbers:
    """A met questions 1 and 2, B 2 and 3: how much worse A is, and how it looks without regard to them."""
    scores = np.array([0.1, 0.3, 0.2, 0.4])
    found = two_way_effects(scores, np.array([0, 0, 1, 1]), np.array([0, 1, 1, 2]))
    return [found.source[0] - found.source[1], scores[:2].mean() - scores[2:].mean()]


def hypotheses() -> Numbers:
    """Three alike at first, with their likelihoods: each against the others, and the widest log₁₀ ratio."""
    likelihoods = (0.8, 0.4, 0.1)
    after = [
        updated(1 / 3, [value / ((math.fsum(likelihoods) - value) / 2)]) for value in likelihoods
    ]
    logs = {at: math.log10(value) for at, value in enumerate(likelihoods)}
    return [*after, tells_apart(logs, list(logs))]


def alex(first: float) -> Numbers:
    """Dismissed in the first of 52 weeks with 20%, later with 5%; said so at first, then 5%.

    The score that may be expected, over the weeks that came about, and over all 52.
    """

    def score(said: float, held: bool) -> float:
        return float(baseline_score(one(said if held else 1 - said))[0])

    early = [score(first, held=True)]
    ends = [
        (0.2, [1.0], early),
        (0.8 * 0.05, [1, 51], [score(first, held=True), score(0.05, held=True)]),
        (0.8 * 0.95, [1, 51], [score(first, held=False), score(0.05, held=False)]),
    ]
    return [
        math.fsum(
            chance * truncated_mean(scores, weeks, planned=52 if planned else math.fsum(weeks))
            for chance, weeks, scores in ends
        )
        for planned in (False, True)
    ]


CHECKED: list[tuple[str, int, Callable[[], Numbers], Numbers, float]] = [
    ("1", 1, lambda: [*log_score(one(0.8), one(1)), *spherical_score(one(0.8), one(1)), brier(0.7, 0.75)], [0.223144, 0.970143, 0.0025], 1e-6),
    ("1", 2, lambda: [expected_brier(0.7, (0, 0.1, 0.6, 0.3, 0))], [0.045], 1e-12),
    ("1", 3, lambda: likely_scores(1) + likely_scores(0), [0.110833, 0.04, 0.2025, 0.460833, 0.3025, 0.64], 1e-6),
    ("1", 4, lambda: [normalised_improvement(0.8, held, 0.2) for held in (1, 0)], [0.9375, -0.9375], 1e-12),
    ("1", 5, lambda: list(peer_scores(np.array([0.1, 0.5, 0.9]))), [-190.3331, 51.0826, 139.2506], 1e-4),
    ("1", 6, lambda: list(baseline_score(np.array([0.9, 0.1]))), [84.79969, -232.19281], 1e-5),
    ("1", 7, lambda: [weighted_interval_score(12, (4, 6, 8, 10, 13), (0.05, 0.25, 0.5, 0.75, 0.95))], [2.18], 1e-12),
    ("1", 8, lambda: [interval_score(12, 5, 10, alpha=0.2)], [25], 1e-12),
    ("1", 9, lambda: [normal_crps(0, 0, 1)], [0.233695], 1e-6),
    ("2", 1, lambda: corp([0.1, 0.3, 0.3, 0.6, 0.8, 0.9], [0, 1, 0, 0, 1, 1]), [1 / 6, 1 / 18, 5 / 36, 1 / 4], 1e-12),
    ("2", 2, lambda: corp([0.2, 0.2, 0.7, 0.7, 0.9], [0, 0.25, 0.5, 1, 0.75]), [0.039, 0.00775, 0.09375, 0.125], 1e-12),
    ("2", 3, lambda: corp([0.2] * 5 + [0.8] * 5, [1, 0, 0, 0, 0, 1, 1, 1, 0, 0]), [0.22, 0.02, 0.04, 0.24], 1e-12),
    ("2", 4, lambda: [*likely(9), *likely(14), *likely(19)], [0.8158, 0.1839, 0.0002, 0.0870, 0.7798, 0.1332, 0, 0.0319, 0.9681], 6e-5),
    ("3", 1, newcombe, [0.2553, 0.3662, 0.0624, 0.1605, 0, 0.1611, 0.0061, 0.1718], 5e-5),
    ("3", 2, lambda: [*jeffreys(15, 148)], [0.0604, 0.1576], 5e-5),
    ("3", 3, lambda: [clustered_error([1, 2, 3, 4, 5, 6], "aabbcc")], [1.1547], 5e-5),
    ("3", 4, schools, [11.40, 7.89, 6.13, 7.64, 5.13, 6.14, 10.66, 8.46, 8.34, 7.93, 6.56], 0.03),
    ("3", 5, players, [0.26543, 0.21165, 0.29391], 6e-6),
    ("3", 6, diebold_mariano, [0], 1e-6),
    ("3", 7, called, [4, 3, 3], 0),
    ("4", 1, lambda: coefficient(counts(), "alpha_nominal", "alpha_ordinal", "alpha_interval"), [0.743421, 0.815388, 0.849107], 1e-6),
    ("4", 2, lambda: coefficient(counts(), "ac1", "ac2"), [0.77544, 0.91400], 6e-6),
    ("4", 3, lambda: coefficient([list(row) for row in SUBJECTS], "fleiss_kappa"), [0.2099], 5e-5),
    ("4", 4, lambda: list(consensus(toy()).truth[:, 1]), [0.1002, 0.0125, 0.1893, 0.9838, 0.8734, 0.9838, 0.0125, 0.9838], 6e-5),
    ("5", 1, harder, [0.1, -0.1], 1e-9),
    ("7", 1, lambda: [updated(0.3, [4, 0.5, 3])], [0.72], 1e-12),
    ("7", 2, hypotheses, [0.6154, 0.3077, 0.0769, 0.903], 5e-4),
    ("7", 3, lambda: [mean_daily_brier([Stood(0.6, 10), Stood(0.9, 20)], 1)], [0.06], 1e-12),
    ("7", 4, lambda: [*alex(0.24), *alex(0.99)], [35.6, 56.4, 67.5, 48.2], 0.1),
]  # fmt: skip


@pytest.mark.parametrize(
    ("found", "expected", "within"),
    [row[2:] for row in CHECKED],
    ids=[f"section {section}, {place}" for section, place, *_ in CHECKED],
)
def test_checked_number(found: Callable[[], Numbers], expected: Numbers, within: float) -> None:
    assert found() == pytest.approx(expected, abs=within, rel=0)


def test_every_marked_number_is_in_the_table(shared: Path) -> None:
    marked: set[tuple[str, int]] = set()
    for part in re.split(r"^## ", (shared / "METHODS.md").read_text(), flags=re.MULTILINE)[1:]:
        section = part.partition(".")[0]
        marked |= {(section, place + 1) for place in range(part.count("✔"))}

    assert marked == {(section, place) for section, place, *_ in CHECKED}
