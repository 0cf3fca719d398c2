"""Words of a text and how much each says, the same whatever else is stored."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.matching.features import WIDTH, claim_words
from claims.matching.types import Target
from claims.matching.words import PLAIN, Word, rarity, stem, stems, weight, weighted_stems, words
from sources.vectors import DIMENSIONS, LONGEST_TEXT, embed, length_of, sums_of_pieces, unit


@pytest.mark.parametrize(
    ("word", "found"), [("Pipelines", "pipelin"), ("deliveries", "deliveri"), ("Orlov", "orlov")]
)
def test_stem_is_in_lower_case_without_its_ending(word: str, found: str) -> None:
    assert stem(word) == found


def test_stems_keep_the_word_as_it_first_stands() -> None:
    assert stems("Trade grows; trades grew.") == {"trade": "Trade", "grow": "grows", "grew": "grew"}


def test_text_without_words_has_no_stems() -> None:
    assert stems(" … !") == {}


@pytest.mark.parametrize("word", ["the", "of", "and", "will", "more", "said", "likely"])
def test_plain_word_says_nothing(word: str) -> None:
    assert weight(stem(word)) == 0


@pytest.mark.parametrize("word", ["pipeline", "Moscow", "lithium", "wheat"])
def test_telling_word_says_something(word: str) -> None:
    assert weight(stem(word)) > 0


def test_weighted_stems_leave_plain_words_out() -> None:
    assert set(weighted_stems("The wheat of the south")) == {"wheat", "south"}


def test_unknown_signs_have_no_length() -> None:
    assert length_of("") == 0


def test_vectors_are_unit_or_zero() -> None:
    lengths = np.linalg.norm(embed(["Wheat exports fall.", "", "\n"]), axis=1)

    assert lengths == pytest.approx([1, 0, 0], abs=1e-6)


def test_no_texts_make_an_empty_matrix() -> None:
    assert embed([]).shape == (0, DIMENSIONS)


def test_what_stands_beyond_the_bound_does_not_count() -> None:
    text = "Wheat exports fall. " * 100
    assert len(text) == LONGEST_TEXT

    assert (embed([text]) == embed([text + "Gas pipelines rise."])).all()


def test_words_of_a_tag_are_words() -> None:
    assert stems("#AustralianFires https://t.co/Wheat pic.twitter.com/grain") == {
        "australian": "AustralianFires",
        "fire": "AustralianFires",
    }


def test_what_stands_between_blanks_is_read_alike_the_second_time() -> None:
    text = "“Wheat,” she said—wheat/grain; (wheat) #GrainExports!"

    assert words(text) == words(text)
    assert [one.written for one in words(text)] == [
        *("Wheat", "she", "said", "wheat", "grain", "wheat", "GrainExports"),
    ]


def test_readings_that_are_kept_stay_few_and_short(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: dict[str, tuple[Word, ...]] = {}
    monkeypatch.setattr("claims.matching.words._runs", runs)
    monkeypatch.setattr("claims.matching.words.KEPT", 3)

    found = [words(f"wheat{number}, {'小麦' * 40}")[0].written for number in range(9)]

    assert found == [f"wheat{number}" for number in range(9)]
    assert len(runs) <= 3
    assert all(run.startswith("wheat") for run in runs)


def test_word_in_capitals_has_the_meaning_of_the_word() -> None:
    (loud,), (plain,) = words("SANCTIONS"), words("Sanctions")

    assert (loud.stems, loud.pieces) == (plain.stems, plain.pieces)


def test_rarer_words_are_rarer() -> None:
    ranks = [rarity(stem(one)) for one in ("the", "people", "pipeline", "zaporizhzhia")]

    assert ranks == sorted(ranks)
    assert ranks[0] < PLAIN < ranks[1]


def test_claim_keeps_the_words_that_tell_most() -> None:
    text = " ".join(["wheat of the people", *(f"zaporizhzhia{number}" for number in range(WIDTH))])

    found = claim_words(Target(1, text, text))

    assert len(found.stems) == WIDTH
    assert "peopl" not in found.stems
    assert found.count == WIDTH + 4


def test_vectors_of_pieces_have_the_cosines_of_the_texts() -> None:
    texts = ["Wheat exports fall", "Gas pipelines rise", "Grain is sold abroad"]
    pieces = [[piece for word in words(text) for piece in word.pieces] for text in texts]

    turned = unit(sums_of_pieces(pieces))

    assert turned @ turned.T == pytest.approx(embed(texts) @ embed(texts).T, abs=1e-5)
    assert not sums_of_pieces([[]]).any()


@settings(deadline=None)  # the first example loads the vectors
@given(st.text())
def test_claim_of_any_wording_has_few_words_heaviest_first(text: str) -> None:
    found = claim_words(Target(1, text, text))

    assert len(found.stems) == len(set(found.stems)) <= WIDTH
    assert list(found.weights) == sorted(found.weights, reverse=True)
    assert found.total >= sum(found.weights) - 1e-6
