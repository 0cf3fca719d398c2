"""Reads what a language model answers. Nothing of it is trusted: each claim is checked on the text.

The quote, the speaker, the hedge, the time words and the condition count only where the text has
them. How probable, and by when, is read from those words by the rules; the model gives no figure.
"""

import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, get_args

from claims.extraction.clauses import statement_of
from claims.extraction.extractors import ExtractorError
from claims.extraction.gold import CLASSES
from claims.extraction.hedges import find_hedge
from claims.extraction.horizons import find_horizon
from claims.extraction.kinds import condition_of, kind_of
from claims.extraction.propose import FEWEST_WORDS
from claims.extraction.sentences import sentences
from claims.extraction.speakers import LONGEST, voices
from claims.extraction.types import Entry, HedgeRange, Horizon, Kind, Proposal

KINDS: tuple[str, ...] = get_args(Kind.__value__)
MOST_CLAIMS = 40
LENGTHS = {
    "quote": LONGEST,
    "class": 20,
    "speaker": 200,
    "hedge": 100,
    "horizon": 200,
    "kind": 20,
    "condition": 1000,
    "statement": 1000,
}
PRONOUNS = frozenset({"he", "i", "it", "she", "they", "we", "who", "you"})
# What may change the meaning of a hedge stands within so many words before and behind it.
BEFORE, BEHIND = 5, 3


class Unusable(Exception):
    """A claim of an answer cannot be used; the message says why, in words of our own."""


def claims_in(body: bytes) -> list[Any]:
    """The claims of an answer, unchecked. Raises ExtractorError where it holds no list of claims."""
    envelope = _json(body, "its answer is not JSON")
    try:
        content = envelope["choices"][0]["message"]["content"]
    except (TypeError, LookupError):
        content = None
    if not isinstance(content, str):
        raise ExtractorError("its answer holds no message")
    found = _json(_unfenced(content), "its message is not JSON")
    if not isinstance(found, dict) or not isinstance(found.get("claims"), list):
        raise ExtractorError("its message holds no list of claims")
    return found["claims"]


def _json(words: bytes | str, otherwise: str) -> Any:
    try:
        return json.loads(words)
    except (ValueError, RecursionError) as error:
        raise ExtractorError(otherwise) from error


def _unfenced(content: str) -> str:
    """The object of a message, without the code fence and the words that some models put round it."""
    return content[content.find("{") : content.rfind("}") + 1]


@dataclass
class AnswerReader:
    """Makes proposals of what a model says about one text, and counts what it drops and why."""

    text: str
    lexicon: Sequence[Entry]
    said_on: date
    author: str
    reason: str
    dropped: Counter[str] = field(default_factory=Counter)

    def proposals(self, rows: Sequence[Any], piece: tuple[int, int]) -> Iterator[Proposal]:
        """The usable claims about the piece `text[start:end]`."""
        if len(rows) > MOST_CLAIMS:
            self.dropped["too many claims in one answer"] += len(rows) - MOST_CLAIMS
        for row in rows[:MOST_CLAIMS]:
            try:
                yield self._proposal(fields_of(row), piece)
            except Unusable as reason:
                self.dropped[str(reason)] += 1

    def _proposal(self, words: dict[str, str], piece: tuple[int, int]) -> Proposal:
        if words["class"] not in CLASSES:
            raise Unusable("unknown class")
        start, end = self._place(words["quote"], piece)
        quote, around = self.text[start:end], self.text[slice(*piece)]
        is_forecast = words["class"] == "forecast"
        statement = words["statement"]
        if not statement or not statement.isprintable():
            statement = statement_of(quote, (0, len(quote)), None) or quote
        horizon = self._horizon(words["horizon"], quote, around) if is_forecast else None
        hedge = self._hedge(words["hedge"], quote)
        return Proposal(
            quote=quote,
            start=start,
            end=end,
            statement=statement,
            class_="forecast" if is_forecast else "assessment",
            kind=self._kind(words["kind"], statement) if is_forecast else "assessment",
            speaker=self._speaker(words["speaker"], start, around),
            hedge=hedge,
            horizon=horizon,
            condition=self._condition(words["condition"], quote) if is_forecast else "",
            reason=self.reason,
            rank=_rank(hedge, horizon) if is_forecast else 0.15,
        )

    def _place(self, quote: str, piece: tuple[int, int]) -> tuple[int, int]:
        """Where the quote stands in the text, white space aside."""
        if len(quote.split()) < FEWEST_WORDS:
            raise Unusable("quote too short")
        pattern = re.compile(r"\s+".join(map(re.escape, quote.split())))
        found = pattern.search(self.text, *piece)
        if not found or found.end() - found.start() > LONGEST:
            raise Unusable("quote not in the text")
        return found.span()

    def _speaker(self, name: str, start: int, around: str) -> str:
        """The speaker as the text or its author's name has it; else whom the rules hear there."""
        if name and name.casefold() == " ".join(self.author.split()).casefold():
            return self.author
        if name and name.casefold() not in PRONOUNS:
            if found := _found(name, around):
                return " ".join(found[0].split())
            self.dropped["speaker not in the text"] += 1
        return self._heard_at(start)

    def _heard_at(self, place: int) -> str:
        starts, speakers = self._voices
        at = bisect_right(starts, place) - 1
        return speakers[at] if at >= 0 else ""

    @cached_property
    def _voices(self) -> tuple[list[int], list[str]]:
        spans = sentences(self.text)
        heard = voices(self.text, spans, self.author)
        return [span.start for span in spans], [voice.speaker for voice in heard]

    def _hedge(self, words: str, quote: str) -> HedgeRange | None:
        """What the rules read at the model's hedge; without a number where they read another."""
        whole = find_hedge(quote, self.lexicon)
        if not words:
            return whole
        place = _found(words, quote)
        if place is None:
            self.dropped["hedge not in the quote"] += 1
            return whole
        before, behind = quote[: place.start()].split(), quote[place.end() :].split()
        near = " ".join([*before[-BEFORE:], place[0], *behind[:BEHIND]])
        said = " ".join(place[0].lower().split())
        for reading in (whole, find_hedge(near, self.lexicon)):
            if reading and (_holds(reading.phrase, said) or _holds(said, reading.phrase)):
                return reading
        return HedgeRange(said, None, None)

    def _horizon(self, words: str, quote: str, around: str) -> Horizon | None:
        """The dates of the model's time words, which may stand near the quote, or of the quote."""
        if words and not _found(words, around):
            self.dropped["time words not in the text"] += 1
            words = ""
        return find_horizon(words, self.said_on) or find_horizon(quote, self.said_on)

    def _condition(self, words: str, quote: str) -> str:
        if words:
            if found := _found(words, quote):
                return " ".join(found[0].split())
            self.dropped["condition not in the quote"] += 1
        return condition_of(quote)

    def _kind(self, word: str, statement: str) -> Kind:
        if word in KINDS and word != "assessment":
            return word  # type: ignore[return-value]
        if word:
            self.dropped["unknown kind"] += 1
        return kind_of(statement, "forecast")


def fields_of(row: Any) -> dict[str, str]:
    """The fields of one claim of an answer, white space made single. Raises Unusable."""
    if not isinstance(row, dict):
        raise Unusable("not an object")
    fields: dict[str, str] = {}
    for name, longest in LENGTHS.items():
        value = row.get(name)
        if value is not None and not isinstance(value, str):
            raise Unusable(f"{name} is no text")
        if value and len(value) > longest:
            raise Unusable(f"{name} too long")
        fields[name] = " ".join((value or "").split())
    return fields


def _found(words: str, text: str) -> re.Match[str] | None:
    """These words in a text, whole, in any case of letters, white space aside."""
    spaced = r"\s+".join(map(re.escape, words.split()))
    return re.search(rf"(?<!\w){spaced}(?!\w)", text, re.IGNORECASE)


def _holds(phrase: str, words: str) -> bool:
    return f" {words} " in f" {phrase} "


def _rank(hedge: HedgeRange | None, horizon: Horizon | None) -> float:
    """Behind every forecast of the rules, before every assessment."""
    has_range = bool(hedge and hedge.low is not None and not hedge.unhedged)
    return round(0.35 + 0.05 * bool(horizon) + 0.05 * has_range, 2)
