import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.scoring.calibration import (
    PARTS,
    Calibration,
    calibration,
    part_intervals,
)
from reports.scoring.miscalibration import chance_of_miscalibration


def niamey(shared: Path) -> list[dict[str, str]]:
    """Forecasts of rain and what fell, one row a day."""
    with (shared / "data/forecasts/precip_Niamey_2016.csv").open() as file:
        return list(csv.DictReader(file))


def parts(found: Calibration) -> tuple[float, float, float, float]:
    return found.score, found.miscalibration, found.discrimination, found.uncertainty


@pytest.mark.parametrize(
    ("probabilities", "outcomes", "expected"),
    [
        ((0.1, 0.3, 0.3, 0.6, 0.8, 0.9), (0, 1, 0, 0, 1, 1), (1 / 6, 1 / 18, 5 / 36, 1 / 4)),
        ((0.2, 0.2, 0.7, 0.7, 0.9), (0, 0.25, 0.5, 1, 0.75), (0.039, 0.00775, 0.09375, 0.125)),
        ([0.2] * 5 + [0.8] * 5, [1, 0, 0, 0, 0, 1, 1, 1, 0, 0], (0.22, 0.02, 0.04, 0.24)),
    ],
    ids=["binary", "graded", "murphy"],
)
def test_parts_of_the_score(
    probabilities: list[float], outcomes: list[float], expected: tuple[float, ...]
) -> None:
    assert parts(calibration(probabilities, outcomes)) == pytest.approx(expected)


def test_steps_pool_ties_and_never_fall() -> None:
    steps = calibration((0.1, 0.3, 0.3, 0.6, 0.8, 0.9), (0, 1, 0, 0, 1, 1)).steps

    assert [step.n for step in steps] == [1, 2, 1, 1, 1]
    assert [step.calibrated for step in steps] == pytest.approx([0, 1 / 3, 1 / 3, 1, 1])


def test_calibration_refuses_nothing_and_unequal_lengths() -> None:
    with pytest.raises(ValueError, match="at least one"):
        calibration([], [])
    with pytest.raises(ValueError, match="as many outcomes"):
        calibration([0.5], [1, 0])


probability = st.floats(0, 1)


# A busy machine pauses now and then.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(probability, probability), min_size=1, max_size=40))
def test_parts_add_up_and_are_never_negative(pairs: list[tuple[float, float]]) -> None:
    found = calibration([p for p, _ in pairs], [y for _, y in pairs])

    assert found.miscalibration >= -1e-12
    assert found.discrimination >= -1e-12
    assert found.score == pytest.approx(
        found.miscalibration - found.discrimination + found.uncertainty, abs=1e-12
    )


def test_claims_that_all_miss_are_no_chance() -> None:
    probabilities, outcomes = [0.9] * 30 + [0.1] * 30, [0] * 30 + [1] * 30

    assert chance_of_miscalibration(probabilities, outcomes, seed=1) == 0


def test_claims_that_hold_as_often_as_said_are_chance() -> None:
    probabilities, outcomes = [0.5] * 60, [0, 1] * 30

    assert chance_of_miscalibration(probabilities, outcomes, seed=1) == 1


def test_graded_outcomes_have_no_such_test() -> None:
    assert chance_of_miscalibration([0.5, 0.5], [0.25, 1], seed=1) is None


@pytest.mark.parametrize(("model", "low", "high"), [("ENS", 0, 0.01), ("EMOS", 0.6, 0.85)])
def test_niamey_rain_is_miscalibrated_where_published(
    shared: Path, model: str, low: float, high: float
) -> None:
    rows = niamey(shared)

    chance = chance_of_miscalibration(
        [float(row[model]) for row in rows], [float(row["obs"]) for row in rows], seed=1
    )

    assert chance is not None
    assert low <= chance <= high


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("EMOS", (0.232025, 0.018283, 0.030469, 0.244211)),
        ("ENS", (0.266168,)),
        ("EPC", (0.234282,)),
        ("Logistic", (0.205746,)),
    ],
)
def test_niamey_rain_as_published(shared: Path, model: str, expected: tuple[float, ...]) -> None:
    rows = niamey(shared)

    found = calibration([float(row[model]) for row in rows], [float(row["obs"]) for row in rows])

    assert parts(found)[: len(expected)] == pytest.approx(expected, abs=1e-6)


def test_each_part_lies_in_its_interval_which_repeats_with_its_seed(shared: Path) -> None:
    rows = niamey(shared)
    said, fell = [float(row["EMOS"]) for row in rows], [float(row["obs"]) for row in rows]

    found = part_intervals(said, fell, range(len(rows)), seed=7)

    assert found is not None
    assert list(found) == list(PARTS)
    for (low, high), value in zip(found.values(), parts(calibration(said, fell))[1:], strict=True):
        assert 0 <= low < value < high
    # Forecasts that drawn outcomes do not tell from calibrated ones may be calibrated.
    assert found["miscalibration"][0] == 0
    assert part_intervals(said, fell, range(len(rows)), seed=7) == found


def test_copies_of_a_claim_in_its_document_do_not_narrow_the_intervals() -> None:
    said, outcomes = [0.2, 0.8] * 100, [0, 1, 0, 1, 1, 0, 1, 1] * 25
    alone = part_intervals(said, outcomes, range(200), seed=7)
    again = part_intervals(said * 8, outcomes * 8, list(range(200)) * 8, seed=7)

    assert alone is not None
    assert again is not None
    # Eight copies of each claim say no more than the claim.
    for part in PARTS:
        assert again[part] == pytest.approx(alone[part])


def test_parts_have_no_interval_below_five_documents() -> None:
    assert part_intervals([0.2, 0.8] * 30, [0, 1] * 30, [1, 2, 3, 4] * 15, seed=7) is None
