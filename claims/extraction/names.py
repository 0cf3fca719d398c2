"""What a name looks like in running text, and which full name a surname stands for."""

import re
from bisect import bisect_left

_WORD = r"(?:[A-ZÀ-ÖØ-Þ]\.|(?:[A-ZÀ-ÖØ-Þ]|Mc|Mac|O['’]|d['’])[\w-]*[\w]|[A-Z](?=\s))"
_LINK = r"(?:of|the|for|and|de|du|da|di|del|della|dos|von|van|der|den|bin|al|el|la|le|&)"
NAME = rf"{_WORD}(?:\s(?:{_LINK}\s){{0,2}}{_WORD}){{0,6}}"
FULL_NAME = re.compile(
    rf"(?<![\w.]){_WORD}(?:\s(?:de|du|da|di|del|von|van|der|bin|al|el|la|le)){{0,2}}(?:\s{_WORD}){{1,3}}"
)
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
    ]
)
_TITLE = (
    "Mr|Mrs|Ms|Dr|Prof|Sir|Dame|Lord|Lady|President|Prime|Minister|Chancellor|Secretary|Senator|"
    "Governor|Professor|General|Admiral|Colonel|Ambassador|Commissioner|Economist|Analyst|Chairman|"
    "Chair|Rep|Sen|Gov|Foreign|Finance|Defence|Defense|Former|Vice|Deputy|Speaker|Attribution"
)
TITLES = re.compile(rf"^(?:(?:{_TITLE}|{'|'.join(sorted(NOT_NAMES))})\.?\s+)+")
ORGANISATION = re.compile(
    r"\b(?:Bank|Fund|Institute|Ministry|Agency|Commission|Committee|Council|University|Centre|Center|"
    r"Company|Group|Union|Office|Department|Association|Organi[sz]ation|Capital|Securities|Research|"
    r"Party|Forum|Survey|Metals|Motors|Airlines|Watch|Post|Times|Journal|News|House|Court|Reserve|Foundation|Federation|States|Kingdom|"
    r"Partners|Economics|Analytics|Review|Board|Authority|Service|Society)\b|^[A-Z]{2,6}$|&"
)


def is_organisation(name: str) -> bool:
    """Whether a name looks like that of an organisation, which no "he" or "she" stands for."""
    return bool(ORGANISATION.search(name))


class NameBook:
    """The full names of a text by surname, so that "Roth" later on is read as "Anna Roth"."""

    def __init__(self, text: str, author: str = "") -> None:
        self._places: dict[str, list[tuple[int, str]]] = {}
        if len(author.split()) > 1:
            self._places[author.rsplit(maxsplit=1)[-1]] = [(-1, author)]
        self._written: set[str] = set()
        self._people: list[tuple[int, str]] = []
        for match in FULL_NAME.finditer(text):
            name = bare(match[0])
            if " " in name and not is_organisation(name):
                self._places.setdefault(name.split()[-1], []).append((match.start(), name))
                self._written.add(name)
                self._people.append((match.start(), name))

    def full(self, name: str, before: int) -> str:
        """The full name that was last written before a place in the text; else the name itself."""
        if " " in name:
            return name
        places = self._places.get(name, [])
        at = bisect_left(places, (before,)) - 1
        return self._shortest(places[at][1]) if at >= 0 else name

    def latest(self, before: int) -> str:
        """The person whose full name was last written before a place in the text; "" for none."""
        at = bisect_left(self._people, (before,)) - 1
        return self._people[at][1] if at >= 0 else ""

    def _shortest(self, name: str) -> str:
        """Without words that a headline in capitals put before it: the rest is written too."""
        shorter = name.split(maxsplit=1)[1]
        return self._shortest(shorter) if shorter in self._written else name


def bare(name: str) -> str:
    """A name without titles and what else begins a sentence, a person's without "of" where."""
    name = " ".join(name.split())
    shorter = TITLES.sub("", name) or name
    person = shorter.split(" of ")[0]
    return person if " " in person and not is_organisation(person) else shorter
