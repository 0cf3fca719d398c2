"""The index of open claims: kept while the ledger stands still, rebuilt when it moves."""

from datetime import UTC, date, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from claims.matching.types import LONGEST_SETTING
from claims.models import Claim
from claims.services import withdraw_claim
from claims.services.index import open_claims_index, target_of, targets_of, window_of
from sources.models import Document
from tests.factories.claims import ClaimFactory, RegisteredClaimFactory
from tests.factories.sources import DocumentFactory, QuoteFactory

pytestmark = pytest.mark.django_db

SAID = {
    "kind": "event",
    "said_on": date(2023, 3, 21),
    "opens_on": date(2023, 3, 21),
    "due_latest": date(2028, 3, 21),
}


def claims_in_index() -> list[int]:
    return [target.id for target in open_claims_index().targets]


def test_index_is_kept_while_the_ledger_stands_still() -> None:
    RegisteredClaimFactory()
    first = open_claims_index()
    ClaimFactory()

    assert open_claims_index() is first


def test_registration_and_withdrawal_are_in_the_next_index(analyst: User) -> None:
    first, second = RegisteredClaimFactory(), RegisteredClaimFactory()
    assert claims_in_index() == [first.pk, second.pk]

    withdraw_claim(
        claim=first, by=analyst, reason="Taken back.", at=datetime(2024, 5, 1, tzinfo=UTC)
    )
    third = RegisteredClaimFactory()

    assert claims_in_index() == [second.pk, third.pk]


def test_index_of_an_empty_ledger_is_empty() -> None:
    assert claims_in_index() == []


@pytest.mark.parametrize(
    ("fields", "window"),
    [
        ({}, (date(2023, 3, 21), date(2028, 3, 21))),
        ({"opens_on": date(2023, 6, 1)}, (date(2023, 6, 1), date(2028, 3, 21))),
        ({"opens_on": None}, (date(2023, 3, 21), date(2028, 3, 21))),
        ({"kind": "assessment"}, (date(2023, 3, 21), None)),
        ({"kind": "assessment", "opens_on": None}, (date(2021, 3, 21), None)),
    ],
)
def test_window_of_a_claim(fields: dict[str, object], window: tuple[date, date | None]) -> None:
    claim = Claim(**{**SAID, **fields})

    assert window_of(claim) == window


def test_target_has_the_words_that_registration_locks() -> None:
    claim = RegisteredClaimFactory(metric="tonnes", topics=["not locked"])

    target = target_of(claim)

    assert (target.id, target.key) == (claim.pk, claim.content_hash)
    assert target.text == f"{claim.statement} tonnes"


def test_setting_is_the_beginning_of_an_article_and_asked_for_at_once(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    article = DocumentFactory(text="Grain. " * 100, origin=Document.Origin.PASTE)
    excerpt = DocumentFactory(text="Wheat. " * 100, origin=Document.Origin.EXCERPT)
    for one, words in ((article, "Grain."), (excerpt, "Wheat."), (article, "Grain. Grain.")):
        RegisteredClaimFactory(quote=QuoteFactory(document=one, exact=words))
    claims = list(Claim.objects.select_related("words").order_by("pk"))

    with django_assert_num_queries(1):
        (alone,) = targets_of(claims[:1])
    with django_assert_num_queries(1):
        targets = targets_of(claims)

    assert [one.setting for one in targets] == [article.text[:LONGEST_SETTING], "", alone.setting]
    assert open_claims_index().targets == targets
