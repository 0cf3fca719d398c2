import numpy as np
import pytest

from reports.scoring.groups import Groups, grouped, pooled_errors
from reports.scoring.ranks import rank_intervals


def alone(sizes: list[int], means: list[float], *, seed: int = 1) -> Groups:
    """Groups of independent normal values about their means, each its own cluster."""
    rng = np.random.default_rng(seed)
    group = np.repeat(np.arange(len(sizes)), sizes)
    return grouped(rng.normal(np.array(means)[group], 1), group, np.arange(len(group)))


def test_group_errors_are_cr1() -> None:
    found = grouped(
        np.array([1.0, 2, 3, 4, 5, 6, 9]),
        np.array([0, 0, 0, 0, 0, 0, 1]),
        np.array([0, 0, 1, 1, 2, 2, 2]),
    )

    assert found.means == pytest.approx([3.5, 9])
    assert found.errors[0] == pytest.approx(1.1547, abs=5e-5)
    assert np.isnan(found.errors[1])
    assert found.clusters.tolist() == [3, 1]
    assert found.even.tolist() == [3, 1]
    assert found.parts.toarray() == pytest.approx(np.array([[-4, 0, 4], [0, 0, 0]]) / 6)


def test_pooled_error_is_the_own_one_of_like_groups() -> None:
    found = grouped(np.array([1.0, 2, 3, 4, 2, 5]), np.array([0] * 4 + [1] * 2), np.arange(6))

    # s² = (3 · 5/3 + 1 · 9/2) / 4, over 4 and over 2 values.
    assert pooled_errors(found) == pytest.approx(np.sqrt([9.5 / 16, 9.5 / 8]))


def test_pooled_error_needs_two_clusters_somewhere() -> None:
    assert np.isnan(pooled_errors(grouped(np.ones(2), np.arange(2), np.arange(2)))).all()


def test_sources_far_apart_have_one_place_each() -> None:
    found = rank_intervals(alone([50] * 4, [30, 0, 10, 20]), seed=1)

    assert found.low.tolist() == found.high.tolist() == [4, 1, 2, 3]


def test_sources_alike_may_stand_anywhere() -> None:
    found = rank_intervals(alone([50] * 4, [0] * 4), seed=1)

    assert found.low.tolist() == [1] * 4
    assert found.high.tolist() == [4] * 4


def test_critical_distance_of_two_is_a_normal_quantile() -> None:
    found = rank_intervals(alone([4000, 4000], [0, 0]), seed=1, draws=20_000)

    assert found.critical == pytest.approx(1.96, abs=0.05)


def test_three_groups_are_compared_as_tukey_does() -> None:
    """The studentised range of three for many freedoms is 3.314, over √2."""
    found = rank_intervals(alone([4000] * 3, [0] * 3), seed=1, draws=20_000)

    assert found.critical == pytest.approx(3.314 / np.sqrt(2), abs=0.06)


def test_shared_clusters_move_their_sources_together() -> None:
    """Two that answer the same questions alike do not differ, however hard the questions are."""
    rng = np.random.default_rng(1)
    hard = rng.normal(size=400)
    group, cluster = np.repeat([0, 1], 400), np.tile(np.arange(400), 2)
    values = np.concatenate([hard, hard])

    assert rank_intervals(grouped(values, group, cluster), seed=1).critical == pytest.approx(0)


def test_scores_that_do_not_vary_say_nothing_against_others() -> None:
    """Six claims that all held at 95%: luck, not skill a hundred errors from the rest."""
    group = np.repeat(np.arange(3), [6, 60, 60])
    rng = np.random.default_rng(1)
    values = np.concatenate([np.full(6, 0.0025), rng.beta(0.3, 2.7, 120)])

    found = rank_intervals(grouped(values, group, np.arange(126)), seed=1)

    assert (found.low[0], found.high[0]) == (1, 3)


def test_nothing_varies_at_all() -> None:
    group = np.repeat(np.arange(3), 5)
    found = rank_intervals(grouped(np.array([0.2, 0.1, 0.2])[group], group, np.arange(15)), seed=1)

    assert (found.low.tolist(), found.high.tolist()) == ([2, 1, 2], [3, 1, 3])


def test_order_of_sources_changes_no_place() -> None:
    sizes, means = [50, 60, 70, 80], [0.0, 2.0, 1.0, 4.0]
    group = np.repeat(np.arange(4), sizes)
    values = np.random.default_rng(1).normal(np.array(means)[group], 1)
    mixed = np.array([2, 0, 3, 1])

    straight = rank_intervals(grouped(values, group, np.arange(260)), seed=1, draws=4000)
    turned = rank_intervals(grouped(values, mixed[group], np.arange(260)), seed=1, draws=4000)

    assert turned.low[mixed].tolist() == straight.low.tolist()
    assert turned.high[mixed].tolist() == straight.high.tolist()
