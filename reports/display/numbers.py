"""Numbers in words: with sign, as a rate, with their interval or why there is none, and on an axis."""

from collections.abc import Iterable, Mapping
from typing import Any

Figure = Mapping[str, Any]
# Room at both ends of an axis, as a share of its length.
MARGIN = 0.05


def signed(value: float) -> str:
    """A difference with its sign and three decimals: +0.034, −0.012, 0.000."""
    text = f"{value:+.3f}"
    return "0.000" if float(text) == 0 else text.replace("-", "−")


def plain(value: float) -> str:
    """A score with three decimals."""
    return f"{value:.3f}".replace("-", "−")


def percent(value: float) -> str:
    """A rate as a whole number of percent."""
    return f"{value * 100:.0f}%"


def counted(figure: Figure) -> str:
    """How much stands behind a figure: “12 claims from 7 documents”."""
    n, clusters = figure["n"], figure["clusters"]
    claims = "1 claim" if n == 1 else f"{n} claims"
    documents = "1 document" if clusters == 1 else f"{clusters} documents"
    return f"{claims} from {documents}" if n else "no claims"


def interval_words(figure: Figure, write: Any) -> str:
    """The interval in words, or why there is none."""
    if figure["low"] is None:
        return str(figure["reason"])
    return f"95% interval {write(figure['low'])} to {write(figure['high'])}"


def axis(figures: Iterable[Figure]) -> tuple[float, float]:
    """Where an axis begins and how long it is, so that all figures, their intervals and 0 are on it."""
    ends = [0.0]
    for figure in figures:
        ends += [figure[name] for name in ("value", "low", "high") if figure[name] is not None]
    start, length = min(ends), max(ends) - min(ends) or 1.0
    return round(start - MARGIN * length, 6), round(length * (1 + 2 * MARGIN), 6)


def row(figure: Figure, write: Any) -> dict[str, Any]:
    """A figure as the interval component shows it, without its axis."""
    value, words = figure["value"], "none"
    if value is not None:
        # The axis has no room for more; why there is none stands with the headline figures.
        words = f"{write(value)}, no interval"
    if value is not None and figure["low"] is not None:
        words = f"{write(value)} ({write(figure['low'])} to {write(figure['high'])})"
    return {
        "low": figure["low"],
        "point": value,
        "high": figure["high"],
        "figures": words,
        "reason": words,
        "n": counted(figure),
    }
