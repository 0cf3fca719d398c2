"""Which proposals of a second extractor are new."""

from dataclasses import replace

import pytest

from claims.extraction.merging import Place, new_among, same_claim
from claims.extraction.types import ClaimClass
from tests.claims.extraction.reading import read

(PROPOSAL,) = read("Orlov expects that trade between the ports is likely to grow.")


@pytest.mark.parametrize(
    ("start", "end", "class_", "same"),
    [
        (10, 30, "forecast", True),
        (20, 40, "forecast", True),
        (21, 41, "forecast", False),
        (20, 24, "forecast", True),
        (30, 40, "forecast", False),
        (10, 30, "assessment", False),
    ],
)
def test_claims_are_the_same_that_share_half_of_the_shorter(
    start: int, end: int, class_: ClaimClass, *, same: bool
) -> None:
    one, other = Place(10, 30, "forecast"), Place(start, end, class_)

    assert same_claim(one, other) is same_claim(other, one) is same


def test_what_is_known_is_left_out() -> None:
    known = [Place(PROPOSAL.start + 3, PROPOSAL.end, "forecast")]

    assert new_among([PROPOSAL], known) == []
    assert new_among([PROPOSAL], known=[]) == [PROPOSAL]


def test_the_first_of_two_that_are_the_same_stands() -> None:
    shorter = replace(PROPOSAL, end=PROPOSAL.end - 5)
    assessment = replace(PROPOSAL, class_="assessment")

    assert new_among([shorter, PROPOSAL, assessment], known=[]) == [shorter, assessment]
