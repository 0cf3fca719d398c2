"""The sentence that bears most on a claim, and why an event is suggested, in one line."""

from datetime import date

import pytest

from claims.matching import Item, Target
from claims.matching.features import claim_vectors, claim_words, events_of
from claims.matching.passages import SHORTEST_PASSAGE, Passages, sentences_of

GAS = "Gas deliveries through the northern pipeline will rise."


def weights(text: str = GAS) -> dict[str, float]:
    found = claim_words(Target(1, text, text))
    return dict(zip(found.stems, found.weights, strict=True))


def best_passage(event: Item) -> str:
    (vector,) = claim_vectors([Target(1, GAS, GAS)])
    return passages(event).best(vector, weights())


def reason(event: Item, text: str, likeness: float) -> str:
    return passages(event).reason(weights(text), likeness)


def passages(event: Item) -> Passages:
    (found,) = events_of([event]).each
    return Passages(found)


def item(title: str, summary: str = "") -> Item:
    return Item(1, title, summary, date(2024, 1, 12))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        (" \n ", []),
        ("One day. Then another.", ["One day.", "Then another."]),
        ("“It rose.” Nobody knew why!", ["“It rose.", "Nobody knew why!"]),
        ("The U.S. side agreed. So did V. Orlov.", ["The U.S. side agreed.", "So did V. Orlov."]),
        ("It rose by 3.5 percent.", ["It rose by 3.5 percent."]),
        ("First line\nsecond line", ["First line", "second line"]),
    ],
)
def test_short_text_is_cut_into_sentences(text: str, sentences: list[str]) -> None:
    assert sentences_of(text) == sentences


def test_passage_is_the_sentence_of_the_summary_that_stands_closest() -> None:
    bearing = "Deliveries of gas through the northern pipeline rose."
    summary = f"The minister opened a school on Monday. {bearing} Rain is expected in the south."

    assert best_passage(item("News in brief", summary)) == bearing


def test_passage_is_the_title_where_that_stands_closest() -> None:
    title = "Gas deliveries through the pipeline rise"

    assert best_passage(item(title, "The minister opened a school on Monday.")) == title


def test_passage_is_the_title_where_there_is_no_summary() -> None:
    assert best_passage(item("A school opens")) == "A school opens"


def test_fragment_is_no_passage() -> None:
    fragment = "Gas pipeline rises."
    assert len(fragment) < SHORTEST_PASSAGE

    assert best_passage(item("A school opens", fragment)) == "A school opens"


def test_reason_names_shared_words_as_the_event_has_them_heaviest_first() -> None:
    words = reason(item("Pipelines deliver more gas"), GAS, 0.643)

    shared, _, alike = words.removeprefix("shares ").partition("; ")
    assert set(shared.split(", ")) == {"Pipelines", "gas"}
    assert (weights()["pipelin"] > weights()["gas"]) == shared.startswith("Pipelines")
    assert alike == "reads 64% alike"


def test_reason_names_at_most_five_words() -> None:
    long = "Wheat, copper, timber, lithium, cobalt and bauxite exports double."

    words = reason(item(long), long, 1)

    assert words.count(", ") == 4


@pytest.mark.parametrize(
    ("likeness", "words"), [(0.2, "reads 20% alike"), (-0.1, "reads 0% alike")]
)
def test_reason_without_a_shared_word_says_how_alike_they_read(likeness: float, words: str) -> None:
    assert reason(item("A school opens"), GAS, likeness) == words
