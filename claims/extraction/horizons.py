"""Finds by when a statement should come true and turns the words into dates.

Vague words follow a convention of ours: coming weeks 3 months, coming months 12, near term 2
years, coming years due at 3 (checked at 1, looked at again at 5), long term 10.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from claims.extraction.periods import Period, named_period, relative_period
from claims.extraction.types import Horizon

_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
NUMBERS = {word: number for number, word in enumerate(_WORDS.split(), 1)}
NUMBERS |= {
    "a": 1,
    "an": 1,
    "couple of": 2,
    "few": 3,
    "several": 3,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
}
_NUMBER = r"\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True))
_AHEAD = r"(?:coming|next|following)"

type Reader = Callable[[re.Match[str], date], Horizon | None]


def find_horizon(text: str, said_on: date) -> Horizon | None:
    """The horizon that the words of a sentence give; None where they give none after `said_on`.

    Explicit dates come before counted spans ("within five years"), these before vague words.
    """
    for pattern, read in READERS:
        for match in pattern.finditer(text):
            try:
                horizon = read(match, said_on)
            except (ValueError, OverflowError):
                continue  # 31 February, or past the last year of the calendar
            if horizon:
                return horizon
    return None


def _exact(words: str, said_on: date, due: date, *, earliest: date | None = None) -> Horizon | None:
    """A horizon with one due date; None if that is over."""
    if due <= said_on:
        return None
    first = max(earliest or due, said_on)
    return Horizon(_tidy(words), said_on, min(first, due), due, due, (due,))


def _deadline(match: re.Match[str], said_on: date) -> Horizon | None:
    """ "by March 2028" runs to the end of the month, "before March 2028" to its eve."""
    period = named_period(match["when"], said_on) or relative_period(match["when"], said_on)
    if period is None:
        return None
    is_eve = match["by"].lower() in {"before", "ahead of", "prior to"} and not match["end"]
    return _exact(match[0], said_on, period.first - timedelta(days=1) if is_eve else period.last)


def _during(match: re.Match[str], said_on: date) -> Horizon | None:
    """ "in 2027" opens with the year and is due at its end."""
    period = named_period(match["when"], said_on) or relative_period(match["when"], said_on)
    return _within(match[0], said_on, period)


def _between(match: re.Match[str], said_on: date) -> Horizon | None:
    first, last = (named_period(match[end], said_on) for end in ("from", "to"))
    if first is None or last is None or last.last < first.first:
        return None
    return _within(match[0], said_on, Period(first.first, last.last))


def _within(words: str, said_on: date, period: Period | None) -> Horizon | None:
    if period is None or period.last <= said_on:
        return None
    opens = max(period.first, said_on)
    return Horizon(_tidy(words), opens, period.last, period.last, period.last, (period.last,))


def _counted(match: re.Match[str], said_on: date) -> Horizon | None:
    """ "in the next two to three years": earliest at two, due at three."""
    most = _number(match["most"])
    least = _number(match["least"]) if match["least"] else most
    due, earliest = (said_on + _span(count, match["unit"]) for count in (most, least))
    return _exact(match[0], said_on, due, earliest=earliest)


def _next_one(match: re.Match[str], said_on: date) -> Horizon | None:
    """ "over the next decade"."""
    return _exact(match[0], said_on, said_on + _span(1, match["unit"]))


def _after(**span: int) -> Reader:
    return lambda match, said_on: _exact(match[0], said_on, said_on + relativedelta(**span))  # type: ignore[arg-type]


def _coming_years(match: re.Match[str], said_on: date) -> Horizon:
    one, three, five = (said_on + relativedelta(years=years) for years in (1, 3, 5))
    return Horizon(_tidy(match[0]), said_on, one, three, five, (one, three, five))


def _long_term(match: re.Match[str], said_on: date) -> Horizon:
    """Ten years, with a look halfway: verdicts before the end are interim."""
    half, due = (said_on + relativedelta(years=years) for years in (5, 10))
    return Horizon(_tidy(match[0]), said_on, due, due, due, (half, due))


def _number(word: str) -> int:
    word = _tidy(word).lower()
    return NUMBERS.get(word) or int(word)


def _span(count: int, unit: str) -> relativedelta:
    unit = unit.lower().rstrip("s")
    if unit == "decade":
        return relativedelta(years=10 * count)
    if unit == "quarter":
        return relativedelta(months=3 * count)
    return relativedelta(**{f"{unit}s": count})  # type: ignore[arg-type]


def _tidy(words: str) -> str:
    return " ".join(words.split()).rstrip(".,")


def _any_case(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"(?:19|20|21)\d\d(?!\d|[,.]\d)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?(?![\d%])"
_PART = r"(?:early|mid|late|the\s+(?:start|beginning|middle)\s+of)[\s-]"
_NAMED = (
    rf"(?:{_YEAR}-\d\d-\d\d|{_DAY}\s(?:of\s)?{_MONTH}(?:,?\s{_YEAR})?|{_MONTH}\s{_DAY}(?:,?\s{_YEAR})?"
    rf"|(?:{_PART})?{_MONTH}(?:,?\s(?:of\s)?{_YEAR})?|(?:the\s)?(?:first|second|third|fourth|last|final)"
    rf"\s(?:quarter|half)(?:\sof\s(?:{_YEAR}|this\syear|next\syear|the\syear))?|[QH][1-4],?\s(?:of\s)?{_YEAR}"
    rf"|(?:the\s)?(?:spring|summer|autumn|fall|winter)\s(?:of\s)?{_YEAR}|(?:{_PART})?(?:the\s)?{_YEAR}s?)"
)
_RELATIVE = (
    r"(?:(?:later\s)?(?:this|next)\s(?:week|month|quarter|year|decade|century|spring|summer|autumn|fall|winter)"
    r"|the\s(?:week|month|quarter|year|decade|century)(?!\w|\s(?:to|before|after))|year[\s-]end|tomorrow)"
)
_SEASON = r"(?:(?:the\s)?(?:spring|summer|autumn|winter)|the\sfall|christmas)(?!\s(?:of|in|at)\b)\b"
_WEEKDAY = r"(?:next\s|this\s|coming\s)?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
_END = r"(?:the\s)?(?:end|close)\sof\s"
_TERM = r"(?:\s|-)(?:term|run)\b"


def _coming(units: str) -> re.Pattern[str]:
    """ "in the coming few weeks", "over the months ahead"."""
    return _any_case(
        rf"\b(?:in|over|within|during|for)\s(?:the\s)?(?:{_AHEAD}(?:\s(?:few|several))?\s{units}"
        rf"|{units}\s(?:ahead|to\scome))\b|\b(?:within|for)\s{units}(?!\snow|\sof)\b"
    )


READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (
        _any_case(
            r"\b(?P<by>by|until|till|before|through|no\slater\sthan|not\slater\sthan|ahead\sof|prior\sto|"
            rf"at|towards?)\s(?:about\s|around\s|at\sleast\s)?(?P<end>{_END})?(?P<when>{_NAMED}|{_RELATIVE}|{_SEASON}|{_WEEKDAY})"
        ),
        _deadline,
    ),
    (
        _any_case(
            rf"\b(?:between|from)\s(?P<from>{_NAMED})\s(?:and|to|until|through)\s(?P<to>{_NAMED})"
        ),
        _between,
    ),
    (
        _any_case(
            rf"\b(?:in|over|within|during)\sthe\s{_AHEAD}\s(?P<unit>week|month|quarter|year|decade)\b"
        ),
        _next_one,
    ),
    (
        _any_case(
            r"\b(?:in|on|during|for|over|throughout|within|at|into|from|starting\sin|as\s(?:early|soon)\sas)\s"
            rf"(?:{_END}|the\s(?:rest|remainder)\sof\s)?(?P<when>{_NAMED}|{_RELATIVE}|{_SEASON})"
        ),
        _during,
    ),
    (_any_case(rf"\b(?:this|next|this\scoming)\s(?P<when>{_MONTH})"), _during),
    (_any_case(rf"\b(?P<when>{_RELATIVE})"), _during),
    (
        _any_case(
            rf"\b(?:in|within|over|during|for|inside|through|at\sleast|another)\s(?:the\s)?"
            rf"(?:{_AHEAD}\s|about\s|around\s|roughly\s|at\smost\s|under\s|a\sfurther\s|another\s){{0,2}}"
            rf"(?:(?P<least>{_NUMBER})\s?(?:to|or|-|–)\s?)?(?:a\s(?=couple|few))?(?P<most>{_NUMBER})\s"
            r"(?P<unit>days?|weeks?|months?|quarters?|years?|decades?)\b(?!\s(?:ago|old|earlier))"
        ),
        _counted,
    ),
    (_coming("days"), _after(weeks=2)),
    (_coming("weeks"), _after(months=3)),
    (_coming("months"), _after(months=12)),
    (_coming("years"), _coming_years),
    (_coming("decades"), _after(years=30)),
    (_any_case(rf"\b(?:near|short){_TERM}|\bnear\sfuture\b"), _after(years=2)),
    (_any_case(rf"\b(?:long(?:er)?){_TERM}"), _long_term),
)
