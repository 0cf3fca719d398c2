"""Reports arrive one after the other and are put to events."""

from datetime import timedelta

import pytest

from sources.gathering import Arrivals
from sources.gathering.arrivals import JOINS_AT
from tests.sources.gathering.desk import AT, Desk, gathered

TITLE = "Ministers agree to extend the grain corridor by sixty days"
TEXT = (
    "Ministers from both countries agreed on Tuesday to extend the grain corridor by sixty days, "
    "a spokesman said after talks in Geneva."
)
CAPTION = "A guard stands at the gate of the ministry in the old town on a cold morning in March."
JAPANESE = "両国は穀物回廊の延長で合意した"
FIRE = "Fire destroys the old market hall of Tolmar"
# Odds, as logarithms, at which a report joins and is a witness.
SURE = 5.0
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
        self.memory = Arrivals()
        self.near: list[tuple[int, float]] = []
        for event in (1, 2):
            self.remember(100 + event, event)
            self.memory.remember_size(event, 1)

    def remember(self, key: int, event: int) -> None:
        """One more report that tells the same."""
        self.memory.remember(key, event)
        self.near.append((key, SURE))

    def arrive(self, key: int, event: int | None = None) -> int:
        """One that arrives, and is near to those after it."""
        joined = self.memory.arrive(key, self.near, new=key, event=event)
        self.near.append((key, SURE))
        return joined


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
        two.remember(key, 2)

    two.arrive(11)
    two.arrive(12)

    assert two.memory.merged == {1: 2}
    assert two.memory.now(1) == two.memory.now(2) == 2


def test_of_two_as_large_the_one_that_stands_longest_stays() -> None:
    two = Two()
    two.memory.remember_witness(7, 1, 2)
    two.memory.remember_witness(8, 1, 2)

    # It is put to the second, which is as large as the first with it.
    two.remember(103, 1)
    two.memory.remember_size(1, 2)
    assert two.arrive(11, event=2) == 1

    assert two.memory.merged == {2: 1}


@pytest.mark.parametrize(
    ("one", "other", "stays"), [(-1, 5, 5), (5, -1, 5), (-3, -2, -2), (-2, -3, -2), (9, 5, 5)]
)
def test_of_two_as_large_what_is_stored_stays_and_then_what_came_first(
    one: int, other: int, stays: int
) -> None:
    memory = Arrivals()
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
    two.remember(103, 3)
    two.memory.remember_size(3, 1)
    two.memory.remember_apart(3, 2)

    for key in range(11, 20):
        two.arrive(key)

    assert two.memory.merged == {2: 1}
    assert two.memory.event_of(103) == 3


def test_witnesses_of_a_part_are_witnesses_of_the_whole() -> None:
    two = Two()
    two.remember(103, 3)
    two.memory.remember_size(3, 1)
    two.memory.remember_witness(7, 2, 3)
    two.memory.remember_witness(8, 1, 2)

    two.arrive(11)

    assert two.memory.merged == {2: 1, 3: 1}


def test_odds_below_even_are_not_joined() -> None:
    two = Two()
    two.near = [(101, JOINS_AT - 0.1), (102, JOINS_AT)]

    assert two.arrive(11) == 2
    assert two.memory.witnessed == []


def test_an_event_whose_other_reports_share_no_clue_is_far() -> None:
    """The nearest three are averaged, and what was not even looked at is far."""
    two = Two()
    two.memory.remember_size(1, 3)

    assert two.arrive(11) == 2
    assert two.memory.witnessed == []
