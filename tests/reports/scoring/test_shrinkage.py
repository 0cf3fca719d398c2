import pytest

from reports.scoring import shrinkage
from reports.scoring.shrinkage import james_stein, shrink

# Rubin 1981: effects of coaching in eight schools, with their standard errors.
EFFECTS = [28, 8, -3, 7, -1, 1, 18, 12]
ERRORS = [15, 10, 16, 11, 9, 11, 10, 18]


def test_eight_schools_with_a_flat_spread() -> None:
    found = shrink(EFFECTS, ERRORS)

    assert found is not None
    assert found.means == pytest.approx(
        [11.40, 7.89, 6.13, 7.64, 5.13, 6.14, 10.66, 8.46], abs=0.02
    )
    assert found.deviations[0] == pytest.approx(8.34, abs=0.02)
    assert found.mean == pytest.approx(7.93, abs=0.01)
    assert found.spread == pytest.approx(6.56, abs=0.03)


def test_two_sources_are_not_ranked() -> None:
    assert shrink([0.1, 0.2], [0.05, 0.05]) is None


def test_precise_means_far_apart_stay_where_they_are() -> None:
    found = shrink([0, 10, 20], [0.01, 0.01, 0.01])

    assert found is not None
    assert found.means == pytest.approx([0, 10, 20], abs=0.01)


def test_like_means_stay_alike() -> None:
    found = shrink([1, 1, 1], [1, 2, 3])

    assert found is not None
    assert found.means == pytest.approx([1, 1, 1])


def test_means_known_to_the_last_digit_keep_a_deviation() -> None:
    """Errors of rounding alone: a difference of squares would fall below 0 and have no root."""
    found = shrink([0.3, 0.3, 0.30000001], [1e-17] * 3)

    assert found is not None
    assert found.means == pytest.approx([0.3, 0.3, 0.30000001])
    assert all(0 < deviation < 1e-9 for deviation in found.deviations)


def test_many_sources_are_shrunk_alike_some_spreads_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = shrink(EFFECTS, ERRORS)
    monkeypatch.setattr(shrinkage, "_AT_ONCE", 50)

    parts = shrink(EFFECTS, ERRORS)

    assert whole is not None
    assert parts is not None
    assert parts.means == pytest.approx(whole.means, rel=1e-12)
    assert parts.deviations == pytest.approx(whole.deviations, rel=1e-12)


def test_means_that_differ_by_less_than_chance_are_drawn_together() -> None:
    kept, means = james_stein([1, 2, 3, 4], variance=100)

    assert (kept, means) == (0, (2.5,) * 4)
    assert james_stein([1, 1, 1, 1], variance=1) == (0, (1,) * 4)
    with pytest.raises(ValueError, match="Four means"):
        james_stein([1, 2, 3], variance=1)
