"""The quick look keeps the claims that score best, whatever the scores and however they come in."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.matching import Index, Item, Target
from claims.matching.candidates import LANES, _Best
from claims.matching.index import TOP
from claims.matching.postings import Effort

DAY = date(2024, 1, 12)
GAS = "Gas deliveries through the northern pipeline will rise."


@given(
    seed=st.integers(0, 1000),
    events=st.integers(1, 5),
    spans=st.lists(st.integers(1, 40), min_size=1, max_size=4),
    most=st.integers(1, 12),
    kinds=st.sampled_from([2, 5, 10_000]),
)
def test_best_are_kept(seed: int, events: int, spans: list[int], most: int, kinds: int) -> None:
    chance = np.random.default_rng(seed)
    every = chance.integers(0, kinds, (events, LANES * sum(spans))).astype(np.float32)
    every[chance.random(every.shape) < 0.1] = -np.inf
    best, start = _Best(events, most), 0
    for span in spans:
        best.take(every[:, start : start + LANES * span], start)
        start += LANES * span

    for scores, rows in zip(every, best.rows(), strict=True):
        kept = rows[rows >= 0].tolist()
        exact = np.sort(scores[scores > -np.inf])[::-1][:most]
        assert len(set(kept)) == len(kept)
        assert np.sort(scores[kept])[::-1].tolist() == exact.tolist()


@pytest.mark.parametrize("title", ["Gas pipeline", "普京和习近平"])
def test_claims_that_are_all_alike_are_found(title: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.matching.postings.EFFORTS", (Effort(1e9, 3.0, 128, 32),))
    index = Index.build([Target(number, "same", GAS) for number in range(2000)])

    (found,) = index.nearest([Item(1, title, "", DAY)])

    assert len(found) == TOP
    assert len({score for _, score in found}) == 1


def test_event_without_a_claim_that_may_take_it_finds_none() -> None:
    index = Index.build([Target(1, "1", GAS, closes_on=date(2024, 1, 11))])
    late, early = (
        Item(n, "Gas pipeline", "", date(2024, 1, day)) for n, day in enumerate((12, 11))
    )

    assert [len(one) for one in index.nearest([late, early])] == [0, 1]
