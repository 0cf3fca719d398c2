"""Texts cut into pieces: documents around quotes, sentences around hedges, passages around hits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.marking import Paragraph, around, hits, numbered, paragraphs, shared_words
from claims.models import Claim, Evidence
from claims.templatetags.claims import passage_pieces, percent, said, signed
from sources.models import Quote


def claim(start: int, end: int) -> Claim:
    return Claim(quote=Quote(exact="x" * (end - start), start=start, end=end))


def shown(paragraph: Paragraph) -> list[tuple[str, list[int], list[int]]]:
    return [
        (piece.text, [one.number for one in piece.entries], [one.number for one in piece.ends])
        for piece in paragraph.pieces
    ]


def test_paragraph_is_cut_where_a_quote_begins_and_ends() -> None:
    (paragraph,) = paragraphs("He says trade grows now.", numbered([claim(8, 19)]))

    assert shown(paragraph) == [
        ("He says ", [], []),
        ("trade grows", [1], [1]),
        (" now.", [], []),
    ]


def test_overlapping_quotes_share_a_piece() -> None:
    (paragraph,) = paragraphs("abcdef", numbered([claim(0, 4), claim(2, 6)]))

    assert shown(paragraph) == [("ab", [1], []), ("cd", [1, 2], [1]), ("ef", [2], [2])]


def test_quote_over_two_paragraphs_is_listed_where_it_begins_and_ends_once() -> None:
    first, second = paragraphs("abc\n\ndef", numbered([claim(1, 7)]))

    assert shown(first) == [("a", [], []), ("bc", [1], [])]
    assert shown(second) == [("de", [1], [1]), ("f", [], [])]


@pytest.mark.parametrize("text", ["", "\n", " \n \n"])
def test_text_without_words_has_no_paragraph(text: str) -> None:
    assert paragraphs(text, numbered([])) == []


def test_paragraphs_are_numbered_from_one() -> None:
    assert [one.number for one in paragraphs("a\n\n b\nc", numbered([]))] == [1, 2, 3]


@given(st.text(alphabet="ab \n", max_size=30), st.data())
def test_pieces_put_together_are_the_text_of_its_lines(text: str, data: st.DataObject) -> None:
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    spans = data.draw(st.lists(ends.map(sorted).filter(lambda span: span[0] < span[1]), max_size=4))

    found = paragraphs(text, numbered([claim(*span) for span in spans]))

    lines = ["".join(piece.text for piece in one.pieces) for one in found]
    assert lines == [line.lstrip() for line in text.split("\n") if line.strip()]


@given(st.text(alphabet="ab \n", max_size=30), st.data())
def test_marked_pieces_of_a_claim_put_together_are_its_words(
    text: str, data: st.DataObject
) -> None:
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    drawn = data.draw(st.lists(ends, max_size=5))
    spans = sorted((min(pair), max(pair)) for pair in drawn if len(set(pair)) == 2)
    entries = numbered([claim(*span) for span in spans])

    pieces = [piece for one in paragraphs(text, entries) for piece in one.pieces]

    for entry, (start, end) in zip(entries, spans, strict=True):
        marked = "".join(piece.text for piece in pieces if entry in piece.entries)
        assert "".join(marked.split()) == "".join(text[start:end].split())


@pytest.mark.parametrize(
    ("sentence", "word", "pieces"),
    [
        ("It is likely to grow.", "likely", ("It is ", "likely", " to grow.")),
        ("Likely, it grows.", "likely", ("", "Likely", ", it grows.")),
        ("It is unlikely to grow.", "likely", ("It is unlikely to grow.", "", "")),
        ("It grows.", "", ("It grows.", "", "")),
        ("It grows (very likely).", "(very", ("It grows (very likely).", "", "")),
    ],
)
def test_sentence_is_cut_around_its_hedge(
    sentence: str, word: str, pieces: tuple[str, str, str]
) -> None:
    assert around(sentence, word) == pieces


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("shares trade, ports; reads 64% alike", ["trade", "ports"]),
        ("reads 64% alike", []),
        ("was linked by hand", []),
        ("", []),
    ],
)
def test_shared_words_are_read_from_the_reason(reason: str, words: list[str]) -> None:
    assert shared_words(reason) == words


def test_passage_is_marked_at_shared_words_and_their_forms() -> None:
    evidence = Evidence(passage="Trades grew at the port.", reason="shares trade, ports; reads 1%")

    assert list(passage_pieces(evidence)) == [("Trades", True), (" grew at the port.", False)]


@given(st.text(max_size=50), st.lists(st.text(min_size=1, max_size=5), max_size=3))
def test_marked_pieces_put_together_are_the_passage(passage: str, words: list[str]) -> None:
    assert "".join(piece for piece, _ in hits(passage, words)) == passage


@pytest.mark.parametrize(
    ("probability", "shown"), [("0.550", 55), ("0.125", 12.5), (0, 0), (None, None), ("", None)]
)
def test_percent(probability: float | str | None, shown: float | None) -> None:
    assert percent(probability) == shown


@pytest.mark.parametrize(("stance", "shown"), [(2, "+2"), (0, "0"), (-1, "−1"), (None, "")])
def test_stance_has_its_sign(stance: int | None, shown: str) -> None:
    assert signed(stance) == shown


def test_said_marks_the_hedge_with_its_range_in_percent() -> None:
    one = Claim(
        statement="It is likely to grow.",
        hedge="likely",
        probability_low="0.55",
        probability_high="0.8",
    )

    assert said(one) == {
        "before": "It is ",
        "hedge": "likely",
        "after": " to grow.",
        "low": 55,
        "high": 80,
    }
