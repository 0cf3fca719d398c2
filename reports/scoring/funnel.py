"""How many claims came through to a score, and where the others went. Printed with every figure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean

# Claims that count neither as success nor as failure, in the order in which they are printed.
VOID = (
    "too_vague",
    "condition_not_met",
    "unverifiable",
    "not_yet",
    "withdrawn",
    "superseded",
    "duplicate",
)


@dataclass(frozen=True)
class Funnel:
    """Counts of claims: all that were registered, those due in the period, and how these stand."""

    registered: int
    due: int
    scored: int
    unresolved: int
    too_vague: int
    condition_not_met: int
    unverifiable: int
    not_yet: int
    withdrawn: int
    superseded: int
    duplicate: int

    def as_dict(self) -> dict[str, int]:
        """The same, for JSON."""
        return asdict(self)


def funnel(*, registered: int, standings: Iterable[str]) -> Funnel:
    """Counts the standings of the claims that were due. Raises KeyError for an unknown standing."""
    counts = Counter(dict.fromkeys(("scored", "unresolved", *VOID), 0))
    known = frozenset(counts)
    for standing in standings:
        if standing not in known:
            raise KeyError(standing)
        counts[standing] += 1
    return Funnel(registered=registered, due=counts.total(), **counts)


def mean_bounds(
    settled: Sequence[float], unresolved: Sequence[tuple[float, float]]
) -> tuple[float, float] | None:
    """The mean if every unresolved claim took the lower, and the higher, of its two bounds.

    None without claims.
    """
    if not settled and not unresolved:
        return None
    return (
        fmean((*settled, *(low for low, _ in unresolved))),
        fmean((*settled, *(high for _, high in unresolved))),
    )
