"""Tells which proposals of a second extractor are new beside the claims that are known already."""

from collections.abc import Iterable
from dataclasses import dataclass

from claims.extraction.evaluation import LEAST_SHARED
from claims.extraction.types import ClaimClass, Proposal


@dataclass(frozen=True, slots=True)
class Place:
    """Where in its text a claim stands, and of which class it is."""

    start: int
    end: int
    class_: ClaimClass


def new_among(proposals: Iterable[Proposal], known: Iterable[Place]) -> list[Proposal]:
    """The proposals that are neither among the known claims nor the same as an earlier proposal."""
    taken = list(known)
    new: list[Proposal] = []
    for proposal in proposals:
        place = Place(proposal.start, proposal.end, proposal.class_)
        if not any(same_claim(place, other) for other in taken):
            taken.append(place)
            new.append(proposal)
    return new


def same_claim(one: Place, other: Place) -> bool:
    """Whether two claims of one class share at least half of the shorter."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    shorter = min(one.end - one.start, other.end - other.start)
    return one.class_ == other.class_ and shared >= LEAST_SHARED * shorter
