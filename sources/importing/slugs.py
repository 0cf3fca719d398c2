"""Headlines out of addresses: the words that a page's address spells."""

import re
from urllib.parse import unquote, urlsplit

# Fewer words ("world/europe") name a section, not a story.
TELLING = 4
MAX_PARTS = 40
_PARTED = re.compile(r"[-_+\s]+")
_ENDING = re.compile(r"\.(?:s?html?|aspx?|php\d?|jsp|cms|ece|amp|story)$", re.IGNORECASE)
# Numbers of articles, and what machines hash: letters and digits in one.
_NUMBER = re.compile(r"(?=.*\d)[a-z]?[0-9a-f]{5,}|[0-9a-f]{16,}|\d{5,}[a-z]*", re.IGNORECASE)
# A number before the words, unless it is a year; and what is left of an escaped apostrophe.
_LEADING = re.compile(r"(?:a-)?(?!(?:19|20)\d\d-)\d{4,}[-_]")
_REMNANTS = frozenset(["039", "quot", "amp"])
_WORD = re.compile(r"[^\W\d_]{2,}")


def headline(url: str) -> str:
    """The words of a page's address as a headline; "" where it spells no story."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return ""
    found = max(map(_words, path.split("/")[-MAX_PARTS:]), key=_telling, default=[])
    if _telling(found) < TELLING:
        return ""
    words = " ".join(found)
    return words[:1].upper() + words[1:]


def host(url: str) -> str:
    """The host of an address, without www."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _words(part: str) -> list[str]:
    bare = _LEADING.sub("", _ENDING.sub("", unquote(part)), count=1)
    return [
        word
        for word in _PARTED.split(bare)
        if word and word not in _REMNANTS and not _NUMBER.fullmatch(word)
    ]


def _telling(words: list[str]) -> int:
    return sum(1 for word in words if _WORD.search(word))
