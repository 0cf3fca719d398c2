"""Says whose words each sentence of a text are: a name of the text, a group, or its author."""

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from claims.extraction.attributions import Attribution, find_attribution
from claims.extraction.names import NAME, NameBook, bare, is_organisation
from claims.extraction.types import Span

# A longer run of words without an end is a table or a list, not a sentence.
LONGEST = 1500
QUOTATION = re.compile(r"“[^“”]*(?:”|$)|\"[^\"]*(?:\"|$)|''.*?(?:''|$)")
# A line that names whose thoughts the whole text gives, and one that names its author.
DECLARED = re.compile(
    rf"^(?:Attribution|(?:Analysis|Commentary|Opinion) by)\s?:?\s(?P<name>{NAME})"
)
BYLINE = re.compile(rf"^[Bb]y\s(?P<name>{NAME})(?:,\s[^.!?]{{2,80}})?$")
# So many "this perspective" and "the argument" make a text the account of somebody's thoughts.
RECOUNTED = 2
# "Analysts" alone; "analysts at Hale Bank" are somebody.
BARE_GROUP = re.compile(r"(?:\w+\s)?[A-Za-z]+s$")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks in a sentence, and the attribution that says so, if one does."""

    speaker: str
    attribution: Attribution | None
    quoted: bool


def voices(text: str, spans: Sequence[Span], author: str = "") -> list[Voice]:
    """The voice of each sentence, in order; speaker "" where neither text nor caller names one."""
    found = [_attribution(text, span) for span in spans]
    author = author or _byline(text, spans)
    names = NameBook(text, author)
    source = declared_source(text, spans, names) or _recounted(found, names)
    listener = _Listener(names, author, source)
    quoted = _inside_quotations(text, spans)
    heard: list[Voice] = []
    for at, (span, attribution) in enumerate(zip(spans, found, strict=True)):
        said_by = attribution
        if attribution is None and quoted[at]:
            said_by = _attribution_of_quotation(at, spans, found, quoted)
        speaker = listener.speaker(said_by, span, quoted=quoted[at])
        heard.append(Voice(speaker, attribution, quoted[at]))
    return heard


def declared_source(text: str, spans: Sequence[Span], names: NameBook) -> str:
    """The person whom a text names as the source of the whole; "" where it names none."""
    for span in (*spans[:3], *spans[-3:]):
        if named := DECLARED.search(text[span.start : span.end][:LONGEST]):
            return names.full(bare(named["name"]), before=len(text))
    return ""


def _byline(text: str, spans: Sequence[Span]) -> str:
    """The author that one of the first lines names."""
    for span in spans[:4]:
        named = BYLINE.search(text[span.start : span.end][:LONGEST])
        if named and " " in named["name"]:
            return named["name"]
    return ""


def _recounted(found: Sequence[Attribution | None], names: NameBook) -> str:
    """The one person of a text that says again and again "this perspective", "the argument"."""
    sorts = [one.sort for one in found if one]
    people = {
        names.full(bare(one.subject), before=sys.maxsize)
        for one in found
        if one and one.sort == "name"
    }
    return people.pop() if len(people) == 1 and sorts.count("text") >= RECOUNTED else ""


def _attribution(text: str, span: Span) -> Attribution | None:
    """The attribution outside the quotation marks of a sentence, else the one inside."""
    if span.end - span.start > LONGEST or span.heading:
        return None
    sentence = text[span.start : span.end]
    outside = QUOTATION.sub(_blank, sentence)
    return find_attribution(outside) or find_attribution(sentence)


def _blank(quotation: re.Match[str]) -> str:
    """The quotation with its inside made unreadable; its ends and its length stay."""
    words = quotation[0]
    if len(words) < 4:
        return words
    return words[0] + "_" * (len(words) - 3) + words[-2:]


def _inside_quotations(text: str, spans: Sequence[Span]) -> list[bool]:
    """Whether each sentence begins in quotation marks, its own or ones opened before."""
    inside: list[bool] = []
    is_open = False
    for span in spans:
        sentence = text[span.start : span.end]
        is_open = is_open and not span.opens_paragraph
        inside.append(is_open or sentence[0] in '“"')
        is_open = _open_after(sentence, is_open=is_open)
    return inside


def _open_after(sentence: str, *, is_open: bool) -> bool:
    """Whether a quotation is open at the end of a sentence, given that at its beginning."""
    opened, closed = sentence.rfind("“"), sentence.rfind("”")
    if opened != closed:
        return opened > closed
    return is_open != bool(sentence.count('"') % 2)


def _attribution_of_quotation(
    at: int,
    spans: Sequence[Span],
    found: Sequence[Attribution | None],
    quoted: Sequence[bool],
) -> Attribution | None:
    """What is said after the end of the same quotation: “A. B,” said Roth."""
    for later in range(at + 1, min(at + 4, len(spans))):
        if spans[later].opens_paragraph or not quoted[later]:
            return None
        if found[later]:
            return found[later]
    return None


class _Listener:
    """Remembers who spoke last while a text is read from top to bottom."""

    def __init__(self, names: NameBook, author: str, source: str) -> None:
        self._names = names
        self._author = author
        self._source = source
        self._last = ""
        self._last_name = ""
        self._last_person = ""
        self._last_body = ""

    def speaker(self, attribution: Attribution | None, span: Span, *, quoted: bool) -> str:
        """The speaker of the next sentence."""
        if attribution is None:
            return self._last or self._source or self._author if quoted else self._owner
        match attribution.sort:
            case "name":
                return self._remember(attribution.subject, span)
            case "pronoun":
                return self._stood_for(attribution.subject, span)
            case "author":
                return self._last or self._owner if quoted else self._owner
            case "text":
                return self._source or self._last_name or self._author
            case "group":
                return self._group(attribution.subject)

    @property
    def _owner(self) -> str:
        return self._source or self._author

    def _stood_for(self, pronoun: str, span: Span) -> str:
        """Whom "she", "they" or "it" stands for: the last to speak, else the last one named."""
        match pronoun.lower():
            case "they":
                return self._last or self._owner
            case "it":
                return self._last_body or self._owner
        return self._last_person or self._names.latest(before=span.end) or self._owner

    def _remember(self, name: str, span: Span) -> str:
        full = self._names.full(bare(name), before=span.end)
        self._last = self._last_name = full
        if is_organisation(full):
            self._last_body = full
        else:
            self._last_person = full
        return full

    def _group(self, words: str) -> str:
        """A group by its own words; nameless "analysts" are the source that a text declares."""
        if self._source and BARE_GROUP.fullmatch(words):
            return self._source
        self._last = self._last_body = words[:1].upper() + words[1:]
        return self._last
