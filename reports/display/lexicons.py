"""The same claims read by other lexicons, in words and on one axis with the headline."""

from collections.abc import Mapping
from typing import Any

from reports.display.numbers import axis, interval_words, plain, row, signed

OLDER = "Claims were not scored again under other lexicons yet when this report was published."
NONE = "No lexicon was stored when this report was published."
AS_REGISTERED = "As registered"


def under_lexicons(figures: Mapping[str, Any]) -> dict[str, Any]:
    """Each lexicon with its sentence and counts, and rows of the interval component, the headline first.

    Without a lexicon, `reason` says why.
    """
    found = figures.get("lexicons")
    if not found:
        return {"reason": OLDER if found is None else NONE, "rows": []}
    own = figures["overall"]["improvement"]
    start, span = axis([own, *(one["improvement"] for one in found)])
    drawn = [(AS_REGISTERED, own), *((lexicon_name(one), one["improvement"]) for one in found)]
    return {
        "reason": "",
        "forest": [
            {
                "label": label,
                **row(figure, signed),
                "axis_from": start,
                "axis_span": span,
                "zero": 0,
                "target_low": None,
                "target_width": None,
            }
            for label, figure in drawn
        ],
        "rows": [_lexicon(one, own) for one in found],
    }


def _lexicon(one: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, str]:
    return {
        "sentence": sentence(one, own),
        "score": row(one["score"], plain)["figures"],
        "difference": row(one["difference"], signed)["figures"],
        "counts": (
            f"{one['rescored']} rescored, {one['not_in_lexicon']} not in it, "
            f"{one['not_by_lexicon']} not from a lexicon"
        ),
    }


def lexicon_name(one: Mapping[str, Any]) -> str:
    """Name and version, as everywhere."""
    return f"{one['name']} (v{one['version']})"


def sentence(one: Mapping[str, Any], own: Mapping[str, Any]) -> str:
    """What another lexicon would have made of the headline, for quoting.

    `own` is the improvement as registered.
    """
    read, other = f"Read by {lexicon_name(one)} instead", one["improvement"]
    if other["value"] is None:
        return f"{read}, nothing can be said: {other['reason']}."
    if not one["changed"]:
        return f"{read}, nothing would change: every claim keeps its range."
    said = f"{read}, the improvement would be {signed(other['value'])}"
    rather = f"rather than {signed(own['value'])}"
    if other["low"] is None:
        return f"{said} {rather}; there are not enough documents for an interval."
    return f"{said} ({interval_words(other, signed)}) {rather}."
