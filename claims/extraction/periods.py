"""Turns the name of a day, month, quarter, season or year into its first and last day."""

import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple

from dateutil import parser
from dateutil.relativedelta import relativedelta

YEAR = re.compile(r"(?:19|20|21)\d\d")
DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
# To its end: "decade" is no December.
MONTH = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\b",
    re.IGNORECASE,
)
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
DECADE = re.compile(r"(?:19|20|21)\d0s")
PART = re.compile(r"\b(quarter|half|[qh][1-4])\b", re.IGNORECASE)
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
# First month and length of the northern seasons; winter runs into the next year.
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
WEEKDAYS = ["mon", "tues", "wednes", "thurs", "fri", "satur", "sun"]
WEEKDAY = re.compile(rf"(?:{'|'.join(WEEKDAYS)})(?=day\b)")
UNIT = re.compile(r"(week|month|quarter|year|decade|century)", re.IGNORECASE)


class Period(NamedTuple):
    """First and last day, both inclusive."""

    first: date
    last: date


def named_period(words: str, said_on: date) -> Period | None:
    """The period that a name such as "12 May 2026", "Q2 2027" or "the 2030s" stands for.

    A day or month without a year is the next one after `said_on`. Raises ValueError for a day
    that no calendar has.
    """
    words = " ".join(words.lower().split())
    year = int(found[0]) if (found := YEAR.search(words)) else None
    if PART.search(words):
        return _part_of_year(words, year or _year_meant(words, said_on))
    if MONTH.search(words):
        return _day_or_month(words, year, said_on)
    if year is None:
        return None
    if season := next((name for name in SEASONS if name in words), None):
        return _season(season, year)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", words):
        day = date.fromisoformat(words)
        return Period(day, day)
    if DECADE.search(words):
        return Period(date(year, 1, 1), date(year + 9, 12, 31))
    return _third_of(words, date(year, 1, 1), date(year, 12, 31))


def relative_period(words: str, said_on: date) -> Period | None:
    """The period that "this quarter", "next year", "year-end" stand for, seen from `said_on`."""
    words = " ".join(words.lower().split())
    if words == "tomorrow":
        day = said_on + timedelta(days=1)
        return Period(day, day)
    if weekday := WEEKDAY.search(words):
        return _coming_weekday(WEEKDAYS.index(weekday[0]), said_on)
    if words == "christmas":
        return _day("25 december", None, said_on)
    if season := next((name for name in SEASONS if words.endswith(name)), None):
        return _coming_season(season, said_on)
    unit = UNIT.search(words)
    if unit is None:
        return None
    return _unit_around(unit[1], said_on, ahead="next" in words)


def _unit_around(unit: str, day: date, *, ahead: bool) -> Period:
    """The calendar unit that holds the day, or the one after it."""
    lengths = {
        "week": (day - timedelta(days=day.weekday()), relativedelta(weeks=1)),
        "month": (day.replace(day=1), relativedelta(months=1)),
        "quarter": (date(day.year, (day.month - 1) // 3 * 3 + 1, 1), relativedelta(months=3)),
        "year": (date(day.year, 1, 1), relativedelta(years=1)),
        "decade": (date(max(1, day.year // 10 * 10), 1, 1), relativedelta(years=10)),
        "century": (date(max(1, day.year // 100 * 100), 1, 1), relativedelta(years=100)),
    }
    first, length = lengths[unit]
    if ahead:
        first += length
    return Period(first, first + length - timedelta(days=1))


def _part_of_year(words: str, year: int) -> Period:
    quarters = "quarter" in words or bool(re.search(r"\bq[1-4]", words))
    figure = re.search(r"\b[qh]([1-4])", words)
    spoken = next((number for word, number in ORDINALS.items() if word in words), None)
    months, last = (3, 4) if quarters else (6, 2)
    # "the last quarter", "the final half"
    number = min(int(figure[1]) if figure else spoken or last, last)
    first = date(year, months * (number - 1) + 1, 1)
    return Period(first, first + relativedelta(months=months, days=-1))


def _year_meant(words: str, said_on: date) -> int:
    return said_on.year + ("next year" in words)


def _day_or_month(words: str, year: int | None, said_on: date) -> Period:
    if DAY.search(YEAR.sub("", words)):
        return _day(words, year, said_on)
    found = MONTH.search(words)
    month = MONTHS.index(found[1]) + 1 if found else 1
    if year is None:
        year = said_on.year + (month < said_on.month)
    first, last = date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return Period(first, last)


def _day(words: str, year: int | None, said_on: date) -> Period:
    # A leap year as default, so that 29 February is read before its year is known.
    read = parser.parse(words.replace(" of ", " "), default=parser.parse("2000-01-01")).date()
    day = read if year else read.replace(year=said_on.year)
    if year is None and day <= said_on:
        day = read.replace(year=said_on.year + 1)
    return Period(day, day)


def _season(name: str, year: int) -> Period:
    first = date(year, SEASONS[name], 1)
    return Period(first, first + relativedelta(months=3, days=-1))


def _coming_weekday(weekday: int, said_on: date) -> Period:
    day = said_on + timedelta(days=(weekday - said_on.weekday() - 1) % 7 + 1)
    return Period(day, day)


def _coming_season(name: str, said_on: date) -> Period:
    season = _season(name, said_on.year)
    return season if season.last > said_on else _season(name, said_on.year + 1)


def _third_of(words: str, first: date, last: date) -> Period:
    """ "early 2027" ends with April, "mid-2027" with August."""
    if re.search(r"\b(?:early|start|beginning)\b", words):
        return Period(first, date(first.year, 4, 30))
    if re.search(r"\bmid|\bmiddle\b", words):
        return Period(date(first.year, 5, 1), date(first.year, 8, 31))
    return Period(date(first.year, 9, 1) if "late" in words else first, last)
