"""The bars that extraction is held to, over articles that no rule was tuned on."""

from datetime import date
from pathlib import Path

import pytest

from claims.extraction.evaluation import Evaluation, evaluate
from claims.extraction.gold import read_gold
from claims.extraction.lexicons import ICD_203


@pytest.fixture(scope="module")
def aside() -> Evaluation:
    with (Path(__file__).parent / "gold_aside.jsonl").open("rb") as lines:
        articles, _ = read_gold(lines)
    return evaluate(articles, lexicon=ICD_203.entries, today=date(2026, 4, 9))


def test_forecasts_are_found(aside: Evaluation) -> None:
    assert (aside.found["forecast"].f1 or 0) >= 0.75


@pytest.mark.parametrize(("part", "bar"), [("speaker", 0.85), ("hedge", 0.90)])
def test_part_is_read_as_marked(aside: Evaluation, part: str, bar: float) -> None:
    assert (aside.accuracy(part) or 0) >= bar
