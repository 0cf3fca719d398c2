import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.scoring.quantities import (
    interval_score,
    normal_crps,
    pinball,
    relative_error,
    sample_crps,
    weighted_interval_score,
)

amount = st.floats(-1000, 1000)


def test_pinball_costs_more_on_the_far_side() -> None:
    assert pinball(12, 10, 0.9) == pytest.approx(1.8)
    assert pinball(8, 10, 0.9) == pytest.approx(0.2)


# A busy machine pauses now and then.
@settings(deadline=None)
@given(amount, amount, amount, amount)
def test_interval_score_and_pinball_of_its_ends_say_the_same(
    y: float, low: float, width: float, shift: float
) -> None:
    high = low + abs(width)

    both = pinball(y, low, 0.1) + pinball(y, high, 0.9)

    assert interval_score(y, low, high, alpha=0.2) == pytest.approx(both * 2 / 0.2, abs=1e-6)
    moved = interval_score(y + shift, low + shift, high + shift, alpha=0.2)
    assert moved == pytest.approx(interval_score(y, low, high, alpha=0.2), abs=1e-6)


def test_levels_that_do_not_mirror_are_refused() -> None:
    with pytest.raises(ValueError, match="evenly about one half"):
        weighted_interval_score(1, (1, 2), (0.1, 0.8))
    with pytest.raises(ValueError, match="evenly about one half"):
        weighted_interval_score(1, (), ())


def test_sample_of_one_scores_its_distance() -> None:
    assert sample_crps(3, [5]) == 2


def test_large_normal_sample_scores_as_the_normal_distribution() -> None:
    drawn = np.random.default_rng(1).normal(2, 3, 40_000).tolist()

    assert sample_crps(4, drawn) == pytest.approx(normal_crps(4, 2, 3), abs=0.02)


# A busy machine pauses now and then.
@settings(deadline=None)
@given(amount, st.lists(amount, min_size=1, max_size=20))
def test_sample_score_is_its_definition(y: float, sample: list[float]) -> None:
    spread = np.abs(np.subtract.outer(sample, sample)).mean() / 2

    assert sample_crps(y, sample) == pytest.approx(
        np.abs(np.array(sample) - y).mean() - spread, abs=1e-6
    )


def test_relative_error_is_a_geometric_mean() -> None:
    assert relative_error([1, -2], [2, 16]) == pytest.approx(0.25)
    with pytest.raises(ValueError, match="not 0"):
        relative_error([0], [1])
