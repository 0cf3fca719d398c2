"""Events entered by hand are corrected or taken back while nothing leans on them; else what does is named."""

from datetime import UTC, date, datetime

import pytest

from accounts.models import AuditEntry, User
from claims.models import Claim, Evidence, Matching
from claims.services import (
    accept_evidence,
    correct_event,
    match_waiting_events,
    reject_evidence,
    take_back_event,
    undo_evidence,
)
from claims.validators import ClaimProblem
from sources.importing import Item
from sources.models import Document, Event, EventReport, Fingerprint
from sources.services import (
    EventProblem,
    keep_apart,
    mark_event,
    merge_events,
    receive_items,
)
from tests.factories.claims import ClaimFactory, EvidenceFactory, RegisteredClaimFactory
from tests.factories.sources import DocumentFactory, EventFactory, QuoteFactory

pytestmark = pytest.mark.django_db

DAY = date(2024, 2, 3)
TYPED = Item(
    row=1,
    title="Trade between the two ports groes again",
    summary="Freight rose.",
    published_at=datetime(2024, 2, 3, tzinfo=UTC),
    occurred_on=DAY,
    publisher="Port Review",
)
RIGHT = {"title": "Trade between the two ports grows again", "summary": "Freight rose."}


@pytest.fixture
def event(analyst: User) -> Event:
    """An event that somebody entered by hand."""
    receive_items([TYPED], by=analyst, origin="hand")
    return Event.objects.get()


def corrected(event: Event, by: User, **changes: object) -> tuple[Event, bool]:
    return correct_event(event=event, by=by, **RIGHT | {"occurred_on": DAY} | changes)


def test_correction_is_told_by_whom_and_what_was_entered_stays(
    event: Event, colleague: User
) -> None:
    found, changed = corrected(event, colleague, occurred_on=date(2024, 2, 1))

    event.refresh_from_db()
    assert (found, changed) == (event, True)
    assert (event.title, event.summary, event.occurred_on) == (
        RIGHT["title"],
        "Freight rose.",
        date(2024, 2, 1),
    )
    entry = AuditEntry.objects.get(verb="corrected")
    assert (entry.by, entry.object_id, entry.detail) == (
        colleague,
        event.pk,
        {
            "before": {"title": TYPED.title, "occurred_on": "2024-02-03"},
            "after": {"title": RIGHT["title"], "occurred_on": "2024-02-01"},
        },
    )
    assert Document.objects.get().title == TYPED.title


def test_corrected_event_is_compared_with_the_claims_anew(event: Event, analyst: User) -> None:
    claim = RegisteredClaimFactory()
    match_waiting_events()
    assert Evidence.objects.get().passage == TYPED.title

    corrected(event, analyst)

    assert not Evidence.objects.exists()
    assert match_waiting_events() == 1
    evidence = Evidence.objects.get()
    assert (evidence.claim, evidence.passage) == (claim, RIGHT["title"])


def test_correction_that_says_the_same_changes_nothing(event: Event, analyst: User) -> None:
    match_waiting_events()

    _, changed = corrected(event, analyst, title=f" {TYPED.title} ")

    assert not changed
    assert not AuditEntry.objects.filter(verb="corrected").exists()
    assert Matching.objects.filter(event=event).exists()


def test_event_keeps_a_title(event: Event, analyst: User) -> None:
    with pytest.raises(EventProblem, match="an event has a title"):
        corrected(event, analyst, title="  ")


@pytest.mark.parametrize("decide", [accept_evidence, reject_evidence])
def test_decided_evidence_is_named_and_holds_the_event(
    decide, event: Event, analyst: User, colleague: User
) -> None:
    evidence = EvidenceFactory(event=event)
    stance = {"stance": 1} if decide is accept_evidence else {}
    decided = decide(evidence=evidence, by=colleague, **stance)
    words = (
        f"As evidence this event is {decided.status} for claim {evidence.claim_id}: "
        "undo that in the inbox first."
    )

    for act in (corrected, lambda event, by: take_back_event(event=event, by=by)):
        with pytest.raises(ClaimProblem) as problem:
            act(event, analyst)
        assert str(problem.value) == words
    event.refresh_from_db()
    assert event.title == TYPED.title


def test_undone_decision_lets_it_be_corrected_but_not_taken_back(
    event: Event, analyst: User
) -> None:
    evidence = accept_evidence(evidence=EvidenceFactory(event=event), stance=1, by=analyst)
    undo_evidence(evidence=evidence, by=analyst)

    assert corrected(event, analyst)[1]
    with pytest.raises(
        ClaimProblem, match=f"as evidence for claim {evidence.claim_id}, and undone"
    ):
        take_back_event(event=event, by=analyst)
    assert list(Evidence.objects.all()) == [evidence]


def test_taken_back_event_leaves_its_words_and_may_be_entered_again(
    event: Event, analyst: User, colleague: User
) -> None:
    RegisteredClaimFactory()
    match_waiting_events()
    number, document = event.pk, event.reports.get().document

    assert take_back_event(event=event, by=colleague) == document

    for model in (Event, EventReport, Evidence, Matching, Fingerprint):
        assert not model.objects.exists()
    entry = AuditEntry.objects.get(verb="took back")
    assert (entry.by, entry.object_id, entry.detail["title"], entry.detail["document"]) == (
        colleague,
        number,
        TYPED.title,
        document.pk,
    )
    receive_items([TYPED], by=analyst, origin="hand")
    assert EventReport.objects.get().document == document
    assert Event.objects.get().title == TYPED.title
    with pytest.raises(EventProblem, match="This event was taken back meanwhile"):
        take_back_event(event=Event(pk=number), by=analyst)


def test_claim_that_quotes_the_report_holds_the_event(event: Event, analyst: User) -> None:
    document = event.reports.get().document
    quote = QuoteFactory(document=document, exact="Freight rose")
    ClaimFactory(quote=quote, status=Claim.Status.DROPPED)
    claim = ClaimFactory(quote=quote)

    with pytest.raises(ClaimProblem) as problem:
        take_back_event(event=event, by=analyst)

    assert str(problem.value) == f"Words of its report are quoted by claim {claim.pk}."
    assert corrected(event, analyst)[1]


def test_mark_and_decision_on_the_event_hold_it(event: Event, analyst: User) -> None:
    other = EventFactory()
    keep_apart(event=other, other=event, by=analyst)
    words = f"It was kept apart, together with event {other.pk}: what was decided stays"
    with pytest.raises(EventProblem, match=words):
        take_back_event(event=event, by=analyst)

    mark_event(event=event, kind="retracted", words="No.", by=analyst)
    with pytest.raises(EventProblem, match="It was marked as retracted: that stays"):
        take_back_event(event=event, by=analyst)
    assert corrected(event, analyst)[1]


def test_only_what_one_person_entered_is_corrected(event: Event, analyst: User) -> None:
    arrived = EventFactory()
    with pytest.raises(EventProblem, match="Only an event that somebody entered by hand"):
        corrected(arrived, analyst)

    report = EventReport.objects.create(event=event, document=DocumentFactory(origin="feed"))
    with pytest.raises(EventProblem, match="1 other report tells of this event too"):
        corrected(event, analyst)

    report.delete()
    merge_events(event=arrived, into=event, by=analyst)
    with pytest.raises(EventProblem, match="Another event was merged with this one: undo that"):
        take_back_event(event=event, by=analyst)
    with pytest.raises(EventProblem, match="has become part of another one"):
        corrected(arrived, analyst)


def test_suggestion_that_went_meanwhile_is_told(event: Event, analyst: User) -> None:
    evidence = EvidenceFactory(event=event)
    corrected(event, analyst)

    for decide in (
        lambda: accept_evidence(evidence=evidence, stance=1, by=analyst),
        lambda: reject_evidence(evidence=evidence, by=analyst),
        lambda: undo_evidence(evidence=evidence, by=analyst),
    ):
        with pytest.raises(ClaimProblem, match="This suggestion is gone: its event was corrected"):
            decide()
