"""The sentence of an event that bears most on a claim, and the reason in one line."""

import re

from claims.matching.features import Features
from claims.matching.types import Item
from claims.matching.words import stems
from sources.vectors import embed

# Feed summaries are short and plain; a full splitter would cost more than the ranking itself.
# Not after one capital letter: "Vladimir V. Putin", "the U.S. side".
_SENTENCE_END = re.compile(r"(?<![A-Z]\.)(?<=[.!?…。！？])[\"'”’»)]*\s+|\n+")
SHORTEST_PASSAGE = 25
NAMED_TERMS = 5
SEMANTIC_SHARE = 0.7


def best_passage(item: Item, features: Features) -> str:
    """The title or the sentence of the summary that stands closest to the claim."""
    sentences = [item.title, *(s for s in sentences_of(item.summary) if len(s) >= SHORTEST_PASSAGE)]
    likeness = embed(sentences) @ features.vector
    scores = [
        SEMANTIC_SHARE * float(like) + (1 - SEMANTIC_SHARE) * _covered(sentence, features)
        for sentence, like in zip(sentences, likeness, strict=True)
    ]
    return sentences[scores.index(max(scores))]


def reason(item: Item, features: Features, likeness: float) -> str:
    """Why it is suggested: the words both share, heaviest first, and how alike they read."""
    words = stems(item.text)
    shared = sorted(features.shares.keys() & words.keys(), key=lambda one: -features.shares[one])
    alike = f"reads {max(likeness, 0):.0%} alike"
    if not shared:
        return alike
    return f"shares {', '.join(words[one] for one in shared[:NAMED_TERMS])}; {alike}"


def sentences_of(text: str) -> list[str]:
    """The sentences of a short plain text."""
    return [one.strip() for one in _SENTENCE_END.split(text) if one and one.strip()]


def _covered(sentence: str, features: Features) -> float:
    return sum(features.shares.get(one, 0.0) for one in stems(sentence))
