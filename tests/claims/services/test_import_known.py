"""What a table says that stands here already: its documents and its claims."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from claims.models import Claim, ImportRow
from claims.services import drop_claim, edit_claim, load_lexicons
from reviews.services import open_due_checkpoints
from sources.models import Document
from tests.claims.imports import ROW, checked, said, stored
from tests.factories.accounts import UserFactory
from tests.factories.claims import ClaimFactory, RegisteredClaimFactory
from tests.factories.sources import ClaimantFactory, DocumentFactory, QuoteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lexicons() -> None:
    load_lexicons()


TEXT = "Before. Trade between the two ports will likely grow. After."


def placed(**cells: str) -> tuple[int | None, int | None]:
    row = checked([{**ROW, **cells}]).rows.get()
    return row.document_id, row.start


def test_quote_is_looked_for_in_the_document_of_its_address() -> None:
    document = DocumentFactory(
        text=TEXT, url="https://www.ports.example/a", url_key="ports.example/a"
    )

    assert placed(url="https://ports.example/a?utm_source=x") == (document.pk, 8)
    assert placed(url="https://ports.example/b") == (None, None)


def test_quote_is_looked_for_in_articles_of_its_title() -> None:
    document = DocumentFactory(text=TEXT, title="On ports")
    DocumentFactory(text=TEXT, title="On items", origin=Document.Origin.FEED)

    assert placed(title="On ports") == (document.pk, 8)
    assert placed(title="on ports") == (None, None)
    assert placed(title="On items") == (None, None)


def test_address_goes_before_title_and_the_newer_document_before_the_older() -> None:
    DocumentFactory(text=TEXT, title="On ports")
    by_title = DocumentFactory(text=f"{TEXT} More.", title="On ports")
    old = DocumentFactory(text=TEXT, url_key="ports.example/a", origin=Document.Origin.PAGE)

    assert placed(title="On ports") == (by_title.pk, 8)
    assert placed(title="On ports", url="https://ports.example/a") == (old.pk, 8)


def test_title_of_a_document_from_another_address_is_not_meant() -> None:
    DocumentFactory(text=TEXT, title="On ports", url_key="other.example/a")
    DocumentFactory(text="Something else.", title="On ports", url_key="ports.example/a")

    assert placed(title="On ports", url="https://ports.example/a") == (None, None)
    upload = DocumentFactory(text=f"{TEXT} More.", title="On ports")
    assert placed(title="On ports", url="https://ports.example/a") == (upload.pk, 8)
    assert placed(title="On ports") == (upload.pk, 8)


def test_quote_that_does_not_stand_word_for_word_is_not_placed() -> None:
    DocumentFactory(text=TEXT.replace("will likely", "is likely to"), title="On ports")

    assert placed(title="On ports") == (None, None)


def test_claim_that_is_in_the_ledger_is_known() -> None:
    document = DocumentFactory(text=TEXT, title="On ports")
    orlov = ClaimantFactory(name="Orlov")
    quote = QuoteFactory(document=document, exact=ROW["quote"])
    claim = ClaimFactory(quote=quote, claimant=orlov)

    claim_import = checked([{**ROW, "title": "On ports"}])

    assert said(claim_import) == [f"row 2: is in the ledger already, as claim {claim.pk}"]
    assert claim_import.rows.get().state == ImportRow.State.KNOWN
    assert said(checked([{**ROW, "title": "On ports", "claimant": "Other"}])) == []
    assert said(checked([ROW])) == []


def test_claim_that_was_dropped_may_come_in_again(analyst: User) -> None:
    stored([ROW], by=analyst)
    drop_claim(claim=Claim.objects.get(), by=analyst)

    assert said(checked([ROW])) == []


@pytest.mark.parametrize(
    "row",
    [
        ROW,
        {**ROW, "claimant": "", "speaker": "An unknown trader"},
        {**ROW, "title": "A letter", "author": "B", "published on": "2023-03-20"},
        {**ROW, "url": "https://ports.example/a"},
    ],
)
def test_table_that_comes_again_is_known(row: dict[str, str], analyst: User) -> None:
    stored([row], by=analyst)
    claim = Claim.objects.get()

    again = checked([row, {**row, "published on": "2023-03-01"}])

    assert said(again) == [f"row 2: is in the ledger already, as claim {claim.pk}"]


def test_row_that_says_the_same_as_an_earlier_one_is_known() -> None:
    rows = [
        ROW,
        {**ROW, "claimant": "ORLOV", "statement": ROW["quote"].upper()},
        {**ROW, "claimant": "Ona"},
    ]

    assert said(checked(rows)) == ["row 3: says the same as row 2"]


EXPORTS = {**ROW, "statement": "Exports grow."}


IMPORTS = {**ROW, "statement": "Imports grow."}


def test_two_statements_by_one_person_on_one_quote_come_in(analyst: User) -> None:
    stored([EXPORTS, IMPORTS, {**EXPORTS, "statement": "exports  GROW."}], by=analyst)
    exports, imports = Claim.objects.order_by("pk")

    assert (exports.statement, imports.statement) == ("Exports grow.", "Imports grow.")
    assert said(checked([EXPORTS, IMPORTS, {**ROW, "statement": "Both grow."}])) == [
        f"row 2: is in the ledger already, as claim {exports.pk}",
        f"row 3: is in the ledger already, as claim {imports.pk}",
    ]


@pytest.mark.parametrize(
    "cells",
    [
        {},
        {"claimant": "Somebody"},
        {"claimant": "", "speaker": "the trader"},
        {"title": "On ports"},
        {"statement": "Other."},
    ],
)
def test_who_may_judge_a_claim_learns_of_its_words_alone(
    cells: dict[str, str], analyst: User
) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    RegisteredClaimFactory(
        quote=QuoteFactory(document=DocumentFactory(text=TEXT), exact=ROW["quote"]),
        claimant=ClaimantFactory(name="Orlov"),
        said_on=date(2020, 1, 1),
        **dict.fromkeys(["due_earliest", "due_on", "due_latest"], yesterday),
        opens_on=date(2020, 1, 1),
    )
    open_due_checkpoints()
    may_judge = UserFactory(roles=[Role.ANALYST, Role.REVIEWER])

    claim_import = checked([{**ROW, **cells}], by=may_judge)

    assert said(claim_import) == ["row 2: this quote is in the ledger already"]


def test_row_without_a_statement_is_known_though_its_draft_was_edited(analyst: User) -> None:
    stored([ROW], by=analyst)
    claim = edit_claim(claim=Claim.objects.get(), by=analyst, statement="Trade grows by 5%.")

    assert said(checked([ROW])) == [f"row 2: is in the ledger already, as claim {claim.pk}"]


def test_row_that_says_the_same_as_one_with_a_problem_stands_by_itself() -> None:
    rows = [{**ROW, "due": "soon"}, ROW, ROW]

    assert said(checked(rows)) == [
        "row 2, due: soon is not a date; write it like 2024-03-21",
        "row 4: says the same as row 3",
    ]
