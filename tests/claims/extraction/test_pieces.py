"""A long text in pieces: nothing lost, nothing too long, cut where a reader would."""

from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.pieces import pieces_of

TEXTS = st.text(alphabet=st.sampled_from("ab. \n"), max_size=300)


def cut(text: str, longest: int) -> list[str]:
    return [text[start:end] for start, end in pieces_of(text, longest)]


def test_short_text_is_one_piece() -> None:
    assert cut("One.\n\nTwo.", 100) == ["One.\n\nTwo."]


def test_text_is_cut_between_paragraphs_before_lines_and_sentences() -> None:
    assert cut("One two.\n\nThree. Four\nfive six", 16) == [
        "One two.\n\n",
        "Three. Four\n",
        "five six",
    ]


def test_paragraph_that_is_too_long_is_cut_between_sentences() -> None:
    assert cut("One two. Three four. Five", 14) == ["One two. ", "Three four. ", "Five"]


def test_word_that_is_too_long_is_cut_where_it_must_be() -> None:
    assert cut("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]


def test_text_without_words_has_no_piece() -> None:
    assert cut(" \n\n ", 10) == cut("", 10) == []


@given(TEXTS, st.integers(1, 40))
def test_pieces_are_in_order_bounded_and_lose_no_words(text: str, longest: int) -> None:
    pieces = pieces_of(text, longest)

    assert all(0 < end - start <= longest for start, end in pieces)
    edges = [0, *(edge for piece in pieces for edge in piece), len(text)]
    assert edges == sorted(edges)
    between = zip(edges[::2], edges[1::2], strict=True)
    assert not "".join(text[start:end] for start, end in between).strip()
