"""What reports say, as far as it tells whether another one says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from struct import Struct
from zlib import crc32

import numpy as np

from sources.deduplication import numbers, words
from sources.vectors import DIMENSIONS, Matrix, centred

# What a story is about stands in its first sentences.
LONGEST_TEXT = 400
LONGEST_TITLE = 300
# Six letters see through most endings; words of scripts without spaces are short.
STEM = 6
# What a word is: a stem of the title, a number in the title, or neither; in this order words are kept.
TITLE, NUMBER, OTHER = 1, 2, 0
_KINDS = np.array([TITLE, NUMBER, OTHER], "i1")
# How many of each kind a packed wording has.
_SIZES = Struct("<3H")


@dataclass(frozen=True, slots=True)
class Wordings:
    """What n reports say, in columns.

    `words`: the words of one report after those of the other, each once, as signed numbers of 32 bits:
    stems of the title, then the numbers in it, then what else stands in title and text. `sizes` (n, 3)
    says how many of each. `meanings` (n, 256): unit vectors of the titles, zeros where there is no word.
    """

    words: np.ndarray
    sizes: np.ndarray
    meanings: Matrix

    def __len__(self) -> int:
        return len(self.sizes)

    @property
    def rows(self) -> np.ndarray:
        """For each word the place of its report."""
        return np.repeat(np.arange(len(self)), self.sizes.sum(axis=1))

    @property
    def kinds(self) -> np.ndarray:
        """For each word whether it is TITLE, NUMBER or OTHER."""
        return np.repeat(np.tile(_KINDS, len(self)), self.sizes.ravel())

    @property
    def ends(self) -> np.ndarray:
        """Where the words of each report end; begins with 0."""
        return np.concatenate([[0], np.cumsum(self.sizes.sum(axis=1))])

    def of(self, places: Sequence[int]) -> "Wordings":
        """The wordings at these places, in this order."""
        sizes = self.sizes[list(places)]
        return Wordings(
            words=self.words[runs(self.ends[list(places)], sizes.sum(axis=1))],
            sizes=sizes,
            meanings=self.meanings[list(places)],
        )

    def packed(self) -> list[bytes]:
        """Each wording in some 500 bytes; its meaning loses what is below 1/127."""
        words, ends = self.words.astype("<i4"), self.ends.tolist()
        meanings = np.rint(self.meanings * 127).astype("i1")
        return [
            _SIZES.pack(*sizes) + words[ends[row] : ends[row + 1]].tobytes() + meaning.tobytes()
            for row, (sizes, meaning) in enumerate(zip(self.sizes.tolist(), meanings, strict=True))
        ]

    def followed_by(self, more: "Wordings") -> "Wordings":
        """These and then those."""
        return Wordings(
            words=np.concatenate([self.words, more.words]),
            sizes=np.concatenate([self.sizes, more.sizes]),
            meanings=np.concatenate([self.meanings, more.meanings]),
        )


def runs(starts: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Places of runs, one after the other: of each as many as its size, counted up from its start."""
    shifted = starts - (np.cumsum(sizes) - sizes)
    return np.repeat(shifted, sizes) + np.arange(sizes.sum())


def unpacked(packed: Sequence[bytes]) -> Wordings:
    """The wordings that `packed` gave, in this order."""
    joined = b"".join(one[_SIZES.size : -DIMENSIONS] for one in packed)
    sizes = np.frombuffer(b"".join(one[: _SIZES.size] for one in packed), "<u2")
    meanings = np.frombuffer(b"".join(one[-DIMENSIONS:] for one in packed), "i1")
    return Wordings(
        words=np.frombuffer(joined, "<i4").astype(np.int64),
        sizes=sizes.reshape(-1, len(_KINDS)).astype(np.int64),
        meanings=_unit(meanings.reshape(-1, DIMENSIONS)),
    )


def wordings(reports: Sequence[tuple[str, str]]) -> Wordings:
    """The wordings of reports, each a (title, text)."""
    said = [_parts(title[:LONGEST_TITLE], text[:LONGEST_TEXT]) for title, text in reports]
    sizes = [len(part) for parts in said for part in parts]
    words = chain.from_iterable(chain.from_iterable(said))
    # As coarse as they are kept, so that a report of today and one of yesterday are compared alike.
    meanings = centred([title[:LONGEST_TITLE] for title, _ in reports])
    return Wordings(
        words=np.fromiter(words, np.int64, count=sum(sizes)),
        sizes=np.array(sizes, np.int64).reshape(-1, len(_KINDS)),
        meanings=_unit(np.rint(meanings * 127)),
    )


def _unit(coarse: np.ndarray) -> Matrix:
    return coarse.astype(np.float32) / np.float32(127)


def _parts(title: str, text: str) -> tuple[set[int], set[int], set[int]]:
    in_title = set(map(stem, words(title)))
    counted = set(map(_number, numbers(title))) - in_title
    rest = {*map(stem, words(text)), *map(_number, numbers(text))} - in_title - counted
    return in_title, counted, rest


@lru_cache(maxsize=100_000)
def stem(word: str) -> int:
    """The number of a word's stem, the same in all processes."""
    return _signed(word[:STEM])


@lru_cache(maxsize=10_000)
def _number(written: str) -> int:
    return _signed(f"#{written}")


def _signed(text: str) -> int:
    digest = crc32(text.encode("utf-8", "surrogatepass"))
    return digest - 2**32 if digest >= 2**31 else digest
