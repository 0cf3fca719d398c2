"""Words that two reviewers would read differently, each with what to write instead."""

import re
from dataclasses import dataclass

# What to look for, and what makes it judgeable. "Coming years" and its like follow the convention of
# METHODS: docs/methods.md says which.
ADVICE: tuple[tuple[str, str], ...] = (
    (
        r"(?:in |over |for )?the (?:coming|next few) years|in years to come",
        "due in 3 years, checked after 1, rescored after 5",
    ),
    (r"(?:in |over )?the (?:coming|next few) months", "due in 12 months"),
    (r"(?:in |over )?the (?:coming|next few) weeks", "due in 3 months"),
    (
        r"(?:in|over) the (?:near|short)(?:er)?[ -]term|soon|before long|shortly",
        "name a date; by our convention the near term ends after 2 years",
    ),
    (
        r"(?:in|over) the (?:long|longer|medium)[ -](?:term|run)|eventually|ultimately",
        "name a date; by our convention the long term is due in 10 years and only looked at before",
    ),
    (
        r"significant(?:ly)?|substantial(?:ly)?|considerabl[ey]|markedly|marked|notabl[ey]|strong(?:ly|er)?",
        "say how much: a figure, and since when",
    ),
    (
        r"momentum|ties|relations|cooperation|partnership|stability|tensions|influence",
        "name what is counted: trade, visits, agreements, incidents, and by whose figures",
    ),
    (
        r"improv\w*|worsen\w*|deteriorat\w*|strengthen\w*|weaken\w*|deepen\w*|escalat\w*",
        "say in which figure this shows, and from which level",
    ),
    (r"some|several|many|most|few|numerous", "give a number"),
    (
        r"largely|mostly|broadly|generally|mainly|more or less|roughly",
        "say which share is enough",
    ),
    (r"continue[sd]?|remain(?:s|ed)?|sustain(?:s|ed)?|keep[s]?", "say what would end it"),
)
_PATTERN = re.compile(
    "|".join(rf"(?P<a{n}>\b(?:{words})\b)" for n, (words, _) in enumerate(ADVICE)), re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Vague:
    """Words as they stand in the text, and what to write instead."""

    words: str
    advice: str


def vague_words(text: str) -> list[Vague]:
    """The vague words of a text, in order, each advice once."""
    found: dict[str, Vague] = {}
    for match in _PATTERN.finditer(text):
        advice = ADVICE[int((match.lastgroup or "a0")[1:])][1]
        found.setdefault(advice, Vague(match[0], advice))
    return list(found.values())
