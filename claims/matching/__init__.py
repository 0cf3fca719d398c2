"""Which open claims an event bears on: words and meaning together, without Django."""

from claims.matching.effects import Effect, effects_of
from claims.matching.features import AS_SHIPPED, WEIGHTS, Weights
from claims.matching.index import Index
from claims.matching.types import Item, Suggestion, Target

__all__ = [
    "AS_SHIPPED",
    "WEIGHTS",
    "Effect",
    "Index",
    "Item",
    "Suggestion",
    "Target",
    "Weights",
    "effects_of",
]
