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
ACCORDING = re.compile(speech.ACCORDING)
IN_VIEW = re.compile(speech.IN_VIEW)
VIEW_IS = re.compile(speech.VIEW_IS)
# "the visit by Xi Jinping suggests" quotes nobody.
OBJECT = re.compile(
    r"\b(?:of|by|to|for|in|at|on|with|from|than|about|between|against|over|near|like)\s(?:the\s)?$"
)
OPENING = re.compile(r"(?:[\w.’'-]+\s){1,4}")
INFLECTED = re.compile(r"(?:s|d|t|n|w|wrote|put it|out|sure|certain)$|^(?:does|did|is)\b|n['’]t")
# Verbs that take a clause without "that": "Roth said prices will fall".
BARE = re.compile(
    r"^(?:say|said|think|thought|believe|reckon|insist|feel|felt|suspect|hope|fear|bet|conclude)"
)
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
        _view_is(sentence)
        or _said_x(sentence)
        or _says(sentence)
        or _according(sentence)
        or _in_view(sentence)
    )


def _view_is(sentence: str) -> Attribution | None:
    found = VIEW_IS.search(sentence)
    return _attribution(found, found["verb"].split()[0], *found.span()) if found else None


def _says(sentence: str) -> Attribution | None:
    for found in SAYS.finditer(sentence):
        if found["name"] and not _is_speaker(sentence, found):
            continue
        return _attribution(found, found["verb"], *_removable(sentence, found))
    return None


def _is_speaker(sentence: str, found: re.Match[str]) -> bool:
    """Whether a name is the subject of its verb."""
    before = sentence[max(0, found.start() - 12) : found.start()]
    return not OBJECT.search(before) and bool(INFLECTED.search(found["verb"]))


def _removable(sentence: str, found: re.Match[str]) -> tuple[int, int]:
    """The words around the verb that can go: up to "that", or between two commas."""
    start, end = found.span()
    if OPENING.fullmatch(sentence, 0, start):
        start = 0  # "His rival Maria Dosta thinks that"
    if start > 1 and sentence[start - 2 : start - 1] == "," and sentence[end : end + 1] in ",.":
        return start - 2, end  # ", he argues," and ", Roth said."
    if found[0].endswith(("that", ":")) or sentence[end : end + 2].strip()[:1] in {"“", '"'}:
        return start, end
    if BARE.match(found["verb"]) and not NO_CLAUSE.match(sentence[end:]):
        return start, end
    return start, start


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
