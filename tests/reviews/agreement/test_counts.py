import pytest

from reviews.agreement.counts import Intervals, agreement, agreement_intervals
from reviews.agreement.intervals import ALL_ALIKE, TOO_FEW

# Four observers and twelve units, as Krippendorff 2011 prints them; a dot is a missing value.
OBSERVERS = ("12332141 2...", "12332241 25.3", ".3332342 251.", "12332441 251.")


def counts() -> list[list[int]]:
    observers = [row.replace(" ", "") for row in OBSERVERS]
    return [
        [sum(row[unit] == str(g) for row in observers) for g in range(1, 6)] for unit in range(12)
    ]


def test_alpha_and_ac2_of_krippendorffs_example() -> None:
    found = agreement(counts())

    assert found.alpha == pytest.approx(0.8154, abs=5e-5)
    assert found.ac2 == pytest.approx(0.91400, abs=5e-6)
    assert found.units == 11


def test_units_graded_once_are_left_out() -> None:
    found = agreement([*counts(), [1, 0, 0, 0, 0]])

    assert found.units == 11
    assert found.alpha == pytest.approx(0.8154, abs=5e-5)


def test_alpha_is_undefined_where_nothing_varies() -> None:
    found = agreement([[2, 0, 0, 0, 0]] * 6)

    assert found.alpha is None
    assert found.ac2 == 1


def test_nothing_to_compare() -> None:
    found = agreement([])

    assert (found.alpha, found.ac2, found.units) == (None, None, 0)
    assert agreement_intervals([], seed=1) == Intervals(None, None, TOO_FEW)


def test_intervals_hold_both_coefficients_and_repeat_with_their_seed() -> None:
    found = agreement_intervals(counts(), seed=7)

    assert found.alpha is not None
    assert found.ac2 is not None
    assert found.alpha[0] < 0.8154 < found.alpha[1] <= 1
    assert found.ac2[0] < 0.91400 < found.ac2[1] <= 1
    assert agreement_intervals(counts(), seed=7) == found


def test_ac2_varies_as_its_claims_do() -> None:
    """Half of 400 pairs agree, half stand one of two grades apart: a normal interval comes close."""
    found = agreement_intervals([[2, 0], [0, 2], [1, 1], [1, 1]] * 100, seed=7)

    # AC of two even grades is 2 * share of agreement - 1, whose error is 2 * sqrt(1/4 / 400).
    assert found.ac2 == pytest.approx((-0.098, 0.098), abs=0.02)


def test_no_intervals_below_five_claims() -> None:
    pairs = [[2, 0], [1, 1], [0, 2], [2, 0]]

    assert agreement_intervals([*pairs, [1, 0]], seed=7) == Intervals(None, None, TOO_FEW)


def test_full_agreement_has_no_interval_rather_than_one_without_width() -> None:
    assert agreement_intervals([[2, 0]] * 6, seed=7) == Intervals(None, None, ALL_ALIKE)
    assert agreement_intervals([[2, 0], [0, 2]] * 6, seed=7) == Intervals(None, None, ALL_ALIKE)
