"""Reads who speaks in a transcript: "ROTH: Rates will fall", "Q: Will they?"."""

import re
from collections import Counter
from collections.abc import Sequence

from claims.extraction.names import NAME, bare
from claims.extraction.types import Span

LABEL = re.compile(
    r"(?P<label>[A-Z][A-Z'’.-]{1,30}(?:\s[A-Z][A-Z'’.-]{1,30}){0,4}|[QA]|[A-Z][a-z]{2,20}|"
    rf"{NAME})(?:\s\([^()\n]{{2,60}}\)|,\s[^:.\n]{{2,60}})?:\s+(?=\S)"
)
# What else stands before a colon at the beginning of a paragraph.
NO_SPEAKER = re.compile(
    r"\b(?:cases?|risks?|scenarios?|outlook|view|summary|judge?ments?|question|dates?|points?|findings?|line|"
    r"note|update|source|background|scope|analysis|conclusion|photo|watch|verdict|rating|target|price|"
    r"confidence|subject|topic|title|about|published|attribution|analyst|author|contact|disclaimer|forecast|"
    r"recommendation|assessment|method|context|why|what|how|when|bottom|implications?|next|assumptions?)s?$",
    re.IGNORECASE,
)
FEWEST_TURNS = 2


def turns(text: str, spans: Sequence[Span]) -> list[re.Match[str] | None]:
    """The label at the beginning of each sentence that has one; none where a text is no transcript."""
    found = [
        LABEL.match(text, span.start, span.end)
        if span.opens_paragraph and not span.heading
        else None
        for span in spans
    ]
    found = [one if one and not NO_SPEAKER.search(one["label"].strip()) else None for one in found]
    labels = Counter(one["label"] for one in found if one)
    # One of them comes again, unless all are names in capitals.
    if labels.total() < FEWEST_TURNS or (
        max(labels.values()) < FEWEST_TURNS and not _shouted(labels)
    ):
        return [None] * len(spans)
    return found


def speaker_of(label: str) -> str:
    """The name in a label: "Gen. SOW" is Sow."""
    words = " ".join(label.split()).rstrip(".")
    return bare(words.title() if words.isupper() and len(words) > 1 else words)


def _shouted(labels: Counter[str]) -> bool:
    return all(label.isupper() for label in labels)
