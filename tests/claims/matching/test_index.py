"""Ranking: the right claims, in the right order, the same on every machine and in every batch."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.matching import Index, Item, Suggestion, Target
from claims.matching.index import THRESHOLD, TOP

DAY = date(2024, 1, 12)
GAS = "Gas deliveries through the northern pipeline will rise."
TRADE = "Trade between the two ports grows in the coming years."
CUP = "The home side wins the football cup."
WORDINGS = [GAS, TRADE, CUP, "Wheat exports fall.", "The central bank cuts its rate twice."]
ABOUT_GAS = Item(1, "Gas deliveries through the northern pipeline rise", "", DAY)
ABOUT_TRADE = Item(2, "Trade between the ports grows", "Ships brought more goods.", DAY)
NO_BOUND = -1.0


def target(number: int, text: str, opens: date | None = None, closes: date | None = None) -> Target:
    return Target(number, text, text, opens, closes)


def index_of(*texts: str) -> Index:
    return Index.build([target(number, text) for number, text in enumerate(texts, start=1)])


def claims_of(suggestions: list[Suggestion]) -> list[int]:
    return [one.target_id for one in suggestions]


@pytest.mark.parametrize(("item", "nearest"), [(ABOUT_GAS, 1), (ABOUT_TRADE, 2)])
def test_nearest_claim_comes_first(item: Item, nearest: int) -> None:
    found = index_of(GAS, TRADE, CUP).rank([item], threshold=NO_BOUND)

    assert found[0].target_id == nearest
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_suggestion_names_event_passage_and_reason() -> None:
    (found,) = index_of(GAS, CUP).rank([ABOUT_GAS])

    assert (found.item_id, found.target_id) == (1, 1)
    assert found.passage == ABOUT_GAS.title
    assert found.reason.startswith("shares ")
    assert found.reason.endswith(" alike")


def test_unrelated_claim_is_not_suggested_at_the_usual_threshold() -> None:
    assert claims_of(index_of(CUP).rank([ABOUT_GAS])) == []


def test_same_words_score_above_the_threshold_and_at_most_one() -> None:
    (found,) = index_of(GAS).rank([Item(1, GAS, "", DAY)])

    assert THRESHOLD < found.score <= 1


def test_threshold_parts_what_lies_above_from_what_lies_below() -> None:
    index = index_of(GAS, TRADE, CUP)
    scores = {one.target_id: one.score for one in index.rank([ABOUT_GAS], threshold=NO_BOUND)}
    between = (scores[1] + scores[2]) / 2

    assert claims_of(index.rank([ABOUT_GAS], threshold=between)) == [1]


@pytest.mark.parametrize(
    ("opens", "closes", "found"),
    [
        (None, None, [1]),
        (DAY, DAY, [1]),
        (DAY, None, [1]),
        (None, DAY, [1]),
        (DAY + timedelta(1), None, []),
        (None, DAY - timedelta(1), []),
        (date.min, date.max, [1]),
    ],
)
def test_window_takes_both_its_days(
    opens: date | None, closes: date | None, found: list[int]
) -> None:
    index = Index.build([target(1, GAS, opens, closes)])

    assert claims_of(index.rank([ABOUT_GAS])) == found


def test_top_takes_the_best() -> None:
    index = index_of(GAS, TRADE, CUP)
    every = claims_of(index.rank([ABOUT_TRADE], threshold=NO_BOUND))

    assert claims_of(index.rank([ABOUT_TRADE], threshold=NO_BOUND, top=2)) == every[:2]


def test_at_most_twenty_claims_are_suggested_for_one_event() -> None:
    index = index_of(*[GAS] * (TOP + 5))

    assert claims_of(index.rank([ABOUT_GAS])) == list(range(1, TOP + 1))


def test_claims_of_the_same_words_stand_in_their_order() -> None:
    assert claims_of(index_of(GAS, GAS, GAS).rank([ABOUT_GAS])) == [1, 2, 3]


def test_nothing_is_found_without_claims_or_events() -> None:
    assert index_of().rank([ABOUT_GAS]) == []
    assert index_of(GAS).rank([]) == []


@pytest.mark.parametrize("title", ["", " ", "…", "的 和", "0"])
def test_event_without_telling_words_suggests_nothing(title: str) -> None:
    assert index_of(GAS).rank([Item(1, title, "", DAY)]) == []


def test_claim_without_words_is_never_suggested() -> None:
    assert claims_of(index_of("", GAS).rank([ABOUT_GAS])) == [2]


def test_events_keep_their_order() -> None:
    found = index_of(GAS, TRADE).rank([ABOUT_TRADE, ABOUT_GAS])

    assert [(one.item_id, one.target_id) for one in found] == [(2, 2), (1, 1)]


def test_ranking_again_gives_the_same_to_the_last_digit() -> None:
    items = [ABOUT_GAS, ABOUT_TRADE]

    assert index_of(*WORDINGS).rank(items, threshold=NO_BOUND) == index_of(*WORDINGS).rank(
        items, threshold=NO_BOUND
    )


def test_blocks_of_one_event_find_what_one_block_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    items = [ABOUT_GAS, ABOUT_TRADE, Item(3, "Wheat exports fall again", "", DAY)]
    whole = index_of(*WORDINGS).rank(items, threshold=NO_BOUND)
    monkeypatch.setattr("claims.matching.index.BLOCK", 1)

    assert index_of(*WORDINGS).rank(items, threshold=NO_BOUND) == whole


@settings(deadline=None)  # the first example loads the vectors
@given(
    others=st.lists(st.sampled_from(WORDINGS) | st.text(max_size=60), max_size=6),
    events=st.lists(st.sampled_from(WORDINGS) | st.text(max_size=60), max_size=6),
    place=st.integers(0, 6),
)
def test_score_depends_on_one_claim_and_one_event_alone(
    others: list[str], events: list[str], place: int
) -> None:
    (alone,) = Index.build([target(0, GAS)]).rank([ABOUT_GAS], threshold=NO_BOUND)
    targets = [target(number, text) for number, text in enumerate(others, start=1)]
    targets.insert(place, target(0, GAS))
    items = [Item(number, text, "", DAY) for number, text in enumerate(events, start=10)]
    items.insert(place, ABOUT_GAS)

    found = Index.build(targets).rank(items, threshold=NO_BOUND)

    same = next(one for one in found if (one.target_id, one.item_id) == (0, ABOUT_GAS.id))
    # Sums of 256 products may round differently in a larger matrix: the stored figure may not.
    assert same.score == pytest.approx(alone.score, abs=1e-4)
    assert (same.passage, same.reason) == (alone.passage, alone.reason)


@settings(deadline=None)  # the first example loads the vectors
@given(text=st.text(max_size=200), title=st.text(max_size=200))
def test_score_is_a_probability(text: str, title: str) -> None:
    for one in index_of(text).rank([Item(1, title, "", DAY)], threshold=-2):
        assert 0 <= one.score <= 1
