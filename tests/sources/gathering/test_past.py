"""Reports that arrive in memory are compared as those in the database would be."""

from dataclasses import replace
from datetime import timedelta

from sources.gathering import BATCH, LOOKED_AT
from sources.gathering.labelled import Labelled
from sources.gathering.past import comparisons
from tests.sources.gathering.desk import AT

TITLE = "Ministers agree to extend the grain corridor by sixty days"
ONE = Labelled("1", TITLE, "A spokesman said so in Geneva.", AT, "", "")


def compared(reports: list[Labelled]) -> list[tuple[int, int]]:
    """Pairs of reports by their places among all."""
    return [
        pair
        for found, _ in comparisons(reports)
        for pair in zip(
            found.keys[found.one].tolist(), found.keys[found.other].tolist(), strict=True
        )
    ]


def test_a_report_is_compared_with_those_of_earlier_batches_and_of_its_own() -> None:
    fillers = [
        replace(ONE, title=f"zq{number} vk{number} wx{number}", text="") for number in range(BATCH)
    ]

    assert set(compared([ONE, *fillers, ONE, ONE])) >= {
        (BATCH + 1, 0),
        (BATCH + 2, 0),
        (BATCH + 2, BATCH + 1),
    }


def test_reports_outside_the_window_take_no_place_of_those_within() -> None:
    fillers = [
        replace(ONE, title=f"zq{number} vk{number} wx{number}", text="") for number in range(BATCH)
    ]
    old = [replace(ONE, at=AT - timedelta(days=9))] * (2 * LOOKED_AT)
    found = compared([ONE, *old, *fillers, ONE])

    assert {other for one, other in found if one == len(old) + BATCH + 1} == {0}


def test_work_for_one_report_is_bounded() -> None:
    found = compared([ONE] * (2 * BATCH))

    assert (
        max(sum(one == place for one, _ in found) for place in (BATCH, 2 * BATCH - 1)) == LOOKED_AT
    )
