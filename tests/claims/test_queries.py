"""Lists: what they hold, in what order, in a number of queries that does not grow."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from claims.models import Claim, Evidence
from claims.queries import (
    claimants_with_claims,
    claims_of,
    documents_with_counts,
    events_with_counts,
    evidence_in,
    search_events,
    unread_articles,
)
from claims.services import (
    accept_evidence,
    drop_claim,
    load_lexicons,
    propose_claims,
    reject_evidence,
)
from sources.models import Document, Witness
from sources.services import merge_events
from tests.factories.accounts import UserFactory
from tests.factories.claims import ClaimFactory, EvidenceFactory, RegisteredClaimFactory
from tests.factories.sources import (
    ClaimantFactory,
    DocumentFactory,
    EventFactory,
    QuoteFactory,
)

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]


def test_claimants_with_claims_are_listed_once_by_name() -> None:
    zoe, ada = ClaimantFactory(name="Zoe"), ClaimantFactory(name="Ada")
    ClaimantFactory(name="Nobody's")
    for claimant in (zoe, ada, ada):
        ClaimFactory(claimant=claimant)

    assert list(claimants_with_claims()) == [ada, zoe]


def test_articles_wait_until_they_are_read() -> None:
    load_lexicons()
    article = DocumentFactory()
    DocumentFactory(origin=Document.Origin.FEED)
    assert list(unread_articles()) == [article]

    propose_claims(document=article)

    assert list(unread_articles()) == []


def test_claims_of_a_document_stand_in_the_order_of_its_text() -> None:
    document = DocumentFactory()
    later, earlier = (
        ClaimFactory(quote=QuoteFactory(document=document, exact=words))
        for words in ("coming years", "Orlov argues")
    )
    ClaimFactory()

    assert list(claims_of(document)) == [earlier, later]


def test_documents_count_what_is_undecided_and_what_was_kept() -> None:
    quote = QuoteFactory()
    for status in ("proposed", "proposed", "dropped", "draft"):
        ClaimFactory(quote=quote, status=status)
    RegisteredClaimFactory(quote=quote)
    empty = DocumentFactory()

    found = documents_with_counts()

    assert [(one.undecided, one.kept) for one in found] == [(0, 0), (2, 2)]
    assert found[0] == empty


def test_documents_lead_to_the_first_undecided_claim_of_the_text() -> None:
    document = DocumentFactory()
    later, _, first = (
        ClaimFactory(quote=QuoteFactory(document=document, exact=words), status=status)
        for words, status in (("ports", "proposed"), ("Orlov", "draft"), ("trade", "proposed"))
    )

    assert documents_with_counts().get().first_undecided == first.pk
    drop_claim(claim=first, by=UserFactory())
    assert documents_with_counts().get().first_undecided == later.pk
    drop_claim(claim=later, by=UserFactory())
    assert documents_with_counts().get().first_undecided is None


def test_suggested_evidence_comes_strongest_first_decided_newest_first(analyst: User) -> None:
    weak, strong, other = (EvidenceFactory(score=score) for score in (0.5, 0.9, 0.7))
    assert list(evidence_in(status="suggested")) == [strong, other, weak]

    for hour, evidence in enumerate((weak, strong)):
        at = datetime(2024, 5, 1, hour, tzinfo=UTC)
        accept_evidence(evidence=evidence, stance=1, by=analyst, at=at)

    assert list(evidence_in(status="accepted")) == [strong, weak]
    assert list(evidence_in(status="suggested", claim=other.claim)) == [other]
    assert list(evidence_in(status="suggested", claim=weak.claim)) == []


def test_evidence_of_a_claim_that_ended_leaves_the_inbox() -> None:
    evidence = EvidenceFactory()
    Claim.objects.filter(pk=evidence.claim_id).update(status=Claim.Status.WITHDRAWN)

    assert not evidence_in(status=Evidence.Status.SUGGESTED)


def test_events_count_reports_and_links_that_are_not_rejected(analyst: User) -> None:
    event = EventFactory()
    merge_events(event=EventFactory(), into=event, by=analyst)
    EvidenceFactory(event=event)
    reject_evidence(evidence=EvidenceFactory(event=event), by=analyst)

    (found,) = events_with_counts()

    assert (found.report_count, found.claim_count) == (2, 1)
    assert evidence_in(status="suggested").get().report_count == 2


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("", ["Wheat falls", "Gas rises"]),
        ("GAS", ["Gas rises"]),
        ("harvest", ["Wheat falls"]),
        ("100%", []),
        ("_", []),
    ],
)
def test_events_are_found_by_words_of_title_and_summary(words: str, titles: list[str]) -> None:
    EventFactory(title="Gas rises", summary="")
    EventFactory(title="Wheat falls", summary="A poor harvest.")

    assert [event.title for event in search_events(words=words)] == titles


def queries_of(browser: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)


def accepted() -> None:
    by = UserFactory(username="ada", roles=[Role.ANALYST])
    accept_evidence(evidence=EvidenceFactory(), stance=1, by=by)


@pytest.mark.parametrize(
    ("address", "make", "most"),
    [
        ("/claims/", RegisteredClaimFactory, 12),
        ("/claims/?tab=proposed", lambda: ClaimFactory(status=Claim.Status.PROPOSED), 12),
        ("/documents/", ClaimFactory, 5),
        ("/inbox/", EvidenceFactory, 7),
        ("/inbox/?tab=accepted", accepted, 7),
        ("/events/", EvidenceFactory, 5),
    ],
)
def test_list_takes_as_many_queries_for_three_rows_as_for_one(
    address: str, make: Callable[[], object], most: int, analyst: User, sign_in: SignIn
) -> None:
    browser = sign_in(analyst)
    make()
    one = queries_of(browser, address)
    make()
    make()

    assert queries_of(browser, address) == one <= most


def test_document_page_takes_as_many_queries_for_three_claims_as_for_one(
    analyst: User, sign_in: SignIn
) -> None:
    browser, document = sign_in(analyst), DocumentFactory()
    ClaimFactory(quote=QuoteFactory(document=document))
    one = queries_of(browser, document.get_absolute_url())
    for words in ("Orlov", "ports"):
        ClaimFactory(quote=QuoteFactory(document=document, exact=words))

    assert queries_of(browser, document.get_absolute_url()) == one <= 14


def test_event_page_takes_as_many_queries_for_three_of_everything_as_for_one(
    analyst: User, sign_in: SignIn
) -> None:
    browser, event = sign_in(analyst), EventFactory()

    def more() -> None:
        EvidenceFactory(event=event)
        merge_events(event=EventFactory(), into=event, by=analyst)
        Witness.objects.create(report=event.reports.first(), event=event, other=EventFactory())

    more()
    one = queries_of(browser, event.get_absolute_url())
    more()
    more()

    assert queries_of(browser, event.get_absolute_url()) == one <= 17
