"""What a report says, as far as it tells whether another one says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
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
# How many words of the title, numbers, and other words a packed wording has.
_SIZES = Struct("<3H")


@dataclass(frozen=True, slots=True)
class Wording:
    """A report's words, each as a signed number of 32 bits, and its title's meaning.

    `title` holds the stems of the title, `whole` those of title and text, `numbers` the numbers in
    the title, which stand in `whole` too; `meaning` is a unit vector of 256 (zeros where there is no
    word).
    """

    title: frozenset[int]
    whole: frozenset[int]
    numbers: frozenset[int]
    meaning: np.ndarray

    def packed(self) -> bytes:
        """The wording in some 500 bytes; the meaning loses what is below 1/127."""
        rest = self.whole - self.title - self.numbers
        parts = [list(self.title), list(self.numbers), list(rest)]
        sizes = _SIZES.pack(*map(len, parts))
        words = np.array([word for part in parts for word in part], "<i4").tobytes()
        return sizes + words + np.rint(self.meaning * 127).astype("i1").tobytes()


def unpacked(packed: Sequence[bytes]) -> list[Wording]:
    """The wordings of what `packed` gave; many at once take half as long as one by one."""
    meanings = np.frombuffer(b"".join(one[-DIMENSIONS:] for one in packed), "i1")
    meanings = meanings.reshape(-1, DIMENSIONS).astype(np.float32) / np.float32(127)
    return [_unpacked(one, meanings[row]) for row, one in enumerate(packed)]


def _unpacked(data: bytes, meaning: np.ndarray) -> Wording:
    title, numbers, rest = _SIZES.unpack_from(data)
    words = np.frombuffer(data, "<i4", title + numbers + rest, offset=_SIZES.size).tolist()
    return Wording(
        title=frozenset(words[:title]),
        whole=frozenset(words),
        numbers=frozenset(words[title : title + numbers]),
        meaning=meaning,
    )


def wordings(reports: Sequence[tuple[str, str]]) -> list[Wording]:
    """The wordings of reports, each a (title, text)."""
    # As coarse as they are kept, so that a report of today and one of yesterday are compared alike.
    meanings = _coarse(centred([title[:LONGEST_TITLE] for title, _ in reports]))
    return [_wording(*report, meanings, row) for row, report in enumerate(reports)]


def _coarse(vectors: Matrix) -> Matrix:
    return np.rint(vectors * 127).astype(np.float32) / np.float32(127)


def _wording(title: str, text: str, meanings: Matrix, row: int) -> Wording:
    title, text = title[:LONGEST_TITLE], text[:LONGEST_TEXT]
    title_stems = frozenset(map(stem, words(title)))
    title_numbers = frozenset(map(_number, numbers(title)))
    text_stems = {*map(stem, words(text)), *map(_number, numbers(text))}
    return Wording(
        title=title_stems,
        whole=title_stems | title_numbers | text_stems,
        numbers=title_numbers,
        meaning=meanings[row],
    )


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
