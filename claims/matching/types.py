"""What goes into the matcher and what comes out."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Target:
    """A claim as the matcher sees it: its words, and the days whose events may bear on it.

    `key` names the wording (the content hash): targets of the same key share their features.
    `opens_on` and `closes_on` are both inclusive; None leaves that side open.
    """

    id: int
    key: str
    text: str
    opens_on: date | None = None
    closes_on: date | None = None


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
    """One claim an event may bear on. The score runs from 0 to about 1."""

    target_id: int
    item_id: int
    score: float
    passage: str
    reason: str
