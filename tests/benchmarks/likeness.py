"""The weights by which reports are gathered, fitted again: `python -m tests.benchmarks likeness`.

Ridge logistic regression on the pairs that are looked at in three sets of news that readers sorted into
events, and what it finds in a set that it did not see.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import batched
from types import SimpleNamespace

import numpy as np

from sources.gathering import Arrivals, Rarity, Report, clues, likeness, wordings
from sources.gathering.evaluation import BATCH, agreement, gathered
from sources.gathering.labelled import Labelled, read_labelled
from tests.benchmarks.news import FOLDER, NONE
from tests.benchmarks.table import heading, line
from tests.sources.gathering.days import labelled_lines

SETS = ("a", "b", "c")
RIDGE = 1.0
# What came out of the fit may be off by this, since numpy adds up in another order elsewhere.
ROUNDED = 0.02

type Pairs = tuple[np.ndarray, np.ndarray]


def run() -> bool | None:
    """Prints the weights and what they find. False where the weights in use are others."""
    heading("Likeness of reports: weights fitted to three sets of news")
    if not FOLDER.exists():
        line(NONE)
        return None
    sets = {name: read_labelled(labelled_lines(name))[0] for name in SETS}
    pairs = {name: looked_at(reports) for name, reports in sets.items()}
    fitted = fit([pairs[name] for name in SETS])
    in_use = [*likeness.WEIGHTS.values(), likeness.BIAS]
    line("", "fitted", "in use")
    for name, one, other in zip([*likeness.WEIGHTS, "bias"], fitted, in_use, strict=True):
        line(name, f"{one:.2f}", f"{other:.2f}")
    heading("What they find, by pairs of reports in one event")
    line("", "precision", "recall", "F1", "B-cubed F1")
    for name, reports in sets.items():
        others = fit([pairs[other] for other in SETS if other != name])
        tell_agreement(f"set {name}, weights in use", reports, in_use)
        tell_agreement(f"set {name}, fitted to the others", reports, others)
    return bool(np.allclose(fitted, in_use, atol=ROUNDED))


def looked_at(reports: Sequence[Labelled]) -> Pairs:
    """The measures of each pair that is compared as reports arrive, and whether readers made it one event."""
    rarity = Rarity()
    arrivals = Arrivals(rarity)
    measured, same = [], []
    for batch in batched(enumerate(reports), BATCH):
        found = wordings([(one.title, one.text) for _, one in batch])
        rarity.count(found)
        for (number, one), wording in zip(batch, found, strict=True):
            report = Report.weighed(wording, at=one.at, source=one.source, rarity=rarity)
            behind = clues(wording, rarity)
            for known in arrivals._near(report, behind):
                measured.append(likeness.measures(report, known.report, rarity))
                same.append(one.group == reports[known.event].group)
            arrivals.remember(number, report, number, behind)
    return np.array(measured), np.array(same, float)


def fit(sets: Sequence[Pairs]) -> np.ndarray:
    """Weights and, last, the bias, which is not drawn towards zero; Newton's steps."""
    measured = np.concatenate([one for one, _ in sets])
    measured = np.c_[measured, np.ones(len(measured))]
    same = np.concatenate([one for _, one in sets])
    ridge = np.full(measured.shape[1], RIDGE)
    ridge[-1] = 0
    weights = np.zeros(measured.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-measured @ weights))
        slope = measured.T @ (chance - same) + ridge * weights
        curve = (measured * (chance * (1 - chance))[:, None]).T @ measured + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-9:
            break
    return weights


def tell_agreement(what: str, reports: Sequence[Labelled], weights: Sequence[float]) -> None:
    """Prints how far the events of these weights are those of people."""
    with weighed(weights):
        found = agreement(gathered(reports), [one.group for one in reports])
    rates = (found.precision, found.recall, found.f1, found.bcubed_f1)
    line(what, *("–" if rate is None else f"{rate:.3f}" for rate in rates))


@contextmanager
def weighed(weights: Sequence[float]) -> Iterator[None]:
    """Other weights while it lasts; the bias is the last one."""
    before = SimpleNamespace(weights=likeness._WEIGHTS, bias=likeness.BIAS)
    likeness._WEIGHTS, likeness.BIAS = tuple(weights[:-1]), weights[-1]
    try:
        yield
    finally:
        likeness._WEIGHTS, likeness.BIAS = before.weights, before.bias
