"""Track records for pages."""

import pytest

from reports import display
from reports.scoring.funnel import VOID
from tests.reports.display.figures import NONE, figure


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0.01, 0.05, "Better than the base rate."),
        (-0.05, -0.01, "Worse than the base rate."),
        (-0.01, 0.05, "Cannot be told apart from the base rate."),
    ],
)
def test_words_follow_the_interval(low: float, high: float, words: str) -> None:
    assert display.verdict_on(figure(0.02, low, high)) == words


def test_nothing_is_said_without_an_interval() -> None:
    assert display.verdict_on(NONE) == ""


def test_funnel_leaves_out_what_nothing_fell_into_but_never_the_unresolved() -> None:
    counts = dict.fromkeys(("unresolved", *VOID), 0)
    rows = display.funnel_rows(counts | {"registered": 8, "due": 4, "scored": 3, "too_vague": 1})

    assert [(row["label"], row["n"], row["share"]) for row in rows] == [
        ("registered", 8, 100),
        ("due", 4, 50),
        ("scored", 3, 37.5),
        ("unresolved", 0, 0),
        ("too vague", 1, 12.5),
    ]


def test_claimants_come_ranked_first_then_by_name() -> None:
    def record(key: int, shrunk: float | None) -> dict[str, object]:
        words = {"value": shrunk, "low": 0.0, "high": 0.1, "reason": "not ranked"}
        return {"claimant": key, "improvement": NONE, "shrunk": words, "funnel": {}}

    rows = display.claimant_rows(
        [record(1, None), record(2, 0.1), record(3, 0.3), record(4, None)],
        {1: "Zoe", 2: "Bob", 3: "Cid", 4: "Ann"},
    )

    assert [row["label"] for row in rows] == ["Cid", "Bob", "Ann", "Zoe"]
    assert [row["shrunk"] for row in rows][1:3] == ["+0.100 (0.000 to +0.100)", "not ranked"]
