"""Says whose words each sentence of a text are: a name of the text, a group, or its author."""

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from claims.extraction.attributions import Attribution, find_attribution
from claims.extraction.authors import stated_author
from claims.extraction.listener import Listener
from claims.extraction.names import NAME, NameBook, bare
from claims.extraction.transcripts import speaker_of, turns
from claims.extraction.types import Span

# A longer run of words without an end is a table or a list, not a sentence.
LONGEST = 1500
QUOTATION = re.compile(r"“[^“”]*(?:”|$)|\"[^\"]*(?:\"|$)|''.*?(?:''|$)")
SINGLE_MARKS = re.compile(r"(?<!\w)‘([^‘’]{1,1500}(?:’(?=\w)[^‘’]{1,1500}){0,40})’(?!\w)")
# A line that names whose thoughts the whole text gives, and one that names its author.
DECLARED = re.compile(
    rf"^(?:Attribution|(?:Analysis|Commentary|Opinion) by)\s?:?\s(?P<name>{NAME})"
)
# Where another may begin to speak.
TURN = re.compile(r"(?:[,;]\s(?:but|while|whereas|and|though|although|yet)|;)\s")
# So many "this perspective" and "the argument" make a text the account of somebody's thoughts.
RECOUNTED = 2
# "This paper" or "the report" is the text itself, or another.
VIEW = re.compile(
    r"(?:argument|perspective|analysis|interpretation|viewpoint|view|reading|thinking|reasoning|narrative|"
    r"thesis|theory|account|observations?|commentary|essay)$"
)


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks in a sentence, and the attribution that says so, if one does."""

    speaker: str
    attribution: Attribution | None
    quoted: bool
    # Who spoke right before a sentence that nobody is said to say.
    follows: str = ""
    # Where in the sentence others begin to speak, and who: "Roth expects X, while Diaz says Y".
    others: tuple[tuple[int, str], ...] = ()

    def speaker_of(self, start: int, end: int) -> str:
        """Who speaks in a part of the sentence; the first of them where several do."""
        first, last = (
            next((name for place, name in reversed(self.others) if place <= at), self.speaker)
            for at in (start, end - 1)
        )
        return first if first == last else self.speaker


def voices(text: str, spans: Sequence[Span], author: str = "") -> list[Voice]:
    """The voice of each sentence, in order; speaker "" where neither text nor caller names one."""
    text = _with_double_marks(text)
    labels = turns(text, spans)
    found = [_attribution(text, span, label) for span, label in zip(spans, labels, strict=True)]
    author = author or stated_author(text, spans)
    names = NameBook(text, author)
    source = declared_source(text, spans, names) or _recounted(found, names)
    listener = Listener(names, author, source)
    quoted = _inside_quotations(text, spans)
    heard: list[Voice] = []
    for at, (span, attribution) in enumerate(zip(spans, found, strict=True)):
        said_by = attribution
        if attribution is None and quoted[at]:
            said_by = _attribution_of_quotation(at, spans, found, quoted)
        if said_by and said_by.sort == "pronoun" and not quoted[at]:
            # In “Her successor, Ada Diaz, is bolder: she thinks” Diaz is met on the way.
            listener.read(text[span.start : span.start + said_by.start], span)
        if label := labels[at]:
            speaker = listener.turn(speaker_of(label["label"]), span)
        else:
            speaker = listener.speaker(said_by, span, quoted=quoted[at])
        named = False
        if said_by is None and not quoted[at] and not span.heading:
            named = listener.read(text[span.start : span.end], span)
        before = "" if named else _before(heard, attribution, span)
        others = _others(text[span.start : span.end], attribution, speaker, listener, span)
        heard.append(Voice(speaker, attribution, quoted[at], before, others))
    return heard


def _others(
    sentence: str, attribution: Attribution | None, speaker: str, listener: Listener, span: Span
) -> tuple[tuple[int, str], ...]:
    """Who else speaks in a sentence, before and behind the attribution found first."""
    if attribution is None or len(sentence) > LONGEST:
        return ()
    outside = QUOTATION.sub(_blank, sentence)
    others: list[tuple[int, str]] = []
    before = [found.end() for found in TURN.finditer(outside, 0, attribution.start)]
    if before and before[-1] == attribution.start < attribution.end:
        others += [(0, listener.owner), (attribution.start, speaker)]
    for found in TURN.finditer(outside, attribution.end):
        other = find_attribution(outside[found.end() :])
        if other and other.start == 0 and other.end > 0:
            others.append((found.end(), listener.speaker(other, span, quoted=False)))
    return tuple(others)


def _with_double_marks(text: str) -> str:
    """A text that quotes in ‘single’ marks as if it did in “double” ones; its length stays."""
    return text if "“" in text or '"' in text else SINGLE_MARKS.sub(r"“\1”", text)


def _before(heard: Sequence[Voice], attribution: Attribution | None, span: Span) -> str:
    """Who spoke in the sentence right before this one, in the same paragraph."""
    if attribution or span.opens_paragraph or not heard:
        return ""
    before = heard[-1]
    return before.speaker if before.attribution or before.quoted else ""


def declared_source(text: str, spans: Sequence[Span], names: NameBook) -> str:
    """The person whom a text names as the source of the whole; "" where it names none."""
    for span in (*spans[:3], *spans[-3:]):
        if named := DECLARED.search(text[span.start : span.end][:LONGEST]):
            return names.full(bare(named["name"]), before=len(text))
    return ""


def _recounted(found: Sequence[Attribution | None], names: NameBook) -> str:
    """The one person of a text that says again and again "this perspective", "the argument"."""
    people = {
        names.full(bare(one.subject), before=sys.maxsize)
        for one in found
        if one and one.sort == "name"
    }
    views = sum(bool(one and one.sort == "text" and VIEW.search(one.subject)) for one in found)
    return people.pop() if len(people) == 1 and views >= RECOUNTED else ""


def _attribution(text: str, span: Span, label: re.Match[str] | None) -> Attribution | None:
    """The attribution outside the quotation marks of a sentence, else the one inside."""
    if label:
        return Attribution("name", label["label"], "says", 0, label.end() - span.start)
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
