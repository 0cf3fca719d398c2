"""Lines of an SVG, in percent of its width and height."""

from datetime import date, timedelta

from sources.charts import Tick, chart

DAYS = [date(2026, 4, 1) + timedelta(days=n) for n in range(5)]


def test_lines_run_from_side_to_side_and_break_where_there_is_no_figure() -> None:
    drawn = chart(DAYS, [0, 10, 20, 10, 0], [None, 20, None, 40, 40])

    assert drawn.raw == ["0,86 25,66.5 50,47 75,66.5 100,86"]
    assert drawn.normalised == ["25,47", "75,8 100,8"]
    assert drawn.up == [Tick(86.0, "0"), Tick(47.0, "20"), Tick(8.0, "40")]
    assert drawn.across[:2] == [Tick(0.0, "1 Apr 2026"), Tick(25.0, "2 Apr 2026")]


def test_nothing_at_all_is_a_line_at_the_bottom() -> None:
    drawn = chart(DAYS, [0] * 5, [None] * 5)

    assert (drawn.raw, drawn.normalised) == (["0,86 25,86 50,86 75,86 100,86"], [])
    assert [tick.label for tick in drawn.up] == ["0", "0.5", "1"]


def test_large_numbers_are_written_out() -> None:
    assert [tick.label for tick in chart(DAYS, [1_600_000] * 5, [None] * 5).up] == [
        *("0", "1,000,000", "2,000,000"),
    ]
