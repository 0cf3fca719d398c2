"""Is this source's "likely" really what the word says?"""

from dataclasses import dataclass
from enum import StrEnum

SURE = 0.95


class Reading(StrEnum):
    """What can be said of a source's use of one word."""

    OVER = "over-claims"
    WITHIN = "within"
    UNDER = "under-claims"
    UNKNOWN = "not enough claims"


@dataclass(frozen=True)
class Mass:
    """How probable it is that the true rate lies below, in and above the range of the word."""

    below: float
    inside: float
    above: float

    @property
    def reading(self) -> Reading:
        """The words for it, only where at least 95% of the mass stands behind them."""
        if self.below >= SURE:
            return Reading.OVER
        if self.inside >= SURE:
            return Reading.WITHIN
        return Reading.UNDER if self.above >= SURE else Reading.UNKNOWN


def hedge_mass(*, successes: float, n: float, low: float, high: float) -> Mass:
    """The mass of the Jeffreys posterior Beta(x + ½, n − x + ½) below, in and above low to high.

    Graded outcomes count as their sum; n may be an effective number. An end at 0 or 1 is closed.
    """
    from scipy import special  # noqa: PLC0415 - slow to import: only where figures are made

    shape = (successes + 0.5, n - successes + 0.5)
    below, up_to_high = (float(special.betainc(*shape, end)) for end in (low, high))
    return Mass(below=below, inside=up_to_high - below, above=1 - up_to_high)
