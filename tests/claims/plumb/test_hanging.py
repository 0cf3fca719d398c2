"""Where evidence hangs."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.plumb.hanging import EDGE, LANES, MOST_SLOTS, Hung, hang, span_of, spread

SAID, TODAY = date(2023, 3, 21), date(2024, 3, 20)


def piece(number: int = 1, day: date = SAID, stance: int = 1, weight: float = 0.5) -> Hung:
    return Hung(number, day, stance, weight)


@st.composite
def many(draw: st.DrawFn) -> list[Hung]:
    drawn = draw(
        st.lists(
            st.tuples(st.integers(-400, 4000), st.integers(-2, 2), st.floats(0, 1)), max_size=300
        )
    )
    return [
        piece(number, SAID + timedelta(days), stance, weight)
        for number, (days, stance, weight) in enumerate(drawn)
    ]


@given(many(), st.none() | st.dates(date(2023, 3, 22), date(2100, 1, 1)))
def test_every_piece_hangs_once_to_its_side_in_a_bounded_drawing(
    pieces: list[Hung], due: date | None
) -> None:
    span = span_of(pieces, said=SAID, due=due, today=TODAY)

    marks = hang(pieces, span)

    hung = sorted(one.number for mark in marks for one in mark.pieces)
    assert hung == sorted(one.number for one in pieces)
    assert len(marks) <= (MOST_SLOTS + 1) * 5 * LANES
    for mark in marks:
        assert 0 < mark.x < 100
        assert EDGE <= mark.y <= span.height - EDGE
        if mark.side != "neutral":
            assert mark.side == ("for" if mark.x > 50 else "against")
    assert len({(mark.x, mark.y) for mark in marks}) == len(marks)


def test_stronger_stances_hang_further_out_and_heavier_ones_are_larger() -> None:
    pieces = [
        piece(stance=1, weight=0.2),
        piece(stance=2, weight=1),
        piece(stance=-1),
        piece(stance=-2),
        piece(stance=0),
    ]
    found = {
        mark.pieces[0].stance: mark
        for mark in hang(pieces, span_of(pieces, said=SAID, due=None, today=TODAY))
    }

    across = [found[stance].x for stance in (-2, -1, 0, 1, 2)]
    assert across == sorted(across)
    assert found[0].x == 50
    assert found[2].radius == 7.5
    assert found[1].radius == 5.0


def test_what_has_no_room_alone_is_gathered() -> None:
    alone, together = [piece(n) for n in range(3)], [piece(n) for n in range(4)]

    def marks(pieces: list[Hung]) -> list[int]:
        span = span_of(pieces, said=SAID, due=None, today=TODAY)
        return [len(mark.pieces) for mark in hang(pieces, span)]

    assert marks(alone) == [1, 1, 1]
    assert marks(together) == [4]


@pytest.mark.parametrize(
    ("due", "end"),
    [
        (None, TODAY),
        (date(2023, 9, 1), TODAY),
        (date(2024, 9, 1), date(2024, 9, 1)),
        (date(2100, 1, 1), date(2025, 3, 20)),
    ],
)
def test_a_day_far_ahead_takes_at_most_half_of_the_line(due: date | None, end: date) -> None:
    span = span_of([], said=SAID, due=due, today=TODAY)

    assert (span.start, span.end) == (SAID, end)
    assert span.down(SAID) == EDGE
    assert span.down(date(2200, 1, 1)) == span.height - EDGE


def test_labels_do_not_run_together() -> None:
    assert spread([10, 12, 100], height=300) == [10, 25, 100]
    assert spread([280, 290, 295], height=300) == [266, 281, 296]
    assert spread([], height=300) == []
