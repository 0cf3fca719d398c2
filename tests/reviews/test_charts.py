"""Agreement over time as places of an SVG."""

from reviews.agreement.intervals import Estimate
from reviews.charts import Whisker, drift
from reviews.figures import Figure


def period(label: str, value: float | None, *ends: float) -> Figure:
    return Figure(label, 9, Estimate(value, *ends), Estimate(value))


def test_lines_break_where_there_is_no_figure_and_whiskers_stand_where_there_is_an_interval() -> (
    None
):
    drawn = drift(
        [period("a", 1.0), period("b", 0.5, 0.25, 1.0), period("c", None), period("d", 0.0)]
    )

    assert drawn.alpha == drawn.ac2 == ["12.5,6 37.5,46", "87.5,86"]
    assert drawn.dots == [(12.5, 6), (37.5, 46), (87.5, 86)]
    assert drawn.whiskers == [Whisker(37.5, 66, 6)]
    assert drawn.across == [(12.5, "a"), (37.5, "b"), (62.5, "c"), (87.5, "d")]
    assert drawn.up == [(86, "0, chance"), (32.64, "0.667"), (22, "0.80"), (6, "1")]


def test_what_lies_far_below_chance_stays_on_the_chart() -> None:
    assert drift([period("a", -0.6, -0.9, 0.0)]).whiskers == [Whisker(50, 94, 86)]
