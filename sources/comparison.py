"""How two versions of a text differ, word by word; the work is bounded whatever the texts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

# Beyond this many lines or words a stretch is shown as taken out and put in whole.
MOST_LINES = 4_000
MOST_WORDS = 2_000
# Of an unchanged stretch so much is shown beside a change.
AROUND = 240
_WORD = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True)
class Piece:
    """A stretch of text: `kind` is "same", "gone", "new", or "left out" where only its length counts."""

    kind: str
    text: str


def compared(old: str, new: str) -> list[Piece]:
    """The pieces of both texts in order; joined without what is new they are the old one."""
    pieces = _by_lines(old.splitlines(keepends=True), new.splitlines(keepends=True))
    return [
        Piece(kind, "".join(piece.text for piece in group))
        for kind, group in groupby(pieces, key=lambda piece: piece.kind)
    ]


def shortened(pieces: list[Piece]) -> Iterator[Piece]:
    """The pieces with the middle of long unchanged stretches left out."""
    for place, piece in enumerate(pieces):
        before = AROUND if place else 0
        after = AROUND if place < len(pieces) - 1 else 0
        if piece.kind != "same" or len(piece.text) <= before + after + AROUND:
            yield piece
            continue
        if before:
            yield Piece("same", piece.text[:before])
        yield Piece("left out", piece.text[before : len(piece.text) - after])
        if after:
            yield Piece("same", piece.text[-after:])


def _by_lines(old: list[str], new: list[str]) -> Iterator[Piece]:
    if max(len(old), len(new)) > MOST_LINES:
        yield from _whole(old, new)
        return
    for kind, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "replace":
            yield from _by_words("".join(old[a:b]), "".join(new[c:d]))
        else:
            yield from _piece(kind, old[a:b], new[c:d])


def _by_words(old: str, new: str) -> Iterator[Piece]:
    mine, theirs = _WORD.findall(old), _WORD.findall(new)
    if max(len(mine), len(theirs)) > MOST_WORDS:
        yield from _whole(mine, theirs)
        return
    bare = [word.strip() for word in mine], [word.strip() for word in theirs]
    for kind, a, b, c, d in SequenceMatcher(None, *bare, autojunk=False).get_opcodes():
        yield from _piece(kind, mine[a:b], theirs[c:d])


def _piece(kind: str, old: list[str], new: list[str]) -> Iterator[Piece]:
    if kind == "equal":
        # As the newer one spaces them.
        yield Piece("same", "".join(new))
    else:
        yield from _whole(old, new)


def _whole(old: list[str], new: list[str]) -> Iterator[Piece]:
    if old:
        yield Piece("gone", "".join(old))
    if new:
        yield Piece("new", "".join(new))
