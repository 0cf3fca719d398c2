"""Where to look for reports of the same event, without looking at all of them."""

from itertools import combinations

from sources.gathering.rarity import BUCKETS, Rarity
from sources.gathering.wording import Wording

# Of a title, and of title and text, so many of the words that tell most are clues, and so are pairs of them.
TELLING = 6
# A word that stood in fewer reports finds them all alone (BEHIND_A_CLUE); pairs with it find no more.
FREQUENT = 16


def clues(wording: Wording, rarity: Rarity) -> set[int]:
    """Signed numbers of 64 bits, some ten to thirty-five; most reports of one event share at least one."""
    title, whole = _telling(wording.title, rarity), _telling(wording.whole, rarity)
    return {*title, *whole, *_pairs(title, rarity), *_pairs(whole, rarity)}


def _telling(words: frozenset[int], rarity: Rarity) -> list[int]:
    weights = rarity.weights
    return [
        word for _, word in sorted([(-weights[word % BUCKETS], word) for word in words])[:TELLING]
    ]


def _pairs(words: list[int], rarity: Rarity) -> set[int]:
    frequent = sorted([word for word in words if rarity.seen(word) >= FREQUENT])
    return {(one << 32) | (other & 0xFFFFFFFF) for one, other in combinations(frequent, 2)}
