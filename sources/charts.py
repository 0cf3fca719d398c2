"""Series as lines of an SVG, drawn by the server."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import floor, log10

WIDTH, HEIGHT = 720, 200
LEFT, RIGHT, TOP, BOTTOM = 52, 8, 8, 24


@dataclass(frozen=True)
class Tick:
    """A mark of an axis."""

    at: float
    label: str


@dataclass(frozen=True)
class Chart:
    """Lines over one axis of time: pieces of each line as SVG points, broken where there is no figure."""

    raw: list[str]
    normalised: list[str]
    across: list[Tick]
    up: list[Tick]


def chart(
    starts: Sequence[date],
    raw: Sequence[float | None],
    normalised: Sequence[float | None],
) -> Chart:
    """Two series over the same periods."""
    top = _round_up(max((y for y in (*raw, *normalised) if y is not None), default=0))
    wide = (WIDTH - LEFT - RIGHT) / max(len(starts) - 1, 1)

    def across(number: int) -> float:
        return round(LEFT + number * wide, 1)

    def up(value: float) -> float:
        return round(HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM), 1)

    def lines(values: Sequence[float | None]) -> list[str]:
        return [" ".join(f"{across(x)},{up(y)}" for x, y in piece) for piece in _pieces(values)]

    every = max(len(starts) // 6, 1)
    return Chart(
        raw=lines(raw),
        normalised=lines(normalised),
        across=[
            Tick(across(n), f"{starts[n]:%-d %b %Y}") for n in range(every // 2, len(starts), every)
        ],
        up=[Tick(up(share * top), f"{share * top:,g}") for share in (0, 0.5, 1)],
    )


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
    return next(power * n for n in (1, 2, 4, 6, 8, 10) if power * n >= most)
