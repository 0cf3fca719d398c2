"""The weights by which reports are gathered, fitted again: `python -m tests.benchmarks likeness`.

Ridge logistic regression on the pairs that are looked at in three sets of news that readers sorted into
events, and what it finds in a set that it did not see.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from sources.gathering import likeness
from sources.gathering.evaluation import agreement, gathered
from sources.gathering.labelled import Labelled, read_labelled
from sources.gathering.past import comparisons
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
    groups = np.array([one.group for one in reports])
    measured, same = [], []
    for found, rarity in comparisons(reports):
        measured.append(likeness.measures(found.reports, found.one, found.other, rarity))
        same.append(groups[found.keys[found.one]] == groups[found.keys[found.other]])
    return np.concatenate(measured), np.concatenate(same).astype(float)


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
    before = likeness.WEIGHTS.copy(), likeness.BIAS
    likeness.WEIGHTS.update(zip(before[0], weights[:-1], strict=True))
    likeness.BIAS = weights[-1]
    try:
        yield
    finally:
        likeness.WEIGHTS.update(before[0])
        likeness.BIAS = before[1]
