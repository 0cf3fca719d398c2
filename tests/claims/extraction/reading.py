"""How the tests read a text: under the first lexicon, on one day."""

from datetime import date

from claims.extraction.lexicons import ICD_203
from claims.extraction.propose import propose
from claims.extraction.types import Proposal

SAID = date(2026, 4, 9)


def read(text: str, author: str = "") -> list[Proposal]:
    """The proposals in the order of the text."""
    found = propose(text, lexicon=ICD_203.entries, said_on=SAID, author=author)
    return sorted(found, key=lambda one: one.start)
