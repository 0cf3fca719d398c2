"""How hard the claims were that each source took on, where sources share claims.

The additive model s_ij = μ + a_i + b_j + ε (as ForecastBench and Metaculus use it), by least squares: a_i is how much
worse than others source i scored on the same claims. Sources that no chain of shared claims joins cannot be compared.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Effects:
    """Per source a_i, above 0 worse, with mean 0 in its component; `component[i]` is the number of it, 0 the largest.

    `difficulty[j]` is μ + b_j: how the sources of that component would score claim j on average.
    """

    source: np.ndarray
    difficulty: np.ndarray
    component: np.ndarray

    @property
    def comparable(self) -> np.ndarray:
        """Which sources lie in the largest component; the others are not comparable with them."""
        return np.asarray(self.component == 0)


def two_way_effects(scores: np.ndarray, source: np.ndarray, claim: np.ndarray) -> Effects:
    """From one score per row, with the numbers of its source and its claim from 0 without gaps."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - slow to import
    from scipy.sparse.linalg import LinearOperator, cg  # noqa: PLC0415 - slow to import

    met = csr_array((np.ones(len(scores)), (source, claim)))
    of_source, of_claim = (np.asarray(met.sum(axis=one), float).ravel() for one in (1, 0))

    def apart(effects: np.ndarray) -> np.ndarray:
        """What is left of the effects where the claims take up all they can (Schur's complement)."""
        return np.asarray(of_source * effects - met @ ((met.T @ effects) / of_claim))

    means = np.bincount(claim, weights=scores) / of_claim
    wanted = np.bincount(source, weights=scores - means[claim])
    operator = LinearOperator((len(of_source),) * 2, matvec=apart, dtype=float)
    effects, _ = cg(operator, wanted, rtol=1e-12, maxiter=10 * len(of_source) + 100)
    component = _components(met)
    centres = np.bincount(component, weights=effects) / np.bincount(component)
    effects = effects - centres[component]
    difficulty = np.bincount(claim, weights=scores - effects[source]) / of_claim
    return Effects(effects, difficulty, component)


def _components(met: Any) -> np.ndarray:
    """The component of each source (rows of `met`), numbered by how many sources each has, the most first."""
    from scipy.sparse import block_array  # noqa: PLC0415 - slow to import
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 - slow to import

    joined = connected_components(block_array([[None, met], [met.T, None]]), directed=False)[1]
    sources = joined[: met.shape[0]]
    largest_first = np.argsort(-np.bincount(sources), kind="stable")
    rank = np.empty_like(largest_first)
    rank[largest_first] = np.arange(len(largest_first))
    return np.asarray(rank[sources])
