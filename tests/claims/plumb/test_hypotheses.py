"""Claims compared as hypotheses."""

from hypothesis import given
from hypothesis import strategies as st

from claims.plumb.hypotheses import inconsistencies, tells_apart

pulls = st.dictionaries(st.integers(1, 4), st.floats(-1, 1))


def test_an_event_tells_apart_what_it_pulls_differently() -> None:
    claims = [1, 2]

    assert tells_apart({1: 1, 2: -1}, claims) == 2
    assert tells_apart({1: 1}, claims) == 1
    assert tells_apart({1: 0.5, 2: 0.5}, claims) == 0
    assert tells_apart({}, []) == 0


def test_only_what_speaks_against_a_claim_is_summed() -> None:
    rows = [{1: -2, 2: 2}, {1: -1}, {1: 2, 2: 0}]

    assert inconsistencies(rows, 1) == (2, 3)
    assert inconsistencies(rows, 2) == (0, 0)


@given(pulls, st.permutations([1, 2, 3, 4]))
def test_the_order_of_claims_does_not_matter(found: dict[int, float], order: list[int]) -> None:
    assert tells_apart(found, order) == tells_apart(found, [1, 2, 3, 4])
    assert 0 <= tells_apart(found, order) <= 2
