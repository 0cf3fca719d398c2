"""Decisions on evidence: once, by one person, with the way back."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry, User
from claims.models import Evidence
from claims.services import accept_evidence, link_evidence, reject_evidence, undo_evidence
from claims.validators import AlreadyDecided, ClaimProblem
from sources.models import Event
from tests.factories.claims import ClaimFactory, EvidenceFactory, RegisteredClaimFactory
from tests.factories.sources import EventFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2024, 5, 1, 9, tzinfo=UTC)


def audit() -> list[tuple[str, str | None]]:
    rows = AuditEntry.objects.filter(object_type="claims.evidence").order_by("pk")
    return list(rows.values_list("verb", "by__username"))


def test_accepted_evidence_has_stance_credibility_note_and_decider(analyst: User) -> None:
    suggested = EvidenceFactory()

    accept_evidence(
        evidence=suggested, stance=-2, credibility=3, note=" Both ports. ", by=analyst, at=NOW
    )

    evidence = Evidence.objects.get()
    assert (evidence.status, evidence.stance, evidence.credibility) == ("accepted", -2, 3)
    assert (evidence.note, evidence.decided_by, evidence.decided_at) == (
        "Both ports.",
        analyst,
        NOW,
    )
    assert audit() == [("accepted", "ada")]
    assert AuditEntry.objects.get(verb="accepted").detail == {
        "claim": suggested.claim_id,
        "stance": -2,
        "credibility": 3,
        "note": "Both ports.",
    }


@pytest.mark.parametrize("stance", Evidence.Stance.values)
def test_every_stance_of_the_scale_is_taken(stance: int, analyst: User) -> None:
    assert accept_evidence(evidence=EvidenceFactory(), stance=stance, by=analyst).stance == stance


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (
            {"stance": 3},
            "Choose a stance from −2, strongly undermines, to +2, strongly supports.",
        ),
        (
            {"stance": 1, "credibility": 0},
            "Choose a credibility from 1, confirmed, to 6, cannot be judged.",
        ),
        (
            {"stance": 1, "credibility": 7},
            "Choose a credibility from 1, confirmed, to 6, cannot be judged.",
        ),
    ],
)
def test_value_off_the_scale_is_refused(values: dict[str, int], words: str, analyst: User) -> None:
    evidence = EvidenceFactory()

    with pytest.raises(ClaimProblem) as problem:
        accept_evidence(evidence=evidence, by=analyst, **values)

    assert str(problem.value) == words
    evidence.refresh_from_db()
    assert evidence.status == "suggested"


def test_rejected_evidence_has_no_stance(analyst: User) -> None:
    reject_evidence(evidence=EvidenceFactory(), by=analyst, note="Other ports.", at=NOW)

    evidence = Evidence.objects.get()
    assert (evidence.status, evidence.stance, evidence.note) == ("rejected", None, "Other ports.")
    assert audit() == [("rejected", "ada")]


@pytest.mark.parametrize(
    "press",
    [
        lambda **who: accept_evidence(stance=1, credibility=2, note="Yes. ", **who),
        lambda **who: reject_evidence(note=" No.", **who),
    ],
    ids=["accept", "reject"],
)
def test_second_press_of_the_same_button_is_no_conflict(
    press: Callable[..., Evidence], analyst: User
) -> None:
    evidence = EvidenceFactory()
    first = press(evidence=evidence, by=analyst)

    assert press(evidence=evidence, by=analyst).decided_at == first.decided_at
    assert len(audit()) == 1


@pytest.mark.parametrize(
    "press",
    [
        lambda **who: accept_evidence(stance=2, **who),
        reject_evidence,
    ],
    ids=["other stance", "reject"],
)
def test_another_decision_needs_the_first_one_undone(
    press: Callable[..., Evidence], analyst: User
) -> None:
    evidence = accept_evidence(evidence=EvidenceFactory(), stance=1, by=analyst)

    with pytest.raises(AlreadyDecided) as problem:
        press(evidence=evidence, by=analyst)

    assert str(problem.value) == "ada has already accepted this: supports. Undo that first."


def test_decision_of_somebody_else_stands(analyst: User, colleague: User) -> None:
    evidence = reject_evidence(evidence=EvidenceFactory(), by=analyst)

    with pytest.raises(AlreadyDecided) as problem:
        reject_evidence(evidence=evidence, by=colleague)

    assert str(problem.value) == "ada has already rejected this. Undo that first."


def test_undone_evidence_is_as_it_was_suggested(analyst: User, colleague: User) -> None:
    evidence = accept_evidence(
        evidence=EvidenceFactory(), stance=1, credibility=2, note="Yes.", by=analyst
    )

    undo_evidence(evidence=evidence, by=colleague)

    found = Evidence.objects.get()
    assert (found.status, found.stance, found.credibility) == ("suggested", None, None)
    assert (found.note, found.decided_by, found.decided_at) == ("", None, None)
    assert audit() == [("accepted", "ada"), ("undid", "carl")]
    assert AuditEntry.objects.get(verb="undid").detail["was"] == "accepted"


def test_undoing_twice_changes_nothing(analyst: User) -> None:
    evidence = EvidenceFactory()

    undo_evidence(evidence=evidence, by=analyst)

    assert audit() == []


def test_event_is_linked_by_hand_with_its_first_report(analyst: User) -> None:
    claim, event = RegisteredClaimFactory(), EventFactory()

    evidence = link_evidence(claim=claim, event=event, stance=2, note="Seen.", by=analyst)

    assert (evidence.claim, evidence.event, evidence.status) == (claim, event, "accepted")
    assert evidence.document == event.reports.get().document
    assert (evidence.passage, evidence.reason) == (event.title, "was linked by hand")


def test_linking_accepts_the_suggestion_where_there_is_one(analyst: User) -> None:
    suggested = EvidenceFactory()

    linked = link_evidence(claim=suggested.claim, event=suggested.event, stance=-1, by=analyst)

    assert linked.pk == suggested.pk
    assert (linked.stance, linked.passage) == (-1, suggested.passage)


def test_only_standing_claims_take_evidence(analyst: User) -> None:
    with pytest.raises(ClaimProblem) as problem:
        link_evidence(claim=ClaimFactory(), event=EventFactory(), stance=1, by=analyst)

    assert str(problem.value) == "Evidence is linked to registered claims that still stand."


def test_event_without_a_report_is_no_evidence(analyst: User) -> None:
    event = Event.objects.create(title="Rumour", occurred_on=NOW.date(), first_reported_at=NOW)

    with pytest.raises(ClaimProblem, match=r"^Nobody reported this event\.$"):
        link_evidence(claim=RegisteredClaimFactory(), event=event, stance=1, by=analyst)


def test_refused_link_leaves_nothing_behind(analyst: User) -> None:
    with pytest.raises(ClaimProblem):
        link_evidence(claim=RegisteredClaimFactory(), event=EventFactory(), stance=9, by=analyst)

    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"reject_reason": "too_weak"},
        {"status": "rejected", "reject_reason": "nonsense"},
        {"status": "rejected", "reject_reason": "other"},
        {"status": "accepted", "stance": 1, "reject_reason": "too_weak"},
    ],
)
def test_database_refuses_a_reason_that_is_unknown_unsaid_or_of_nothing_rejected(
    fields: dict[str, object], analyst: User
) -> None:
    decided = {"decided_by": analyst, "decided_at": NOW} if "status" in fields else {}

    with pytest.raises(IntegrityError, match="reject_reason"), transaction.atomic():
        EvidenceFactory(**fields, **decided)


@pytest.mark.parametrize("note", ["", "Seen elsewhere."])
def test_database_takes_a_known_reason_or_another_that_is_said(note: str, analyst: User) -> None:
    reason = "other" if note else "duplicate"

    EvidenceFactory(
        status="rejected", reject_reason=reason, note=note, decided_by=analyst, decided_at=NOW
    )

    assert Evidence.objects.get().reject_reason == reason
