"""How the ranges of probability came about, in words."""

from collections.abc import Mapping
from typing import Any

from reports.models import ReportedClaim
from reports.scoring.rows import Source

OLDER = "How the ranges came about was not counted yet when this report was published."


def range_words(record: Mapping[str, Any]) -> dict[str, Any]:
    """The sentence on ranges that one person read, and the count of each way a range came about.

    Ways that no range came about in are left out. A report from before they were counted says so.
    """
    counts = record.get("ranges")
    if counts is None:
        return {"sentence": OLDER, "rows": []}
    labels = dict(ReportedClaim.RangeSource.choices)
    return {
        "sentence": _read_alone(counts[Source.ONE_READER], sum(counts.values())),
        "rows": [(labels[source], counts[source]) for source in Source if counts[source]],
    }


def _read_alone(alone: int, whole: int) -> str:
    if not whole:
        return "No claim fell due, so there is no range."
    if not alone:
        return f"None of {whole} {_ranges(whole)} was read by one person alone."
    verb = "was" if alone == 1 else "were"
    return f"{alone} of {whole} {_ranges(whole)} {verb} read by one person alone."


def _ranges(n: int) -> str:
    return "range" if n == 1 else "ranges"
