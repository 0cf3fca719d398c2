"""Agreement over time as an SVG, drawn by the server. Places are percent of its width and height."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from reviews.figures import FIRM, TENTATIVE, Figure

TOP, BOTTOM = 6, 86
LABELS = 4


@dataclass(frozen=True, slots=True)
class Whisker:
    """An interval of α: where it stands, and from where to where it reaches."""

    x: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Drift:
    """α and AC2 over periods as SVG points, broken where there is no figure."""

    alpha: list[str]
    ac2: list[str]
    dots: list[tuple[float, float]]
    whiskers: list[Whisker]
    across: list[tuple[float, str]]
    up: list[tuple[float, str]]


def drift(figures: Sequence[Figure]) -> Drift:
    """Figures of periods one after the other, each in the middle of its share of the width."""
    wide = 100 / max(len(figures), 1)
    places = [round((n + 0.5) * wide, 2) for n in range(len(figures))]
    alphas = [one.alpha.value for one in figures]
    every = max(len(figures) // LABELS, 1)
    return Drift(
        alpha=_lines(places, alphas),
        ac2=_lines(places, [one.ac2.value for one in figures]),
        dots=[(x, _up(y)) for x, y in zip(places, alphas, strict=True) if y is not None],
        whiskers=[
            Whisker(x, _up(one.alpha.low), _up(one.alpha.high))
            for x, one in zip(places, figures, strict=True)
            if one.alpha.low is not None and one.alpha.high is not None
        ],
        across=[(places[n], figures[n].label) for n in range(every // 2, len(figures), every)],
        up=[(_up(floor), name) for floor, name in _FLOORS],
    )


_FLOORS = ((0.0, "0, chance"), (TENTATIVE, f"{TENTATIVE:g}"), (FIRM, f"{FIRM:.2f}"), (1.0, "1"))


def _up(value: float) -> float:
    """From chance, or as much below as there is room for, to full agreement."""
    return round(BOTTOM - max(value, -0.1) * (BOTTOM - TOP), 2)


def _lines(places: Sequence[float], values: Sequence[float | None]) -> list[str]:
    pairs = zip(places, values, strict=True)
    pieces = groupby(pairs, key=lambda pair: pair[1] is not None)
    return [
        " ".join(f"{x:g},{_up(y):g}" for x, y in piece if y is not None)
        for known, piece in pieces
        if known
    ]
