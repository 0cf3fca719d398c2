"""Sentences stand exactly where their offsets say, and never reach across paragraphs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.sentences import sentences


def cut(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text)]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\r\n \r\n", "\u2028"])
def test_text_without_words_has_no_sentences(text: str) -> None:
    assert cut(text) == []


def test_two_sentences_are_told_apart() -> None:
    assert cut("Rates fell. Prices rose.") == ["Rates fell.", "Prices rose."]


@pytest.mark.parametrize("title", ["Mr.", "Mrs.", "Ms.", "Dr.", "Prof.", "Gen."])
def test_title_before_a_name_ends_no_sentence(title: str) -> None:
    assert cut(f"Later {title} Roth spoke. All left.") == [
        f"Later {title} Roth spoke.",
        "All left.",
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_with_a_full_stop_ends_the_paragraph(newline: str) -> None:
    text = f"Rates fell.{newline}Prices rose."

    spans = sentences(text)

    assert [span.opens_paragraph for span in spans] == [True, True]
    assert cut(text) == ["Rates fell.", "Prices rose."]


def test_line_that_was_only_wrapped_goes_on() -> None:
    text = "The committee that sets the rate met on Thursday and\ndecided nothing. Shares rose."

    assert cut(text) == [
        "The committee that sets the rate met on Thursday and\ndecided nothing.",
        "Shares rose.",
    ]


@pytest.mark.parametrize("heading", ["Bank holds rates", "# Bank holds rates", "Outlook 2027"])
def test_short_line_without_full_stop_is_a_heading(heading: str) -> None:
    spans = sentences(f"{heading}\n\nThe bank held its rate.")

    assert [span.heading for span in spans] == [True, False]


def test_last_line_is_no_heading() -> None:
    assert [span.heading for span in sentences("Rates will fall")] == [False]


def test_bullet_is_no_part_of_the_sentence() -> None:
    assert cut("- Rates will fall.\n- Prices will rise.") == [
        "Rates will fall.",
        "Prices will rise.",
    ]


def test_paragraph_longer_than_the_window_keeps_every_sentence_whole() -> None:
    text = " ".join(f"Sentence number {number} says that rates fell." for number in range(2_000))

    found = cut(text)

    assert len(found) == 2_000
    assert found[1_234] == "Sentence number 1234 says that rates fell."


@given(st.text())
def test_sentences_of_any_text_are_in_order_and_trimmed(text: str) -> None:
    spans = sentences(text)

    ends = [0, *(span.end for span in spans)]
    assert all(end <= span.start < span.end for end, span in zip(ends, spans, strict=False))
    assert all(text[span.start : span.end].strip() == text[span.start : span.end] for span in spans)


@given(st.text(alphabet="ab.“” \n"))
def test_sentences_hold_every_word_but_bullets(text: str) -> None:
    kept = "".join(text[span.start : span.end] for span in sentences(text))

    assert "".join(kept.split()) == "".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "“No chance,” he told me. Roth left.",
        "It was all the Fed. Roth left.",
        "I said no. Roth left.",
    ],
)
def test_word_that_looks_like_an_abbreviation_ends_a_sentence(text: str) -> None:
    assert [text[span.start : span.end] for span in sentences(text)][-1] == "Roth left."
