"""Several workers on the same events, claims and documents."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from accounts.models import AuditEntry, User
from accounts.roles import Role
from claims.models import Claim, Evidence, Extraction, Matching, ModelExtraction
from claims.services import (
    accept_evidence,
    ask_model_next,
    content_hash,
    correct_article,
    load_lexicons,
    match_registered_claim,
    match_waiting_events,
    propose_claims,
    register_claim,
    reject_evidence,
)
from claims.validators import AlreadyDecided, ClaimProblem
from sources.capture import Captured
from sources.models import Document, Event
from sources.services import capture_document, merge_events
from tests.claims.events import near
from tests.claims.extraction.model_server import claims, serving
from tests.factories.accounts import UserFactory
from tests.factories.claims import ClaimFactory, EvidenceFactory, RegisteredClaimFactory
from tests.factories.sources import DocumentFactory

pytestmark = pytest.mark.usefixtures("transactional_db")

PATIENCE = 30


def at_once[T](*works: Callable[[], T]) -> list[T]:
    """What each of these returns when all begin together, each on a connection of its own."""
    start = Barrier(len(works), timeout=PATIENCE)

    def begin(work: Callable[[], T]) -> T:
        try:
            with connection.cursor() as cursor:
                # A worker that waits for a lock it should not want fails instead of hanging.
                cursor.execute("SET lock_timeout = '10s'")
            start.wait()
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        running = [pool.submit(begin, work) for work in works]
        return [one.result(timeout=PATIENCE) for one in running]


def sweep() -> int:
    taken = 0
    while batch := match_waiting_events(limit=3):
        taken += batch
    return taken


def test_every_event_is_compared_once_by_one_of_two_workers() -> None:
    RegisteredClaimFactory.create_batch(2)
    events = [near() for _ in range(30)]

    taken = sum(at_once(sweep, sweep))

    # A worker stops where the other holds what is left, so one sweep more may be needed.
    assert taken + sweep() == len(events)
    compared = Counter(Matching.objects.values_list("event", flat=True))
    assert compared == Counter(event.pk for event in events)
    assert Evidence.objects.count() == 2 * len(events)


def test_claim_and_events_may_be_compared_at_once() -> None:
    claim = RegisteredClaimFactory()
    events = [near() for _ in range(20)]

    def claim_first() -> int:
        return match_registered_claim(claim=claim)

    at_once(match_waiting_events, claim_first, claim_first)

    met = Counter(Evidence.objects.values_list("event", flat=True))
    assert met == Counter(event.pk for event in events)
    assert Matching.objects.count() == len(events)


def test_event_that_another_worker_holds_is_passed_over() -> None:
    held, free = near(), near()

    with transaction.atomic():
        Event.objects.select_for_update(no_key=True).get(pk=held.pk)
        assert at_once(match_waiting_events) == [1]

    assert Matching.objects.get().event == free


def test_document_read_by_two_at_once_is_proposed_once() -> None:
    load_lexicons()
    document = DocumentFactory()

    first, second = at_once(*[lambda: propose_claims(document=document)] * 2)

    assert first == second
    assert len(first) == Claim.objects.count() == 1
    assert Extraction.objects.count() == 1
    assert AuditEntry.objects.filter(verb="read for claims").count() == 1


def test_model_asked_by_two_workers_is_asked_once(settings: Settings) -> None:
    load_lexicons()
    row = {"quote": "Orlov argues that trade", "class": "assessment"}
    with serving() as server:
        settings.EXTRACTOR = {"url": server.url, "model": "tiny", "key": "", "seconds": 5}
        server.answers = [claims(row)]
        for _ in range(3):
            propose_claims(document=DocumentFactory())

            at_once(ask_model_next, ask_model_next, ask_model_next)

    assert len(server.requests) == 3
    assert list(ModelExtraction.objects.values_list("attempts", "proposed")) == [(1, 1)] * 3
    assert Claim.objects.filter(reason__contains="language model").count() == 3
    assert AuditEntry.objects.filter(verb="read by a language model").count() == 3


def test_lexicons_loaded_by_two_at_once_are_stored_once() -> None:
    assert min(at_once(load_lexicons, load_lexicons)) == 0
    assert AuditEntry.objects.filter(verb="loaded", detail__version=2).count() == 0


def test_claim_registered_by_two_at_once_is_registered_once() -> None:
    claim = ClaimFactory()
    ada, carl = (UserFactory(username=name, roles=[Role.ANALYST]) for name in ("ada", "carl"))

    one, two = at_once(
        lambda: register_claim(claim=claim, by=ada), lambda: register_claim(claim=claim, by=carl)
    )

    assert one.registered_by == two.registered_by
    assert AuditEntry.objects.filter(verb="registered").count() == 1


def test_of_two_decisions_at_once_one_stands_and_the_other_is_told() -> None:
    evidence = EvidenceFactory()
    ada, carl = (UserFactory(username=name, roles=[Role.ANALYST]) for name in ("ada", "carl"))

    def told(decide: Callable[..., Any], **given: Any) -> str:
        try:
            decide(evidence=evidence, **given)
        except AlreadyDecided as refusal:
            return str(refusal)
        return ""

    words = at_once(
        lambda: told(accept_evidence, by=ada, stance=1), lambda: told(reject_evidence, by=carl)
    )

    assert sorted(map(bool, words)) == [False, True]
    evidence.refresh_from_db()
    assert evidence.decided_by == (ada if words[0] == "" else carl)


@pytest.mark.parametrize("_round", range(5))
def test_claim_registered_while_its_article_is_corrected_keeps_a_true_hash(_round: int) -> None:
    claim = ClaimFactory()
    document = claim.quote.document
    ada, carl = (UserFactory(username=name, roles=[Role.ANALYST]) for name in ("ada", "carl"))

    def correct() -> str:
        try:
            return correct_article(
                document=document,
                by=carl,
                title="Another title",
                author="",
                publisher=None,
                published_on=claim.said_on,
            ).title
        except ClaimProblem:
            return "refused"

    corrected, _ = at_once(correct, lambda: register_claim(claim=claim, by=ada))

    document.refresh_from_db()
    assert (corrected == "refused") == (document.title != "Another title")
    registered = Claim.objects.get(pk=claim.pk)
    assert registered.is_registered
    assert registered.content_hash == content_hash(registered)


def test_new_version_captured_while_the_old_is_corrected_stands_behind_it() -> None:
    url = "https://harbour.example/outlook"
    first = capture_document(
        captured=Captured(text="Trade grows."), origin=Document.Origin.PAGE, by=None, url=url
    )
    carl = UserFactory(username="carl", roles=[Role.ANALYST])

    corrected, second = at_once(
        lambda: correct_article(
            document=first,
            by=carl,
            title="Outlook",
            author="Orlov",
            publisher=None,
            published_on=None,
        ),
        lambda: capture_document(
            captured=Captured(text="Trade shrinks."), origin=Document.Origin.PAGE, by=None, url=url
        ),
    )

    assert (corrected.pk, corrected.title, second.previous) == (first.pk, "Outlook", first)


def test_links_of_merged_events_are_decided_by_one_of_two_analysts() -> None:
    """Each decides on another link of what counts as one: the second is told, and nothing is lost."""
    claim = RegisteredClaimFactory()
    links = [EvidenceFactory(claim=claim) for _ in range(2)]
    analysts = [UserFactory(username=name, roles=[Role.ANALYST]) for name in ("ada", "carl")]
    merge_events(event=links[0].event, into=links[1].event, by=analysts[0])

    def accept(link: Evidence, by: User) -> str:
        try:
            return accept_evidence(evidence=link, stance=1, by=by).decided_by.username
        except AlreadyDecided as problem:
            return str(problem)

    said = at_once(
        lambda: accept(links[0], analysts[0]),
        lambda: accept(links[1], analysts[1]),
    )

    [decided] = Evidence.objects.filter(status="accepted")
    assert decided.decided_by.username in said
    assert sum("already accepted" in words for words in said) == 1
    assert decided.decisions.count() == 1
    assert Evidence.objects.suggested().count() == 0


def test_whoever_decides_while_another_decision_is_open_waits_for_it() -> None:
    claim = RegisteredClaimFactory()
    links = [EvidenceFactory(claim=claim) for _ in range(2)]
    ada, carl = (UserFactory(username=name, roles=[Role.ANALYST]) for name in ("ada", "carl"))
    merge_events(event=links[0].event, into=links[1].event, by=ada)

    def accept() -> str:
        try:
            return str(accept_evidence(evidence=links[1], stance=-1, by=carl).stance)
        except AlreadyDecided as problem:
            return str(problem)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            accept_evidence(evidence=links[0], stance=2, by=ada)
            waiting = pool.submit(accept)
            assert not wait([waiting], timeout=0.5).done
        said = waiting.result(timeout=PATIENCE)

    words = f"ada has already accepted this as event {links[0].event_id}: strongly supports. Undo that first."
    assert said == words
    assert [one.stance for one in Evidence.objects.filter(status="accepted")] == [2]
