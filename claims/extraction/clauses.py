"""Cuts a sentence into the statements that it joins, and takes out who says them."""

import re

from claims.extraction.attributions import Attribution
from claims.extraction.kinds import condition_of

CONCEDES = re.compile(r"\s?(?:while|although|though|even\sthough|whereas)\s", re.IGNORECASE)
JOINS = re.compile(
    r";\s+(?:and\s|but\s)?|,\s(?:but|yet|while|whereas|coupled\swith|and)\s(?:that\s)?"
    # A quotation of several sentences is one to the splitter.
    r"|(?<=[a-z]{4}[.!?])\s+(?=[A-Z])"
)
# What follows "and" is a statement of its own only with a verb of its own soon.
VERB = re.compile(
    r"(?:[^\s,;]+\s){1,8}?(?:will|won['’]t|may|might|could|can|would|is|are|has|have)\s"
)
# What ties a statement to the one before it.
LINK = re.compile(r"^(?:(?:that,?|[Aa]nd|[Bb]ut|[Yy]et|[Ss]o)\s)+")
# What is left where an attribution was taken out.
LOOSE_COMMA = re.compile(r"\s*,(?=\s*(?:,|\.$|$))|\s+(?=[,.](?:\s|$))")
EDGES = ' \t\r\n"“”,;–—'


def parts_of(sentence: str, attribution: Attribution | None) -> list[tuple[int, int]]:
    """The spans of the statements in a sentence, in order; at least one, never empty."""
    start, end = _content(sentence, attribution)
    parts: list[tuple[int, int]] = []
    if opening := CONCEDES.match(sentence, start, end):
        comma = sentence.find(", ", opening.end(), end)
        if comma > 0:
            parts.append((opening.end(), comma))
            start = comma + 2
    if not condition_of(sentence):
        for join in JOINS.finditer(sentence, start, end):
            if join[0].startswith(", and") and not VERB.match(sentence, join.end(), end):
                continue
            parts.append((start, join.start()))
            start = join.end()
    parts.append((start, end))
    return [part for part in parts if sentence[slice(*part)].strip(EDGES)] or [(0, len(sentence))]


def statement_of(sentence: str, part: tuple[int, int], attribution: Attribution | None) -> str:
    """One statement in plain words: no attribution, no quotation marks, one full stop."""
    start, end = part
    words = sentence[start:end]
    if attribution and start <= attribution.start < attribution.end <= end:
        words = sentence[start : attribution.start] + " " + sentence[attribution.end : end]
    words = " ".join(re.sub(r"[“”\"]|''", "", words).split()).strip(EDGES)
    words = LOOSE_COMMA.sub("", LINK.sub("", words))
    if not words:
        return ""
    words = words[0].upper() + words[1:]
    return words if words.endswith((".", "!", "?", "…")) else words + "."


def _content(sentence: str, attribution: Attribution | None) -> tuple[int, int]:
    """The sentence without an attribution at its beginning or end."""
    end = len(sentence)
    if attribution is None or attribution.start == attribution.end:
        return 0, end
    if not sentence[: attribution.start].strip(EDGES):
        return attribution.end, end
    if not sentence[attribution.end :].strip(EDGES + ".!"):
        return 0, attribution.start
    return 0, end
