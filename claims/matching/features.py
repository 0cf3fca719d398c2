"""What the matcher knows of a claim's wording, computed once per process and wording."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from claims.matching.types import Target
from claims.matching.words import weighted_stems
from sources.vectors import LONGEST_TEXT, embed

# A claim of a word or two would be covered whole by chance; it never counts as shorter than this.
LEAST_WEIGHT = 40.0
# Some 1.5 KB each.
KEPT = 200_000


@dataclass(frozen=True, slots=True)
class Features:
    """Direction of the meaning (256 numbers) and the share that each stem is of the wording."""

    vector: np.ndarray
    shares: dict[str, float]


_known: OrderedDict[str, Features] = OrderedDict()


def features_of(targets: Sequence[Target]) -> list[Features]:
    """The features of each target, in order; wordings seen before are not computed again."""
    missing = {one.key: one for one in targets if one.key not in _known}
    vectors = embed([one.text for one in missing.values()])
    computed = {
        key: Features(vector, _shares(one.text))
        for (key, one), vector in zip(missing.items(), vectors, strict=True)
    }
    _known.update(computed)
    found = [_known[one.key] for one in targets]
    while len(_known) > KEPT:
        _known.popitem(last=False)
    return found


def _shares(text: str) -> dict[str, float]:
    weights = weighted_stems(text[:LONGEST_TEXT])
    total = max(sum(weights.values()), LEAST_WEIGHT)
    return {stem: weight / total for stem, weight in weights.items()}
