"""Gathers reports of one event: who tells of the same development. Knows no database."""

from sources.gathering.arrivals import BEHIND_A_CLUE, LOOKED_AT, WITHIN, Arrivals
from sources.gathering.clues import clues
from sources.gathering.likeness import Report
from sources.gathering.rarity import Rarity
from sources.gathering.wording import Wording, unpacked, wordings

__all__ = [
    "BEHIND_A_CLUE",
    "LOOKED_AT",
    "WITHIN",
    "Arrivals",
    "Rarity",
    "Report",
    "Wording",
    "clues",
    "unpacked",
    "wordings",
]
