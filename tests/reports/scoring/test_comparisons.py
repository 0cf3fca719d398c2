import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.scoring.comparisons import (
    benjamini_hochberg,
    holm,
    paired_difference,
    sign_flip,
    two_proportions,
)

chances = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def test_difference_of_shared_claims_has_a_t_interval() -> None:
    found = paired_difference([0.1] * 5, [0.2, 0.3, 0.4, 0.5, 0.6], range(5))

    assert found is not None
    assert found.value == pytest.approx(0.3)
    # s² = .025, so that SE = √.005; t₄ = 2.776.
    assert found.low == pytest.approx(0.3 - 2.7764451 * 0.005**0.5)
    assert found.p == pytest.approx(0.0132356, abs=1e-6)
    assert paired_difference([], [], []) is None


def test_difference_of_few_clusters_says_why_it_has_no_interval() -> None:
    found = paired_difference([0.1] * 6, [0.2] * 6, "aabbcd")

    assert found is not None
    assert (found.low, found.p, found.reason) == (None, None, "no interval below 5 documents")


def test_the_same_difference_throughout_is_certain_and_none_is_none() -> None:
    worse, equal = (paired_difference([0.25] * 6, [score] * 6, range(6)) for score in (0.5, 0.25))

    assert worse is not None
    assert equal is not None
    assert (worse.p, equal.p) == (0, 1)


def test_flipped_signs_come_near_the_t_test() -> None:
    apart = np.random.default_rng(1).normal(0.2, 1, 60).tolist()
    found = paired_difference([0.0] * 60, apart, range(60))

    assert found is not None
    assert sign_flip(apart, range(60), seed=1, flips=20_000) == pytest.approx(found.p, abs=0.02)


def test_whole_clusters_are_flipped() -> None:
    """Two clusters have four ways: half of them as far from 0."""
    assert sign_flip([1.0] * 8, [0] * 4 + [1] * 4, seed=1, flips=20_000) == pytest.approx(
        0.5, abs=0.02
    )


# A busy machine pauses now and then.
@settings(deadline=None)
@given(chances)
def test_adjusted_chances_keep_their_order_and_grow(found: list[float]) -> None:
    by_rank, by_step = benjamini_hochberg(found), holm(found)

    for one, lower, higher in zip(found, by_rank, by_step, strict=True):
        assert one <= lower + 1e-12
        assert lower <= higher + 1e-12
        assert higher <= 1
    order = np.argsort(found, kind="stable")
    assert all(np.diff(np.array(by_rank)[order]) >= 0)
    assert all(np.diff(np.array(by_step)[order]) >= 0)


# A busy machine pauses now and then.
@settings(deadline=None)
@given(chances)
def test_false_discovery_control_is_scipys(found: list[float]) -> None:
    from scipy.stats import false_discovery_control  # noqa: PLC0415 - slow to import

    assert benjamini_hochberg(found) == pytest.approx(false_discovery_control(found).tolist())


def test_shares_that_are_alike_and_far_apart() -> None:
    assert two_proportions(5, 50, 10, 100) == pytest.approx(1)
    assert two_proportions(0, 50, 0, 100) == 1
    # z = .2 / √(.2 · .8 · 2/100) = 3.5355.
    assert two_proportions(10, 100, 30, 100) == pytest.approx(0.000406952, abs=1e-8)
