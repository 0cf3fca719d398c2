"""The news that a person graded for claims is whole, and what is measured on it is right."""

from math import log2
from pathlib import Path

import pytest

from claims.matching import Item
from tests.claims.extraction.test_seed import SAID
from tests.claims.matching.days import LABELS, SETS, Graded, graded, ndcg, precision, write


@pytest.mark.parametrize("name", sorted({labels for labels, _ in SETS.values()}))
def test_pair_is_graded_once(name: str) -> None:
    lines = [line.split() for line in (LABELS / f"{name}.txt").read_text().splitlines()]
    pairs = [(claim, place) for claim, _, *places in lines for place in places]

    assert {grade for _, grade, *_ in lines} == {"0", "1", "2", "3"}
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize(
    ("name", "claims", "items"),
    [("own", 35, 5785), ("seed-2022-09-15", 13, 1465), ("seed-2023-03-20", 13, 2615)],
)
def test_graded_items_and_claims_are_those_of_the_set(
    shared: Path, name: str, claims: int, items: int
) -> None:
    found = graded(name, shared=shared)

    assert len(found.claims) == claims
    assert len(found.items) == items
    assert found.grades.keys() == found.claims.keys()
    assert all(grades.keys() <= found.items.keys() for grades in found.grades.values())


def test_gain_falls_with_rank_and_grows_with_grade() -> None:
    grades = {1: 3, 2: 2, 3: 0, 4: 1}
    ideal = 7 + 3 / log2(3) + 1 / log2(4)

    assert ndcg([1, 2, 4, 3], grades) == 1.0
    assert ndcg([3, 2, 9, 1], grades) == pytest.approx((3 / log2(3) + 7 / log2(5)) / ideal)
    assert ndcg([3, 2, 9, 1], grades, at=2) == pytest.approx((3 / log2(3)) / (7 + 3 / log2(3)))
    assert ndcg([], grades) == 0.0


@pytest.mark.parametrize("grades", [{}, {1: 0}, {1: 1}])
def test_claim_on_which_there_is_nothing_has_no_gain(grades: dict[int, int]) -> None:
    assert ndcg([1, 2], grades) is None


def test_precision_counts_what_bears() -> None:
    grades = {1: 3, 2: 2, 3: 1}

    assert precision([1, 2, 3, 4], grades) == 0.5
    assert precision([3, 1], grades, at=1) == 0.0
    assert precision([], grades) is None


def test_written_set_holds_what_bears(tmp_path: Path) -> None:
    items = {
        one: Item(one, title, summary, SAID)
        for one, title, summary in [(5, 'Gas "stops"', ""), (20_007, "Gas", "flows")]
    }
    write(
        Graded({2: "Gas flows.", 3: "Gas stops."}, items, {2: {5: 2, 20_007: 3}, 3: {5: 1}}),
        tmp_path,
    )

    assert (
        tmp_path / "claims.tsv"
    ).read_text() == "\tvclaim\ttitle\n2\tGas flows.\t\n3\tGas stops.\t\n"
    assert (tmp_path / "items.tsv").read_text() == (
        '\ttweet_content\n5\t"Gas ""stops"""\n20007\tGas. flows\n'
    )
    assert (tmp_path / "qrels").read_text() == "5\t0\t2\t1\n20007\t0\t2\t2\n"
