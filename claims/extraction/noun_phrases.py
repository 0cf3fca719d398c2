"""Tells what the words before or behind a verb of saying are: a name, a pronoun, a group, no speaker."""

import re
from dataclasses import dataclass
from typing import Literal

from claims.extraction import speech
from claims.extraction.names import NAME, NOT_NAMES, bare

# A name; a pronoun or "the analyst"; a group or an institution; the text itself; "I", "we".
type Sort = Literal["name", "pronoun", "group", "text", "author"]


@dataclass(frozen=True, slots=True)
class Subject:
    """Who speaks, in the words `sentence[start:end]` or in some of them."""

    sort: Sort
    words: str
    start: int
    end: int
    # Whether such a one can speak at all: "the plan announced" is no speech.
    sure: bool = True


# What opens a sentence before its subject.
_OPENERS = [
    "But",
    "And",
    "Yet",
    "So",
    "Or",
    "Now",
    "Then",
    "Still",
    "Even",
    "Also",
    "However",
    "Meanwhile",
    "Overall",
    "Again",
    "Yes",
]
OPENER = re.compile(
    rf"^(?:(?:{'|'.join(_OPENERS)}|"
    r"Moreover|Nevertheless|Nonetheless|Instead|Indeed|Likewise|Furthermore|Today|Yesterday|Elsewhere|"
    r"Earlier|Later|Besides|Perhaps|Here|Only|Similarly|[A-Z][a-z]{3,12}ly)\b,?\s)+",
)
PREPOSITION = re.compile(
    r"^(?:in|on|at|by|after|before|during|since|from|with|without|under|over|for|to|of|like|unlike|despite|outside|"
    r"inside|across|beyond|among|according|asked|speaking|writing|last|this\s(?:week|month|year)|"
    r"following|given|as|about|against|between|into|until|through|amid|when|while|if|once|where|because)\b",
    re.IGNORECASE,
)
# "In Berlin on Monday Anna Roth" ends in a subject.
ENDS_IN = re.compile(rf"\s(?P<last>he|she|they|we|I|it|(?:the\s)?(?:[a-z]+\s)?{NAME}|the\s[a-z]+)$")
PARENTHESIS = re.compile(r"\s\([^()]{1,60}\)(?=\s|$)")
WHO = re.compile(r",?\s(?:who|whose)\s.*$")
# A subject holds no verb of its own.
FINITE = re.compile(
    r"\b(?:is|are|was|were|be|been|will|would|can|could|may|might|has|have|had|does|did|do|said|says|"
    r"[a-z]+n['’]t|which|whom|not)\b"
)
PRONOUN = re.compile(
    rf"(?:he|she|they|it|(?:his|her|their|its)\s(?:[a-z-]+\s){{0,2}}{speech.TEXT_NOUN})$",
    re.IGNORECASE,
)
ROLE = re.compile(rf"[Tt]he\s(?:[a-z]+[\s-]){{0,2}}(?:{speech.ROLES}|man|woman)$")
AUTHOR = re.compile(
    r"(?:I|[Ww]e)(?:\s(?:and|both|at)\s.*)?$|(?:[Mm]y|[Oo]ur)\s(?:[\w-]+\s){0,3}"
    rf"(?:{speech.TEXT_NOUN}|economists|analysts|team|colleagues|model|strategists|(?:base|central)\scase|"
    r"call|fear|hope|hunch|belief)$"
)
TEXT = re.compile(rf"(?:[Tt]h(?:e|is|ese|at)|[Ss]uch)\s(?:[\w-]+[\s-]){{0,3}}{speech.TEXT_NOUN}$")
OWNED = re.compile(
    rf"(?P<owner>(?:[Tt]he\s)?{NAME})['’]s?\s(?:[\w-]+[\s-]){{0,3}}{speech.TEXT_NOUN}$"
)
# "the economist Anna Roth", "a worker named Jo Lind", "club president Lionel Ortiz of Lund".
NAMED = re.compile(
    rf"^(?:(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ne|{NAME}['’]s?)\s)?"
    r"(?:[\w’'.-]+\s(?:of\s|at\s|in\s)?){0,5}?(?:named\s|called\s)?"
    rf"(?P<name>{NAME})(?P<where>\s(?:of|at|from|with|in|for)\s.{{2,80}})?$"
)
OF_NAME = re.compile(r"\b(?:of|at|from|in|for|with|by|to|and)\s(?:the\s)?$")
PEOPLE = re.compile(speech.PEOPLE, re.IGNORECASE)
KNOWN = re.compile(
    rf"\b(?:{speech.PEOPLE}|{speech.BODIES}|{speech.ROLES}|{speech.TEXT_NOUN}|per\s?cent|percent|%)\b",
    re.IGNORECASE,
)
NO_HEAD = re.compile(
    r"\b(?:the|an?|this|that|these|those|and|or|of|to|with|who|which|for|its|his|her|their|no|more|most|much|be|"
    r"being|as|by|in|on|at|from|widely|generally|so|own|not)$",
    re.IGNORECASE,
)
NOBODY = re.compile(
    r"(?:what|which|who|whoever|this|that|these|those|nothing|something|everything|anything|there|here|"
    r"it\s|you|no\sone|nobody)$|(?:what|which|how|why|whether|there)\s",
    re.IGNORECASE,
)
UNREADABLE = re.compile(r"[\W\d_]+$|.*_")
QUOTES = " \t“”‘’\"'"
MOST_WORDS = 13


def read_subject(text: str, start: int, end: int) -> Subject | None:
    """What the words `text[start:end]` are as the subject of a verb; None where they are none."""
    start, words = _opened(text, start, end)
    if not words or NO_HEAD.search(words) or NOBODY.match(words):
        return None
    if sort := _plain_sort(words):
        return Subject(sort, words, start, end)
    core = WHO.sub("", words)
    if FINITE.search(core) or len(core.split()) > MOST_WORDS or UNREADABLE.match(core):
        return None
    owned = OWNED.match(core)
    if named := owned["owner"] if owned else _name_in(core):
        return Subject("name", named, start, end)
    known = any(KNOWN.search(core.split(link)[0]) for link in (" of ", " in "))
    return Subject("group", core, start, end, sure=known)


def _opened(text: str, start: int, end: int) -> tuple[int, str]:
    """The words without what only opens the sentence, and where they begin."""
    start += len(text[start:end]) - len(text[start:end].lstrip(QUOTES))
    words = text[start:end]
    if opener := OPENER.match(words):
        start, words = start + opener.end(), words[opener.end() :]
    words = PARENTHESIS.sub("", words).strip(" (")
    if PREPOSITION.match(words) and not PRONOUN.match(words):
        last = ENDS_IN.search(words)
        return (end - len(last["last"]), last["last"]) if last else (start, "")
    return start, words


def _plain_sort(words: str) -> Sort | None:
    if PRONOUN.match(words) or ROLE.match(words):
        return "pronoun"
    if AUTHOR.match(words):
        return "author"
    return "text" if TEXT.match(words) else None


def _name_in(words: str) -> str:
    """The name of a person or an organisation that these words come down to; "" for none."""
    found = NAMED.match(words)
    if not found:
        return ""
    before, name = words[: found.start("name")], found["name"]
    # "a spokesman for Hale Bank" is not Hale Bank.
    is_somebody_there = found["where"] and before[:1].islower() and KNOWN.search(before)
    if is_somebody_there or OF_NAME.search(before):
        return ""
    return "" if bare(name) in NOT_NAMES or PEOPLE.fullmatch(name) else name
