"""The test and the band of calibration; how often it errs stands in test_simulations.py."""

import numpy as np
import pytest

from reports.scoring.calibration import calibration
from reports.scoring.miscalibration import chance_of_miscalibration, consistency_band


def test_band_is_the_binomial_where_all_say_the_same() -> None:
    """Of 100 claims at one half 40 to 60 hold, but for one in twenty."""
    chances, low, high = consistency_band([0.5] * 100, seed=1, draws=4000)

    assert chances.tolist() == [0.5]
    assert (low[0], high[0]) == pytest.approx((0.40, 0.60), abs=0.011)


def test_band_never_falls_and_holds_a_calibrated_curve() -> None:
    said = np.repeat([0.1, 0.3, 0.5, 0.7, 0.9], 40)
    held = np.concatenate([np.arange(40) < 40 * chance for chance in (0.1, 0.3, 0.5, 0.7, 0.9)])

    _, low, high = consistency_band(said, seed=1)

    fitted = [step.calibrated for step in calibration(said, held.astype(float)).steps]
    assert (np.diff(low) >= 0).all()
    assert ((low <= fitted) & (fitted <= high)).all()


def test_copies_of_forecasts_of_one_claim_say_no_more_than_one() -> None:
    said = np.repeat([0.2, 0.5, 0.8], 20)
    held = (np.random.default_rng(2).random(60) < said * 0.7).astype(float)

    alone = chance_of_miscalibration(said, held, seed=1, draws=4000)
    copies = chance_of_miscalibration(
        np.tile(said, 5), np.tile(held, 5), seed=1, draws=4000, claims=np.tile(np.arange(60), 5)
    )
    apart = chance_of_miscalibration(np.tile(said, 5), np.tile(held, 5), seed=1, draws=4000)

    assert alone is not None
    assert apart is not None
    assert copies == pytest.approx(alone, abs=0.03)
    assert apart < alone / 2
