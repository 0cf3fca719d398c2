"""Counts as if the same feeds had been there all along."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.counting import Cell, normalised, per_feed

PERIODS = 6
# What each period brings to all feeds, and what is each feed's own.
SHAPES = st.lists(st.integers(1, 9), min_size=PERIODS, max_size=PERIODS)
LEVELS = st.lists(st.integers(1, 30), min_size=1, max_size=6)
# From when on each feed is there: one of them from the start.
STARTS = st.lists(st.integers(0, PERIODS - 2), min_size=6, max_size=6).map(lambda all_: [0, *all_])
COUNTS = st.lists(
    st.lists(st.integers(0, 50), min_size=PERIODS, max_size=PERIODS), min_size=1, max_size=6
)


def cells(rows: list[list[int]], starts: list[int] | None = None) -> list[Cell]:
    """Cells of feeds that are there from some period on, fully listened to."""
    return [
        Cell(feed, period, count, 1.0)
        for feed, row in enumerate(rows)
        for period, count in enumerate(row)
        if starts is None or period >= starts[feed]
    ]


def approximately(figures: list[float | None]) -> object:
    return [None if one is None else pytest.approx(one, rel=1e-6, abs=1e-6) for one in figures]


@given(SHAPES, LEVELS, STARTS)
def test_feeds_that_come_later_change_nothing_but_the_level(
    shape: list[int], levels: list[int], starts: list[int]
) -> None:
    rows = [[level * part for part in shape] for level in levels]

    figures = normalised(cells(rows, starts), periods=PERIODS)

    assert figures == approximately([sum(levels) * part for part in shape])


@given(st.integers(1, 40), st.integers(1, 5), st.integers(2, 8))
def test_doubling_feeds_that_behave_the_same_leaves_a_flat_series_flat(
    level: int, joins_at: int, feeds: int
) -> None:
    starts = [0] * feeds + [joins_at] * feeds
    rows = [[level] * PERIODS] * (2 * feeds)

    figures = normalised(cells(rows, starts), periods=PERIODS)

    assert figures == approximately([2.0 * feeds * level] * PERIODS)


@given(COUNTS)
def test_where_all_feeds_are_there_all_along_nothing_is_changed(rows: list[list[int]]) -> None:
    raw = [sum(column) for column in zip(*rows, strict=True)]

    figures = normalised(cells(rows), periods=PERIODS)

    assert figures == (approximately(raw) if any(raw) else [None] * PERIODS)


@given(COUNTS, STARTS, st.integers(2, 9))
def test_scale_and_order_of_feeds_do_not_matter(
    rows: list[list[int]], starts: list[int], factor: int
) -> None:
    figures = normalised(cells(rows, starts), periods=PERIODS)
    larger = [Cell(-one.feed, one.period, one.brought * factor, 1.0) for one in cells(rows, starts)]

    scaled = normalised(reversed(larger), periods=PERIODS)

    assert scaled == approximately([one if one is None else one * factor for one in figures])


def test_a_feed_that_was_deaf_for_half_a_period_counts_for_the_other_half() -> None:
    found = [Cell(0, 0, 14, 1.0), Cell(0, 1, 7, 0.5), Cell(0, 2, 14, 1.0)]

    assert normalised(found, periods=3) == approximately([14, 14, 14])


def test_a_feed_that_falls_silent_is_a_fall_and_one_that_is_gone_is_none() -> None:
    steady = [Cell(0, period, 10, 1.0) for period in range(4)]
    silent = [Cell(1, period, 10 if period < 2 else 0, 1.0) for period in range(4)]
    gone = [Cell(1, period, 10, 1.0) for period in range(2)]

    assert normalised(steady + silent, periods=4) == approximately([20, 20, 10, 10])
    assert normalised(steady + gone, periods=4) == approximately([10, 10, 10, 10])


def test_periods_without_anything_are_nothing_and_break_no_chain() -> None:
    rows = cells([[4, 0, 0, 6, 2, 4]])

    assert normalised(rows, periods=PERIODS) == approximately([4, 0, 0, 6, 2, 4])


def test_periods_that_no_feed_links_have_no_figure() -> None:
    found = [Cell(0, 0, 5, 1.0), Cell(0, 1, 6, 1.0), Cell(1, 2, 7, 1.0), Cell(1, 3, 8, 1.0)]

    assert normalised(found, periods=5) == [None, None, *approximately([7, 8]), None]


def test_long_chains_of_short_lived_feeds_are_followed_exactly() -> None:
    # Each feed is there for two periods; what comes grows by one each time.
    found = [Cell(feed, t, 10 + t, 1.0) for feed in range(60) for t in (feed, feed + 1) if t < 60]

    figures = normalised(found, periods=60)

    assert figures == approximately([2 * (10 + t) for t in range(60)])


def test_a_count_per_feed_needs_a_feed() -> None:
    assert per_feed([6, 0, 3], [3, 2, 0]) == [2.0, 0.0, None]
