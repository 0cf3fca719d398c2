"""How far events agree with those that people made: figures worked out by hand, and laws."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.gathering.evaluation import Agreement, agreement, evaluate, gathered
from sources.gathering.labelled import Labelled
from tests.sources.gathering.desk import AT

TITLE = "Ministers agree to extend the grain corridor by sixty days"
TEXT = (
    "Ministers of both countries agreed on it on Tuesday, a spokesman said after talks in Geneva."
)
BANK = "Bank of Aland leaves its rate unchanged at four percent"


def labelled(title: str, group: str, *, text: str = "", source: str = "") -> Labelled:
    return Labelled(title[:9], title, text, AT, source, group)


def test_agreement_of_a_hand_worked_example() -> None:
    # Ours: abc, de. Theirs: ab, cde. In one of ours: ab, ac, bc, de; in one of theirs: ab, cd, ce, de.
    assert agreement("11122", "xxyyy") == Agreement(
        precision=0.5,
        recall=0.5,
        f1=0.5,
        # a 2/3, b 2/3, c 1/3, d 1, e 1; then a 1, b 1, c 1/3, d 2/3, e 2/3.
        bcubed_precision=0.7333,
        bcubed_recall=0.7333,
        bcubed_f1=0.7333,
    )


def test_agreement_where_precision_and_recall_differ() -> None:
    assert agreement("1112", "xxyy") == Agreement(
        precision=0.3333,  # of ab, ac, bc one
        recall=0.5,  # of ab, cd one
        f1=0.4,
        bcubed_precision=0.6667,  # 2/3, 2/3, 1/3, 1
        bcubed_recall=0.75,  # 1, 1, 1/2, 1/2
        bcubed_f1=0.7059,
    )


def test_there_is_no_rate_of_nothing() -> None:
    assert agreement("123", "xyy") == Agreement(None, 0.0, 0.0, 1.0, 0.6667, 0.8)
    assert agreement("112", "xyz") == Agreement(0.0, None, 0.0, 0.6667, 1.0, 0.8)
    assert agreement("12", "xy") == Agreement(None, None, None, 1.0, 1.0, 1.0)


sortings = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=30)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=30))
def test_agreeing_with_oneself_is_perfect(found: list[int]) -> None:
    rates = agreement(found, found)

    assert {rates.precision, rates.recall, rates.f1} <= {1.0, None}
    assert (rates.bcubed_precision, rates.bcubed_recall, rates.bcubed_f1) == (1.0, 1.0, 1.0)


@given(sortings, st.permutations(range(5)))
def test_other_names_for_events_change_nothing(
    pairs: list[tuple[int, int]], names: list[int]
) -> None:
    found, meant = zip(*pairs, strict=True)

    assert agreement([f"event {names[one]}" for one in found], meant) == agreement(found, meant)


@given(sortings)
def test_looked_at_from_the_other_side_precision_is_recall(pairs: list[tuple[int, int]]) -> None:
    found, meant = zip(*pairs, strict=True)
    one, other = agreement(found, meant), agreement(meant, found)

    assert (one.precision, one.recall, one.f1) == (other.recall, other.precision, other.f1)
    assert (one.bcubed_precision, one.bcubed_f1) == (other.bcubed_recall, other.bcubed_f1)


@given(sortings)
def test_rates_are_shares(pairs: list[tuple[int, int]]) -> None:
    found, meant = zip(*pairs, strict=True)
    rates = agreement(found, meant)

    assert all(0 < rate <= 1 for rate in (rates.bcubed_precision, rates.bcubed_recall))
    assert all(0 <= rate <= 1 for rate in (rates.precision, rates.recall) if rate is not None)
    low, high = sorted((rates.bcubed_precision, rates.bcubed_recall))
    assert low - 1e-4 <= rates.bcubed_f1 <= high + 1e-4


def test_evaluation_of_a_few_reports() -> None:
    result = evaluate(
        [
            labelled(TITLE, "corridor", text=TEXT),
            labelled(BANK, "rate"),
            labelled(TITLE.upper(), "corridor", text=TEXT),
            labelled(BANK, "another"),
        ]
    )

    assert result.items_per_second > 0
    assert replace(result, items_per_second=0).as_dict() == {
        "items": 4,
        "events": 2,
        "groups": 3,
        "precision": 0.5,
        "recall": 1.0,
        "f1": 0.6667,
        "bcubed_precision": 0.75,
        "bcubed_recall": 1.0,
        "bcubed_f1": 0.8571,
        "copies": 2,
        "copies_precision": 0.5,
        "items_per_second": 0,
    }


def test_a_rewrite_is_no_plain_copy() -> None:
    rewrite = "Grain corridor extended by sixty days, ministers say after talks in Geneva"
    result = evaluate([labelled(TITLE, "one", text=TEXT), labelled(rewrite, "one", text=TEXT[:40])])

    assert (result.events, result.copies, result.copies_precision) == (1, 0, None)


def test_reports_are_gathered_as_if_they_arrived() -> None:
    reports = [
        labelled(TITLE, "", text=TEXT),
        labelled(BANK, ""),
        replace(labelled(TITLE, "", text=TEXT), at=AT + timedelta(days=30)),
        replace(labelled(BANK, ""), at=AT + timedelta(days=1)),
    ]

    assert gathered(reports) == [0, 1, 2, 1]


@pytest.mark.parametrize(("source", "events"), [("", [0, 0]), ("wire", [0, 1])])
def test_nobody_named_is_not_one_source(source: str, events: list[int]) -> None:
    """Two pieces of a series are two stories; what they share says more where two sources say it."""
    titles = "Ask the doctor: sore knees", "Ask the doctor: dry eyes"

    told = [labelled(title, "", source=source) for title in titles]
    assert gathered(told) == events
