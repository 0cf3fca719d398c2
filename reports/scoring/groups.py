"""Means of many groups at once, with errors by cluster: a million values in a few passes over arrays."""

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Groups:
    """One entry per group: how many values in how many clusters, their mean, and its standard error.

    `parts[g, c]` is what cluster c adds to the deviation of the mean of group g, in scipy's sparse rows:
    Σ_{i∈g∩c} (x_i − x̄_g) / n_g. Errors are nan below two clusters. `even` is how many clusters of even size
    would be worth as much: n² / Σ_c n_c².
    """

    n: np.ndarray
    clusters: np.ndarray
    even: np.ndarray
    means: np.ndarray
    errors: np.ndarray
    parts: Any

    def only(self, some: np.ndarray) -> "Groups":
        """These groups, numbered anew; clusters keep their numbers."""
        return Groups(
            self.n[some],
            self.clusters[some],
            self.even[some],
            self.means[some],
            self.errors[some],
            self.parts[some],
        )


def grouped(values: np.ndarray, group: np.ndarray, cluster: np.ndarray) -> Groups:
    """The groups of values, which are numbered from 0 without gaps, as clusters are.

    The error is CR1 (Liang and Zeger 1986) within each group: √(G/(G−1) Σ_c (Σ_{i∈c} (x_i − x̄))²) / n.
    """
    from scipy.sparse import csr_array  # noqa: PLC0415 - slow to import

    n = np.bincount(group)
    means = np.bincount(group, weights=values) / n
    number = int(cluster.max(initial=-1)) + 1
    cells, place = np.unique(group * number + cluster, return_inverse=True)
    of = cells // max(number, 1)
    sums = np.bincount(place, weights=(values - means[group]) / n[group])
    clusters = np.bincount(of, minlength=len(n))
    squares = np.bincount(of, weights=sums**2, minlength=len(n))
    sizes = np.bincount(of, weights=np.bincount(place) ** 2.0, minlength=len(n))
    errors = np.full(len(n), np.nan)
    some = clusters > 1
    errors[some] = np.sqrt(clusters[some] / (clusters[some] - 1) * squares[some])
    shape = (len(n), number)
    parts = csr_array((sums, (of, cells % max(number, 1))), shape=shape)
    return Groups(n, clusters, n**2 / sizes, means, errors, parts)


def pooled_errors(groups: Groups) -> np.ndarray:
    """The error that each mean would have if all groups varied alike; nan where no group has two clusters.

    s² / K_g, with K_g = n² / Σ_c n_c² clusters of even size, and s² the mean of K_g · SE_g² over all groups,
    weighted by clusters − 1. A group's own error is small where its few scores are good by luck, so that means
    which are weighed by it are not honest about the best of many (tests/reports/scoring/test_simulations.py).
    """
    freedom = np.maximum(groups.clusters - 1, 0)
    if not freedom.any():
        return np.full(len(groups.n), np.nan)
    own = np.nan_to_num(groups.errors) ** 2 * groups.even
    return np.asarray(np.sqrt(freedom @ own / freedom.sum() / groups.even))
