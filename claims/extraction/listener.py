"""Remembers who spoke and who was named, so that "she", "the bank" and "the minister" are somebody."""

import re

from claims.extraction import speech
from claims.extraction.attributions import Attribution
from claims.extraction.names import NAME, NameBook, bare, is_organisation
from claims.extraction.types import Span

# "Analysts" alone; "analysts at Hale Bank" are somebody.
BARE_GROUP = re.compile(r"(?:\w+\s)?[A-Za-z]+s$")
DEFINITE = re.compile(r"[Tt]he\s(?:[\w’'-]+\s){0,3}?(?P<head>[\w-]+)$")
# Which body "the agency" is depends on the text; "the army" is one by itself.
ANY_BODY = re.compile(
    r"(?:company|bank|fund|agency|think tank|tank|institute|newspaper|magazine|union|association|"
    r"federation|forum|panel|board|society|foundation|consultancy|firm|group|organi[sz]ation|council|"
    r"committee|bureau|lender|brokerage|insurer|carmaker|chipmaker|retailer|watchdog|charity|"
    r"programme|service|centre|center|body|operator|commission|authority|survey|pollster)$",
    re.IGNORECASE,
)
# The view that was just told, rather than the text that is read.
VIEW_TOLD = re.compile(
    r"(?:perspective|view|viewpoint|argument|reading|interpretation|thinking|reasoning|thesis|theory)$"
)
THEIRS = re.compile(
    r"[Ii]ts\s(?:\w+\s){0,2}(?:authors|economists|analysts|researchers|forecasters|experts)$"
)
HE, SHE = "he", "she"
# So many people back a pronoun may reach.
REMEMBERED = 12
FEMALE = re.compile(r"\b(?:Mrs|Ms|Miss|Dame|Lady|\w+woman|mother|daughter|queen|actress)\b")
MALE = re.compile(r"\b(?:Mr|Sir|Lord|\w{3,}sman|chairman|father|son|king)\b")
# The person or the body that a sentence is about stands at its beginning.
BEGINS = re.compile(
    rf"(?:But\s|And\s|Yet\s)?(?:(?P<group>(?:[A-Z][\w-]*\s)?(?i:{speech.PEOPLE})\s(?:at|from|of)\s(?:the\s)?{NAME})|(?P<the>[Tt]he\s(?:[\w-]+\s){{0,2}}?(?:{speech.BODIES}))\b"
    rf"|(?:[^,.;:“”\"]{{3,70}},\s)?(?:[Tt]he\s)?(?:{NAME}['’]s\s(?:[a-z]+\s){{1,2}})?(?P<name>{NAME}))"
)


class Listener:
    """Is told the sentences of a text from top to bottom and says who speaks in each."""

    def __init__(self, names: NameBook, author: str, source: str) -> None:
        self._names = names
        self._author = author
        self._source = source
        self._turn = ""
        self._last = ""
        self._last_name = ""
        self._last_body = ""
        self._people: list[str] = []
        self._sexes: dict[str, str] = {}

    @property
    def owner(self) -> str:
        """Whose the words are that nobody else says."""
        return self._turn or self._source or self._author

    def turn(self, label: str, span: Span) -> str:
        """The speaker whose turn begins in a transcript; what nobody else says in it is theirs."""
        if label == "A":
            label = self._names.latest(before=span.start) or label
        self._turn = self._heard(self._names.full(label, before=span.end))
        return self._turn

    def speaker(self, attribution: Attribution | None, span: Span, *, quoted: bool) -> str:
        """The speaker of the next sentence."""
        if attribution is None:
            return self._last or self.owner if quoted else self.owner
        words = attribution.subject
        match attribution.sort:
            case "name":
                return self._heard(self._names.full(bare(words), before=span.end))
            case "pronoun":
                return self._stood_for(words, span)
            case "author":
                return self._last or self.owner if quoted else self.owner
            case "text":
                return self._of_text(words)
            case "group":
                return self._group(words, span)

    def read(self, sentence: str, span: Span) -> bool:
        """Takes note of the person or the body that a sentence begins with, if it does."""
        found = BEGINS.match(sentence)
        if not found:
            return False
        if found["group"]:
            self._last = found["group"]
            return True
        if found["the"]:
            self._last_body = self._definite(found["the"], span)
            return True
        name = self._names.full(bare(found["name"]), before=span.end)
        if self._names.is_person(name):
            self._met(name, sentence[: found.end()])
        elif is_organisation(name):
            self._last_body = name
        return self._names.is_person(name) or is_organisation(name)

    def _heard(self, name: str) -> str:
        self._last = self._last_name = name
        if is_organisation(name):
            self._last_body = name
        else:
            self._met(name)
        return name

    def _met(self, name: str, words: str = "") -> None:
        if name in self._people:
            self._people.remove(name)
        self._people = [*self._people[1 - REMEMBERED :], name]
        if FEMALE.search(words):
            self._sexes[name] = SHE
        elif MALE.search(words):
            self._sexes[name] = HE

    def _stood_for(self, words: str, span: Span) -> str:
        """Whom "she", "they", "it" or "the minister" stands for."""
        first = words.lower().split()[0]
        match first:
            case "they" | "their":
                return self._last or self.owner
            case "it" | "its":
                return self._body(span) or self.owner
            case "the":
                return self._in_role(words, span)
        sex = {"he": HE, "his": HE}.get(first, SHE)
        # "Moscow" and other single names only where no full one will do.
        full = [name for name in self._people if " " in name]
        for name in reversed([name for name in self._people if name not in full] + full):
            if self._sexes.setdefault(name, sex) == sex:
                return self._heard(name)
        return self._names.latest(before=span.end) or self.owner

    def _in_role(self, words: str, span: Span) -> str:
        """The person whom the text calls a minister, else the last of whom it tells no office."""
        head = words.rsplit(maxsplit=1)[-1].lower()
        if named := self._names.in_role(head, before=span.end):
            return self._heard(named)
        for name in reversed(self._people):
            if not self._names.has_role(name, before=span.end):
                return self._heard(name)
        if self._people and len(words.split()) == 2:
            return self._heard(self._people[-1])
        latest = "" if self._people else self._names.latest(before=span.end)
        self._last = latest or words[:1].upper() + words[1:]
        return self._last

    def _of_text(self, words: str) -> str:
        """Whose "this report" or "the argument" is."""
        if self._source:
            return self._source
        if VIEW_TOLD.search(words) and self._last_name:
            return self._last_name
        if words[:4].lower() == "the ":
            return self._last_body or self._last_name or self._author
        return self._author or self._last_body or self._last_name

    def _group(self, words: str, span: Span) -> str:
        """A group by its own words; nameless "analysts" are the source that a text declares."""
        if self._source and BARE_GROUP.fullmatch(words):
            return self._source
        if THEIRS.match(words):
            return self._body(span) or words[:1].upper() + words[1:]
        self._last = self._definite(words, span)
        if not BARE_GROUP.fullmatch(words) or words.startswith("The"):
            self._last_body = self._last
        return self._last

    def _definite(self, words: str, span: Span) -> str:
        """ "The bank" as the bank that the text names, if it names one."""
        found = DEFINITE.match(words)
        if found:
            named = self._names.organisation(found["head"], before=span.end)
            if not named and ANY_BODY.match(found["head"]) and len(words.split()) <= 3:
                named = self._body(span)
            if named:
                return named
        return words[:1].upper() + words[1:]

    def _body(self, span: Span) -> str:
        return self._last_body or self._names.organisation("", before=span.end)
