import pytest

from reports.scoring.updates import (
    Stood,
    mean_daily_brier,
    mean_daily_improvement,
    truncated_mean,
)


def test_days_after_an_early_end_count_nothing() -> None:
    """0.9 against a base rate of one half for ten days of forty: (.25 − .01) / 4."""
    found = mean_daily_improvement([Stood(0.9, 10)], 1, 0.5, planned=40)

    assert found == pytest.approx(0.06)


def test_each_version_scores_for_its_time() -> None:
    versions = [Stood(0.5, 10), Stood(0.9, 30)]

    assert mean_daily_brier(versions, 1) == pytest.approx((2.5 + 0.3) / 40)
    assert mean_daily_improvement(versions, 1, 0.5, planned=40) == pytest.approx(0.24 * 30 / 40)


def test_saying_the_same_again_changes_nothing() -> None:
    assert mean_daily_brier([Stood(0.7, 5), Stood(0.7, 15)], 1) == pytest.approx(
        mean_daily_brier([Stood(0.7, 20)], 1)
    )


def test_no_more_days_than_were_planned() -> None:
    with pytest.raises(ValueError, match="than were planned"):
        truncated_mean([1, 1], [10, 20], planned=20)
    with pytest.raises(ValueError, match="than were planned"):
        truncated_mean([], [], planned=0)
