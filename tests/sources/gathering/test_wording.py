"""What a report says, as numbers: small, the same everywhere, and back again."""

import json
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.gathering import unpacked, wordings
from sources.gathering.wording import LONGEST_TEXT, LONGEST_TITLE, stem
from tests.sources.gathering.desk import said

TITLE = "Ministers agree to extend the grain corridor by 60 days"
TEXT = "A spokesman said so after talks in Geneva."


@settings(max_examples=50, deadline=None)  # the first example loads the vectors
@given(st.text(max_size=80), st.text(max_size=500))
def test_packed_and_unpacked_is_the_same(title: str, text: str) -> None:
    wording = said(title, text)
    [again] = unpacked([wording.packed()])

    assert (again.title, again.whole, again.numbers) == (
        wording.title,
        wording.whole,
        wording.numbers,
    )
    assert np.array_equal(again.meaning, wording.meaning)


@settings(max_examples=50, deadline=None)  # the first example loads the vectors
@given(st.text(max_size=80), st.text(max_size=500))
def test_words_are_signed_numbers_of_32_bits_and_all_stand_in_the_whole(
    title: str, text: str
) -> None:
    wording = said(title, text)

    assert wording.title | wording.numbers <= wording.whole
    assert all(-(2**31) <= word < 2**31 for word in wording.whole)


def test_a_report_takes_some_five_hundred_bytes() -> None:
    assert 300 < len(said(TITLE, TEXT * 10).packed()) < 600


def test_stems_are_the_same_in_another_process() -> None:
    code = (
        "import sys; from sources.gathering.wording import stem; print([*map(stem, sys.argv[1:])])"
    )
    words = TITLE.lower().split()
    printed = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, check=True
    ).stdout

    assert json.loads(printed) == [stem(word) for word in words]


def test_most_endings_case_and_punctuation_tell_nothing() -> None:
    assert said("Ministers: market EXTENDED!").title == said("ministerial markets extend").title


def test_numbers_of_the_title_are_told_apart_and_those_of_the_text_are_not() -> None:
    wording = said("3 dead and 1,200 without power", "The bridge was built 40 years ago.")

    assert len(wording.numbers) == 2
    assert wording.numbers == said("1,200 and 3").numbers
    assert said("", "40").whole <= wording.whole


def test_scripts_without_spaces_count_by_character() -> None:
    one, other = said("両国は合意した"), said("両国が合意")

    assert len(one.title) == 7
    assert {stem(letter) for letter in "両国合意"} <= one.title & other.title


@pytest.mark.parametrize("title", ["", "  ", "— … !"])
def test_title_without_a_word_says_nothing(title: str) -> None:
    wording = said(title)

    assert (wording.title, wording.whole, wording.numbers) == (frozenset(),) * 3
    assert not wording.meaning.any()


def test_meaning_is_the_same_alone_and_among_others() -> None:
    alone, *_ = wordings([(TITLE, TEXT)])
    *_, among = wordings([("Rain in the north", ""), ("", ""), (TITLE, TEXT)])

    assert np.array_equal(alone.meaning, among.meaning)
    assert np.linalg.norm(alone.meaning) == pytest.approx(1, abs=0.05)


def test_what_stands_behind_the_first_sentences_is_not_read() -> None:
    assert said(TITLE, "rain " * (LONGEST_TEXT // 5) + "volcano").whole == said(TITLE, "rain").whole
    assert said("rain " * (LONGEST_TITLE // 5) + "volcano").title == said("rain").title


def test_no_reports_have_no_wordings() -> None:
    assert wordings([]) == []
