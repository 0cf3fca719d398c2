"""Where to look for reports of the same event, without looking at all of them."""

from itertools import combinations

from sources.gathering.rarity import Rarity
from sources.gathering.wording import Wording

# Of a title, and of title and text, so many of the words that tell most are clues, and so is each pair.
TELLING = 6


def clues(wording: Wording, rarity: Rarity) -> set[int]:
    """Signed numbers of 64 bits, some thirty; most reports of one event share at least one.

    The words alone find rewrites while they are rare; where a word has many reports, the pairs do.
    """
    title, whole = _telling(wording.title, rarity), _telling(wording.whole, rarity)
    return {*title, *whole, *_pairs(title), *_pairs(whole)}


def _telling(words: frozenset[int], rarity: Rarity) -> list[int]:
    return sorted(words, key=lambda word: (-rarity.weight(word), word))[:TELLING]


def _pairs(words: list[int]) -> set[int]:
    return {(one << 32) | (other & 0xFFFFFFFF) for one, other in combinations(sorted(words), 2)}
