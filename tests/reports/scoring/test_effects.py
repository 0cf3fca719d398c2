import numpy as np
import pytest

from reports.scoring.effects import two_way_effects


def test_model_without_error_is_found_again() -> None:
    rng = np.random.default_rng(1)
    ability, difficulty = rng.normal(size=30), rng.normal(size=200)
    source, claim = rng.integers(0, 30, 1500), rng.integers(0, 200, 1500)
    source, claim = np.r_[source, np.arange(30)], np.r_[claim, np.zeros(30, int)]
    claim = np.unique(claim, return_inverse=True)[1]
    difficulty = difficulty[: claim.max() + 1]

    found = two_way_effects(ability[source] + difficulty[claim], source, claim)

    assert found.source == pytest.approx(ability - ability.mean(), abs=1e-8)
    assert found.difficulty == pytest.approx(difficulty + ability.mean(), abs=1e-8)
    assert found.comparable.all()


def test_a_long_chain_of_shared_claims_is_followed_to_its_end() -> None:
    """Source i meets claims i and i + 1 and is .01 worse than the one before."""
    number = 200
    source = np.repeat(np.arange(number), 2)
    claim = source + np.tile([0, 1], number)

    found = two_way_effects(0.01 * source, source, claim)

    assert np.diff(found.source) == pytest.approx(np.full(number - 1, 0.01), abs=1e-6)


def test_sources_without_shared_claims_are_not_comparable() -> None:
    scores = np.array([0.1, 0.3, 0.9, 0.2, 0.2, 0.4])
    source, claim = np.array([0, 1, 2, 3, 3, 4]), np.array([0, 0, 1, 2, 3, 3])

    found = two_way_effects(scores, source, claim)

    assert found.comparable.tolist() == [True, True, False, False, False]
    assert found.component.tolist() == [0, 0, 2, 1, 1]
    assert found.source == pytest.approx([-0.1, 0.1, 0, -0.1, 0.1])


def test_names_of_sources_and_claims_say_nothing() -> None:
    rng = np.random.default_rng(2)
    source, claim = np.repeat(np.arange(5), 12), np.tile(np.arange(12), 5)
    scores, mixed = rng.random(60), rng.permutation(5)

    straight = two_way_effects(scores, source, claim)
    turned = two_way_effects(scores, mixed[source], claim[::-1].max() - claim)

    assert turned.source[mixed] == pytest.approx(straight.source)
