import pytest

from reports.scoring.agreement import ac, agreement, alpha, alpha_interval

# Four observers and twelve units, as Krippendorff 2011 prints them; a dot is a missing value.
OBSERVERS = ("12332141 2...", "12332241 25.3", ".3332342 251.", "12332441 251.")


def counts() -> list[list[int]]:
    observers = [row.replace(" ", "") for row in OBSERVERS]
    return [
        [sum(row[unit] == str(g) for row in observers) for g in range(1, 6)] for unit in range(12)
    ]


@pytest.mark.parametrize(
    ("scale", "expected"), [("nominal", 0.7434), ("ordinal", 0.8154), ("interval", 0.8491)]
)
def test_alpha_as_krippendorff_prints_it(scale: str, expected: float) -> None:
    assert alpha(counts(), scale=scale) == pytest.approx(expected, abs=5e-5)


def test_gwets_coefficients() -> None:
    assert ac(counts(), quadratic=False) == pytest.approx(0.77544, abs=5e-6)
    assert ac(counts()) == pytest.approx(0.91400, abs=5e-6)


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
    assert alpha_interval([], seed=1) is None


def test_interval_holds_alpha_and_repeats_with_its_seed() -> None:
    interval = alpha_interval(counts(), seed=7)

    assert interval is not None
    assert interval[0] < 0.8154 < interval[1] <= 1
    assert alpha_interval(counts(), seed=7) == interval


def test_no_interval_below_five_claims() -> None:
    assert alpha_interval([[2, 0], [1, 1], [0, 2], [2, 0]], seed=7) is None
