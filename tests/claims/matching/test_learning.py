"""Weights that decisions ask for: drawn towards those in use, better where decisions agree."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.matching import AS_SHIPPED, WEIGHTS, Weights
from claims.matching.learning import concordance, learned, log_loss

NAMES = list(WEIGHTS)
MEANING, COVERED = NAMES.index("meaning"), NAMES.index("told")


def decisions(count: int, *, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Measures at chance, and a desk that accepts by the words that are told alone."""
    chance = np.random.default_rng(seed)
    measures = chance.random((count, len(NAMES))).astype(np.float32)
    accepted = (measures[:, COVERED] + chance.normal(0, 0.1, count) > 0.5).astype(float)
    return measures, accepted


def test_without_a_lesson_the_weights_stay() -> None:
    measures, _ = decisions(40)
    odds = AS_SHIPPED.odds(measures)
    as_expected = np.ones(40)
    found = learned(np.zeros((1, len(NAMES))), np.array([0.0]), start=AS_SHIPPED)

    # One decision, as expected by weights that give it next to no chance.
    assert [found[name] for name in NAMES] == pytest.approx(
        [AS_SHIPPED[name] for name in NAMES], abs=0.01
    )
    assert len(odds) == len(as_expected)


def test_what_a_desk_goes_by_gains_weight() -> None:
    found = learned(*decisions(1000), start=AS_SHIPPED)

    assert found["told"] > AS_SHIPPED["told"] + 1
    assert found["told"] == max(found[name] for name in NAMES)


def test_the_more_decisions_the_further_it_moves() -> None:
    moved = [
        abs(learned(*decisions(count), start=AS_SHIPPED)["told"] - AS_SHIPPED["told"])
        for count in (20, 200, 2000)
    ]

    assert moved == sorted(moved)
    assert moved[0] < moved[2] / 2


def test_what_was_learned_does_better_on_decisions_it_never_saw() -> None:
    found = learned(*decisions(500, seed=1), start=AS_SHIPPED)
    unseen = decisions(500, seed=2)

    assert log_loss(*unseen, found) < log_loss(*unseen, AS_SHIPPED)
    assert concordance(*unseen, found) > concordance(*unseen, AS_SHIPPED)


def test_the_order_of_decisions_does_not_matter() -> None:
    measures, accepted = decisions(300)
    order = np.random.default_rng(5).permutation(300)

    one = learned(measures, accepted, start=AS_SHIPPED)
    other = learned(measures[order], accepted[order], start=AS_SHIPPED)

    assert [one[name] for name in NAMES] == pytest.approx([other[name] for name in NAMES], abs=0.01)


def only(name: str) -> Weights:
    return Weights({one: float(one == name) for one in NAMES}, 0.0)


def test_concordance_counts_pairs_and_halves_ties() -> None:
    measures = np.zeros((4, len(NAMES)), dtype=np.float32)
    measures[:, MEANING] = [3, 1, 2, 1]
    accepted = np.array([1.0, 1.0, 0.0, 0.0])

    # Of four pairs: 3>2, 3>1, 1<2, 1=1.
    assert concordance(measures, accepted, only("meaning")) == pytest.approx(2.5 / 4)


def test_concordance_of_one_kind_is_even() -> None:
    measures, _ = decisions(5)

    assert concordance(measures, np.ones(5), AS_SHIPPED) == 0.5


def test_log_loss_of_a_coin_is_ln_two() -> None:
    measures = np.zeros((2, len(NAMES)), dtype=np.float32)

    assert log_loss(measures, np.array([1.0, 0.0]), only("meaning")) == pytest.approx(np.log(2))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.booleans(), min_size=1, max_size=40), st.integers(0, 1000))
def test_any_decisions_teach_finite_weights(accepted: list[bool], seed: int) -> None:
    measures = np.random.default_rng(seed).random((len(accepted), len(NAMES))).astype(np.float32)
    found = learned(measures, np.array(accepted, dtype=float), start=AS_SHIPPED)

    assert np.isfinite([*(found[name] for name in NAMES), found.bias]).all()
