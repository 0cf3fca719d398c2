"""Claims that come and go: what is found is what an index that was built anew finds."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.matching import Index, Item, Target
from claims.matching.index import THRESHOLD
from claims.matching.postings import Effort

DAY = date(2024, 1, 12)
NO_BOUND = -1.0
GOODS = ("gas", "grain", "copper", "timber", "steel")
DEEDS = ("exports rise", "prices fall", "is taxed", "is shipped north")
WORDINGS = [f"{good.title()} {deed} by 2027." for good, deed in product(GOODS, DEEDS)]
EVENTS = [Item(n, text, "Ministers spoke of it.", DAY) for n, text in enumerate(WORDINGS)]


def claim(number: int) -> Target:
    return Target(number, str(number), WORDINGS[number % len(WORDINGS)])


def found(index: Index) -> list[tuple[int, int, float]]:
    ranked = index.rank(EVENTS, threshold=NO_BOUND)
    return [(one.item_id, one.target_id, round(one.score, 3)) for one in ranked]


@pytest.fixture
def small_spans(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.matching.index.SPAN", 16)


def test_added_claim_is_found_and_removed_one_is_not() -> None:
    index = Index.build([claim(1)])
    index.add([claim(2)])
    index.remove([1, 7])

    assert len(index) == 1
    assert {target for _, target, _ in found(index)} == {2}


def test_claim_of_the_same_id_takes_the_place_of_the_former() -> None:
    index = Index.build([claim(1), claim(2)])
    index.add([Target(1, "new", "The orchestra tours.")])

    assert [one.key for one in index.targets] == ["2", "new"]
    assert found(index) == found(Index.build([claim(2), Target(1, "new", "The orchestra tours.")]))


@pytest.mark.usefixtures("small_spans")
@settings(deadline=None, max_examples=25)  # the first example loads the vectors
@given(
    changes=st.lists(
        st.tuples(st.booleans(), st.lists(st.integers(0, 60), max_size=25)), max_size=5
    )
)
def test_any_changes_lead_to_what_a_new_index_finds(
    changes: list[tuple[bool, list[int]]],
) -> None:
    index, known = Index(), set[int]()
    for adds, numbers in changes:
        if adds:
            index.add([claim(number) for number in numbers])
            known |= set(numbers)
        else:
            index.remove(numbers)
            known -= set(numbers)

    assert found(index) == found(Index.build([claim(number) for number in sorted(known)]))


@pytest.mark.usefixtures("small_spans")
def test_update_reads_only_what_is_new(monkeypatch: pytest.MonkeyPatch) -> None:
    index = Index.build([claim(number) for number in range(40)])
    read: list[int] = []
    add = index._columns.append
    monkeypatch.setattr(
        index._columns,
        "append",
        lambda targets: (read.extend(one.id for one in targets), add(targets)),
    )

    index.update([claim(number) for number in range(10, 45)])

    assert read == [40, 41, 42, 43, 44]
    assert found(index) == found(Index.build([claim(number) for number in range(10, 45)]))


def test_quick_look_finds_what_the_exact_score_of_all_finds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("claims.matching.index.SPAN", 64)
    few = (Effort(1e9, 3.0, 128, 64),)
    monkeypatch.setattr("claims.matching.postings.EFFORTS", few)
    words = [f"{good} {place} {deed}" for good in GOODS for deed in DEEDS for place in PLACES]
    index = Index.build([Target(n, str(n), text) for n, text in enumerate(words)])

    near, exact = (index.nearest(EVENTS, every=every) for every in (False, True))

    for ours, theirs in zip(near, exact, strict=True):
        least = theirs[-1][1] - 1e-5
        assert sum(score >= least for _, score in ours) >= 0.95 * len(theirs)


PLACES = ("Omsk", "Harbin", "Perm", "Dalian", "Tomsk", "Wuhan", "Kazan", "Ningbo", "Tver", "Jinan")


@pytest.mark.parametrize(
    "text", ["Wheat", "", " ".join(f"word{number} wheat" for number in range(2500))]
)
def test_claim_of_one_word_or_of_thousands_links_nothing_wrong(text: str) -> None:
    index = Index.build([Target(1, "1", text)])

    assert index.rank([Item(1, "The orchestra tours the north", "It plays on.", DAY)]) == []


def test_same_event_twice_is_ranked_twice_alike() -> None:
    index = Index.build([claim(0)])

    first, again = index.rank([EVENTS[0], EVENTS[0]], threshold=NO_BOUND)

    assert first == again
    assert first.score > THRESHOLD


def test_events_of_several_blocks_and_days_keep_their_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    events = [Item(n, one.title, "", date(2024, 1, 28 - n)) for n, one in enumerate(EVENTS)]
    index = Index.build([claim(number) for number in range(5)])
    whole = index.rank(events, threshold=NO_BOUND)
    monkeypatch.setattr("claims.matching.index.BLOCK", 3)

    blocks = index.rank(events, threshold=NO_BOUND)

    assert [one.item_id for one in blocks] == [one.item_id for one in whole]
    assert [one.item_id for one in whole] == sorted(one.item_id for one in whole)
