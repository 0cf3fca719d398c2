"""Compares proposals with the claims that people marked: what is found, and how well it is read."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from claims.extraction.gold import CLASSES, Article, GoldClaim
from claims.extraction.names import bare
from claims.extraction.propose import propose
from claims.extraction.types import Entry, HedgeRange, Proposal

# The least part of the shorter span that the two must share.
LEAST_SHARED = 0.5
PARTS = ("speaker", "hedge", "horizon")
WORD = re.compile(r"[\w%’'.-]*[\w%]")
ARTICLES = {"a", "an", "the"}
# "is bound to" and "bound" are the same hedge.
AROUND_HEDGES = ARTICLES | {"is", "are", "be", "to", "that", "of"}
# "in the coming years" and "coming years" are the same time; "before" and "by" are not.
SMALL = ARTICLES | {"in", "over", "within", "during", "for", "on", "at", "of", "about", "around"}

type Pair = tuple[GoldClaim, Proposal]


@dataclass(frozen=True, slots=True)
class Found:
    """Counts for one class: claims matched, proposals made, claims that people marked."""

    matched: int = 0
    proposed: int = 0
    marked: int = 0

    @property
    def precision(self) -> float | None:
        """Matched of the proposals, 0 to 1; None where there is no proposal."""
        return _rate(self.matched, self.proposed)

    @property
    def recall(self) -> float | None:
        """Matched of the marked claims, 0 to 1; None where none is marked."""
        return _rate(self.matched, self.marked)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of the two, 0 to 1; None where nothing is proposed or marked."""
        return _rate(2 * self.matched, self.proposed + self.marked)

    def __add__(self, other: "Found") -> "Found":
        return Found(
            self.matched + other.matched,
            self.proposed + other.proposed,
            self.marked + other.marked,
        )


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Counts by class, and of the matched claims how many have the same speaker, hedge, horizon."""

    found: dict[str, Found]
    right: dict[str, int]

    @property
    def matched(self) -> int:
        """Claims matched in both classes."""
        return sum(found.matched for found in self.found.values())

    def accuracy(self, part: str) -> float | None:
        """Of the matched claims, how many agree in this part, 0 to 1; None without any."""
        return _rate(self.right[part], self.matched)

    def as_dict(self) -> dict[str, Any]:
        """The figures as plain values; null where there is nothing to measure."""
        classes = {
            name: {"precision": one.precision, "recall": one.recall, "f1": one.f1}
            for name, one in self.found.items()
        }
        return classes | {part: self.accuracy(part) for part in PARTS}


def evaluate(articles: Iterable[Article], *, lexicon: Sequence[Entry], today: date) -> Evaluation:
    """The extractor's figures over articles; one without a day is read as of `today`."""
    found = {name: Found() for name in CLASSES}
    right = dict.fromkeys(PARTS, 0)
    for article in articles:
        day = article.said_on or today
        proposals = propose(article.text, lexicon=lexicon, said_on=day, author=article.author)
        for name in CLASSES:
            marked = [claim for claim in article.claims if claim.class_ == name]
            proposed = [one for one in proposals if one.class_ == name]
            pairs = matches(marked, proposed)
            found[name] += Found(len(pairs), len(proposed), len(marked))
            for claim, proposal in pairs:
                for part, same in agreement(claim, proposal).items():
                    right[part] += same
    return Evaluation(found, right)


def matches(marked: Sequence[GoldClaim], proposed: Sequence[Proposal]) -> list[Pair]:
    """Pairs whose spans share at least half of the shorter: one to one, the largest share first."""
    candidates = [
        (overlap, claim, proposal)
        for claim in marked
        for proposal in proposed
        if (overlap := _overlap(claim, proposal)) >= LEAST_SHARED * _shorter(claim, proposal)
    ]
    pairs: list[Pair] = []
    for _, claim, proposal in sorted(candidates, key=lambda one: -one[0]):
        if all(claim is not taken and proposal is not other for taken, other in pairs):
            pairs.append((claim, proposal))
    return pairs


def agreement(claim: GoldClaim, proposal: Proposal) -> dict[str, bool]:
    """Whether speaker, hedge and horizon of a proposal are those that people marked."""
    horizon = proposal.horizon.text if proposal.horizon else ""
    return {
        "speaker": same_speaker(claim.speaker, proposal.speaker),
        "hedge": same_hedge(claim.hedge, proposal.hedge),
        "horizon": _words(claim.horizon, SMALL) == _words(horizon, SMALL),
    }


def same_speaker(one: str, other: str) -> bool:
    """The same name, or one of them only the other's last words, titles and "the" left out."""
    shorter, longer = sorted((_name(one), _name(other)), key=len)
    return shorter == longer or (bool(shorter) and longer[-len(shorter) :] == shorter)


def same_hedge(words: str, hedge: HedgeRange | None) -> bool:
    """The same words, "a", "is", "to" and such left out; a plain "will" is as good as no hedge."""
    if hedge is None or (hedge.unhedged and not words.strip()):
        return not words.strip()
    one, other = _words(words, AROUND_HEDGES), _words(hedge.phrase, AROUND_HEDGES)
    # Odds in figures are a long phrase, of which people mark the noun, the figures or both.
    return one == other or (hedge.stated and " ".join(one) in " ".join(other) and bool(one))


def _overlap(claim: GoldClaim, proposal: Proposal) -> int:
    """Characters that both spans have; 0 or less where they have none."""
    return min(claim.end, proposal.end) - max(claim.start, proposal.start)


def _shorter(claim: GoldClaim, proposal: Proposal) -> int:
    return min(claim.end - claim.start, proposal.end - proposal.start)


def _name(speaker: str) -> list[str]:
    speaker = " ".join(speaker.split())
    return _words(bare(speaker[:1].upper() + speaker[1:]), ARTICLES)


def _words(text: str, without: set[str]) -> list[str]:
    words = WORD.findall(text.lower().replace("’", "'"))
    return [word for word in words if word not in without]


def _rate(count: int, total: int) -> float | None:
    return count / total if total else None
