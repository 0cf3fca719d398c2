import numpy as np
import pytest

from reports.scoring.sequences import confidence_sequence


def test_ends_only_move_inwards_and_close_on_the_mean() -> None:
    values = np.random.default_rng(1).beta(2, 6, 4000)

    low, high = confidence_sequence(values)

    assert (np.diff(low) >= 0).all()
    assert (np.diff(high) <= 0).all()
    assert low[-1] < 0.25 < high[-1]
    assert high[-1] - low[-1] < 0.03


def test_few_values_say_little() -> None:
    low, high = confidence_sequence([0.1, 0.2])

    assert (low[-1], high[-1]) == (0, 1)


def test_nothing_seen_has_no_ends() -> None:
    assert [len(ends) for ends in confidence_sequence([])] == [0, 0]


def test_values_beyond_0_and_1_are_refused() -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        confidence_sequence([0.5, 1.5])
