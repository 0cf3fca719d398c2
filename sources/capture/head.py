"""What the first lines of a plain text say about it: its title, who wrote it, and its day."""

import re
from dataclasses import dataclass
from datetime import date

from dateutil import parser

from sources.capture.types import MAX_AUTHOR, MAX_TITLE

# Where a heading ends: further down, "By" and dates belong to the text.
LINES = 8
LONGEST = 200
# "By Lena Strand", "By Lena Strand and Ivo Berg, Oslo | 20 October 2026"
_NAME = r"[^\W\d_a-z][\w.'’-]*(?:\s(?:(?:de|van|von|der|den|al|bin|da|dos|la|le|du|y|ten)\s)*[^\W\d_a-z][\w.'’-]*){1,4}"
_BYLINE = re.compile(
    rf"(?:By|BY)\s(?P<names>{_NAME}(?:(?:,|\sand|,\sand|\s&)\s{_NAME})*)(?P<rest>(?:\s?[,|·/–—-]\s.*)?)$"
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?:19|20|21)\d\d"
_DATE = re.compile(
    rf"(?:^|[\s,|·/–—-])(?P<day>\d{{1,2}}\s{_MONTH},?\s{_YEAR}|{_MONTH}\s\d{{1,2}},?\s{_YEAR}|{_YEAR}-\d\d-\d\d)\s*$",
    re.IGNORECASE,
)
# Before a date that stands in a line of its own: "Published on Tuesday, 20 October 2026".
_LABEL = re.compile(
    r"(?:(?:first\s)?published|updated|posted|date|dated|(?:mon|tues|wednes|thurs|fri|satur|sun)day|on|:|,|\s)*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Head:
    """What is said, each empty where nothing is."""

    title: str = ""
    author: str = ""
    published_on: date | None = None


def head_of(text: str) -> Head:
    """The title, author and day that the first lines name.

    A first line is taken for a title only above a byline or a date: it may as well begin the text.
    """
    lines = [" ".join(one.split()) for one in text[:4000].split("\n") if one.strip()][:LINES]
    author, published_on, first = "", None, LINES
    for at, one in enumerate(lines):
        if len(one) > LONGEST:
            break
        # "By Friday Moscow must answer." is a sentence.
        byline = None if one.endswith((".", "!", "?")) else _BYLINE.match(one)
        if byline and not author:
            author, first = byline["names"], min(first, at)
        day = _day(byline["rest"] if byline else one)
        if day and published_on is None and (byline or author or at <= 2):
            published_on, first = day, min(first, at)
    title = lines[0] if 0 < first < LINES else ""
    return Head(title[:MAX_TITLE], author[:MAX_AUTHOR], published_on)


def _day(words: str) -> date | None:
    """The day that a line is, with no more than a label before it."""
    found = _DATE.search(words)
    if not found or not _LABEL.fullmatch(words[: found.start("day")].strip("|·/–—- ")):
        return None
    try:
        return parser.parse(found["day"], dayfirst=True, yearfirst="-" in found["day"]).date()
    except (ValueError, OverflowError):  # 45 October
        return None
