"""Which reports are compared."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import numpy as np

from sources.gathering import BEHIND_A_CLUE, LOOKED_AT, Clues, most_shared, stored
from sources.gathering.looking import Pairs, earlier

NONE = np.empty(0, np.int64)


def nothing(_day: date, _clues: Sequence[int]) -> dict[int, list[int]]:
    return {}


def clues(*of: set[int]) -> Clues:
    """The clues of reports, one set each."""
    pairs = [(row, clue) for row, mine in enumerate(of) for clue in sorted(mine)]
    rows, found = np.array(pairs, np.int64).reshape(-1, 2).T
    return Clues(rows, found)


def pairs(found: Pairs) -> list[tuple[int, int]]:
    rows, others = found
    return sorted(zip(rows.tolist(), others.tolist(), strict=True))


def days(*of: str) -> np.ndarray:
    return np.array([datetime.fromisoformat(one).replace(tzinfo=UTC).timestamp() for one in of])


def test_stored_reports_are_asked_for_day_by_day_and_paired_by_each_clue() -> None:
    asked = []

    def behind(day: date, wanted: Sequence[int]) -> dict[int, list[int]]:
        asked.append((day.isoformat(), list(wanted)))
        known = {7: [70, 71], 8: [71], -9: [90]}
        return {clue: known[clue] for clue in wanted if clue in known}

    at = days("2026-03-02T23:59:59.999", "2026-03-03T00:00", "2026-03-02T00:00")
    found = stored(clues({7, 8}, {8, 5}, {-9, 7}), at, behind)

    assert asked == [("2026-03-02", [-9, 7, 8]), ("2026-03-03", [5, 8])]
    assert pairs(found) == [(0, 70), (0, 71), (0, 71), (1, 71), (2, 70), (2, 71), (2, 90)]


def test_nothing_behind_the_clues_is_nothing_to_compare() -> None:
    assert pairs(stored(clues({7}), days("2026-03-02"), nothing)) == []
    assert pairs(stored(clues(set()), days("2026-03-02"), nothing)) == []


def test_of_those_that_come_at_once_each_is_paired_with_those_before_it() -> None:
    assert pairs(earlier(clues({1, 2}, {2}, {1, 2}))) == [(1, 0), (2, 0), (2, 0), (2, 1)]
    assert pairs(earlier(clues({1}, {2}))) == pairs(earlier(clues())) == []


def test_behind_a_clue_that_all_share_the_last_ones_are_looked_at() -> None:
    many = earlier(clues(*[{1}] * 50))

    assert [other for row, other in pairs(many) if row == 49] == [*range(49 - BEHIND_A_CLUE, 49)]
    assert len(many[0]) == BEHIND_A_CLUE * 50 - BEHIND_A_CLUE * (BEHIND_A_CLUE + 1) // 2


def test_those_that_share_most_come_first_and_of_as_many_the_last() -> None:
    shared = [other for other in range(40) for _ in range(2 if other == 3 else 1)]
    rows, others = most_shared(np.full(len(shared), 5), np.array(shared))

    assert others.tolist() == [3, *range(39, 40 - LOOKED_AT, -1)]
    assert set(rows.tolist()) == {5}


def test_each_report_has_its_own_bound() -> None:
    rows, others = np.repeat([0, 1], 30), np.tile(np.arange(30), 2)

    assert np.bincount(most_shared(rows, others)[0]).tolist() == [LOOKED_AT, LOOKED_AT]
    assert pairs(most_shared(NONE, NONE)) == []
