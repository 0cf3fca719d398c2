"""What a name looks like in running text, and which full name a surname stands for."""

import re
from bisect import bisect_left

from claims.extraction import speech

_CAPITAL = "[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŘŚŞŠŢŤŪŮŰŹŻŽȘȚ]"
_WORD = rf"(?:(?:{_CAPITAL}\.){{1,3}}|(?:{_CAPITAL}|[DNL]['’](?=[A-Z])|Mc|Mac|O['’]|d['’]|al-[A-Z]|el-[A-Z]|ibn\s[A-Z])[\w-]*[\w]|[A-Z](?=\s))"
_LINK = r"(?:of|the|for|and|de|du|da|di|del|della|dos|von|van|der|den|bin|al|el|la|le|&)"
NAME = rf"{_WORD}(?:\s(?:{_LINK}\s){{0,2}}{_WORD}){{0,6}}"
# Not behind a hyphen within a word: each part of "A-A-A-…" would be read to its end, in vain. "-Ada
# Roth" below a piece is a name.
FULL_NAME = re.compile(
    rf"(?<![\w.])(?<![\w-]-){_WORD}(?:\s(?:de|du|da|di|del|von|van|der|bin|al|el|la|le)){{0,2}}(?:\s{_WORD}){{1,3}}"
)
ORGANISATION_NAME = re.compile(rf"(?<![\w.]){NAME}")
# What a text says that somebody is: "biologist Hugo Stein", "Hugo Stein, a biologist at Lund,".
BEFORE_NAME = re.compile(
    rf"\b(?:[\w-]+\s){{0,2}}(?:{speech.ROLES})(?:-designate|-elect)?\s$", re.IGNORECASE
)
ROLE = re.compile(rf"\b(?:{speech.ROLES})\b", re.IGNORECASE)
AFTER_NAME = re.compile(r",\s(?:who\s)?(?:[\w’'-]+\s?){1,9}(?=[,.;])|\sof\s")
# "in Port Maren", "the University of Port Maren"
IN_PLACE = re.compile(r"\b(?:in|at|near|University\sof|Institute\sof|Port\sof)\s$")
# Words that begin a sentence with a capital and are no name.
NOT_NAMES = frozenset(
    [
        "A",
        "An",
        "The",
        "This",
        "That",
        "These",
        "Those",
        "It",
        "He",
        "She",
        "They",
        "We",
        "I",
        "You",
        "There",
        "Here",
        "But",
        "And",
        "Yet",
        "So",
        "Or",
        "If",
        "While",
        "As",
        "In",
        "On",
        "At",
        "By",
        "For",
        "From",
        "With",
        "To",
        "Of",
        "After",
        "Before",
        "Since",
        "Until",
        "During",
        "Under",
        "Some",
        "Many",
        "Most",
        "Several",
        "Few",
        "All",
        "Both",
        "Each",
        "Every",
        "Such",
        "What",
        "Who",
        "Which",
        "When",
        "Where",
        "Why",
        "How",
        "Not",
        "No",
        "Now",
        "Then",
        "Still",
        "Even",
        "Also",
        "Although",
        "Though",
        "However",
        "Meanwhile",
        "Overall",
        "Again",
        "Yes",
        "Back",
        "Last",
        "Next",
        "Because",
        "Analysts",
        "Economists",
        "Experts",
        "Officials",
        "Critics",
        "Observers",
        "Supporters",
        "Others",
        "Another",
        "Nobody",
        "Everybody",
        "Everyone",
        "Somebody",
        "Someone",
        "One",
        "Two",
        "Three",
        "Four",
        "Five",
        "Six",
        "Seven",
        "Eight",
        "Nine",
        "Ten",
        "Half",
        "Nearly",
        "About",
        "Just",
        "My",
        "Our",
        "Your",
        "His",
        "Her",
        "Its",
        "Their",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Analysis",
        "Polling",
        "Polls",
        "Data",
        "Evidence",
        "Research",
        "Studies",
        "Figures",
        "Sunday",
        "January",
        "February",
        "July",
        "October",
        "November",
        "December",
    ]
)
_TITLE = (
    "Mr|Mrs|Ms|Dr|Prof|Sir|Dame|Lord|Lady|President|Prime|Minister|Chancellor|Secretary|Senator|"
    "Governor|Professor|General|Admiral|Colonel|Ambassador|Commissioner|Economist|Analyst|Chairman|"
    "Chair|Representative|Congressman|Congresswoman|Majority|Minority|Leader|Rep|Sen|Gov|Gen|Col|Lt|Capt|Amb|Hon|Foreign|Finance|Defence|Defense|Former|Vice|Deputy|Speaker|Attribution"
)
TITLES = re.compile(rf"^(?:(?:{_TITLE}|{'|'.join(sorted(NOT_NAMES))})\.?\s+)+")
ORGANISATION = re.compile(
    r"\b(?:Bank|Fund|Institute|Ministry|Agency|Commission|Committee|Council|University|Centre|Center|"
    r"Company|Group|Union|Office|Department|Association|Organi[sz]ation|Capital|Securities|Research|"
    r"Party|Forum|Survey|Metals|Motors|Airlines|Watch|Post|Times|Journal|News|House|Court|Reserve|Foundation|Federation|States|Kingdom|"
    r"Bureau|Programme|Program|Treasury|Trust|Alliance|League|Corp|Inc|Ltd|Holdings|Energy|Industries|Systems|Technologies|Airways|"
    r"Mutual|Insurance|Management|Advisors|Consulting|Initiative|Network|Project|Observatory|Academy|College|School|Laboratory|"
    r"Parliament|Senate|Congress|Pentagon|Kremlin|Navy|Army|Cabinet|Secretariat|Coalition|Movement|Studies|Studio|Relief|Treasury|"
    r"Partners|Economics|Analytics|Review|Board|Authority|Service|Society)\b|\b[A-Z]{2,6}s?$|&"
)


# States and their seats speak too, and are no "he" or "she" either.
PLACE = re.compile(
    r"(?:America|Ankara|Baghdad|Beijing|Berlin|Brazil|Britain|Brussels|Cairo|Canada|China|Delhi|Egypt|England|Europe|"
    r"France|Geneva|Germany|India|Indonesia|Iran|Iraq|Israel|Italy|Japan|Kiev|Kyiv|London|Madrid|Mexico|Moscow|"
    r"New\sDelhi|Nigeria|Pakistan|Paris|Poland|Pyongyang|Riyadh|Rome|Russia|Saudi\sArabia|Scotland|Seoul|Serbia|"
    r"Spain|Syria|Taipei|Taiwan|Tehran|Tokyo|Turkey|Ukraine|Vienna|Warsaw|Washington|West|Wall\sStreet|Whitehall)$"
)


def is_organisation(name: str) -> bool:
    """Whether a name looks like that of an organisation, which no "he" or "she" stands for."""
    return bool(ORGANISATION.search(name) or PLACE.match(name))


class NameBook:
    """The names of a text: full ones by surname, what people are by office, organisations."""

    def __init__(self, text: str, author: str = "") -> None:
        self._places: dict[str, list[tuple[int, str]]] = {}
        if len(author.split()) > 1:
            self._places[author.rsplit(maxsplit=1)[-1]] = [(-1, author)]
        self._written: set[str] = set()
        self._people: list[tuple[int, str]] = []
        self._bodies: dict[str, list[tuple[int, str]]] = {}
        self._roles: dict[str, list[tuple[int, str]]] = {}
        self._with_role: dict[str, int] = {}
        for match in FULL_NAME.finditer(text):
            name = bare(match[0])
            if " " in name and not is_organisation(name):
                self._meet(text, match, name)
        for match in ORGANISATION_NAME.finditer(text):
            name = bare(match[0])
            if is_organisation(name):
                for word in {"", *name.lower().split()}:
                    self._bodies.setdefault(word, []).append((match.start(), name))

    def _meet(self, text: str, match: re.Match[str], name: str) -> None:
        start, end = match.span()
        self._places.setdefault(name.rsplit(maxsplit=1)[-1], []).append((start, name))
        self._written.add(name)
        if not IN_PLACE.search(text, max(0, start - 16), start):
            self._people.append((start, name))
        before = BEFORE_NAME.search(text, max(0, start - 60), start + len(match[0]) - len(name))
        after = AFTER_NAME.match(text, end)
        words = " ".join(found[0] for found in (before, after) if found)
        roles = {role.lower() for role in ROLE.findall(words)}
        if roles:
            self._with_role.setdefault(name, start)
        for role in roles:
            self._roles.setdefault(role, []).append((start, name))

    def full(self, name: str, before: int) -> str:
        """The full name that was last written before a place in the text; else the name itself."""
        if name.isupper() and len(name) > 4:
            name = name.title()
        if " " in name:
            return name
        found = _last(self._places.get(name, []), before)
        return self._shortest(found) if found else name

    def latest(self, before: int) -> str:
        """The person whose full name was last written before a place in the text; "" for none."""
        return _last(self._people, before)

    def organisation(self, word: str, before: int) -> str:
        """The organisation last named before a place that has this word in its name; "" for none.

        Any organisation where the word is "".
        """
        return _last(self._bodies.get(word.lower(), []), before)

    def in_role(self, role: str, before: int) -> str:
        """The person last called a minister, say, before a place in the text; "" for none."""
        return _last(self._roles.get(role, []), before)

    def has_role(self, name: str, before: int) -> bool:
        """Whether the text has said what a person is."""
        return self._with_role.get(name, before) < before

    def is_person(self, name: str) -> bool:
        """Whether the text gives a first name and a surname of somebody of this name."""
        return name in self._written

    def _shortest(self, name: str) -> str:
        """Without words that a headline in capitals put before it: the rest is written too."""
        shorter = name.split(maxsplit=1)[1]
        return self._shortest(shorter) if shorter in self._written else name


def _last(places: list[tuple[int, str]], before: int) -> str:
    at = bisect_left(places, (before,)) - 1
    return places[at][1] if at >= 0 else ""


def bare(name: str) -> str:
    """A name without titles and what else begins a sentence, a person's without "of" where."""
    name = " ".join(name.split())
    shorter = TITLES.sub("", name) or name
    person = shorter.split(" of ")[0]
    return person if " " in person and not is_organisation(person) else shorter
