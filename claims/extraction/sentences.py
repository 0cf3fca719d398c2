"""Cuts a text into sentences with exact offsets, never across paragraphs."""

import re
from collections.abc import Iterator
from itertools import pairwise

from sentencex import get_sentence_boundaries

from claims.extraction.types import Span

# Ends of a sentence, with what may close after it.
TERMINAL = re.compile(r"[.!?…:][\"”’'»)\]]*$")
BULLET = re.compile(r"(?:[-*•‣–—]|\d{1,2}[.)])\s+")
# Titles before a name, after which the splitter may cut.
ABBREVIATED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|St|Rev|Hon|Mt)\.$")
# Words that the splitter takes for abbreviations where they end a sentence.
ENDING = re.compile(r"\s(?:me|no|art|ill|miss|etc|the\sFed)\.[”\"’]?(?=\s+[“\"]?[A-Z])")
SURROGATES = re.compile(r"[\ud800-\udfff]")
LINE = re.compile(r"[^\r\n\u2028\u2029]+")
BREAK = re.compile(r"\n\s*\n|\r\n\s*\r\n")
HEADING_WORDS = 16
# Characters; no sentence worth reading is as long.
WINDOW = 10_000
# Hard-wrapped lines are no longer than this, and their first halves no shorter.
WRAP_MOST, WRAP_LEAST = 100, 50


def sentences(text: str) -> list[Span]:
    """The sentences of a text in order, without the white space around them."""
    blocks = list(_blocks(text))
    found: list[Span] = []
    for number, (start, end) in enumerate(blocks):
        found += _sentences_of(text, start, end, is_last=number == len(blocks) - 1)
    return found


def _sentences_of(text: str, start: int, end: int, *, is_last: bool) -> list[Span]:
    """The sentences of one paragraph."""
    if _is_heading(text[start:end]) and not is_last:
        return [Span(start, end, heading=True, opens_paragraph=True)]
    if bullet := BULLET.match(text, start, end):
        start = bullet.end()
    spans: list[tuple[int, int]] = []
    for low, high in _with_endings(text[start:end]):
        trimmed = _trim(text, start + low, start + high)
        if trimmed and spans and ABBREVIATED.search(text, max(0, spans[-1][1] - 8), spans[-1][1]):
            spans[-1] = (spans[-1][0], trimmed[1])
        elif trimmed:
            spans.append(trimmed)
    return [Span(low, high, opens_paragraph=not at) for at, (low, high) in enumerate(spans)]


def _with_endings(block: str) -> Iterator[tuple[int, int]]:
    """The splitter's sentences, cut again where it took the last word for an abbreviation."""
    for low, high in _boundaries(block):
        cuts = [ending.end() for ending in ENDING.finditer(block, low, high)]
        yield from pairwise([low, *cuts, high])


def _boundaries(block: str) -> Iterator[tuple[int, int]]:
    """The splitter's sentences, read window by window: its time grows with the square."""
    # It is Rust and takes no lone surrogates; the stand-in has the same length.
    block = SURROGATES.sub("\ufffd", block)
    start = 0
    while start < len(block):
        found = get_sentence_boundaries("en", block[start : start + WINDOW])
        cut = start + WINDOW < len(block) and len(found) > 1
        for one in found[:-1] if cut else found:
            yield start + one["start_index"], start + one["end_index"]
        # A sentence that the window may have cut is read again, with what follows.
        start += found[-1]["start_index"] if cut else WINDOW


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Paragraphs: lines, where a line that was only wrapped is joined to the one before."""
    block: tuple[int, int] | None = None
    line = (0, 0)
    for match in LINE.finditer(text):
        here = _trim(text, *match.span())
        if here is None:
            continue
        if block and _continues(text, line, here):
            block = (block[0], here[1])
        else:
            if block:
                yield block
            block = here
        line = here
    if block:
        yield block


def _continues(text: str, line: tuple[int, int], following: tuple[int, int]) -> bool:
    """Whether the next line goes on with the sentence of this one."""
    if BREAK.search(text, line[1], following[0]):
        return False
    before, after = text[line[0] : line[1]], text[following[0] : following[1]]
    if TERMINAL.search(before[-8:]) or BULLET.match(after) or after.startswith("#"):
        return False
    wrapped = WRAP_LEAST <= len(before) <= WRAP_MOST and len(after) <= WRAP_MOST
    return wrapped or after[0].islower()


def _is_heading(block: str) -> bool:
    if block.startswith("#"):
        return True
    if BULLET.match(block) or TERMINAL.search(block[-8:]):
        return False
    return len(block.split(maxsplit=HEADING_WORDS)) < HEADING_WORDS


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without white space at its ends; None where nothing is left."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    return (start + left, start + right) if left < right else None
