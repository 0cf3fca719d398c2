"""Numbers in words and on an axis."""

import pytest

from reports import display
from tests.reports.display.figures import NONE, figure


@pytest.mark.parametrize(
    ("value", "text"), [(0.0341, "+0.034"), (-0.0124, "−0.012"), (-0.0001, "0.000"), (0, "0.000")]
)
def test_differences_bear_their_sign(value: float, text: str) -> None:
    assert display.signed(value) == text


def test_counts_are_in_words() -> None:
    assert display.counted(figure(0, 0, 0)) == "12 claims from 7 documents"
    assert display.counted(NONE | {"n": 1, "clusters": 1}) == "1 claim from 1 document"
    assert display.counted(NONE) == "no claims"


def test_axis_holds_every_interval_and_zero() -> None:
    start, span = display.axis([figure(0.2, 0.1, 0.3), figure(0.4, 0.2, 0.6), NONE])

    assert start < 0
    assert start + span > 0.6


def test_axis_of_nothing_still_has_a_length() -> None:
    assert display.axis([NONE])[1] > 0
