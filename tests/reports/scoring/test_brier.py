import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.scoring.brier import (
    band_brier,
    brier,
    brier_bounds,
    expected_brier,
    improvement,
    improvement_bounds,
    normalised_improvement,
    score_bounds,
    vague_improvement,
)


def test_score_of_a_graded_outcome() -> None:
    assert brier(0.7, 0.75) == pytest.approx(0.0025)


@pytest.mark.parametrize(("outcome", "score"), [(1, 0.110833), (0, 0.460833)])
def test_score_of_likely_is_the_mean_over_its_range(outcome: float, score: float) -> None:
    assert band_brier(0.55, 0.80, outcome) == pytest.approx(score, abs=1e-6)


@pytest.mark.parametrize(("outcome", "bounds"), [(1, (0.04, 0.2025)), (0, (0.3025, 0.64))])
def test_bounds_over_the_range_of_likely(outcome: float, bounds: tuple[float, float]) -> None:
    assert brier_bounds(0.55, 0.80, outcome) == pytest.approx(bounds)


def test_bounds_touch_zero_where_the_outcome_lies_in_the_range() -> None:
    assert brier_bounds(0.55, 0.80, 0.75) == pytest.approx((0, 0.04))


def test_wider_range_with_the_same_middle_scores_worse() -> None:
    assert band_brier(0.5, 0.9, 1) > band_brier(0.6, 0.8, 1)


def test_improvement_of_a_hit_over_a_low_base_rate() -> None:
    assert improvement(0.55, 0.80, 1, base_rate=0.2) == pytest.approx(0.64 - 0.110833, abs=1e-6)


def test_improvement_is_none_at_the_base_rate_itself() -> None:
    assert improvement(0.3, 0.3, 1, base_rate=0.3) == 0


def test_improvement_bounds_are_the_ends_whatever_the_outcome() -> None:
    worst, best = improvement_bounds(0.55, 0.80, base_rate=0.2)

    between = [improvement(0.55, 0.80, y / 10, 0.2) for y in range(11)]
    assert (worst, best) == (min(between), max(between))


def test_score_bounds_take_the_nearest_grade_as_best() -> None:
    assert score_bounds(0.7, 0.7) == pytest.approx((0.0025, 0.49))


share = st.floats(0, 1)


# A busy machine pauses now and then.
@settings(deadline=None)
@given(share, share, share)
def test_score_of_a_range_lies_within_its_bounds(one: float, other: float, outcome: float) -> None:
    low, high = sorted((one, other))
    least, most = brier_bounds(low, high, outcome)

    assert 0 <= least <= band_brier(low, high, outcome) + 1e-12 <= most + 2e-12 <= 1 + 2e-12


@settings(deadline=None)
@given(share, share, st.floats(0.1, 0.9))
def test_normalised_improvement_has_the_sign_of_the_improvement(
    probability: float, outcome: float, rate: float
) -> None:
    gain = improvement(probability, probability, outcome, rate)
    found = normalised_improvement(probability, outcome, rate)

    assert found == pytest.approx(gain / ((1 - rate) ** 2 if probability >= rate else rate**2))
    assert found <= 1 + 1e-9


def test_rare_base_rates_are_held_from_the_end() -> None:
    assert normalised_improvement(0.8, 0, 0.001) == normalised_improvement(0.8, 0, 0.1)


def test_a_claim_too_vague_never_beats_its_base_rate() -> None:
    assert vague_improvement(0.2) == pytest.approx(-0.09)
    assert vague_improvement(0.5) == 0


def test_beliefs_are_one_for_each_grade() -> None:
    with pytest.raises(ValueError, match="longer"):
        expected_brier(0.5, (0.5, 0.5))
