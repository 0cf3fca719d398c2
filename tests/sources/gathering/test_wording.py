"""What a report says, as numbers: small, the same everywhere, and back again."""

import json
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.gathering import Wordings, unpacked, wordings
from sources.gathering.wording import LONGEST_TEXT, LONGEST_TITLE, NUMBER, stem
from sources.gathering.wording import TITLE as TITLE_WORD
from tests.sources.gathering.desk import said

TITLE = "Ministers agree to extend the grain corridor by 60 days"
TEXT = "A spokesman said so after talks in Geneva."


def parts(said: Wordings) -> list[tuple[set[int], set[int], set[int]]]:
    """Of each report the stems of its title, the numbers in it, and all words."""
    ends = said.ends.tolist()
    found = []
    for row in range(len(said)):
        words, kinds = (one[ends[row] : ends[row + 1]] for one in (said.words, said.kinds))
        title, numbers = (set(words[kinds == kind].tolist()) for kind in (TITLE_WORD, NUMBER))
        found.append((title, numbers, set(words.tolist())))
    return found


def of_one(title: str, text: str = "") -> tuple[set[int], set[int], set[int]]:
    [found] = parts(said(title, text))
    return found


@settings(max_examples=50, deadline=None)  # the first example loads the vectors
@given(st.lists(st.tuples(st.text(max_size=80), st.text(max_size=500)), max_size=3))
def test_packed_and_unpacked_is_the_same(reports: list[tuple[str, str]]) -> None:
    told = wordings(reports)
    again = unpacked(told.packed())

    assert parts(again) == parts(told)
    assert np.array_equal(again.meanings, told.meanings)


@settings(max_examples=50, deadline=None)  # the first example loads the vectors
@given(st.text(max_size=80), st.text(max_size=500))
def test_words_are_signed_numbers_of_32_bits_and_all_stand_in_the_whole(
    title: str, text: str
) -> None:
    in_title, numbers, whole = of_one(title, text)

    assert in_title | numbers <= whole
    assert all(-(2**31) <= word < 2**31 for word in whole)


def test_a_report_takes_some_five_hundred_bytes() -> None:
    assert 300 < len(said(TITLE, TEXT * 10).packed()[0]) < 600


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
    assert of_one("Ministers: market EXTENDED!") == of_one("ministerial markets extend")


def test_numbers_of_the_title_are_told_apart_and_those_of_the_text_are_not() -> None:
    _, numbers, whole = of_one(
        "3 dead and 1,200 without power", "The bridge was built 40 years ago."
    )

    assert len(numbers) == 2
    assert numbers == of_one("1,200 and 3")[1]
    assert of_one("", "40")[2] <= whole


def test_scripts_without_spaces_count_by_character() -> None:
    one, other = of_one("両国は合意した")[0], of_one("両国が合意")[0]

    assert len(one) == 7
    assert {stem(letter) for letter in "両国合意"} <= one & other


@pytest.mark.parametrize("title", ["", "  ", "— … !"])
def test_title_without_a_word_says_nothing(title: str) -> None:
    assert of_one(title) == (set(), set(), set())
    assert not said(title).meanings.any()


def test_meaning_is_the_same_alone_and_among_others() -> None:
    [alone] = said(TITLE, TEXT).meanings
    *_, among = wordings([("Rain in the north", ""), ("", ""), (TITLE, TEXT)]).meanings

    assert np.array_equal(alone, among)
    assert np.linalg.norm(alone) == pytest.approx(1, abs=0.05)


def test_what_stands_behind_the_first_sentences_is_not_read() -> None:
    assert of_one(TITLE, "rain " * (LONGEST_TEXT // 5) + "volcano") == of_one(TITLE, "rain")
    assert of_one("rain " * (LONGEST_TITLE // 5) + "volcano") == of_one("rain")


def test_no_reports_have_no_wordings() -> None:
    none = wordings([])

    assert (len(none), none.packed(), len(unpacked([]))) == (0, [], 0)


def test_some_wordings_in_any_order() -> None:
    told = wordings([(TITLE, TEXT), ("…", ""), ("3 dead", "Rain")])

    assert parts(told.of([2, 0])) == [parts(told)[2], parts(told)[0]]
    assert np.array_equal(told.of([2, 0]).meanings, told.meanings[[2, 0]])
    assert parts(told.of([])) == []
    assert parts(told.of([1]).followed_by(told.of([0]))) == [parts(told)[1], parts(told)[0]]
