"""The plumb line: everything in the order of time, evidence to its side."""

from datetime import UTC, date, datetime

import pytest

from claims.models import Evidence
from reviews.lines import plumb_line
from reviews.models import Assignment
from reviews.queries import checkpoint_states
from tests.factories.claims import EvidenceFactory, RegisteredClaimFactory
from tests.factories.reviews import AssignmentFactory, ReviewFactory, VerdictFactory
from tests.factories.sources import EventFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 1)


def line_of(claim, today=TODAY) -> list[dict]:
    evidence = Evidence.objects.filter(claim=claim).select_related("event", "document__publisher")
    return plumb_line(claim, evidence, checkpoint_states(claim), today=today)


def test_rows_stand_in_the_order_of_time_with_each_new_year() -> None:
    claim = RegisteredClaimFactory()
    EvidenceFactory(claim=claim, event=EventFactory(occurred_on=date(2024, 1, 12)))

    assert [
        row.get("date_label") or row.get("label") or row["title"] for row in line_of(claim)
    ] == [
        "21 Mar 2023",
        "22 Mar 2023",
        "2024",
        Evidence.objects.get().event.title,
        "2026",
        "21 Mar 2026",
        "1 Apr 2026",
    ]


@pytest.mark.parametrize(
    ("stance", "side", "weight"),
    [(2, "for", 3), (1, "for", 2), (0, "neutral", 1), (-1, "against", 2), (-2, "against", 3)],
)
def test_evidence_leans_to_its_side_by_its_weight(
    analyst, stance: int, side: str, weight: int
) -> None:
    claim = RegisteredClaimFactory()
    EvidenceFactory(
        claim=claim,
        status=Evidence.Status.ACCEPTED,
        stance=stance,
        credibility=2,
        decided_by=analyst,
        decided_at=datetime(2024, 2, 1, tzinfo=UTC),
    )

    (row,) = [row for row in line_of(claim) if row["kind"] == "evidence"]

    assert (row["side"], row["weight"]) == (side, weight)
    assert row["meta"].endswith(" · not graded, credibility 2")


def checkpoint_row(claim, today=TODAY) -> dict:
    (row,) = [row for row in line_of(claim, today) if row["kind"] == "checkpoint"]
    return row


def test_a_checkpoint_says_what_it_waits_for() -> None:
    claim = RegisteredClaimFactory()
    checkpoint = claim.checkpoints.get()

    assert checkpoint_row(claim, date(2026, 3, 20))["outcome"] == "to come"
    assert checkpoint_row(claim)["outcome"] == "due"
    seat = AssignmentFactory(checkpoint=checkpoint, seat=1)
    AssignmentFactory(checkpoint=checkpoint, seat=2)
    assert checkpoint_row(claim)["note"] == "0 of 2 reviews in"
    AssignmentFactory(checkpoint=checkpoint, seat=1, role=Assignment.Role.ADJUDICATION)
    assert checkpoint_row(claim)["outcome"] == "reviewers differ"
    assert seat.state == "open"


def test_a_verdict_stands_on_the_line() -> None:
    claim = RegisteredClaimFactory()
    VerdictFactory(checkpoint=claim.checkpoints.get(), outcome="mostly_held", value="0.75")

    row = checkpoint_row(claim)

    assert (row["state"], row["outcome"], row["note"]) == (
        "mostly_held",
        "mostly held",
        "by agreement",
    )


def test_a_disposition_is_drawn_as_void() -> None:
    claim = RegisteredClaimFactory()
    VerdictFactory(checkpoint=claim.checkpoints.get(), outcome="too_vague", value=None)

    row = checkpoint_row(claim)

    assert (row["state"], row["outcome"]) == ("void", "too vague")


def test_no_grade_is_shown_before_the_verdict() -> None:
    claim = RegisteredClaimFactory()
    checkpoint = claim.checkpoints.get()
    review = ReviewFactory(assignment__checkpoint=checkpoint)

    (state,) = checkpoint_states(claim)
    assert (state.reviews, state.done) == ([], 1)

    VerdictFactory(checkpoint=checkpoint)
    (state,) = checkpoint_states(claim)
    assert state.reviews == [review]
