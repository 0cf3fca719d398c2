"""Where reports of one event meet."""

from hypothesis import given, settings
from hypothesis import strategies as st

from sources.gathering import Rarity, clues
from sources.gathering.clues import TELLING
from tests.sources.gathering.desk import said

TITLE = "Ministers agree to extend the grain corridor by sixty days"
TEXT = "The corridor for ships with wheat stays open, a spokesman said after talks in Geneva."
RARITY = Rarity()
MOST = 2 * (TELLING + TELLING * (TELLING - 1) // 2)

texts = st.text(max_size=60)


@settings(max_examples=50, deadline=None)  # the first example loads the vectors
@given(texts, texts)
def test_clues_are_few_signed_numbers_of_64_bits(title: str, text: str) -> None:
    found = clues(said(title, text), RARITY)

    assert len(found) <= MOST == 42
    assert all(-(2**63) <= clue < 2**63 for clue in found)


@settings(max_examples=50, deadline=None)  # the first example loads the vectors
@given(st.permutations(TITLE.split()))
def test_clues_do_not_hang_on_the_order_of_words(words: list[str]) -> None:
    assert clues(said(" ".join(words), TEXT), RARITY) == clues(said(TITLE, TEXT), RARITY)


def test_a_copy_with_other_case_and_marks_shares_all() -> None:
    copy = said(f"“{TITLE.upper()}!”", TEXT.replace(",", " –"))

    assert clues(copy, RARITY) == clues(said(TITLE, TEXT), RARITY)


def test_a_rewrite_shares_some_and_another_story_none() -> None:
    found = clues(said(TITLE, TEXT), RARITY)
    rewrite = said("Grain ships may sail two months longer", "The corridor is kept open.")
    other = said("Bank leaves its rate unchanged", "Prices rise more slowly than in the winter.")

    assert found & clues(rewrite, RARITY)
    assert not found & clues(other, RARITY)


def test_the_rarest_words_are_clues_by_themselves() -> None:
    common = [said(f"{word} report") for word in ("Harbour", "Market", "Weather") for _ in range(9)]
    rarity = Rarity()
    rarity.count(common)
    words = "Harbour market weather zwyk vranik tolmar quessel obrint umbrik"

    found = clues(said(words), rarity)

    rare = said("zwyk vranik tolmar quessel obrint umbrik").title
    assert {clue for clue in found if -(2**31) <= clue < 2**31} == rare


def test_no_word_no_clue() -> None:
    assert clues(said("…"), RARITY) == set()
