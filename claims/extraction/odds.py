"""Reads odds that a sentence states in figures: "a 60 to 70 per cent chance", "one in three"."""

import re

from claims.extraction.types import HedgeRange

NUMBERS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1
    )
}
_PERCENT = r"(?:%|\s?per\s?cent)"
_FIGURE = (
    rf"(?P<low>\d{{1,3}}(?:\.\d{{1,3}})?)\s?{_PERCENT}?(?:\s?(?:-|–|to|and)\s?(?P<high>\d{{1,3}}))?"
)
_NOUN = r"(?:chances?|probability|likelihood|odds)"
_COUNT = r"(?:\d{1,3}|" + "|".join(NUMBERS) + ")"
BEFORE = re.compile(
    rf"(?<![\w.]){_FIGURE}\s?{_PERCENT}[\s-]+(?:{_NOUN}|certain|confident|likely|sure)\b",
    re.IGNORECASE,
)
AFTER = re.compile(
    rf"\b{_NOUN}\s+(?:(?:of|that)\s[^.;,%]{{1,80}}?\s)?(?:is|are|as|at|of|to\s+be)\s+"
    rf"(?:about\s+|around\s+|roughly\s+|some\s+|just\s+|put\s+at\s+)?{_FIGURE}{_PERCENT}",
    re.IGNORECASE,
)
ONE_IN = re.compile(
    rf"\b(?P<some>{_COUNT})[\s-](?:in|out\s+of)[\s-](?P<all>{_COUNT})[\s-]{_NOUN}\b", re.IGNORECASE
)
PUT_AT = re.compile(
    rf"\b{_NOUN}\s+(?:of|that)\s[^.;,%]{{1,80}}?\s(?:is|are|as|at|of|to\s+be)\s+"
    rf"(?P<some>{_COUNT})[\s-](?:in|out\s+of)[\s-](?P<all>{_COUNT})\b",
    re.IGNORECASE,
)
FIFTY = re.compile(r"(?<![\w-])(?:50[-–/ ]50|fifty-fifty)(?![\w-])", re.IGNORECASE)


def stated_odds(text: str) -> HedgeRange | None:
    """The probability that a text gives in figures; None where it gives none between 0 and 1."""
    if found := BEFORE.search(text) or AFTER.search(text):
        low = float(found["low"]) / 100
        return _range(found[0], low, float(found["high"]) / 100 if found["high"] else low)
    if found := ONE_IN.search(text) or PUT_AT.search(text):
        some, all_ = _count(found["some"]), _count(found["all"])
        return _range(found[0], some / all_, some / all_) if all_ else None
    if found := FIFTY.search(text):
        return _range(found[0], 0.5, 0.5)
    return None


def _range(phrase: str, low: float, high: float) -> HedgeRange | None:
    if not 0 <= low <= high <= 1:
        return None
    return HedgeRange(" ".join(phrase.lower().split()), round(low, 4), round(high, 4), stated=True)


def _count(word: str) -> int:
    return NUMBERS.get(word.lower()) or int(word)
