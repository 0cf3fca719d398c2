"""Series as lines of an SVG, drawn by the server. All places are percent of its width and height."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import floor, log10

TOP, BOTTOM = 8, 86
LABELS = 4


@dataclass(frozen=True)
class Tick:
    """A mark of an axis."""

    at: float
    label: str


@dataclass(frozen=True)
class Chart:
    """Two lines over one axis of time: pieces of each as SVG points, broken where there is no figure."""

    raw: list[str]
    normalised: list[str]
    across: list[Tick]
    up: list[Tick]


def chart(
    starts: Sequence[date], raw: Sequence[float | None], normalised: Sequence[float | None]
) -> Chart:
    """Two series over the same periods."""
    top = _round_up(max((y for y in (*raw, *normalised) if y is not None), default=0))
    wide = 100 / max(len(starts) - 1, 1)
    every = max(len(starts) // LABELS, 1)
    return Chart(
        raw=_lines(raw, wide, top),
        normalised=_lines(normalised, wide, top),
        across=[
            Tick(round(n * wide, 2), f"{starts[n]:%-d %b %Y}")
            for n in range(every // 2, len(starts), every)
        ],
        up=[Tick(_up(share * top, top), _number(share * top)) for share in (0, 0.5, 1)],
    )


def _lines(values: Sequence[float | None], wide: float, top: float) -> list[str]:
    return [
        " ".join(f"{round(x * wide, 2):g},{_up(y, top):g}" for x, y in piece)
        for piece in _pieces(values)
    ]


def _up(value: float, top: float) -> float:
    return round(BOTTOM - value / top * (BOTTOM - TOP), 2)


def _pieces(values: Sequence[float | None]) -> Iterator[list[tuple[int, float]]]:
    piece: list[tuple[int, float]] = []
    for place, value in enumerate(values):
        if value is not None:
            piece.append((place, value))
        elif piece:
            yield piece
            piece = []
    if piece:
        yield piece


def _round_up(most: float) -> float:
    """The next of 1, 2, 4, 6, 8 and 10 times a power of ten; 1 for nothing at all."""
    if most <= 0:
        return 1
    power = 10.0 ** floor(log10(most))
    return next(power * n for n in (1, 2, 4, 6, 8, 10) if power * n >= most * (1 - 1e-9))


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 or value == round(value) else f"{value:g}"
