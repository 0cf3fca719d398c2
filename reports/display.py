"""Figures as the components of pages draw them: numbers with sign, intervals in words, shares, axes."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.utils import timezone

from claims.models import Claim
from reports.models import ReportedClaim
from reports.scoring.calibration import PARTS
from reports.scoring.funnel import VOID
from reviews.outcomes import GRADE_VALUES, GRADES, Outcome

Figure = Mapping[str, Any]
# Room at both ends of an axis, as a share of its length.
MARGIN = 0.05
NO_CHANCE = "no p-value: some outcomes lie between held and failed"
OLDER = "no interval: published before there was one"


def signed(value: float) -> str:
    """A difference with its sign and three decimals: +0.034, −0.012, 0.000."""
    text = f"{value:+.3f}"
    return "0.000" if float(text) == 0 else text.replace("-", "−")


def plain(value: float) -> str:
    """A score with three decimals."""
    return f"{value:.3f}".replace("-", "−")


def percent(value: float) -> str:
    """A rate as a whole number of percent."""
    return f"{value * 100:.0f}%"


def counted(figure: Figure) -> str:
    """How much stands behind a figure: “12 claims from 7 documents”."""
    n, clusters = figure["n"], figure["clusters"]
    claims = "1 claim" if n == 1 else f"{n} claims"
    documents = "1 document" if clusters == 1 else f"{clusters} documents"
    return f"{claims} from {documents}" if n else "no claims"


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


def interval_words(figure: Figure, write: Any) -> str:
    """The interval in words, or why there is none."""
    if figure["low"] is None:
        return str(figure["reason"])
    return f"95% interval {write(figure['low'])} to {write(figure['high'])}"


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
            **_row(one["held"], percent),
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
            **_row(record["improvement"], signed),
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


def axis(figures: Iterable[Figure]) -> tuple[float, float]:
    """Where an axis begins and how long it is, so that all figures, their intervals and 0 are on it."""
    ends = [0.0]
    for figure in figures:
        ends += [figure[name] for name in ("value", "low", "high") if figure[name] is not None]
    start, length = min(ends), max(ends) - min(ends) or 1.0
    return round(start - MARGIN * length, 6), round(length * (1 + 2 * MARGIN), 6)


def headline(record: Mapping[str, Any]) -> dict[str, Any]:
    """The improvement of a track record in words, for a line of a list."""
    counts, figure = record["funnel"], record["improvement"]
    return {
        "figures": _row(figure, signed)["figures"],
        "reason": figure["reason"],
        "n": counted(figure),
        "registered": counts["registered"],
        "due": counts["due"],
        "scored": counts["scored"],
    }


def agreement_words(agreement: Figure) -> dict[str, str]:
    """How far reviewers agreed, each coefficient with its interval or why there is none."""
    alpha, ac2, n = agreement["alpha"], agreement["ac2"], agreement["n"]
    # Reports are frozen: the first ones hold no interval of AC2.
    of_ac2 = {name: agreement.get(f"ac2_{name}") for name in ("low", "high", "reason")}
    units = "1 claim" if n == 1 else f"{n} claims"
    return {
        "alpha": "none" if alpha is None else plain(alpha),
        "interval": interval_words(agreement, plain),
        "ac2": "none" if ac2 is None else plain(ac2),
        "ac2_interval": interval_words(of_ac2, plain) if of_ac2["reason"] is not None else OLDER,
        "n": f"{units} graded by two reviewers or more",
    }


def calibration_words(calibration: Figure) -> dict[str, Any]:
    """The parts of the score in words, each with its interval, or only why there are none."""
    if calibration["reason"]:
        return {"reason": str(calibration["reason"])}
    chance = calibration["chance"]
    return {
        "score": plain(calibration["score"]),
        "parts": [
            (part.capitalize(), plain(calibration[part]), _part_interval(calibration, part))
            for part in PARTS
        ],
        "chance": NO_CHANCE if chance is None else f"by chance as large: p = {chance:.3f}",
        "n": f"{calibration['n']} claims",
    }


def _part_interval(calibration: Figure, part: str) -> str:
    low, high = (calibration.get("intervals") or {}).get(part, (None, None))
    reason = calibration.get("intervals_reason", OLDER)
    return interval_words({"low": low, "high": high, "reason": reason}, plain)


def claim_state(claim: Any) -> tuple[str, str]:
    """State and words of the verdict component for a claim annotated with `verdict`, the final one."""
    if claim.verdict:
        return (
            claim.verdict if claim.verdict in GRADES else "void",
            Outcome(claim.verdict).label.lower(),
        )
    if claim.status != Claim.Status.REGISTERED:
        return "void", claim.get_status_display().lower()
    if not claim.is_scored:
        return "open", "assessment, not scored"
    if claim.due_on > timezone.localdate():
        return "open", "not due yet"
    return "waiting", "waits for a verdict"


def nearest_grade(outcome: float) -> str:
    """The grade in words of a mean; between two, as in verdicts, the one that claims less."""
    middle = GRADE_VALUES[Outcome.MIXED]
    return min(
        GRADES,
        key=lambda grade: (
            abs(GRADE_VALUES[grade] - Fraction(outcome)),
            abs(GRADE_VALUES[grade] - middle),
        ),
    )


def standing(row: ReportedClaim) -> tuple[str, str]:
    """State and words of the verdict component for a claim of a report."""
    if row.outcome is not None:
        grade = nearest_grade(row.outcome)
        return grade, Outcome(grade).label
    state = "waiting" if row.standing == ReportedClaim.Standing.UNRESOLVED else "void"
    return state, row.get_standing_display().lower()


def _row(figure: Figure, write: Any) -> dict[str, Any]:
    value, words = figure["value"], "none"
    if value is not None:
        # The axis has no room for more; why there is none stands with the headline figures.
        words = f"{write(value)}, no interval"
    if value is not None and figure["low"] is not None:
        words = f"{write(value)} ({write(figure['low'])} to {write(figure['high'])})"
    return {
        "low": figure["low"],
        "point": value,
        "high": figure["high"],
        "figures": words,
        "reason": words,
        "n": counted(figure),
    }


def _shrunk_words(shrunk: Figure) -> str:
    if shrunk["value"] is None:
        return str(shrunk["reason"])
    low, high = signed(shrunk["low"]), signed(shrunk["high"])
    return f"{signed(shrunk['value'])} ({low} to {high})"


def _best_first(row: Mapping[str, Any]) -> tuple[bool, float, str]:
    return row["rank"] is None, -(row["rank"] or 0), row["label"]
