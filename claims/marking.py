"""Cuts texts into pieces for pages: a document around its quotes, a sentence around its hedge or
the words it shares with a claim. Plain arithmetic on strings; templates do the marking.
"""

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from claims.likeness import Alike
from claims.models import Claim


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim of a document page, the number it goes by there, and what reads nearly the same."""

    number: int
    claim: Claim
    alike: Sequence[Alike] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text under the same quotes; `ends` are the claims whose quote ends with it."""

    text: str
    entries: list[Entry]
    ends: list[Entry]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its number, and its text in pieces."""

    number: int
    pieces: list[Piece]


def numbered(
    claims: Sequence[Claim], alike: Mapping[int, Sequence[Alike]] = MappingProxyType({})
) -> list[Entry]:
    """The claims of a document by the numbers they go by on its page; `alike` by a claim's key."""
    return [
        Entry(number, claim, alike.get(claim.pk, ()))
        for number, claim in enumerate(claims, start=1)
    ]


def paragraphs(text: str, entries: Sequence[Entry]) -> list[Paragraph]:
    """The paragraphs of a document, cut where quotes begin and end. Quotes may overlap.

    The entries come in the order of the text.
    """
    ahead = deque(entries)
    near: list[Entry] = []
    found = []
    for number, line in enumerate(re.finditer(r"\S[^\n]*", text), start=1):
        start, end = line.span()
        while ahead and ahead[0].claim.quote.start < end:
            near.append(ahead.popleft())
        near = [entry for entry in near if entry.claim.quote.end > start]
        found.append(_paragraph(number, text, start, end, near))
    return found


def _paragraph(number: int, text: str, start: int, end: int, here: list[Entry]) -> Paragraph:
    cuts = {start, end}
    for entry in here:
        cuts |= {max(start, entry.claim.quote.start), min(end, entry.claim.quote.end)}
    pieces = [
        Piece(
            text[left:right],
            [e for e in here if e.claim.quote.start < right and e.claim.quote.end > left],
            [e for e in here if e.claim.quote.end == right],
        )
        for left, right in pairwise(sorted(cuts))
    ]
    return Paragraph(number, pieces)


def around(sentence: str, word: str) -> tuple[str, str, str]:
    """A sentence before, at and after the first place of a word; all before where it is not there."""
    found = word and re.search(rf"\b{re.escape(word)}\b", sentence, re.IGNORECASE)
    if not found:
        return sentence, "", ""
    return sentence[: found.start()], found.group(), sentence[found.end() :]


def shared_words(reason: str) -> list[str]:
    """The words a suggestion's reason names as shared."""
    found = re.match(r"shares ([^;]*)", reason)
    return found.group(1).split(", ") if found else []


def hits(passage: str, words: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """The passage in pieces, each with whether it is one of the words or another form of it."""
    if not words:
        yield passage, False
        return
    # "trade" also marks "trades": the matcher compared stems.
    forms = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    for number, piece in enumerate(re.split(rf"(?i)\b((?:{forms})\w{{0,3}})\b", passage)):
        if piece:
            yield piece, number % 2 == 1
