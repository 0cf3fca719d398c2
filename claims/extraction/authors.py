"""Reads who wrote a text from its first and last lines, where the caller does not know."""

import re
from collections.abc import Sequence

from claims.extraction.names import NAME, bare, is_organisation
from claims.extraction.types import Span

LONGEST_LINE = 300
BYLINE = re.compile(
    rf"^(?:[Bb]y|[Ww]ritten by|(?:Lead )?[Aa]uthors?:|Analysts?:|Contributor:|Columnist:)\s(?P<name>{NAME})"
    r"(?:(?:,|\sand|\s[|–—·-])\s[^.!?]{2,100})?$"
)
# What is said of the author below a text.
BIOGRAPHY = re.compile(
    rf"^(?:Dr\.?\s|Professor\s|Prof\.\s)?(?P<name>{NAME})(?:,\s[^,]{{3,60}},)?\s(?:is|was|writes|teaches|works|covers|directs|leads|heads)\s"
    r"(?:(?:an?|the|for|at|as|on)\s)?[^.]{0,80}?\b(?:fellow|author|professor|columnist|director|editor|correspondent|analyst|"
    r"economist|researcher|scholar|lecturer|writer|journalist|strategist|expert|associate|chair|head|adviser|teaches)\b"
)
HOUSE = re.compile(rf"^(?P<name>{NAME})(?:\s?[|·–—-]\s.{{2,60}})?$")
WE = re.compile(r"\b(?:[Ww]e|[Oo]ur)\b")
FIRST, LAST = 5, 3


def stated_author(text: str, spans: Sequence[Span]) -> str:
    """The author whom a byline, a note below the text or, where "we" speak, the letterhead names."""
    lines = [text[span.start : span.end][:LONGEST_LINE] for span in spans[:FIRST]]
    for line in lines:
        named = BYLINE.search(line)
        if named and " " in named["name"] and len(line) < LONGEST_LINE:
            return bare(named["name"])
    for span in spans[-LAST:] if len(spans) > FIRST else ():
        named = BIOGRAPHY.search(text[span.start : span.end][:LONGEST_LINE])
        if (
            named
            and " " in named["name"]
            and span.opens_paragraph
            and _comes_once(text, named["name"])
        ):
            return bare(named["name"])
    for span, line in zip(spans, lines, strict=False):
        house = HOUSE.search(line)
        if span.heading and house and is_organisation(house["name"]) and WE.search(text):
            return house["name"]
    return ""


def _comes_once(text: str, name: str) -> bool:
    """Whether only the note itself names somebody, or a line of its own does too."""
    return (
        text.count(name) - len(re.findall(rf"^(?:By )?{re.escape(name)}\s*$", text, re.MULTILINE))
        <= 1
    )
