"""What must never change does not change, not even by raw SQL."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, models, transaction

from accounts.models import User
from accounts.services import record
from claims.models import Amendment, Checkpoint, Imputation
from claims.services import reject_evidence, withdraw_claim
from sources.models import Quote
from tests.factories.accounts import UserFactory
from tests.factories.claims import (
    BaseRateFactory,
    ClaimFactory,
    EvidenceFactory,
    LexiconEntryFactory,
    RegisteredClaimFactory,
)
from tests.factories.reviews import ReviewFactory
from tests.factories.sources import DocumentFactory, QuoteFactory

pytestmark = pytest.mark.django_db


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        # Settles what the test itself left for the end of its transaction.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)


def assert_append_only(row: models.Model, column: str, words: str) -> None:
    """Change, removal and emptying of the row's table are each refused in words."""
    table = row._meta.db_table
    for statement in (
        f'UPDATE {table} SET "{column}" = NULL WHERE id = {row.pk}',  # noqa: S608
        f"DELETE FROM {table} WHERE id = {row.pk}",  # noqa: S608
        f"TRUNCATE {table} CASCADE",
    ):
        with pytest.raises(IntegrityError, match=words):
            run(statement)


def test_document_never_changes() -> None:
    assert_append_only(DocumentFactory(), "text", "captured document is never changed")


@pytest.mark.parametrize(
    "change",
    [
        "url = 'https://elsewhere.example/'",
        "url_key = 'elsewhere.example'",
        "origin = 'page'",
        "language = 'ru'",
        "media_type = 'text/html'",
        "captured_at = now()",
        "captured_by_id = NULL",
        "previous_id = NULL",
        "title = 'Another title'",
        "content_hash = repeat('0', 64)",
    ],
)
def test_what_is_no_correction_of_an_article_is_refused(change: str, analyst: User) -> None:
    document = DocumentFactory(captured_by=analyst, previous=DocumentFactory())

    with pytest.raises(IntegrityError, match="captured document is never changed"):
        run(f"UPDATE sources_document SET {change} WHERE id = {document.pk}")  # noqa: S608


def test_what_an_article_was_known_by_is_written_once() -> None:
    document = DocumentFactory(captured_hash="0" * 64)

    with pytest.raises(IntegrityError, match="captured document is never changed"):
        run(f"UPDATE sources_document SET captured_hash = '' WHERE id = {document.pk}")  # noqa: S608


CORRECTION = "UPDATE sources_document SET author = 'Vera Orlova' WHERE id = {0}"


def test_author_of_an_article_may_be_corrected() -> None:
    document = ClaimFactory().quote.document

    run(CORRECTION.format(document.pk))

    document.refresh_from_db()
    assert document.author == "Vera Orlova"


@pytest.mark.parametrize("origin", ["feed", "file", "hand"])
def test_what_a_stream_brought_is_not_corrected(origin: str) -> None:
    document = DocumentFactory(origin=origin)

    with pytest.raises(IntegrityError, match="captured document is never changed"):
        run(CORRECTION.format(document.pk))


def test_article_of_a_registered_claim_is_not_corrected() -> None:
    claim = RegisteredClaimFactory()

    with pytest.raises(IntegrityError, match="what is known about the text is locked"):
        run(CORRECTION.format(claim.quote.document_id))


def test_article_that_is_evidence_is_not_corrected() -> None:
    article = DocumentFactory()
    EvidenceFactory(document=article)

    with pytest.raises(IntegrityError, match="This text is evidence for a claim"):
        run(CORRECTION.format(article.pk))


def test_quote_never_changes() -> None:
    assert_append_only(QuoteFactory(), "exact", "quote is never changed")


def test_audit_row_never_changes(analyst: User) -> None:
    entry = record(by=analyst, verb="looked at", on=analyst)

    assert_append_only(entry, "verb", "audit log is never changed")


def test_base_rate_never_changes() -> None:
    assert_append_only(BaseRateFactory(), "probability", "base rate is never changed")


def test_lexicon_entry_never_changes() -> None:
    assert_append_only(LexiconEntryFactory(), "low", "make a new version")


def test_amendment_never_changes(analyst: User) -> None:
    amendment = Amendment.objects.create(claim=RegisteredClaimFactory(), text="Noted.", by=analyst)

    assert_append_only(amendment, "text", "amendment is never changed")


def test_imputation_never_changes(analyst: User) -> None:
    imputation = Imputation.objects.create(
        claim=RegisteredClaimFactory(), coder=analyst, low="0.5", high="0.7"
    )

    assert_append_only(imputation, "low", "imputation is never changed")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("statement", "'Something else.'"),
        ("probability_low", "0.1"),
        ("probability_high", "0.99"),
        ("due_on", "'2027-01-01'"),
        ("held_if", "'Anything.'"),
        ("base_rate_id", "NULL"),
        ("claimant_id", "NULL"),
        ("registered_at", "NULL"),
    ],
)
def test_registered_claim_is_locked_against_sql(column: str, value: str) -> None:
    claim = RegisteredClaimFactory()

    with pytest.raises(IntegrityError, match="registered claim is locked"):
        run(f"UPDATE claims_claim SET {column} = {value} WHERE id = {claim.pk}")  # noqa: S608


def test_registered_claim_is_not_removed_by_sql() -> None:
    claim = RegisteredClaimFactory()

    with pytest.raises(IntegrityError, match="registered claim is locked"):
        run(f"DELETE FROM claims_claim WHERE id = {claim.pk}")  # noqa: S608


def test_registered_claim_may_still_be_withdrawn_by_status() -> None:
    claim = RegisteredClaimFactory()

    run(f"UPDATE claims_claim SET status = 'withdrawn' WHERE id = {claim.pk}")  # noqa: S608

    claim.refresh_from_db()
    assert claim.status == "withdrawn"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE claims_checkpoint SET due_on = '2030-01-01' WHERE claim_id = {0}",
        "DELETE FROM claims_checkpoint WHERE claim_id = {0}",
        "INSERT INTO claims_checkpoint (claim_id, due_on, is_final) VALUES ({0}, '2029-01-01', false)",
    ],
)
def test_checkpoints_of_a_registered_claim_are_locked(statement: str) -> None:
    claim = RegisteredClaimFactory()

    with pytest.raises(IntegrityError, match="checkpoints of a registered claim are locked"):
        run(statement.format(claim.pk))

    assert Checkpoint.objects.filter(claim=claim).count() == 1


def test_quote_whose_words_are_not_in_its_document_is_refused() -> None:
    document = DocumentFactory()

    with pytest.raises(IntegrityError, match="do not stand at this place"), transaction.atomic():
        QuoteFactory(document=document, exact="never said", start=0, end=10)


def test_quotes_stored_together_are_each_looked_up_in_their_document() -> None:
    first, second = DocumentFactory(text="Привет, trade 📈 grows."), DocumentFactory(text="Trade.")
    spans = [(first, 8, 13), (second, 0, 5), (first, 0, 15), (first, 14, 15), (first, 16, 21)]
    quotes = [
        Quote(document=document, exact=document.text[start:end], start=start, end=end)
        for document, start, end in spans
    ]

    Quote.objects.bulk_create(quotes)

    assert [quote.exact for quote in quotes] == [
        "trade",
        "Trade",
        "Привет, trade 📈",
        "📈",
        "grows",
    ]


@pytest.mark.parametrize("start", [9, 15, 99])
def test_one_quote_of_many_that_stands_elsewhere_is_refused(start: int) -> None:
    document = DocumentFactory(text="Привет, trade 📈 grows.")
    good = Quote(document=document, exact="grows", start=16, end=21)
    bad = Quote(document=document, exact="trade", start=start, end=start + 5)

    with pytest.raises(IntegrityError, match="do not stand at this place"), transaction.atomic():
        Quote.objects.bulk_create([good, bad])

    assert not Quote.objects.exists()


def test_who_sat_where_is_locked_once_they_have_judged() -> None:
    review = ReviewFactory()
    seat = review.assignment
    other = UserFactory()

    for change in (f"reviewer_id = {other.pk}", "role = 'adjudication'", "state = 'open'"):
        with pytest.raises(IntegrityError, match="Who sat where is never changed"):
            run(f"UPDATE reviews_assignment SET {change} WHERE id = {seat.pk}")  # noqa: S608
    with pytest.raises(IntegrityError, match="Who sat where is never changed"):
        run(f"DELETE FROM reviews_assignment WHERE id = {seat.pk}")  # noqa: S608


def test_a_claim_that_ended_stays_ended(analyst: User) -> None:
    claim = RegisteredClaimFactory()
    withdraw_claim(
        claim=claim, by=analyst, reason="Taken back.", at=datetime(2024, 5, 1, tzinfo=UTC)
    )

    for change in ("status = 'registered'", "ended_at = now()"):
        with pytest.raises(IntegrityError, match="stays ended"):
            run(f"UPDATE claims_claim SET {change} WHERE id = {claim.pk}")  # noqa: S608


def test_decision_on_evidence_never_changes(analyst: User) -> None:
    evidence = EvidenceFactory()
    reject_evidence(evidence=evidence, by=analyst)

    assert_append_only(evidence.decisions.get(), "by_id", "decision on evidence is never changed")
