"""The running estimate: Bayes in odds."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.plumb.estimate import Ratio, Step, running_estimate, updated
from claims.plumb.weights import LEAST_RATIO, MOST_RATIO

priors = st.floats(0, 1)
ratios = st.lists(st.floats(LEAST_RATIO, MOST_RATIO), max_size=400)
DAY = date(2024, 1, 12)


def test_worked_example_of_the_docs() -> None:
    """docs/methods.md, "Running estimate"."""
    found = running_estimate(
        0.3, [Ratio(DAY, 4), Ratio(DAY + timedelta(9), 0.5), Ratio(DAY + timedelta(30), 3)]
    )

    assert [f"{step.probability:.1%}" for step in found] == ["63.2%", "46.2%", "72.0%"]
    assert [step.day for step in found] == [DAY, DAY + timedelta(9), DAY + timedelta(30)]


@given(priors, ratios)
def test_estimate_stays_a_probability(prior: float, times: list[float]) -> None:
    assert 0 <= updated(prior, times) <= 1


@given(priors, ratios, st.randoms())
def test_order_does_not_matter(prior: float, times: list[float], random: Random) -> None:
    shuffled = random.sample(times, len(times))

    assert updated(prior, shuffled) == updated(prior, times)


@given(priors, ratios)
def test_a_ratio_of_one_changes_nothing(prior: float, times: list[float]) -> None:
    assert updated(prior, [*times, 1.0]) == updated(prior, times)


@given(st.floats(0.001, 0.999))
def test_no_evidence_leaves_the_base_rate(prior: float) -> None:
    assert updated(prior, []) == pytest.approx(prior)


@given(st.floats(0.001, 0.999), st.floats(LEAST_RATIO, MOST_RATIO))
def test_what_speaks_for_raises_it_and_what_speaks_against_lowers_it(
    prior: float, times: float
) -> None:
    odds = updated(prior, [times]) / (1 - updated(prior, [times]))

    assert odds == pytest.approx(prior / (1 - prior) * times)


@pytest.mark.parametrize("certain", [0.0, 1.0])
def test_what_is_certain_stays_certain(certain: float) -> None:
    assert updated(certain, [10, 0.1, 4]) == certain


def test_evidence_of_one_day_is_one_step() -> None:
    found = running_estimate(0.5, [Ratio(DAY, 3), Ratio(DAY, 3)])

    assert found == [Step(DAY, pytest.approx(0.9))]
    assert running_estimate(0.5, []) == []
