import pytest

from reports.scoring.brier import score_bounds
from reports.scoring.funnel import VOID, funnel, mean_bounds


def test_funnel_counts_each_standing_once() -> None:
    standings = ["scored", "scored", "unresolved", *VOID]

    counted = funnel(registered=20, standings=standings)

    assert counted.as_dict() == {
        "registered": 20,
        "due": 10,
        "scored": 2,
        "unresolved": 1,
        **dict.fromkeys(VOID, 1),
    }


def test_funnel_refuses_a_standing_it_does_not_know() -> None:
    with pytest.raises(KeyError, match="lost"):
        funnel(registered=1, standings=["lost"])


def test_bounds_set_each_unresolved_at_its_best_and_worst() -> None:
    unresolved = [score_bounds(p, p, outcomes=(0, 1)) for p in (0.7, 0.9)]

    assert mean_bounds([0.04, 0.09, 0.36], []) == pytest.approx((0.49 / 3, 0.49 / 3))
    assert mean_bounds([0.04, 0.09, 0.36], unresolved) == pytest.approx((0.118, 0.358))


def test_no_bounds_without_claims() -> None:
    assert mean_bounds([], []) is None
