"""What is reached on news that readers sorted does not get lost."""

from pathlib import Path

import pytest

from sources.gathering.evaluation import agreement, evaluate
from sources.gathering.labelled import Labelled, read_labelled
from tests.sources.gathering.days import FILES, LABELS, labelled_lines


def read(name: str, shared: Path) -> list[Labelled]:
    reports, problems = read_labelled(labelled_lines(name, news=shared / "data" / "news"))
    assert problems == []
    return reports


@pytest.mark.parametrize("name", FILES)
def test_an_item_stands_in_one_group_of_two_or_more(name: str) -> None:
    groups = [line.split() for line in (LABELS / f"{name}.txt").read_text().splitlines()]
    places = [place for group in groups for place in group]

    assert min(map(len, groups)) >= 2
    assert len(places) == len(set(places))


# Somewhat below what is reached: docs/methods.md.
@pytest.mark.parametrize(
    ("name", "items", "precision", "f1"), [("b", 2631, 0.87, 0.5), ("c", 721, 0.88, 0.64)]
)
def test_events_of_real_news_are_those_of_readers(
    shared: Path, name: str, items: int, precision: float, f1: float
) -> None:
    result = evaluate(read(name, shared))

    assert result.items == items
    assert (result.agreement.precision or 0) > precision
    assert (result.agreement.f1 or 0) > f1
    assert result.agreement.bcubed_f1 > 0.87
    assert result.copies >= 10
    assert (result.copies_precision or 0) >= 0.98


def test_two_readers_agree(shared: Path) -> None:
    one, other = ({row.id: row.group for row in read(name, shared)} for name in ("c", "c-second"))

    assert agreement([other[place] for place in one], list(one.values())).f1 == 0.9486
