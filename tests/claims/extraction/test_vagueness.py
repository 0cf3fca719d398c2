"""Words that two people would read differently."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.vagueness import ADVICE, vague_words


@pytest.mark.parametrize(
    ("text", "words", "advice"),
    [
        (
            "It holds in the coming years.",
            "in the coming years",
            "due in 3 years, checked after 1, rescored after 5",
        ),
        ("It ends within the coming months.", "the coming months", "due in 12 months"),
        ("Prices fall over the next few weeks.", "over the next few weeks", "due in 3 months"),
        ("Trade grows significantly.", "significantly", "say how much: a figure, and since when"),
        (
            "Support weakens.",
            "weakens",
            "say in which figure this shows, and from which level",
        ),
        ("Several states join.", "Several", "give a number"),
        ("The pact is largely kept.", "largely", "say which share is enough"),
        ("The truce continues.", "continues", "say what would end it"),
    ],
)
def test_vague_words_are_pointed_at_with_what_to_write(text: str, words: str, advice: str) -> None:
    (first, *_) = vague_words(text)

    assert (first.words, first.advice) == (words, advice)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Yearly trade lies above US$200 billion in 2027, by customs figures.",
        "A treaty is signed by 31 December 2027.",
        "Stronghold and fewest hold no such words.",
    ],
)
def test_plain_words_are_left_alone(text: str) -> None:
    assert vague_words(text) == []


def test_each_advice_is_given_once_in_the_order_of_the_text() -> None:
    found = vague_words("Many ties deepen. Most relations deepen significantly, many markedly.")

    assert [one.words for one in found] == ["Many", "ties", "deepen", "significantly"]


@given(st.text(max_size=300))
def test_words_found_stand_in_the_text(text: str) -> None:
    found = vague_words(text)

    assert all(one.words in text for one in found)
    assert len(found) <= len(ADVICE)
