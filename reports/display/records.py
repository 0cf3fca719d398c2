"""Track records as the components of pages draw them: funnel, headline figures, hedges, claimants."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reports.display.numbers import (
    Figure,
    axis,
    counted,
    interval_words,
    percent,
    plain,
    row,
    signed,
)
from reports.models import ReportedClaim
from reports.scoring.funnel import VOID


def funnel_rows(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """The rows of the funnel component; what nothing fell into is left out below “unresolved”."""
    labels = dict(ReportedClaim.Standing.choices)
    whole = counts["registered"] or 1
    rows = [
        _funnel_row("registered", counts["registered"], whole),
        _funnel_row("due", counts["due"], whole),
        _funnel_row("scored", counts["scored"], whole, tone="accent"),
        _funnel_row("unresolved", counts["unresolved"], whole, lost=True),
    ]
    return rows + [
        _funnel_row(str(labels[name]).lower(), counts[name], whole, lost=True)
        for name in VOID
        if counts[name]
    ]


def _funnel_row(
    label: str, n: int, whole: int, *, tone: str = "", lost: bool = False
) -> dict[str, Any]:
    return {
        "label": label,
        "n": n,
        "share": round(100 * n / whole, 1),
        "tone": tone,
        "lost": lost,
    }


def stats(record: Mapping[str, Any]) -> list[dict[str, str]]:
    """The headline figures of a track record, each with its interval or why there is none."""
    return [
        _stat(
            "Improvement over the base rate",
            record["improvement"],
            signed,
            f"{verdict_on(record['improvement'])} {_bounds(record)}".strip(),
        ),
        _stat("Brier score", record["score"], plain, "0 is perfect, 1 is always wrong."),
        _stat(
            "Skill against the base rate",
            record["skill"],
            signed,
            "The share of the base rate's error that was avoided; 1 is all of it.",
        ),
    ]


def _stat(label: str, figure: Figure, write: Any, sentence: str) -> dict[str, str]:
    value = figure["value"]
    return {
        "label": label,
        "number": "none" if value is None else write(value),
        "interval": interval_words(figure, write),
        "n": counted(figure),
        "sentence": sentence,
    }


def verdict_on(improvement: Figure) -> str:
    """What an improvement and its interval allow to be said."""
    if improvement["low"] is None:
        return ""
    if improvement["low"] > 0:
        return "Better than the base rate."
    if improvement["high"] < 0:
        return "Worse than the base rate."
    return "Cannot be told apart from the base rate."


def _bounds(record: Mapping[str, Any]) -> str:
    figure, open_ones = record["improvement"], record["funnel"]["unresolved"]
    if not open_ones:
        return ""
    claims = "1 unresolved claim" if open_ones == 1 else f"{open_ones} unresolved claims"
    worst, best = signed(figure["worst"]), signed(figure["best"])
    return f"With {claims} counted at their worst {worst}, at their best {best}."


def hedge_rows(hedges: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of the interval component on an axis of 0 to 1: how often each word held, and its range."""
    return [
        {
            "label": f"{one['hedge']}, {percent(one['from'])} to {percent(one['to'])}",
            **row(one["held"], percent),
            "axis_from": 0,
            "axis_span": 1,
            "zero": None,
            "target_low": one["from"],
            "target_width": one["to"] - one["from"],
            "reading": one["reading"],
        }
        for one in hedges
    ]


def claimant_rows(
    records: Sequence[Mapping[str, Any]], names: Mapping[int, str]
) -> list[dict[str, Any]]:
    """Rows of the interval component for each claimant's improvement, the best shrunk mean first.

    Claimants that are not ranked follow by name.
    """
    start, span = axis([record["improvement"] for record in records])
    rows = [
        {
            "claimant": record["claimant"],
            "label": names.get(record["claimant"], f"claimant {record['claimant']}"),
            **row(record["improvement"], signed),
            "axis_from": start,
            "axis_span": span,
            "zero": 0,
            "target_low": None,
            "target_width": None,
            "funnel": record["funnel"],
            "shrunk": _shrunk_words(record["shrunk"]),
            "rank": record["shrunk"]["value"],
        }
        for record in records
    ]
    return sorted(rows, key=_best_first)


def headline(record: Mapping[str, Any]) -> dict[str, Any]:
    """The improvement of a track record in words, for a line of a list."""
    counts, figure = record["funnel"], record["improvement"]
    return {
        "figures": row(figure, signed)["figures"],
        "reason": figure["reason"],
        "n": counted(figure),
        "registered": counts["registered"],
        "due": counts["due"],
        "scored": counts["scored"],
    }


def _shrunk_words(shrunk: Figure) -> str:
    if shrunk["value"] is None:
        return str(shrunk["reason"])
    low, high = signed(shrunk["low"]), signed(shrunk["high"])
    return f"{signed(shrunk['value'])} ({low} to {high})"


def _best_first(row: Mapping[str, Any]) -> tuple[bool, float, str]:
    return row["rank"] is None, -(row["rank"] or 0), row["label"]
