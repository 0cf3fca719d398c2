"""Gathers reports of one event: who tells of the same development. Knows no database."""

from sources.gathering.arrivals import WITHIN, Arrivals
from sources.gathering.clues import Clues, clues
from sources.gathering.comparing import Known, compare
from sources.gathering.likeness import Kept, Reports
from sources.gathering.looking import BATCH, BEHIND_A_CLUE, LOOKED_AT, most_shared, stored
from sources.gathering.rarity import Rarity
from sources.gathering.wording import Wordings, unpacked, wordings

__all__ = [
    "BATCH",
    "BEHIND_A_CLUE",
    "LOOKED_AT",
    "WITHIN",
    "Arrivals",
    "Clues",
    "Kept",
    "Known",
    "Rarity",
    "Reports",
    "Wordings",
    "clues",
    "compare",
    "most_shared",
    "stored",
    "unpacked",
    "wordings",
]
