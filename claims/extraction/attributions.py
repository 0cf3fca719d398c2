"""Finds in one sentence who is said to have said it, and which words only say that."""

import re
from dataclasses import dataclass
from typing import Literal

from claims.extraction import speech

# A name; a pronoun or "the analyst"; a group or an institution; the text itself; "I", "we".
type Sort = Literal["name", "pronoun", "group", "text", "author"]

SORTS: tuple[tuple[str, Sort], ...] = (
    ("group", "group"),
    ("body", "group"),
    ("owned", "name"),
    ("of", "name"),
    ("pronoun", "pronoun"),
    ("owner", "pronoun"),
    ("text", "text"),
    ("text2", "text"),
    ("author", "author"),
    ("name", "name"),
)
SAYS = re.compile(speech.SAYS)
SAID_X = re.compile(speech.SAID_X)
LABEL = re.compile(speech.LABEL)
ACCORDING = re.compile(speech.ACCORDING)
IN_VIEW = re.compile(speech.IN_VIEW)
VIEW_IS = re.compile(speech.VIEW_IS)
# "the visit by Xi Jinping suggests" quotes nobody.
OBJECT = re.compile(
    r"\b(?:of|by|to|for|in|at|on|with|from|than|about|between|against|over|near|like)\s(?:the\s)?$"
)
OPENING = re.compile(r"(?:[\w.’'-]+\s){1,4}")
QUOTE_MARK = re.compile(r"[“”\"]")
INFLECTED = re.compile(r"(?:s|d|t|n|w|wrote|put it|out|sure|certain)$|^(?:does|did|is)\b|n['’]t")
SINGULAR = re.compile(r"(?<!i)s$|^is\b")
# What such a verb says is the opposite of what follows, so it stays.
DENIES = re.compile(r"^(?:doubt|den(?:y|ies|ied)|(?:does|did|do)(?: not|n['’]t))")
# Verbs that take a clause without "that": "Roth said prices will fall".
BARE = re.compile(
    r"^(?:say|said|think|thought|believe|reckon|insist|feel|felt|suspect|hope|fear|bet|conclude)"
)
# And those that do so only where a finite verb follows: "argues the plan is sound".
HALF_BARE = re.compile(r"^(?:argue|claim|contend|warn|predict|maintain|add|note|suggest)")
FINITE = re.compile(
    r"^\s(?:[\w’'-]+\s){1,8}?(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must)\b"
)
# A quotation and no more than the speaker's role after it.
QUOTED_BEFORE = re.compile(r"[”\"](?:\s[^“”\",;]{0,80})?$")
PLACE = re.compile(r"(?:^|[,;:”\"–—]|\b(?:and|but|yet|so|that|because|as))\s?$")
NO_CLAUSE = re.compile(
    r"^\s(?:of|in|on|at|to|for|with|about|from|as|by|into|over|how|what|why|whether|only|an?\s+\w+\s+of)\b"
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says it, by what verb, and the words `sentence[start:end]` that can be taken out."""

    sort: Sort
    subject: str
    verb: str
    start: int
    end: int


def find_attribution(sentence: str) -> Attribution | None:
    """The first attribution of a sentence or clause; None where it has none.

    The span to take out is empty where taking it out would break the sentence.
    """
    return (
        _labelled(sentence)
        or _view_is(sentence)
        or _said_x(sentence)
        or _says(sentence)
        or _according(sentence)
        or _in_view(sentence)
    )


def _labelled(sentence: str) -> Attribution | None:
    """Who speaks in a transcript: "Anna Roth: Rates will fall"."""
    found = LABEL.match(sentence)
    return _attribution(found, "says", *found.span()) if found else None


def _view_is(sentence: str) -> Attribution | None:
    found = VIEW_IS.search(sentence)
    return _attribution(found, found["verb"].split()[0], *found.span()) if found else None


def _says(sentence: str) -> Attribution | None:
    for found in SAYS.finditer(sentence):
        if not _is_speaker(sentence, found):
            continue
        return _attribution(found, found["verb"], *_removable(sentence, found))
    return None


def _is_speaker(sentence: str, found: re.Match[str]) -> bool:
    """Whether a name or a group is the subject of its verb."""
    if not (found["name"] or found["group"]):
        return True
    before = sentence[max(0, found.start() - 12) : found.start()]
    agrees = (
        INFLECTED.search(found["verb"]) if found["name"] else not SINGULAR.search(found["verb"])
    )
    return bool(agrees) and not OBJECT.search(before)


def _removable(sentence: str, found: re.Match[str]) -> tuple[int, int]:
    """The words around the verb that can go: up to "that", or between two commas."""
    start, end = found.span()
    if OPENING.fullmatch(sentence, 0, start):
        start = 0  # "His rival Maria Dosta thinks that"
    if start > 1 and sentence[start - 2 : start - 1] == "," and sentence[end : end + 1] in ",.":
        # ", he argues," goes with both its commas, ", Roth said." with its only one.
        return start - 2, end + (sentence[end : end + 1] == ",")
    quote = QUOTED_BEFORE.search(sentence, 0, start)
    if quote and not QUOTE_MARK.search(sentence, start):
        return quote.start() + 1, len(sentence.rstrip(" ."))
    if PLACE.search(sentence[:start]) and _states(found, sentence[end : end + 120]):
        return start, end
    return start, start


def _states(found: re.Match[str], rest: str) -> bool:
    """Whether what follows the verb is a statement of its own, which the speaker holds true."""
    verb = found["verb"]
    if DENIES.match(verb):
        return False
    if found[0].endswith(("that", ":")) or rest.lstrip().startswith(("“", '"')):
        return True
    if BARE.match(verb):
        return not NO_CLAUSE.match(rest)
    return bool(HALF_BARE.match(verb) and FINITE.match(rest))


def _said_x(sentence: str) -> Attribution | None:
    found = SAID_X.search(sentence)
    if not found:
        return None
    return _attribution(found, "said", found.start() + 1, len(sentence.rstrip(" .")))


def _according(sentence: str) -> Attribution | None:
    found = ACCORDING.search(sentence)
    if not found:
        return None
    start, end = found.span()
    comma = sentence.find(", ", end, end + 80)
    if start == 0:
        return _attribution(found, "according to", 0, comma + 1 if comma > 0 else 0)
    if not sentence[end:].strip(" .!"):
        return _attribution(found, "according to", len(sentence[:start].rstrip(" ,")), end)
    return _attribution(found, "according to", start, start)


def _in_view(sentence: str) -> Attribution | None:
    found = IN_VIEW.search(sentence)
    if not found:
        return None
    start, end = found.span()
    follows = sentence[end : end + 1] == ","
    if start == 0:
        end += follows
    elif sentence[start - 2 : start] == ", ":
        start -= 2
        end += follows
    return _attribution(found, "in the view of", start, end)


def _attribution(found: re.Match[str], verb: str, start: int, end: int) -> Attribution:
    groups = found.groupdict()
    sort, words = next((sort, groups[name]) for name, sort in SORTS if groups.get(name))
    return Attribution(sort, " ".join(words.split()), verb, start, end)
