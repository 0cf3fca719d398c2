"""Which open claims an event bears on: words and meaning together, without Django."""

from claims.matching.index import Index
from claims.matching.types import Item, Suggestion, Target

__all__ = ["Index", "Item", "Suggestion", "Target"]
