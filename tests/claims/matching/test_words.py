"""Words of a text and how much each says, the same whatever else is stored."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.matching.features import LEAST_WEIGHT, features_of
from claims.matching.types import Target
from claims.matching.words import stem, stems, weight, weighted_stems
from sources.vectors import DIMENSIONS, LONGEST_TEXT, embed, length_of


@pytest.mark.parametrize(
    ("word", "found"), [("Pipelines", "pipelin"), ("deliveries", "deliveri"), ("Orlov", "orlov")]
)
def test_stem_is_in_lower_case_without_its_ending(word: str, found: str) -> None:
    assert stem(word) == found


def test_stems_keep_the_word_as_it_first_stands() -> None:
    assert stems("Trade grows; trades grew.") == {"trade": "Trade", "grow": "grows", "grew": "grew"}


def test_text_without_words_has_no_stems() -> None:
    assert stems(" … !") == {}


@pytest.mark.parametrize("word", ["the", "of", "and", "will", "more", "said", "likely", ""])
def test_plain_word_says_nothing(word: str) -> None:
    assert weight(word) == 0


@pytest.mark.parametrize("word", ["pipeline", "Moscow", "lithium", "wheat"])
def test_telling_word_says_something(word: str) -> None:
    assert weight(word) > 0


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


def test_short_claim_is_not_covered_whole_by_one_word() -> None:
    (known,) = features_of([Target(1, "short", "Wheat.")])

    assert known.shares == {"wheat": weight("Wheat") / LEAST_WEIGHT}


def test_wording_of_one_key_is_computed_once() -> None:
    first, again = features_of([Target(1, "same", "Copper."), Target(2, "same", "Copper.")])

    assert first is again


@settings(deadline=None)  # the first example loads the vectors
@given(st.text())
def test_shares_of_any_wording_sum_to_one_at_most(text: str) -> None:
    (known,) = features_of([Target(1, text, text)])

    assert 0 <= sum(known.shares.values()) <= 1 + 1e-9
