"""What evidence weighs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.plumb.weights import pull, weight


@pytest.mark.parametrize(
    ("stance", "ratio", "found"),
    [(2, None, 1), (-1, None, -0.5), (0, None, 0), (1, 10, 1), (1, 1000, 1), (-2, 0.5, -0.30103)],
)
def test_pull_is_by_ratio_where_there_is_one(
    stance: int, ratio: float | None, found: float
) -> None:
    assert pull(stance, ratio) == pytest.approx(found, abs=1e-5)


def test_worse_credibility_weighs_less() -> None:
    assert [weight(2, None, one) for one in (1, 2, 3, 4, 5)] == [1, 0.8, 0.6, 0.4, 0.2]
    assert weight(-2, None, 6) == weight(-2, None, None) == 0.6


@given(
    st.integers(-2, 2),
    st.none() | st.floats(1e-6, 1e6),
    st.none() | st.integers(1, 6),
)
def test_weight_lies_within_0_and_1(stance: int, ratio: float | None, cred: int | None) -> None:
    assert 0 <= weight(stance, ratio, cred) <= 1
