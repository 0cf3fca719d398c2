"""Two wordings of one claim against two claims of one subject: `python -m tests.benchmarks alike`."""

import numpy as np

from claims.likeness import ALIKE
from sources.vectors import embed
from tests.benchmarks.table import heading, line

SAME = (
    (
        "Relations between Russia and China keep their momentum in the coming years.",
        "Over the next years the momentum of Russian-Chinese relations will be sustained.",
    ),
    (
        "Inflation in the euro area falls below 2% by the end of 2027.",
        "Euro area inflation will be under 2 per cent before 2028.",
    ),
    (
        "The opposition wins the election in November 2026.",
        "In the November 2026 election the opposition comes out ahead.",
    ),
    ("Trade between the two ports grows in 2027.", "The two ports trade more in 2027."),
    (
        "A ceasefire is signed before spring 2027.",
        "The sides sign a truce before the spring of 2027.",
    ),
    (
        "The central bank cuts its main rate in June.",
        "A cut of the central bank's main rate comes in June.",
    ),
    (
        "Sea ice vanishes from the Arctic in summer by 2050.",
        "By 2050 the Arctic is free of sea ice in summer.",
    ),
    ("The coalition breaks up within a year.", "Within twelve months the coalition falls apart."),
    (
        "Oil stays above 80 dollars a barrel through 2027.",
        "Through 2027 a barrel of oil costs more than 80 dollars.",
    ),
    (
        "The strait is closed to tankers for a week or more.",
        "Tankers cannot pass the strait for at least a week.",
    ),
    (
        "House prices in the capital fall by a tenth in two years.",
        "In two years homes in the capital lose 10% of their price.",
    ),
    (
        "The treaty is ratified by both parliaments in 2027.",
        "Both parliaments ratify the treaty during 2027.",
    ),
)
DIFFERENT = (
    ("Relations between Russia and China keep their momentum in the coming years.",
     "China and Russia agree on a gas pipeline contract by the end of 2027."),
    ("Inflation in the euro area falls below 2% by the end of 2027.",
     "Unemployment in the euro area rises above 8% by the end of 2027."),
    ("The opposition wins the election in November 2026.", "The opposition boycotts the new parliament."),
    ("Trade between the two ports grows in 2027.", "A third terminal opens in the port in 2027."),
    ("A ceasefire is signed before spring 2027.", "Fighting spreads to the north before spring 2027."),
    ("The central bank cuts its main rate in June.", "The governor of the central bank resigns in June."),
    ("Sea ice vanishes from the Arctic in summer by 2050.", "Shipping across the Arctic doubles by 2050."),
    ("The coalition breaks up within a year.", "The coalition passes its pension reform within a year."),
    ("Oil stays above 80 dollars a barrel through 2027.", "Gas prices halve in Europe through 2027."),
    ("The strait is closed to tankers for a week or more.", "Insurance for tankers in the strait becomes dearer."),
    ("House prices in the capital fall by a tenth in two years.", "Rents in the capital rise by a tenth in two years."),
    ("The treaty is ratified by both parliaments in 2027.", "The treaty is suspended by one of the parties in 2027."),
)  # fmt: skip
LEVELS = (0.55, ALIKE, 0.70, 0.75, 0.80)


def likeness(pairs: tuple[tuple[str, str], ...]) -> np.ndarray:
    """The cosine of the static vectors of each pair."""
    ones, others = (embed(list(side)) for side in zip(*pairs, strict=True))
    return (ones * others).sum(axis=1)


def run() -> bool:
    """Prints how many pairs of each sort lie above each level. True, whatever they are."""
    heading("Nearly the same: pairs above a likeness")
    same, different = likeness(SAME), likeness(DIFFERENT)
    line("likeness", "one claim", "two claims")
    for level in LEVELS:
        counts = ((side >= level).sum() for side in (same, different))
        line(f"{level:.2f}", *(f"{count} of {len(same)}" for count in counts))
    return True
