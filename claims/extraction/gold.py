"""Reads articles whose claims people marked, one JSON object a line."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from claims.extraction.types import ClaimClass

CLASSES: tuple[str, ...] = get_args(ClaimClass.__value__)


class GoldError(ValueError):
    """What is wrong with a line, and in which field."""


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A claim that people found: `text[start:end]` is its quote. Words that it lacks are ""."""

    start: int
    end: int
    class_: ClaimClass
    speaker: str = ""
    hedge: str = ""
    horizon: str = ""
    conditional: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """A text with all its claims; `said_on` is None where the line gives no day."""

    text: str
    claims: tuple[GoldClaim, ...]
    author: str = ""
    said_on: date | None = None


def read_gold(lines: Iterable[bytes]) -> tuple[list[Article], list[str]]:
    """The articles of a JSONL file, and of each bad line its number, field and fault.

    Lines count from 1; blank ones are passed over.
    """
    articles: list[Article] = []
    problems: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            articles.append(_article(line))
        except GoldError as error:
            problems.append(f"line {number}: {error}")
    return articles, problems


def _article(line: bytes) -> Article:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise GoldError("is not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise GoldError("is not JSON") from error
    if not isinstance(row, dict):
        raise GoldError("is not an object")
    text = _string(row, "text", needed=True)
    return Article(text, _claims(row, text), _string(row, "author"), _day(row))


def _claims(row: dict[str, Any], text: str) -> tuple[GoldClaim, ...]:
    claims = row.get("claims")
    if not isinstance(claims, list):
        raise GoldError("“claims” is not a list")
    found: list[GoldClaim] = []
    after: dict[str, int] = {}
    for at, claim in enumerate(claims):
        where = f"claims[{at}]"
        if not isinstance(claim, dict):
            raise GoldError(f"“{where}” is not an object")
        quote = _string(claim, "quote", where, needed=True)
        # A quote that is given twice stands for its next place in the text.
        start = text.find(quote, after.get(quote, 0))
        if start < 0:
            raise GoldError(f"“{where}.quote” is not in its text: “{quote[:60]}”")
        after[quote] = start + 1
        found.append(_claim(claim, where, start, start + len(quote)))
    return tuple(found)


def _claim(claim: dict[str, Any], where: str, start: int, end: int) -> GoldClaim:
    class_ = claim.get("class")
    if class_ not in CLASSES:
        raise GoldError(f"“{where}.class” is neither “forecast” nor “assessment”")
    conditional = claim.get("conditional")
    if conditional is not None and not isinstance(conditional, bool):
        raise GoldError(f"“{where}.conditional” is neither true nor false")
    words = {name: _string(claim, name, where) for name in ("speaker", "hedge", "horizon")}
    return GoldClaim(start, end, class_, conditional=bool(conditional), **words)


def _string(row: dict[str, Any], name: str, where: str = "", *, needed: bool = False) -> str:
    """A field that is words; "" where it is absent or null."""
    value = row.get(name)
    value = "" if value is None else value
    field = f"{where}.{name}" if where else name
    if not isinstance(value, str):
        raise GoldError(f"“{field}” is not a string")
    if needed and not value.strip():
        raise GoldError(f"“{field}” is missing or empty")
    return value


def _day(row: dict[str, Any]) -> date | None:
    value = _string(row, "said_on")
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise GoldError("“said_on” is not a date such as 2023-03-21") from error
