"""What goes into the matcher and what comes out."""

from dataclasses import dataclass
from datetime import date

# So many letters of an article say what it is about.
LONGEST_SETTING = 300


@dataclass(frozen=True, slots=True)
class Target:
    """A claim as the matcher sees it: its words, and which events may bear on it.

    `key` names the wording (the content hash); `setting` is how its article begins, which says what a
    claim that names nobody is about. `opens_on` and `closes_on` are both inclusive; None
    leaves that side open. Of `languages` ("en", "pl") none means all; an event that does not say its
    language is in each. What analysts add are words or phrases, compared by their stems: without one
    of `must` an event is not suggested, `should` raises it, with one of `never` it is not suggested.
    Each of `aliases` is a name of the claim followed by other names for the same.
    """

    id: int
    key: str
    text: str
    opens_on: date | None = None
    closes_on: date | None = None
    languages: frozenset[str] = frozenset()
    must: tuple[str, ...] = ()
    should: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    aliases: tuple[tuple[str, ...], ...] = ()
    setting: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An event as the matcher sees it."""

    id: int
    title: str
    summary: str
    occurred_on: date
    language: str = "en"

    @property
    def text(self) -> str:
        """All its words, title first."""
        return f"{self.title}. {self.summary}" if self.summary else self.title


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One claim an event may bear on.

    The score is the probability, 0 to 1, that a reader finds it to bear; `measures` are what it was
    made of, in the order of `features.WEIGHTS`.
    """

    target_id: int
    item_id: int
    score: float
    passage: str
    reason: str
    measures: tuple[float, ...]
