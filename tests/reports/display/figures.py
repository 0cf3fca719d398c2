"""Figures as reports hold them, for the tests of their words."""

from typing import Any

NONE: dict[str, Any] = {
    "value": None,
    "low": None,
    "high": None,
    "n": 0,
    "clusters": 0,
    "reason": "no claim",
}


def figure(value: float, low: float, high: float) -> dict[str, Any]:
    """Of twelve claims from seven documents."""
    return {"value": value, "low": low, "high": high, "n": 12, "clusters": 7, "reason": ""}
