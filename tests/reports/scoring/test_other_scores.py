import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.scoring.other_scores import (
    baseline_score,
    log_score,
    peer_scores,
    spherical_score,
)

share = st.floats(0.02, 0.98)


@pytest.mark.parametrize(("probability", "clipped"), [(0.0, 0.01), (1.0, 0.99), (0.005, 0.01)])
def test_certainty_that_fails_costs_no_more_than_the_clip(
    probability: float, clipped: float
) -> None:
    found = log_score(np.array([probability]), np.array([1.0]))

    assert found[0] == pytest.approx(-math.log(clipped))


# A busy machine pauses now and then.
@settings(deadline=None)
@given(share, share)
def test_saying_the_mean_of_graded_outcomes_is_best(mean: float, other: float) -> None:
    outcomes = np.array([mean])
    true, said = np.array([mean]), np.array([other])

    assert log_score(true, outcomes)[0] <= log_score(said, outcomes)[0] + 1e-12
    # A spherical score is best when high, and its mean over outcomes is the same line in y.
    assert spherical_score(true, outcomes)[0] >= spherical_score(said, outcomes)[0] - 1e-12


# A busy machine pauses now and then.
@settings(deadline=None)
@given(st.lists(share, min_size=2, max_size=10))
def test_peer_scores_sum_to_nothing(given_to_outcome: list[float]) -> None:
    assert peer_scores(np.array(given_to_outcome)).sum() == pytest.approx(0, abs=1e-8)


def test_one_alone_has_no_peers() -> None:
    with pytest.raises(ValueError, match="two forecasts"):
        peer_scores(np.array([0.5]))


def test_baseline_of_one_half_is_nothing() -> None:
    assert baseline_score(np.array([0.5, 1.0])).tolist() == [0, 100]
