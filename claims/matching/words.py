"""Words of a text, and how much each says: the length of its static vector stands in for rarity.

Training leaves long vectors to words that tell texts apart ("pipeline", "Moscow") and short ones to
those that do not ("the", "more"). Unlike a count over stored texts it is the same on every machine
and does not move with what came in last.
"""

import re
from functools import lru_cache

import snowballstemmer

from sources.vectors import length_of

# Words whose vector is no longer than this tell nothing: articles, prepositions, "said", "likely".
PLAIN_LENGTH = 6.5

# One letter is a rest of "US$" or "it's".
_WORD = re.compile(r"\w{2,}")
_STEMMER = snowballstemmer.stemmer("english")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a word in lower case; names in other languages mostly stay as they are."""
    return str(_STEMMER.stemWord(word.lower()))


def stems(text: str) -> dict[str, str]:
    """Stem to the word as it first stands in the text."""
    found: dict[str, str] = {}
    for word in _WORD.findall(text):
        found.setdefault(stem(word), word)
    return found


@lru_cache(maxsize=200_000)
def weight(word: str) -> float:
    """How much sharing this word says, 0 for words that stand in every text."""
    return max(0.0, length_of(word) - PLAIN_LENGTH)


def weighted_stems(text: str) -> dict[str, float]:
    """The stems of a text that say something, with their weights."""
    weights = {one: weight(word) for one, word in stems(text).items()}
    return {one: value for one, value in weights.items() if value > 0}
