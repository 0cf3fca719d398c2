"""The headline under other lexicons, in words."""

from typing import Any

import pytest

from reports import display
from tests.reports.display.figures import NONE, figure

NO_INTERVAL = {"low": None, "high": None, "reason": "no interval below 5 documents"}


def under(improvement: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "lexicon": 2,
        "name": "PHIA",
        "version": 1,
        "rescored": 9,
        "changed": 8,
        "not_in_lexicon": 1,
        "not_by_lexicon": 2,
        "score": figure(0.2, 0.1, 0.3),
        "improvement": improvement,
        "difference": figure(-0.013, -0.03, 0.004),
        **more,
    }


def shown(*lexicons: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    return display.under_lexicons({"overall": {"improvement": own}, "lexicons": list(lexicons)})


OWN = figure(0.034, 0.01, 0.058)


@pytest.mark.parametrize(
    ("one", "sentence"),
    [
        (
            under(figure(0.021, -0.003, 0.045)),
            (
                "Read by PHIA (v1) instead, the improvement would be +0.021 (95% interval −0.003 to "
                "+0.045) rather than +0.034."
            ),
        ),
        (
            under(figure(0.021, 0, 0) | NO_INTERVAL),
            (
                "Read by PHIA (v1) instead, the improvement would be +0.021 rather than +0.034; "
                "there are not enough documents for an interval."
            ),
        ),
        (
            under(OWN, changed=0),
            "Read by PHIA (v1) instead, nothing would change: every claim keeps its range.",
        ),
        (
            under(NONE, changed=0),
            "Read by PHIA (v1) instead, nothing can be said: no claim.",
        ),
    ],
)
def test_sentence_for_quoting(one: dict[str, Any], sentence: str) -> None:
    [row] = shown(one, own=OWN)["rows"]

    assert row["sentence"] == sentence


def test_counts_and_the_other_figures_stand_beside_the_sentence() -> None:
    [row] = shown(under(figure(0.021, -0.003, 0.045)), own=OWN)["rows"]

    assert row["counts"] == "9 rescored, 1 not in it, 2 not from a lexicon"
    assert row["score"] == "0.200 (0.100 to 0.300)"
    assert row["difference"] == "−0.013 (−0.030 to +0.004)"


def test_the_headline_is_drawn_first_and_all_on_one_axis() -> None:
    rows = shown(under(figure(0.5, 0.4, 0.6)), under(figure(-0.5, -0.6, -0.4)), own=OWN)["forest"]

    assert [row["label"] for row in rows] == ["As registered", "PHIA (v1)", "PHIA (v1)"]
    assert [row["point"] for row in rows] == [0.034, 0.5, -0.5]
    [(start, span)] = {(row["axis_from"], row["axis_span"]) for row in rows}
    assert start < -0.6
    assert start + span > 0.6


def test_an_older_report_and_one_without_lexicons_say_why_there_is_nothing() -> None:
    older = display.under_lexicons({"overall": {"improvement": OWN}})

    assert older == {
        "reason": "Claims were not scored again under other lexicons yet when this report was "
        "published.",
        "rows": [],
    }
    assert shown(own=OWN) == {
        "reason": "No lexicon was stored when this report was published.",
        "rows": [],
    }
