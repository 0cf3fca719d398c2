"""How likely two reports tell of one event."""

from datetime import timedelta
from functools import reduce

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.gathering import Reports, wordings
from sources.gathering.arrivals import JOINS_AT
from sources.gathering.likeness import WEIGHTS, log_odds, measures
from tests.sources.gathering.desk import AT, Desk

TITLE = "Ministers agree to extend the grain corridor by sixty days"
TEXT = "The corridor for ships with wheat stays open, a spokesman said after talks in Geneva."
DESK = Desk()

reports = st.builds(
    lambda title, text, hours, source: DESK.report(
        title, text, at=AT + timedelta(hours=hours), source=source
    ),
    st.sampled_from(
        [TITLE, "Grain corridor extended", "Bank leaves rate at 4", "", "両国は合意した"]
    ),
    st.sampled_from([TEXT, "", "Prices rise by 3 percent"]),
    st.integers(0, 200),
    st.sampled_from(["one", "other"]),
)


FIRST, SECOND = np.array([0]), np.array([1])


def named(one: Reports, other: Reports) -> dict[str, float]:
    [found] = measures(one.followed_by(other), FIRST, SECOND, DESK.rarity).tolist()
    return dict(zip(WEIGHTS, found, strict=True))


def odds(one: Reports, other: Reports) -> float:
    return float(log_odds(one.followed_by(other), FIRST, SECOND, DESK.rarity)[0])


@settings(max_examples=50, deadline=None)  # the first example loads the vectors
@given(reports, reports)
def test_it_is_the_same_from_either_side(one: Reports, other: Reports) -> None:
    assert named(one, other) == pytest.approx(named(other, one))
    assert odds(one, other) == pytest.approx(odds(other, one))


@settings(max_examples=50, deadline=None)  # the first example loads the vectors
@given(reports, reports)
def test_measures_are_shares_but_for_days(one: Reports, other: Reports) -> None:
    found = named(one, other)

    assert 0 <= found.pop("days") <= 3
    assert -1.05 <= found.pop("meaning") <= 1.05
    assert all(-1e-9 <= value <= 1 + 1e-9 for value in found.values())
    assert found["covered_least"] <= found["covered_most"]


def test_a_copy_shares_everything_at_once() -> None:
    found = named(DESK.report(TITLE, TEXT), DESK.report(TITLE, TEXT))

    assert found == pytest.approx(
        {
            "meaning": 1.0,
            "covered_least": 1.0,
            "covered_most": 1.0,
            "whole": 1.0,
            "numbers_conflict": 0.0,
            "days": 0.0,
            "one_source": 0.0,
            "one_mould": 0.0,
        },
        abs=0.02,
    )
    assert odds(DESK.report(TITLE, TEXT), DESK.report(TITLE, TEXT)) > 8


def test_other_matters_are_far_apart() -> None:
    bank = DESK.report("Bank leaves its rate unchanged", "Prices rise more slowly, it said.")

    assert odds(DESK.report(TITLE, TEXT), bank) < -5


def test_a_title_that_the_other_text_tells_is_covered() -> None:
    long = DESK.report(TITLE, TEXT)
    found = named(long, DESK.report("Ships with wheat"))

    assert found["covered_most"] == pytest.approx(1.0)
    assert found["covered_least"] == 0.0


@pytest.mark.parametrize(
    ("title", "other", "text", "conflict"),
    [
        ("3 dead in port", "30 dead in port", "", 1.0),
        ("3 dead in port", "Deaths in port", "", 0.0),
        ("3 dead in port", "30 dead in port", "Of 30 people 3 are dead.", 0.0),
        ("Day 12 of 40", "Day 12 of 40", "", 0.0),
    ],
)
def test_numbers_conflict_where_each_title_has_one_the_other_report_lacks(
    title: str, other: str, text: str, conflict: float
) -> None:
    assert named(DESK.report(title, text), DESK.report(other))["numbers_conflict"] == conflict


def test_one_mould_counts_for_one_source_alone() -> None:
    titles = "Winning lottery numbers of Texas", "Winning lottery numbers of Ohio"
    same = [DESK.report(title, source="a wire") for title in titles]
    apart = [DESK.report(title) for title in titles]

    assert named(*same)["one_mould"] > 0.5
    assert named(*apart)["one_mould"] == 0.0
    assert odds(*same) < odds(*apart) - 3


def test_it_fades_with_days_and_no_more_after_three() -> None:
    first = DESK.report(TITLE, TEXT)
    later = [
        odds(first, DESK.report(TITLE, TEXT, at=AT + timedelta(days=days))) for days in range(5)
    ]

    assert later[0] > later[1] > later[2] > later[3] == later[4]
    assert odds(DESK.report(TITLE, at=AT + timedelta(days=1)), first) == pytest.approx(
        odds(DESK.report(TITLE), DESK.report(TITLE, TEXT, at=AT + timedelta(days=1)))
    )


def test_reports_without_a_word_tell_of_nothing_together() -> None:
    assert odds(DESK.report("…"), DESK.report("…")) < JOINS_AT - 5


def test_many_pairs_at_once_are_measured_as_each_alone() -> None:
    told = [(TITLE, TEXT), ("3 dead in port", ""), ("Grain corridor extended", TEXT), ("…", "")]
    alone = [DESK.report(title, text, source="a wire") for title, text in told]
    reports = reduce(Reports.followed_by, alone)
    one, other = np.array([0, 1, 2, 3, 2]), np.array([2, 0, 1, 0, 2])

    found = measures(reports, one, other, DESK.rarity)

    assert found.shape == (5, len(WEIGHTS))
    for row, (mine, theirs) in enumerate(zip(one, other, strict=True)):
        assert dict(zip(WEIGHTS, found[row], strict=True)) == pytest.approx(
            named(alone[mine], alone[theirs])
        )


def test_no_pairs_have_no_measures() -> None:
    none = np.empty(0, np.int64)

    assert measures(DESK.report(TITLE), none, none, DESK.rarity).shape == (0, len(WEIGHTS))


def test_reports_come_back_as_they_were_kept() -> None:
    one = DESK.report(TITLE, TEXT, at=AT + timedelta(microseconds=1), source="a wire")
    [kept] = one.kept()
    again = Reports.of_kept([kept])

    assert again.kept() == [kept]
    assert kept.at == (AT + timedelta(microseconds=1)).timestamp()
    assert named(one, again) == pytest.approx(named(one, one))
    assert len(Reports.of_kept([]).said) == len(wordings([])) == 0
