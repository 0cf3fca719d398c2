"""Reads odds that a sentence states in figures: "a 60 to 70 per cent chance", "one in three"."""

import re

from claims.extraction.types import HedgeRange

NUMBERS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1
    )
}
FRACTIONS = {"third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10}
_PERCENT = r"(?:%|\s?per\s?cent)"
_FIGURE = (
    rf"(?P<low>\d{{1,3}}(?:\.\d{{1,3}})?)\s?{_PERCENT}?(?:\s?(?:-|–|to|and)\s?(?P<high>\d{{1,3}}))?"
)
_NOUN = r"(?:chances?|probabilit(?:y|ies)|likelihood|odds|risks?|possibility)"
_COUNT = r"(?:\d{1,3}|" + "|".join(NUMBERS) + ")"
_LIMIT = (
    r"(?:(?P<below>less\s+than|under|below|no\s+(?:more|better|higher)\s+than|at\s+most|up\s+to)|"
    r"(?P<above>more\s+than|over|above|at\s+least|better\s+than))"
)
_ROUGHLY = (
    r"(?:(?:about|around|roughly|some|just|only|perhaps|maybe|nearly|almost|approximately|between|"
    r"put\s+at|now|still|an?)\s+){0,3}"
)
_ABOUT = r"(?:(?:about|around|roughly|perhaps|maybe|nearly|almost|approximately|only|just)\s+(?:an?\s+)?)?"
# "the chance that rates fall is", "puts the odds of a cut at", "probability:".
_STATED = rf"\b{_NOUN}(?:\s*\(|:\s*|\s+(?:(?:of|that|for)\s[^.;,]{{1,80}}?\s)?(?:is|are|as|at|of|to\s+be|to|from)\s+)"
BEFORE = re.compile(
    rf"(?:{_LIMIT}\s+(?:an?\s+)?)?(?<![\w.]){_ABOUT}{_FIGURE}\s?{_PERCENT}[\s-]+(?:{_NOUN}|certain|confident|likely|sure)\b",
    re.IGNORECASE,
)
AFTER = re.compile(rf"{_STATED}{_ROUGHLY}(?:{_LIMIT}\s+)?{_FIGURE}{_PERCENT}", re.IGNORECASE)
ONE_IN = re.compile(
    rf"\b{_ABOUT}(?P<some>{_COUNT})[\s-](?:in|out\s+of)[\s-](?P<all>{_COUNT})[\s-]{_NOUN}\b",
    re.IGNORECASE,
)
PUT_AT = re.compile(
    rf"{_STATED}{_ROUGHLY}(?:{_LIMIT}\s+)?(?P<some>{_COUNT})[\s-](?:in|out\s+of)[\s-](?P<all>{_COUNT})\b",
    re.IGNORECASE,
)
# Odds of three to one are three to one against.
AGAINST = re.compile(
    rf"\bodds\s[^.;,%]{{0,80}}?(?P<against>{_COUNT})(?:\s+to\s+|[-–/])(?:one|1)\b(?!\s+on\b)",
    re.IGNORECASE,
)
FRACTION = re.compile(
    rf"\b(?:(?P<some>one|two|three|an?)[\s-])?(?P<part>third|quarter|fifth|tenth)s?[\s-]{_NOUN}\b",
    re.IGNORECASE,
)
FIFTY = re.compile(
    rf"(?<![\w-])(?:50[-–/ ]50|fifty-fifty|coin[\s-](?:toss|flip))(?![\w-])(?:\s{_NOUN})?",
    re.IGNORECASE,
)


def stated_odds(text: str) -> HedgeRange | None:
    """The probability that a text gives in figures; None where it gives none between 0 and 1."""
    if found := BEFORE.search(text) or AFTER.search(text):
        low = float(found["low"]) / 100
        high = float(found["high"]) / 100 if found["high"] else low
        return _range(found[0], 0 if found["below"] else low, 1 if found["above"] else high)
    if found := ONE_IN.search(text) or PUT_AT.search(text):
        some, all_ = _count(found["some"]), _count(found["all"])
        return _range(found[0], some / all_, some / all_) if all_ else None
    if found := AGAINST.search(text):
        chance = 1 / (1 + _count(found["against"]))
        return _range(found[0], chance, chance)
    if found := FRACTION.search(text):
        parts = (found["some"] or "a").lower()
        count = 1 if parts in {"a", "an"} else _count(parts)
        chance = count * FRACTIONS[found["part"].lower()]
        return _range(found[0], chance, chance)
    if found := FIFTY.search(text):
        return _range(found[0], 0.5, 0.5)
    return None


def _range(phrase: str, low: float, high: float) -> HedgeRange | None:
    if not 0 <= low <= high <= 1:
        return None
    return HedgeRange(" ".join(phrase.lower().split()), round(low, 4), round(high, 4), stated=True)


def _count(word: str) -> int:
    return NUMBERS.get(word.lower()) or int(word)
