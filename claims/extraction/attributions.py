"""Finds in one sentence who is said to have said it, and which words only say that."""

import re
from dataclasses import dataclass
from typing import Literal

from claims.extraction.names import NAME, NOT_NAMES

# A name; a pronoun or "the analyst"; a group of people or an institution; the text itself.
type Sort = Literal["name", "pronoun", "group", "text", "author"]

OPINION = (
    "argue|believe|contend|maintain|think|reckon|consider|insist|claim|assert|suggest|conclude|judge|"
    "feel|propose|posit|suspect|hold"
)
REPORT = (
    "say|note|point(?:s|ed)? out|observe|highlight|emphasi[sz]e|stress|add|write|explain|tell|state|"
    "report|acknowledge|describe|declare|announce|remark|comment|recall|confirm|admit|caution|find|"
    "underline|underscore|show|indicate|mention|reiterate|assess|agree|warn|continue|vow|promise"
)
FORESEE = "expect|predict|forecast|project|anticipate|foresee|envisage|envision|estimate|see|bet|doubt|fear|hope"
IRREGULAR = (
    "said|told|wrote|written|thought|held|felt|saw|foresaw|foresees|found|bets|tells|says|"
    "denies|denied|does not (?:claim|say|think|believe|expect)|did not (?:say|claim)|do not (?:think|believe|expect)"
)
VERB = (
    rf"(?P<verb>(?:{OPINION}|{REPORT}|{FORESEE})(?:e?s|e?d|ped|tted)?|{IRREGULAR}|"
    r"(?:puts|put) it|is (?:convinced|confident|certain|sure)|are (?:convinced|confident|certain|sure))(?!\w)"
)
PEOPLE = (
    "analysts|economists|experts|officials|observers|critics|supporters|forecasters|researchers|scientists|"
    "commentators|diplomats|investors|traders|executives|pollsters|strategists|sources|opponents|"
    "advisers|historians|scholars|ministers|lawmakers|engineers|doctors|planners|bankers|campaigners"
)
BODIES = (
    "central bank|government|ministry|company|bank|fund|agency|commission|party|think tank|institute|"
    "newspaper|magazine|union|regulator|court|army|kremlin|administration|opposition|consultancy|firm"
)
ROLES = (
    "analyst|economist|expert|minister|president|professor|author|scholar|official|strategist|researcher|"
    "commentator|orientalist|historian|scientist|chairman|chairwoman|governor|senator|diplomat|spokesman|"
    "spokeswoman|spokesperson|adviser|politician|pollster|engineer|executive|founder|chief|writer|lawyer|"
    "general|ambassador|investor"
)
TEXT_NOUN = (
    "argument|perspective|commentary|analysis|interpretation|viewpoint|view|observations?|reading|"
    "assessment|article|report|study|paper|essay|note|text|summary|outlook|narrative|thesis|theory|"
    "account|forecast|column|research|review|survey|thinking|reasoning|expectation|prediction"
)
_ADVERB = r"(?:(?:also|further|however|then|now|still|even|thus|later|recently|repeatedly|previously|[a-z]{3,12}ly)\s)?"
SUBJECT = (
    r"(?P<subject>"
    rf"(?P<group>(?:[A-Z]\w+\s|[a-z]+\s){{0,3}}?(?i:{PEOPLE})(?:\s(?:at|from|of|in|with)\s(?:the\s)?{NAME})?)"
    rf"|(?P<body>[Tt]he\s(?:[A-Za-z]+[\s'’-]){{0,2}}?(?:{BODIES}))"
    rf"|(?P<pronoun>\b(?:[Hh]e|[Ss]he|[Tt]hey)\b|[Tt]he\s(?:[a-z]+[\s-]){{0,2}}(?:{ROLES}))"
    rf"|(?P<owner>(?:[Hh]is|[Hh]er|[Tt]heir)\s(?:[a-z]+[\s-]){{0,2}}(?:{TEXT_NOUN}))"
    rf"|(?P<owned>{NAME})['’]s?\s(?:[a-z]+[\s-]){{0,2}}(?:{TEXT_NOUN})"
    rf"|(?P<text>(?:[Tt]h(?:e|is|ese|at)|[Ss]uch)\s(?:[a-z]+[\s-]){{0,2}}(?:{TEXT_NOUN}))"
    r"|(?P<author>\b(?:I|[Ww]e|[Mm]y (?:view|forecast|expectation))\b)"
    rf"|(?P<name>{NAME})"
    r")"
)
_APPOSITION = r"(?:,\s[^,;.!?“”\"]{2,120},|\s\([^()]{1,60}\))?"
_ROLE_BEFORE = r"(?:(?:[A-Za-z’'-]+\s){0,4}?(?=[A-Z]))?"
_CONTENT = r"(?:\s(?:(?:on|in|at|last|this|late|early|to|during)\s[^,.;]{1,40}?\s)?that(?=\s)|,?\s(?=[“\"])|\sof(?=\s))?"
_LEAD = r"(?:^|(?<=[,;”\"–—]\s)|(?<=\b(?:and|but|yet)\s)|(?<=^[“\"]))"

SAYS = re.compile(rf"{_LEAD}{SUBJECT}{_APPOSITION}\s{_ADVERB}{VERB}{_CONTENT}")
SAID_X = re.compile(
    rf"(?:[,?!][”\"’]|,)\s(?:said|says|writes|wrote|argues|argued|adds|added|warns|warned|explains|explained|predicted|predicts|told)\s(?P<title>(?:[a-z]+[\s-]){{0,4}}){SUBJECT}"
)
""" `“…,” said Anna Roth, who …`: what follows the name belongs to the attribution."""
ACCORDING = re.compile(rf"\b[Aa]ccording\sto\s(?P<title>(?:(?!the\s)[a-z]+[\s-]){{0,4}}){SUBJECT}")
IN_VIEW = re.compile(
    rf"\b[Ii]n\s(?:the\s(?:view|opinion|words|reading|eyes)\sof\s(?P<of>{NAME})"
    rf"|(?P<owned>{NAME})['’]s?\s(?:view|opinion|words|reading|judge?ment|telling|estimation|account)"
    r"|(?P<owner>his|her|their)\s(?:own\s)?(?:view|opinion|words|reading|judge?ment|telling|estimation|account)"
    r"|(?P<author>my|our)\s(?:view|opinion|reading|judge?ment)"
    r"|(?P<text>this)\s(?:view|reading|account))|\b[Ff]rom\s(?P<text2>this)\s(?:view(?:point)?|perspective|standpoint)"
)
VIEW_IS = re.compile(
    rf"^(?P<subject>(?P<text>[Tt]h(?:e|is)\s(?:{TEXT_NOUN}))|(?P<owner>(?:[Hh]is|[Hh]er|[Tt]heir)\s(?:[a-z]+\s)?(?:{TEXT_NOUN}))"
    rf"|(?P<owned>{NAME})['’]s?\s(?:[a-z]+\s){{0,2}}(?:{TEXT_NOUN}))"
    r"\s(?P<verb>is|rests\son\sthe\s(?:belief|assumption|view|idea|premise)|holds|goes)\sthat(?=\s)"
)
# Verbs that take a clause without "that": "Roth said prices will fall".
BARE = re.compile(
    r"^(?:say|said|think|thought|believe|reckon|insist|feel|felt|suspect|hope|fear|bet|doubt|conclude)"
)
PREPOSITIONS = re.compile(
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
        or _says(sentence)
        or _said_x(sentence)
        or _according(sentence)
        or _in_view(sentence)
    )


def _view_is(sentence: str) -> Attribution | None:
    found = VIEW_IS.search(sentence)
    return found and _attribution(found, found["verb"].split()[0], *found.span())


def _says(sentence: str) -> Attribution | None:
    for found in SAYS.finditer(sentence):
        if found["name"] and found["name"] in NOT_NAMES:
            continue
        start, end = _removable(sentence, found)
        return _attribution(found, found["verb"], start, end)
    return None


def _removable(sentence: str, found: re.Match[str]) -> tuple[int, int]:
    """The words around the verb that can go: up to "that", or between two commas."""
    start, end = found.span()
    following = sentence[end : end + 1]
    if start and following in {",", ".", ""} and sentence[start - 2 : start - 1] == ",":
        return start - 2, end  # ", he argues," and ", Roth said."
    if found[0].endswith(("that", "“", '"')) or sentence[end : end + 2].strip()[:1] in {"“", '"'}:
        return start, end
    if BARE.match(found["verb"]) and not PREPOSITIONS.match(sentence[end:]):
        return start, end
    return start, start


def _said_x(sentence: str) -> Attribution | None:
    found = SAID_X.search(sentence)
    if not found or (found["name"] in NOT_NAMES):
        return None
    quote_end = found.start() + 1
    return _attribution(found, "said", quote_end, len(sentence.rstrip(" .")))


def _according(sentence: str) -> Attribution | None:
    found = ACCORDING.search(sentence)
    if not found:
        return None
    start, end = found.span()
    comma = sentence.find(", ", end)
    if start == 0:
        return _attribution(found, "according to", 0, comma + 1 if 0 < comma < end + 80 else 0)
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
    for group, sort in SORTS:
        if words := groups.get(group):
            return Attribution(sort, " ".join(words.split()), verb, start, end)
    raise AssertionError(found.re.pattern)


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
