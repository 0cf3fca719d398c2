"""When a feed is asked again, when its silence is out of the ordinary."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.silence import silent_after
from sources.waiting import LONGEST_PAUSE, asked_to_wait, backed_off, strayed

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", timedelta(seconds=120)),
        (" 0 ", timedelta()),
        ("999999999", LONGEST_PAUSE),
        ("Wed, 01 Apr 2026 10:30:00 GMT", timedelta(minutes=90)),
        ("Wed, 01 Apr 2026 10:30:00", timedelta(minutes=90)),
        ("Wednesday, 01-Apr-26 10:30:00 GMT", timedelta(minutes=90)),
        ("Wed, 01 Apr 2026 08:00:00 GMT", timedelta()),
        ("Wed, 01 Apr 2093 08:00:00 GMT", LONGEST_PAUSE),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("9" * 5000, None),
        ("later", None),
        ("Wed, 99 Apr 2026 10:30:00 GMT", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_date_a_day_at_most(
    header: str, wait: timedelta | None
) -> None:
    assert asked_to_wait(header, at=NOW) == wait


@given(st.text(max_size=60))
def test_no_header_breaks_it(header: str) -> None:
    wait = asked_to_wait(header, at=NOW)

    assert wait is None or timedelta() <= wait <= LONGEST_PAUSE


def test_each_failure_doubles_the_pause_up_to_a_day() -> None:
    pauses = [backed_off(15 * MINUTE, failures) for failures in (1, 2, 6, 7, 4000)]

    assert pauses == [30 * MINUTE, HOUR, 16 * HOUR, LONGEST_PAUSE, LONGEST_PAUSE]


@given(st.floats(0, 1), st.floats(0, 0.5))
def test_chance_moves_a_pause_by_no_more_than_its_share(chance: float, jitter: float) -> None:
    assert abs(strayed(HOUR, jitter, chance) - HOUR) <= HOUR * jitter + MINUTE / 1000


@pytest.mark.parametrize(
    ("hours", "every", "expected"),
    [
        ([3, 4, 5, 6], 1, None),
        ([3, 4, 5, 6, 7], 1, 9),
        ([3, 4, 5, 6, 400], 1, 9),  # one outage teaches nothing
        ([60, 3, 60, 3, 3, 61], 1, 90),  # weekends do
        ([0.1] * 9, 0.25, 1),  # an hour at least
        ([1] * 9, 12, 36),  # three polls at least
    ],
)
def test_what_is_longer_than_usual_is_learned(
    hours: list[float], every: float, expected: float | None
) -> None:
    learned = silent_after([HOUR * n for n in hours], every=HOUR * every)

    assert learned == (None if expected is None else HOUR * expected)
