"""Words tell more the rarer they are among the reports of late."""

import numpy as np
import pytest

from sources.gathering import Rarity, wordings
from sources.gathering.rarity import BUCKETS, LONGEST_MEMORY
from sources.gathering.wording import stem
from tests.sources.gathering.desk import said

TOLD = [("Election results awaited", f"q{n}z") for n in range(50)]
COMMON = wordings(TOLD)


def weights(rarity: Rarity) -> list[float]:
    return rarity.weights(np.arange(BUCKETS)).tolist()


def weight(rarity: Rarity, word: str) -> float:
    [found] = rarity.weights(np.array([stem(word)])).tolist()
    return found


def test_words_of_the_language_tell_less_than_names_before_anything_was_counted() -> None:
    rarity = Rarity()

    assert weight(rarity, "the") < weight(rarity, "minister")
    assert weight(rarity, "minister") < weight(rarity, "zwykmar")


def test_a_word_tells_less_the_more_reports_hold_it() -> None:
    rarity = Rarity()
    before = weight(rarity, "election")

    rarity.count(COMMON)

    assert weight(rarity, "election") < before
    assert weight(rarity, "q7z") > weight(rarity, "election")
    assert rarity.reports == 50


def test_a_word_counts_once_a_report() -> None:
    once, often = Rarity(), Rarity()

    once.count(said("rain"))
    often.count(said("rain rain", "Rain, rain and rain"))

    assert weight(once, "rain") == weight(often, "rain")


def test_every_word_tells_something_and_none_everything() -> None:
    rarity = Rarity()
    rarity.count(wordings(TOLD * 200))

    assert min(weights(rarity)) >= 0.05
    assert max(weights(rarity)) < 11.5


def test_dumped_and_restored_weighs_the_same_and_counts_on() -> None:
    rarity = Rarity()
    rarity.count(COMMON)
    again = Rarity(rarity.reports, rarity.dumped())
    assert weights(again) == weights(rarity)

    for one in (rarity, again):
        one.count(wordings(TOLD[:3]))

    assert again.dumped() == rarity.dumped()
    assert len(rarity.dumped()) == 4 * BUCKETS


def test_counting_in_one_go_or_one_after_the_other_comes_to_the_same() -> None:
    at_once, slowly = Rarity(), Rarity()

    at_once.count(COMMON)
    for row in range(len(COMMON)):
        slowly.count(COMMON.of([row]))

    assert weights(at_once) == weights(slowly)


def test_nothing_counted_changes_nothing() -> None:
    rarity = Rarity()
    rarity.count(wordings([]))

    assert weights(rarity) == weights(Rarity())


def test_counts_fade_so_that_the_topic_of_last_year_tells_again() -> None:
    rarity = Rarity()
    topic, other = [("Election night", "")], [("Rain again", "")]
    rarity.count(wordings(topic * 20_000 + other * (LONGEST_MEMORY - 20_000)))
    before = weight(rarity, "election")
    assert rarity.reports == LONGEST_MEMORY

    rarity.count(wordings(other))
    assert rarity.reports == LONGEST_MEMORY // 2
    assert weight(rarity, "election") == pytest.approx(before, abs=0.1)

    rarity.count(wordings(other * LONGEST_MEMORY))
    assert rarity.reports < LONGEST_MEMORY
    assert weight(rarity, "election") > before + 1
