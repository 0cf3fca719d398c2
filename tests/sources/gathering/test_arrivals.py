"""Reports arrive one after the other and are put to events."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from sources.gathering import BEHIND_A_CLUE, LOOKED_AT, arrivals, clues
from sources.gathering.likeness import log_odds
from tests.sources.gathering.desk import AT, Desk, gathered

TITLE = "Ministers agree to extend the grain corridor by sixty days"
TEXT = (
    "Ministers from both countries agreed on Tuesday to extend the grain corridor by sixty days, "
    "a spokesman said after talks in Geneva."
)
CAPTION = "A guard stands at the gate of the ministry in the old town on a cold morning in March."
JAPANESE = "両国は穀物回廊の延長で合意した"
FIRE = "Fire destroys the old market hall of Tolmar"
BANK = "Bank of Aland leaves its rate unchanged at four percent"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (TITLE, TEXT),
        (TITLE, ""),
        (TITLE.upper(), TEXT),
        (f"“{TITLE}!”", TEXT.replace(",", "")),
        (f"{TITLE} – live", TEXT),
        (f"{TITLE} after 2 rounds", TEXT),
        (TITLE, TEXT.replace("a spokesman said", "a spokeswoman told reporters")),
        ("Deal reached on corridor for grain exports", TEXT),
        ("Corridor extended", TEXT),
        (
            "Grain corridor extended by 60 days, ministers say",
            "The corridor for grain ships stays open for another sixty days after talks in Geneva.",
        ),
    ],
)
def test_a_copy_or_a_rewrite_joins(title: str, text: str) -> None:
    assert gathered([(TITLE, TEXT), (BANK, ""), (title, text)]) == [0, 1, 0]
    assert gathered([(title, text), (BANK, ""), (TITLE, TEXT)]) == [0, 1, 0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((FIRE, ""), (BANK, "")),
        (("Bank shares fall sharply", CAPTION), ("Holes in the watchmakers' trade", CAPTION)),
        (("Alpha rises on profit", "BRIEF"), ("Beta falls on loss", "BRIEF")),
        ((TITLE, TEXT), ("", "")),
        (("", ""), ("", "")),
        ((JAPANESE, ""), ("首相が辞任を表明した", "首相は記者会見で辞任を表明した")),
    ],
)
def test_another_story_stays_apart(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert gathered([one, other]) == gathered([other, one]) == [0, 1]


def test_scripts_without_spaces_join_by_their_characters() -> None:
    text = "両国は火曜日に穀物回廊を延長することで合意したと報道官が述べた"

    other = text.replace("報道官が述べた", "報道官が語った")
    assert gathered([(JAPANESE, text), (JAPANESE, other)]) == [0, 0]


@pytest.mark.parametrize(("days", "event"), [(2, 0), (-2, 0), (4, 1), (30, 1), (-30, 1)])
def test_the_same_words_join_for_some_days(days: int, event: int) -> None:
    desk = Desk()
    desk.arrive(TITLE, TEXT)

    assert desk.arrive(TITLE, TEXT, at=AT + timedelta(days=days)) == event


def test_an_update_is_put_where_it_is_known_to_belong() -> None:
    desk = Desk()
    desk.arrive(TITLE, TEXT)
    desk.arrive(BANK)

    assert desk.arrive("Something else altogether by now", event=0) == 0
    assert desk.arrive(BANK, event=0) == 0
    assert desk.arrive(BANK) == 1


def test_the_likeliest_of_two_events_is_joined() -> None:
    desk = Desk()
    desk.arrive("Fire in a market hall of Tolmar", "The hall burnt down at night.")
    desk.arrive("Fire in a school of Vranik", "The school burnt down at noon.")

    assert desk.arrive("School of Vranik burns down in fire", "It was noon.") == 1


def test_one_far_report_of_many_does_not_make_an_event_near() -> None:
    """An event is as near as its three nearest reports: none grows by one report that strayed."""
    desk = Desk()
    for _ in range(3):
        desk.arrive(TITLE, TEXT)
    desk.arrive(FIRE, "Nobody was hurt.", event=0)

    assert desk.arrive(FIRE, "Nobody was hurt.") == 4


class Two:
    """A memory of two events, 1 and 2, each with one report that tells the same as all that arrive."""

    def __init__(self) -> None:
        desk = Desk()
        self.report = desk.report(TITLE, TEXT)
        desk.rarity.count([self.report.wording])
        self.clues = clues(self.report.wording, desk.rarity)
        self.memory = desk.arrivals
        for event in (1, 2):
            self.memory.remember(100 + event, self.report, event, self.clues)
            self.memory.remember_size(event, 1)

    def arrive(self, key: int) -> int:
        return self.memory.arrive(key, self.report, self.clues, new=key)


def test_one_witness_is_not_enough_and_two_make_one_event_of_two() -> None:
    two = Two()

    assert two.arrive(11) == 1
    assert two.memory.merged == {}
    assert two.memory.witnessed == [(11, 1, 2)]

    assert two.arrive(12) == 1
    assert two.memory.merged == {2: 1}
    assert {two.memory.event_of(key) for key in (101, 102, 11, 12)} == {1}


def test_a_witness_remembered_from_before_counts() -> None:
    two = Two()
    two.memory.remember_witness(7, 1, 2)

    assert two.arrive(11) == 1
    assert two.memory.merged == {2: 1}


def test_the_same_witness_counts_once() -> None:
    two = Two()
    two.memory.remember_witness(11, 2, 1)

    two.arrive(11)

    assert two.memory.merged == {}


def test_the_larger_event_stands() -> None:
    two = Two()
    two.memory.remember_size(2, 9)
    for key in (103, 104):
        two.memory.remember(key, two.report, 2, two.clues)

    two.arrive(11)
    two.arrive(12)

    assert two.memory.merged == {1: 2}
    assert two.memory.now(1) == two.memory.now(2) == 2


def test_of_two_as_large_the_one_that_stands_longest_stays() -> None:
    two = Two()
    two.memory.remember_witness(7, 1, 2)
    two.memory.remember_witness(8, 1, 2)

    # It is put to the second, which is as large as the first with it.
    two.memory.remember(103, two.report, 1, two.clues)
    two.memory.remember_size(1, 2)
    assert two.memory.arrive(11, two.report, two.clues, new=11, event=2) == 1

    assert two.memory.merged == {2: 1}


@pytest.mark.parametrize(
    ("one", "other", "stays"), [(-1, 5, 5), (5, -1, 5), (-3, -2, -2), (-2, -3, -2), (9, 5, 5)]
)
def test_of_two_as_large_what_is_stored_stays_and_then_what_came_first(
    one: int, other: int, stays: int
) -> None:
    memory = Desk().arrivals
    memory.remember_apart(90, 91)

    assert memory._merge(one, other) == stays  # the order is arrivals' own matter
    assert list(memory.merged.values()) == [stays]


def test_what_is_kept_apart_stays_apart_whatever_arrives() -> None:
    two = Two()
    two.memory.remember_apart(2, 1)

    events = [two.arrive(key) for key in range(11, 20)]

    assert set(events) == {1}
    assert (two.memory.merged, two.memory.witnessed) == ({}, [])


def test_what_is_kept_apart_from_a_part_is_kept_apart_from_the_whole() -> None:
    two = Two()
    two.memory.remember(103, two.report, 3, two.clues)
    two.memory.remember_size(3, 1)
    two.memory.remember_apart(3, 2)

    for key in range(11, 20):
        two.arrive(key)

    assert two.memory.merged == {2: 1}
    assert two.memory.event_of(103) == 3


def test_witnesses_of_a_part_are_witnesses_of_the_whole() -> None:
    two = Two()
    two.memory.remember(103, two.report, 3, two.clues)
    two.memory.remember_size(3, 1)
    two.memory.remember_witness(7, 2, 3)
    two.memory.remember_witness(8, 1, 2)

    two.arrive(11)

    assert two.memory.merged == {2: 1, 3: 1}


@pytest.mark.parametrize("clues_behind", [1, 40])
def test_work_for_one_report_is_bounded_whatever_stands_behind_its_clues(
    clues_behind: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = Two()
    common = set(range(clues_behind))
    for key in range(1000, 11_000):
        two.memory.remember(key, two.report, key, common)
    compared = []

    def counting(*reports: Any) -> float:
        compared.append(reports)
        return log_odds(*reports)

    monkeypatch.setattr(arrivals, "log_odds", counting)
    odds = two.memory.likely(two.report, common)

    assert len(compared) == LOOKED_AT < BEHIND_A_CLUE
    # The last are looked at.
    assert set(odds) <= set(range(11_000 - BEHIND_A_CLUE, 11_000))


def test_reports_outside_the_window_take_no_place_of_those_within() -> None:
    two = Two()
    old = replace(two.report, at=AT - timedelta(days=9))
    for key in range(1000, 1000 + LOOKED_AT):
        two.memory.remember(key, old, key, two.clues)

    assert set(two.memory.likely(two.report, two.clues)) == {1, 2}
