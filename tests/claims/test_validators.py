"""What makes a claim sound: topics of a line, fields by themselves, and what a claim may come after."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from claims.models import Claim
from claims.validators import ClaimProblem, check_claim, check_fields, check_predecessor, topics_in
from sources.models import Claimant

ORLOV, PETROV = Claimant(pk=1, name="Orlov"), Claimant(pk=2, name="Petrov")
# Letters whose case depends on their place or is written with two, and every kind of space.
LINES = st.text(st.one_of(st.characters(), st.sampled_from(", ,İßΣςσǅﬁ\u0345\t\n\u00a0\u2028")))


def sound(**fields: Any) -> Claim:
    """A draft that no check refuses, kept nowhere."""
    given_: dict[str, Any] = {
        "statement": "Trade grows.",
        "said_on": date(2023, 3, 21),
        "kind": "event",
        "claimant": ORLOV,
        "held_if": "It grows.",
        "failed_if": "It falls.",
        "probability_low": Decimal("0.55"),
        "probability_high": Decimal("0.8"),
        "opens_on": date(2023, 3, 21),
        "due_earliest": date(2024, 1, 1),
        "due_on": date(2025, 1, 1),
        "due_latest": date(2026, 1, 1),
    }
    return Claim(**given_ | fields)


def registered(**fields: Any) -> Claim:
    """A claim that says it is registered, kept nowhere."""
    moment = {"registered_at": date(2023, 3, 22), "status": Claim.Status.REGISTERED}
    return sound(pk=7, **moment | fields)


def problem_of(check: Any, *args: Any, **given_: Any) -> str:
    """What a check says; "" where it lets the claim pass."""
    try:
        check(*args, **given_)
    except ClaimProblem as problem:
        return str(problem)
    return ""


@pytest.mark.parametrize(
    ("line", "topics"),
    [
        ("", []),
        (" , ,\n,", []),
        ("trade", ["trade"]),
        ("Trade, PORTS ,trade", ["trade", "ports"]),
        ("Black  Sea,black\tsea", ["black sea"]),
        ("war,trade,war,ports", ["war", "trade", "ports"]),
        ("war; trade", ["war; trade"]),
        ("<script>,'; --", ["<script>", "'; --"]),
    ],
)
def test_topics_of_a_line_are_in_lower_case_each_once_in_order(
    line: str, topics: list[str]
) -> None:
    assert topics_in(line) == topics


@given(LINES)
def test_topics_of_topics_are_the_same(line: str) -> None:
    topics = topics_in(line)

    assert topics_in(", ".join(topics)) == topics


@given(LINES)
def test_topics_are_tidy(line: str) -> None:
    topics = topics_in(line)

    assert len(topics) == len(set(topics))
    for topic in topics:
        assert topic == topic.lower()
        assert topic == " ".join(topic.split()) != ""
        assert "," not in topic


@given(LINES)
def test_topics_stand_in_the_order_of_the_line(line: str) -> None:
    pieces = [" ".join(piece.split()).lower() for piece in line.split(",")]

    topics = topics_in(line)

    places = [pieces.index(topic) for topic in topics]
    assert places == sorted(places)
    assert set(pieces) - {""} == set(topics)


@given(LINES, LINES)
def test_topics_of_two_lines_begin_with_those_of_the_first(one: str, two: str) -> None:
    first, both = topics_in(one), topics_in(f"{one},{two}")

    assert both == list(dict.fromkeys([*first, *topics_in(two)]))


def test_sound_fields_pass() -> None:
    assert problem_of(check_fields, sound()) == ""


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"statement": " \n"}, "Write the claim as one sentence."),
        (
            {"probability_low": Decimal("0.9")},
            "The probability range is upside down: its low end is above its high.",
        ),
        ({"probability_low": None}, "Give both ends of the probability range, or neither."),
        ({"probability_high": Decimal("1.001")}, "A probability lies between 0 and 1."),
        ({"probability_low": Decimal("-0.001")}, "A probability lies between 0 and 1."),
        ({"due_on": None}, "A horizon needs its due date."),
        ({"opens_on": None}, "Give all four dates of the horizon: opens, earliest, due, latest."),
        (
            {"due_on": date(2023, 3, 21)},
            "The due date, 2023-03-21, must come after 2023-03-21, the day it was said.",
        ),
        (
            {"due_latest": date(2024, 12, 31)},
            "The dates must run: opens, earliest, due, latest.",
        ),
        (
            {"failed_if": " It grows. "},
            "What would count as held and as failed cannot be the same.",
        ),
        ({"kind": "guess"}, "Value 'guess' is not a valid choice."),
        ({"stake": 4}, "Value 4 is not a valid choice."),
        ({"judged": "never"}, "Value 'never' is not a valid choice."),
    ],
)
def test_wrong_fields_are_refused_in_words(fields: dict[str, Any], words: str) -> None:
    assert problem_of(check_fields, sound(**fields)) == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"topics": ["x" * 61]}, "at most 60 characters (it has 61)"),
        ({"hedge": "x" * 101}, "at most 100 characters (it has 101)"),
        ({"metric": "x" * 201}, "at most 200 characters (it has 201)"),
        ({"probability_low": Decimal("0.5555")}, "no more than 3 decimal places"),
    ],
)
def test_what_the_database_could_not_hold_is_refused(fields: dict[str, Any], words: str) -> None:
    assert words in problem_of(check_fields, sound(**fields))


def test_several_faults_of_fields_are_told_together() -> None:
    words = problem_of(check_fields, sound(kind="guess", stake=4))

    assert words == "Value 'guess' is not a valid choice. Value 4 is not a valid choice."


def test_assessment_needs_no_dates_and_no_range() -> None:
    bare = dict.fromkeys(
        ("opens_on", "due_earliest", "due_on", "due_latest", "probability_low", "probability_high")
    )

    assert problem_of(check_fields, sound(kind="assessment", **bare)) == ""


@pytest.mark.django_db
def test_fields_are_checked_without_the_database() -> None:
    claim = sound(predecessor=registered(said_on=date(2023, 1, 1)), relation="repeats")

    with CaptureQueriesContext(connection) as captured:
        check_fields(claim)

    assert len(captured) == 0


@pytest.mark.django_db
def test_range_that_nobody_read_is_refused_only_where_readings_are_looked_at() -> None:
    claim = sound(pk=99, probability_source=Claim.ProbabilitySource.IMPUTED)

    assert problem_of(check_fields, claim) == ""
    assert problem_of(check_claim, claim) == (
        "Nobody has read this claim, so its range can not be one that was read."
    )


@pytest.mark.parametrize("relation", ["repeats", "replaces"])
@pytest.mark.parametrize("said_on", [date(2023, 1, 1), date(2023, 3, 21)])
def test_claim_may_come_after_one_by_the_same_claimant_said_no_later(
    said_on: date, relation: str
) -> None:
    claim, earlier = sound(relation=relation), registered(said_on=said_on)

    assert problem_of(check_predecessor, claim=claim, earlier=earlier) == ""


@pytest.mark.parametrize(
    ("earlier", "words"),
    [
        (sound(pk=7), "Claim 7 is not registered, so nothing comes after it yet."),
        (
            registered(claimant=PETROV),
            "Claim 7 is by another claimant. A claim comes after one by the same claimant.",
        ),
        (
            registered(said_on=date(2023, 3, 22)),
            "Claim 7 was said on 2023-03-22, after this one, so this one cannot come after it.",
        ),
    ],
)
def test_claim_that_cannot_be_followed_is_refused_in_words(earlier: Claim, words: str) -> None:
    for relation in Claim.Relation.values:
        claim = sound(relation=relation)
        assert problem_of(check_predecessor, claim=claim, earlier=earlier) == words
        claim.predecessor = earlier
        assert problem_of(check_fields, claim) == words


@pytest.mark.parametrize("status", ["withdrawn", "superseded", "duplicate"])
def test_claim_that_ended_is_repeated_and_not_replaced(status: str) -> None:
    earlier = registered(status=status)

    found = {
        relation: problem_of(check_predecessor, claim=sound(relation=relation), earlier=earlier)
        for relation in Claim.Relation.values
    }

    assert found == {
        "repeats": "",
        "replaces": f"Claim 7 is {status}, so it cannot be replaced. Say that this one repeats it.",
    }


def test_draft_without_a_claimant_comes_after_nothing() -> None:
    words = problem_of(
        check_predecessor, claim=sound(claimant=None, relation="repeats"), earlier=registered()
    )

    assert words == "Claim 7 is by another claimant. A claim comes after one by the same claimant."
