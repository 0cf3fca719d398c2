"""Words of a text, and how much each says: the rarer in the language, the more.

How rare a word is comes from its place in the vocabulary of the static vectors, where common words
stand first. Unlike a count over stored texts it is the same on every machine and does not move with
what came in last.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from threading import Lock

import snowballstemmer

from sources.vectors import LONGEST_TEXT, common_words, length_of, pieces_of

# Words that stand in one text of e ** 2 or more tell nothing, ...
PLAIN = 2.0
# ... nor do those of the vocabulary whose vector is no longer than this, since training leaves long vectors to words that
# tell texts apart: "of", "said", "likely".
PLAIN_LENGTH = 6.5
# A word that the vocabulary does not hold counts as the one at this place.
UNKNOWN_PLACE = 40_000
# The word at place r makes up this share of running text, divided by r (Zipf's law), ...
COMMONEST = 0.06
# ... and a report with its headline has so many words.
WORDS_PER_REPORT = 45
# Words, and runs of letters between blanks, whose reading a process keeps, some 300 bytes each.
KEPT = 200_000
LONGEST_RUN = 40

# Addresses are no words, nor are single letters, rests of "it's" and "U.S.".
_ADDRESS = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/)\S+")
_WORD = re.compile(r"[#@]?[^\W_]{2,}|\d")
_TAG_PARTS = re.compile(r"[A-Z]?[^\W\dA-Z_]+|[A-Z]+(?![^\W\dA-Z_])|\d+")
# The stemmer keeps the word it works on.
_STEMS = Lock()
_STEMMER = snowballstemmer.stemmer("english")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as texts have it: its stem (several of a #HashTag), the pieces of the vocabulary that make
    it, and how much it says."""

    written: str
    stems: tuple[str, ...]
    pieces: tuple[int, ...]
    weight: float


_known: dict[str, Word] = {}
# What stands between two blanks, with its commas and quotes, to the words in it.
_runs: dict[str, tuple[Word, ...]] = {}


def words(text: str) -> list[Word]:
    """The words of a text in their order, of the first 2,000 letters."""
    runs = text[:LONGEST_TEXT].split()
    try:
        return list(chain.from_iterable([_runs[one] for one in runs]))
    except KeyError:
        return list(chain.from_iterable(map(_words_of_run, runs)))


def _words_of_run(run: str) -> tuple[Word, ...]:
    found = _runs.get(run)
    if found is None:
        found = tuple(map(_word, _WORD.findall(_ADDRESS.sub(" ", run))))
        if len(_runs) >= KEPT:
            _runs.clear()
        # A script without blanks makes runs as long as texts, which do not come again.
        if len(run) <= LONGEST_RUN:
            _runs[run] = found
    return found


def _word(written: str) -> Word:
    found = _known.get(written)
    if found is None:
        if len(_known) >= KEPT:
            _known.clear()
        found = _known[written] = _read(written)
    return found


def _read(written: str) -> Word:
    parts = _TAG_PARTS.findall(written) if written[0] in "#@" else [written]
    parts = [part.capitalize() if part.isupper() and len(part) > 4 else part for part in parts]
    stems = tuple(map(stem, parts))
    pieces = tuple(piece for part in parts for piece in pieces_of(part))
    return Word(written.lstrip("#@"), stems, pieces, sum(map(weight, stems)))


@lru_cache(maxsize=KEPT)
def stem(word: str) -> str:
    """The stem of a word in lower case; names in other languages mostly stay as they are."""
    with _STEMS:
        return str(_STEMMER.stemWord(word.lower()))


def stems_of(found: Iterable[Word]) -> Iterable[str]:
    """The stems of words, in their order."""
    return chain.from_iterable([one.stems for one in found])


def stems(text: str) -> dict[str, str]:
    """Stem to the word as it first stands in the text."""
    found: dict[str, str] = {}
    for word in words(text):
        for one in word.stems:
            found.setdefault(one, word.written)
    return found


@lru_cache(maxsize=KEPT)
def rarity(stem: str) -> float:
    """The logarithm of in one of how many reports a word of this stem stands, 0 to 10."""
    share = COMMONEST / _places().get(stem, UNKNOWN_PLACE)
    return -math.log(-math.expm1(-WORDS_PER_REPORT * share))


@lru_cache(maxsize=KEPT)
def weight(stem: str) -> float:
    """How much sharing a word of this stem says, 0 for words that stand in every text."""
    if stem in _places() and length_of(stem) <= PLAIN_LENGTH:
        return 0.0
    return max(0.0, rarity(stem) - PLAIN)


@cache
def _places() -> dict[str, int]:
    """Stem to the place of its commonest word among whole words of the vocabulary."""
    places: dict[str, int] = {}
    for place, word in enumerate(common_words(), 1):
        places.setdefault(stem(word), place)
    return places


def weighted_stems(text: str) -> dict[str, float]:
    """The stems of a text that say something, with their weights."""
    weights = {one: weight(one) for one in stems(text)}
    return {one: value for one, value in weights.items() if value > 0}
