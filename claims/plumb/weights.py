"""How far a piece of evidence pulls, and how much it weighs."""

from math import log10

# One piece of evidence moves the odds by ten at most, either way; the database holds it too.
LEAST_RATIO, MOST_RATIO = 0.1, 10.0
_CREDIBILITY = {1: 1.0, 2: 0.8, 3: 0.6, 4: 0.4, 5: 0.2}
# What cannot be judged, or was not, is no worse than what is possibly true.
_NOT_JUDGED = _CREDIBILITY[3]


def pull(stance: int, ratio: float | None = None) -> float:
    """Which way evidence pulls and how far: −1, ten times likelier if the claim fails, to 1.

    By its likelihood ratio, log₁₀, where one is given; else by its stance of −2 to 2, halved.
    """
    return stance / 2 if ratio is None else max(-1.0, min(1.0, log10(ratio)))


def weight(stance: int, ratio: float | None, credibility: int | None) -> float:
    """What evidence weighs, 0 to 1: how far it pulls, less where its credibility of 1 to 6 is worse."""
    return abs(pull(stance, ratio)) * _CREDIBILITY.get(credibility or 0, _NOT_JUDGED)
