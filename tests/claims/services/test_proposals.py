"""Reading a document: what is stored of its proposals, once per document."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from accounts.models import AuditEntry, User
from claims.models import Claim, Extraction, Lexicon
from claims.services import load_lexicons, propose_claims
from sources.capture import captured_from_file
from sources.models import Document
from sources.services import capture_document
from tests.claims.extraction.test_seed import ROWS
from tests.factories.sources import ClaimantFactory, DocumentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def _lexicons() -> None:
    load_lexicons()


@pytest.fixture
def seed(shared: Path, _lexicons: None) -> list[Claim]:
    """What is proposed from the article that the project started from."""
    name = "maslov-russia-china.txt"
    captured = captured_from_file((shared / "seed" / name).read_bytes(), name=name)
    document = capture_document(
        captured=captured,
        origin=Document.Origin.UPLOAD,
        by=None,
        author="Desk",
        published_on=date(2023, 3, 22),
    )
    return propose_claims(document=document)


def of_row(claims: list[Claim], row: int) -> Claim | None:
    class_, words = ROWS[row]
    return next(
        (
            claim
            for claim in claims
            if words in claim.quote.exact and claim.is_scored == (class_ == "forecast")
        ),
        None,
    )


@pytest.mark.usefixtures("_lexicons")
def test_proposal_has_quote_speaker_hedge_range_and_dates(analyst: User) -> None:
    document = DocumentFactory(author="Desk")
    orlov = ClaimantFactory(name="Orlov")

    (claim,) = propose_claims(document=document, by=analyst)

    assert claim.status == Claim.Status.PROPOSED
    assert claim.quote.exact == document.text[claim.quote.start : claim.quote.end]
    assert (claim.speaker, claim.claimant, claim.created_by) == ("Orlov", orlov, analyst)
    assert (claim.hedge, claim.probability_source) == ("likely", "lexicon")
    assert (claim.probability_low, claim.probability_high) == (Decimal("0.55"), Decimal("0.80"))
    assert claim.lexicon == Lexicon.objects.active()
    assert (claim.said_on, claim.horizon) == (date(2023, 3, 21), "in the coming years")
    assert (claim.due_earliest, claim.due_on, claim.due_latest) == (
        date(2024, 3, 21),
        date(2026, 3, 21),
        date(2028, 3, 21),
    )
    days = list(claim.checkpoints.values_list("due_on", "is_final"))
    assert days == [(date(2024, 3, 21), False), (date(2026, 3, 21), True)]


@pytest.mark.usefixtures("_lexicons")
def test_document_is_read_once(analyst: User, colleague: User) -> None:
    document = DocumentFactory()
    first = propose_claims(document=document, by=analyst)

    assert propose_claims(document=document, by=colleague) == first
    assert Extraction.objects.get(document=document).proposed == len(first) == 1
    assert AuditEntry.objects.get(verb="read for claims").by == analyst


@pytest.mark.usefixtures("_lexicons")
@pytest.mark.parametrize("text", ["", "The ports were opened in 1911."])
def test_document_without_claims_counts_as_read(text: str) -> None:
    document = DocumentFactory(text=text)

    assert propose_claims(document=document) == []
    assert Extraction.objects.get(document=document).proposed == 0


@pytest.mark.usefixtures("_lexicons")
def test_words_without_a_speaker_are_the_author_s() -> None:
    document = DocumentFactory(
        author="Vera Orlova", text="Trade will probably grow by the end of 2025."
    )

    (claim,) = propose_claims(document=document)

    assert (claim.speaker, claim.claimant) == ("Vera Orlova", None)


@pytest.mark.usefixtures("_lexicons")
def test_undated_document_counts_from_its_capture() -> None:
    document = DocumentFactory(published_at=None, captured_at=datetime(2024, 2, 1, 12, tzinfo=UTC))

    (claim,) = propose_claims(document=document)

    assert claim.said_on == date(2024, 2, 1)


@pytest.mark.usefixtures("_lexicons")
def test_date_that_had_passed_when_it_was_said_is_no_horizon() -> None:
    document = DocumentFactory(text="Orlov expects that trade will likely grow by the end of 2019.")

    (claim,) = propose_claims(document=document)

    assert (claim.opens_on, claim.due_on, claim.checkpoints.count()) == (None, None, 0)


def test_reading_without_an_active_lexicon_is_refused_and_left_to_do() -> None:
    document = DocumentFactory()

    with pytest.raises(Lexicon.DoesNotExist):
        propose_claims(document=document)

    assert not Extraction.objects.filter(document=document).exists()


def test_seed_has_at_least_ten_of_its_fourteen_rows(seed: list[Claim]) -> None:
    assert sum(of_row(seed, row) is not None for row in ROWS) >= 10


@pytest.mark.parametrize(
    ("row", "hedge", "low", "high"),
    [
        (1, "will", "0.950", "0.990"),
        (5, "can", None, None),
        (8, "unlikely", "0.200", "0.450"),
        (10, "likely", "0.550", "0.800"),
    ],
)
def test_seed_row_has_its_hedge_range(
    seed: list[Claim], row: int, hedge: str, low: str | None, high: str | None
) -> None:
    claim = of_row(seed, row)

    assert claim is not None
    assert claim.hedge == hedge
    assert claim.probability_low == (low and Decimal(low))
    assert claim.probability_high == (high and Decimal(high))


def test_seed_is_proposed_best_first_from_exact_words(seed: list[Claim]) -> None:
    assert [claim.rank for claim in seed] == sorted((claim.rank for claim in seed), reverse=True)
    for claim in seed:
        text = claim.quote.document.text
        assert text[claim.quote.start : claim.quote.end] == claim.quote.exact
        assert not re.search(r"^\s|\s$", claim.quote.exact)


def test_seed_assessments_have_no_range_and_no_checkpoint(seed: list[Claim]) -> None:
    assessments = [claim for claim in seed if not claim.is_scored]

    assert assessments
    for claim in assessments:
        assert (claim.probability_low, claim.due_on) == (None, None)
        assert not claim.checkpoints.exists()
