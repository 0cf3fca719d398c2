"""Claims beside each other as an analyst compares hypotheses: what tells them apart, what speaks against each."""

from collections.abc import Mapping, Sequence

# The stance of an event towards claims, by their numbers, and its pull towards them.
type Stances = Mapping[int, int]
type Pulls = Mapping[int, float]


def tells_apart(pulls: Pulls, claims: Sequence[int]) -> float:
    """How well an event tells these claims apart: its farthest pull less its least, 0 to 2.

    An event that is not linked to a claim pulls it neither way. What pulls all alike tells nothing.
    """
    across = [pulls.get(claim, 0.0) for claim in claims]
    return max(across) - min(across) if across else 0.0


def inconsistencies(rows: Sequence[Stances], claim: int) -> tuple[int, int]:
    """How many events speak against a claim, and the sum of how strongly: 1 each, 2 where strongly.

    What speaks for a claim is not counted: much of it fits other claims just as well.
    """
    against = [-row[claim] for row in rows if row.get(claim, 0) < 0]
    return len(against), sum(against)
