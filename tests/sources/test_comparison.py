"""Two versions of a text, word by word."""

from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.comparison import Piece, compared, shortened

OLD = "Trade will grow.\nTwo ports are closed.\nThe third is open.\n"
NEW = "Trade will shrink.\nTwo ports are closed.\nA fourth opens.\nThe third is open.\n"


def test_what_is_gone_and_what_is_new_stand_where_they_stood() -> None:
    assert compared(OLD, NEW) == [
        Piece("same", "Trade will "),
        Piece("gone", "grow.\n"),
        Piece("new", "shrink.\n"),
        Piece("same", "Two ports are closed.\n"),
        Piece("new", "A fourth opens.\n"),
        Piece("same", "The third is open.\n"),
    ]


@given(st.text("ab \n", max_size=40), st.text("ab \n", max_size=40))
def test_pieces_hold_both_texts_word_by_word(old: str, new: str) -> None:
    pieces = compared(old, new)

    assert "".join(one.text for one in pieces if one.kind != "gone") == new
    assert [word for one in pieces if one.kind != "new" for word in one.text.split()] == old.split()


def test_long_stretches_that_are_the_same_are_left_out_in_the_middle() -> None:
    long = "word " * 1000
    pieces = list(shortened(compared(f"One\n{long}\nLast", f"Two\n{long}\nFirst")))

    kinds = [piece.kind for piece in pieces]
    assert kinds == ["gone", "new", "same", "left out", "same", "gone", "new"]
    assert len(pieces[3].text) > 4000


@pytest.mark.parametrize("sign", ["\n", " "])
def test_texts_of_any_length_are_compared_in_a_moment(sign: str) -> None:
    old = sign.join(f"a{number % 7}" for number in range(200_000))
    new = sign.join(f"a{number % 5}" for number in range(200_000))
    start = monotonic()

    assert [piece.kind for piece in compared(old, new)] == ["gone", "new"]
    assert monotonic() - start < 3
