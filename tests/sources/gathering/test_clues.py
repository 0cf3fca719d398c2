"""Where reports of one event meet."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.gathering import Rarity, clues, wordings
from sources.gathering.clues import TELLING
from tests.sources.gathering.desk import found as clues_of
from tests.sources.gathering.desk import said

TITLE = "Ministers agree to extend the grain corridor by sixty days"
TEXT = "The corridor for ships with wheat stays open, a spokesman said after talks in Geneva."
MOST = 2 * (TELLING + TELLING * (TELLING - 1) // 2)

texts = st.text(max_size=60)


@settings(max_examples=50, deadline=None)  # the first example loads the vectors
@given(texts, texts)
def test_clues_are_few_signed_numbers_of_64_bits(title: str, text: str) -> None:
    found = clues_of(title, text)

    assert len(found) <= MOST == 42
    assert all(-(2**63) <= clue < 2**63 for clue in found)


@settings(max_examples=50, deadline=None)  # the first example loads the vectors
@given(st.permutations(TITLE.split()))
def test_clues_do_not_hang_on_the_order_of_words(words: list[str]) -> None:
    assert clues_of(" ".join(words), TEXT) == clues_of(TITLE, TEXT)


def test_a_copy_with_other_case_and_marks_shares_all() -> None:
    copy = clues_of(f"“{TITLE.upper()}!”", TEXT.replace(",", " –"))

    assert copy == clues_of(TITLE, TEXT)


def test_a_rewrite_shares_some_and_another_story_none() -> None:
    found = clues_of(TITLE, TEXT)
    rewrite = clues_of("Grain ships may sail two months longer", "The corridor is kept open.")
    other = clues_of(
        "Bank leaves its rate unchanged", "Prices rise more slowly than in the winter."
    )

    assert found & rewrite
    assert not found & other


def test_the_rarest_words_are_clues_by_themselves() -> None:
    rarity = Rarity()
    rarity.count(
        wordings([(f"{word} report", "") for word in ("Harbour", "Market", "Weather")] * 9)
    )
    words = "Harbour market weather zwyk vranik tolmar quessel obrint umbrik"

    found = clues_of(words, rarity=rarity)

    rare = set(said("zwyk vranik tolmar quessel obrint umbrik").words.tolist())
    assert {clue for clue in found if -(2**31) <= clue < 2**31} == rare


def test_no_word_no_clue() -> None:
    assert clues_of("…") == set()


def test_clues_of_several_reports_are_those_of_each() -> None:
    rarity = Rarity()
    said = wordings(
        [(TITLE, TEXT), ("…", ""), ("Bank leaves its rate unchanged", TEXT), (TITLE, "")]
    )
    rarity.count(said)

    found = clues(said, rarity)

    assert found.rows.tolist() == sorted(found.rows.tolist())
    for row in range(4):
        alone = clues(said.of([row]), rarity).clues.tolist()
        assert found.clues[found.rows == row].tolist() == alone == sorted(set(alone))


def test_clues_of_some_reports_keep_their_places() -> None:
    found = clues(wordings([(TITLE, ""), ("Bank leaves its rate", ""), ("Rain", "")]), Rarity())
    some = found.of(np.array([True, False, True]))

    assert set(some.rows.tolist()) == {0, 2}
    assert some.clues[some.rows == 0].tolist() == found.clues[found.rows == 0].tolist()
