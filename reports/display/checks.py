"""How far reviewers agreed and how well probabilities were calibrated, in words."""

from typing import Any

from reports.display.numbers import Figure, interval_words, plain
from reports.scoring.calibration import PARTS

NO_CHANCE = "no p-value: some outcomes lie between held and failed"
OLDER = "no interval: published before there was one"


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
