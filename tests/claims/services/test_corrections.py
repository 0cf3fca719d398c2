"""A corrected article: undecided proposals follow its author and day, what was decided stays."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from accounts.models import User
from claims.models import Claim, Extraction
from claims.queries import drafts_left_behind
from claims.services import (
    correct_article,
    drop_claim,
    edit_claim,
    keep_claim,
    load_lexicons,
    make_claim,
    propose_claims,
)
from claims.validators import ClaimProblem
from sources.models import Document
from tests.factories.claims import EvidenceFactory, RegisteredClaimFactory
from tests.factories.sources import DocumentFactory

pytestmark = pytest.mark.django_db

KEPT = "Trade will probably grow by the end of next year."
DROPPED = "Freight will probably shrink by the end of next year."
EDITED = "Prices will probably rise by the end of next year."
LEFT = "Exports will probably recover by the end of next year."
ORLOV = "Orlov expects that imports will probably fall by the end of next year."
OLD, NEW = date(2023, 3, 21), date(2021, 5, 4)


@pytest.fixture(autouse=True)
def _lexicons() -> None:
    load_lexicons()


@pytest.fixture
def article(analyst: User) -> Document:
    """An article of which one claim was kept, one dropped, one edited, and two left."""
    document = DocumentFactory(
        text="\n\n".join((KEPT, DROPPED, EDITED, LEFT, ORLOV)), author="Ada Desk"
    )
    claims = {claim.quote.exact: claim for claim in propose_claims(document=document)}
    assert claims.keys() == {KEPT, DROPPED, EDITED, LEFT, ORLOV}
    keep_claim(claim=claims[KEPT], by=analyst)
    drop_claim(claim=claims[DROPPED], by=analyst)
    edit_claim(claim=claims[EDITED], by=analyst, statement="Prices rise.")
    return document


def correct(document: Document, by: User, **changes: Any) -> Document:
    known = {
        "title": document.title,
        "author": document.author,
        "publisher": document.publisher,
        "published_on": OLD,
    }
    return correct_article(document=document, by=by, **(known | changes))


def standing(document: Document) -> dict[str, tuple[str, str, date, date | None]]:
    """Status, speaker, day and due date of each claim, by its words."""
    claims = Claim.objects.filter(quote__document=document).select_related("quote")
    found = [
        (claim.quote.exact, (claim.status, claim.speaker, claim.said_on, claim.due_on))
        for claim in claims
    ]
    assert len(found) == len(dict(found))
    return dict(found)


def test_undecided_proposals_are_replaced_and_decided_claims_stay(
    article: Document, analyst: User
) -> None:
    before = standing(article)

    corrected = correct(article, analyst, author="Vera Orlova", published_on=NEW)
    propose_claims(document=corrected, by=analyst)

    after = standing(article)
    assert {words: after[words] for words in (KEPT, DROPPED, EDITED)} == {
        words: before[words] for words in (KEPT, DROPPED, EDITED)
    }
    due = date(2022, 12, 31)
    assert after[LEFT] == ("proposed", "Vera Orlova", NEW, due)
    assert after[ORLOV] == ("proposed", "Orlov", NEW, due)
    assert before[LEFT] == ("proposed", "Ada Desk", OLD, date(2024, 12, 31))
    assert Extraction.objects.get(document=article).proposed == 2


def test_article_counts_as_unread_until_it_is_read_again(article: Document, analyst: User) -> None:
    correct(article, analyst, author="Vera Orlova")

    assert not Extraction.objects.exists()
    assert standing(article).keys() == {KEPT, DROPPED, EDITED}


@pytest.mark.parametrize("changes", [{}, {"title": "Another title"}, {"publisher": None}])
def test_title_and_publisher_leave_the_proposals_alone(
    changes: dict[str, Any], article: Document, analyst: User
) -> None:
    before = set(Claim.objects.values_list("pk", "status"))

    correct(article, analyst, **changes)

    assert set(Claim.objects.values_list("pk", "status")) == before
    assert Extraction.objects.filter(document=article).exists()


def test_words_of_a_claim_by_hand_are_not_proposed_besides(analyst: User) -> None:
    document = DocumentFactory(text=f"{LEFT}\n\n{ORLOV}", author="Ada Desk")
    make_claim(document=document, exact="Exports will probably recover", by=analyst)

    proposed = propose_claims(document=document)

    assert [claim.quote.exact for claim in proposed if claim.status == "proposed"] == [ORLOV]


def test_drafts_that_carry_the_old_day_or_author_are_named(
    article: Document, analyst: User
) -> None:
    assert list(drafts_left_behind(article)) == []

    corrected = correct(article, analyst, author="Vera Orlova", published_on=NEW)
    assert [one.quote.exact for one in drafts_left_behind(corrected)] == [KEPT, EDITED]

    first, second = drafts_left_behind(corrected)
    edit_claim(claim=first, by=analyst, speaker="Vera Orlova", said_on=NEW)
    edit_claim(claim=second, by=analyst, said_on=NEW)
    assert [one.quote.exact for one in drafts_left_behind(corrected)] == [EDITED]


def test_drafts_of_an_undated_article_carried_the_day_of_its_capture(analyst: User) -> None:
    captured = datetime(2024, 2, 1, 12, tzinfo=UTC)
    document = DocumentFactory(text=LEFT, published_at=None, captured_at=captured)
    (claim,) = propose_claims(document=document)
    keep_claim(claim=claim, by=analyst)

    corrected = correct(document, analyst, published_on=NEW)

    assert [one.said_on for one in drafts_left_behind(corrected)] == [date(2024, 2, 1)]


def test_draft_whose_day_somebody_chose_is_not_named(article: Document, analyst: User) -> None:
    claim = Claim.objects.get(quote__exact=KEPT)
    edit_claim(claim=claim, by=analyst, speaker="Roth", said_on=date(2020, 1, 1))

    corrected = correct(article, analyst, author="Vera Orlova", published_on=NEW)

    assert [one.quote.exact for one in drafts_left_behind(corrected)] == [EDITED]


def test_draft_is_not_named_when_the_correction_is_taken_back(
    article: Document, analyst: User
) -> None:
    corrected = correct(article, analyst, author="Vera Orlova", published_on=NEW)
    corrected = correct(corrected, analyst, author="Ada Desk", published_on=OLD)

    assert list(drafts_left_behind(corrected)) == []


def test_article_of_a_registered_claim_is_refused_in_words(analyst: User) -> None:
    document = RegisteredClaimFactory().quote.document

    with pytest.raises(ClaimProblem, match="A claim of this text is registered, so what is known"):
        correct(document, analyst, author="Vera Orlova")


def test_article_that_is_evidence_is_refused_in_words(analyst: User) -> None:
    document = DocumentFactory()
    EvidenceFactory(document=document)

    with pytest.raises(ClaimProblem, match="This text is evidence for a claim"):
        correct(document, analyst, author="Vera Orlova")


def test_document_corrected_while_it_is_read_is_read_with_its_new_author(analyst: User) -> None:
    document = DocumentFactory(text=f"{LEFT}\n\n{ORLOV}", author="Ada Desk")
    waiting = ["Vera Orlova"]

    def correct_once(_done: int, _total: int) -> None:
        if waiting:
            correct(document, analyst, author=waiting.pop())

    propose_claims(document=document, progress=correct_once)

    assert {words: one[1] for words, one in standing(document).items()} == {
        LEFT: "Vera Orlova",
        ORLOV: "Orlov",
    }
