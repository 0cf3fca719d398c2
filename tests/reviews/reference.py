"""The published cases of agreement beside the repository, as rows of unit, rater and grade."""

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

# What they call it, and what the command does.
NAMES = {
    "gwet_AC1": "ac1",
    "fleiss_kappa_missing": "fleiss_kappa",
    "fleiss_fixed_marginal": "fleiss_kappa",
    "scott_pi": "fleiss_kappa",
    "randolph_free_marginal": "brennan_prediger",
    "krippendorff_alpha": "alpha_nominal",
    "kappa": "cohen_kappa",
    "kappa_unweighted": "cohen_kappa",
    "weighted_linear_kappa": "cohen_kappa_linear",
    "kappa_linear": "cohen_kappa_linear",
    "kappa_quadratic": "cohen_kappa_quadratic",
}
SAME = (
    *("alpha_nominal", "alpha_ordinal", "alpha_interval", "alpha_ratio", "fleiss_kappa"),
    *("conger_kappa", "brennan_prediger", "percent_agreement", "cohen_kappa"),
)
type Row = tuple[str, str, str]


def cases(shared: Path) -> dict[str, dict[str, Any]]:
    """All but the consensus of Dawid and Skene, by their names."""
    text = (shared / "data/agreement/reference_cases.json").read_text()
    return {one["id"]: one for one in json.loads(text) if "data" in one}


def expected(case: dict[str, Any]) -> dict[str, float | None]:
    """The coefficients of a case by our names."""
    return {
        NAMES.get(name, name): value
        for name, value in case["expected"].items()
        if name in NAMES or name in SAME
    }


def rows(case: dict[str, Any]) -> list[Row]:
    """The case as rows, and the scale where a grade that nobody gave belongs to it."""
    data, layout = case["data"], case["layout"]
    if layout.startswith("triples"):
        return [(unit, rater, grade) for rater, unit, grade in data]
    if layout.startswith("rows=coders"):
        data = list(zip(*data, strict=True))
    elif "counts" in layout or "count per" in layout:
        data = [[at for at, n in enumerate(row) for _ in range(n)] for row in data]
    elif layout.startswith("contingency"):
        data = list(_crossed(data))
    elif "raters 2 and 3" in layout:
        data = [row[1:] for row in data]
    return [
        (f"unit {unit}", f"rater {rater}", str(grade))
        for unit, row in enumerate(data)
        for rater, grade in enumerate(row)
        if grade is not None
    ]


def _crossed(table: list[list[int]]) -> Iterator[tuple[int, int]]:
    for first, row in enumerate(table):
        for second, times in zip(count(), row, strict=False):
            for _ in range(times):
                yield first, second
