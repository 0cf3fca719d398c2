import numpy as np
import pytest

from reviews.agreement.coefficients import coefficients
from reviews.agreement.intervals import values
from reviews.agreement.patterns import patterns_of_counts, patterns_of_gradings
from reviews.agreement.raters import Gradings, cohen, cohen_estimate, conger, crossed, distances


def given(raters: int, *, seed: int = 1, gaps: float = 0) -> Gradings:
    """Sixty units by so many raters, of whom each is right with 60%."""
    rng = np.random.default_rng(seed)
    units, by = (one.ravel() for one in np.indices((60, raters)))
    truth = rng.integers(0, 4, 60)[units]
    grades = np.where(rng.random(len(units)) < 0.6, truth, rng.integers(0, 4, len(units)))
    kept = rng.random(len(units)) >= gaps
    return Gradings(units[kept], by[kept], grades[kept], scale=4)


def test_congers_kappa_of_two_is_cohens() -> None:
    both = given(2)

    found = cohen(crossed(both), distances(np.arange(4.0))["unlike"])

    assert conger(both) == pytest.approx(found)


def test_cohens_kappa_looks_at_units_that_both_graded() -> None:
    some = given(2, gaps=0.3)
    both = np.flatnonzero(np.bincount(some.units, minlength=60) == 2)
    kept = np.isin(some.units, both)

    whole = Gradings(some.units[kept], some.raters[kept], some.grades[kept], scale=4)

    assert crossed(some).sum() == len(both)
    assert (crossed(some) == crossed(whole)).all()


def test_weights_count_how_far_grades_are_apart() -> None:
    apart = distances(np.arange(3.0))
    near, far = np.diag([4.0, 4, 4]), np.diag([4.0, 4, 4])
    near[0, 1], far[0, 2] = 2, 2

    for name in ("linear", "quadratic"):
        close, distant = cohen(near, apart[name]), cohen(far, apart[name])
        assert close is not None
        assert distant is not None
        assert close > distant


def test_full_agreement_of_two_has_no_interval() -> None:
    found = cohen_estimate(np.diag([5.0, 5]), distances(np.arange(2.0))["unlike"], seed=1)

    assert (found.value, found.low) == (1, None)
    assert found.reason.startswith("no interval: the grades vary too little")


def test_patterns_of_counts_and_of_gradings_are_the_same() -> None:
    some = given(5, gaps=0.4)
    table = np.zeros((60, 4), int)
    np.add.at(table, (some.units, some.grades), 1)
    every = coefficients(np.arange(4.0))

    one = patterns_of_gradings(some.units, some.grades, scale=4)
    other = patterns_of_counts(table.tolist())

    assert (one.units, one.ratings, len(one.times)) == (
        other.units,
        other.ratings,
        len(other.times),
    )
    assert values(one, every) == pytest.approx(values(other, every))
    assert one.counts.toarray()[one.of].tolist() == table[table.sum(axis=1) > 0].tolist()


def test_counts_of_many_raters_have_the_same_patterns() -> None:
    """So many that a row is no longer one number."""
    table = np.random.default_rng(1).multinomial(40_000, (0.125,) * 8, size=50)
    table = np.vstack([table, table[:10]])

    found = patterns_of_counts(table.tolist())

    assert found.units == 60
    assert len(found.times) == 50
    assert (found.ratings, found.grades) == (60 * 40_000, 8)
