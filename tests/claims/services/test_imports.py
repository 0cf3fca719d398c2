"""The life of an imported table: nothing is stored unasked, and every row at most once."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import AuditEntry, User
from claims.importing import Table, read_table
from claims.models import BaseRate, Claim, ClaimImport, ImportRow
from claims.services import (
    begin_import,
    cancel_import,
    load_lexicons,
    register_claim,
    store_import,
    work_on_import,
)
from claims.services import imports as service
from claims.validators import ClaimProblem
from sources.importing import ImportFileError
from sources.models import Claimant, Document, Publisher, Quote
from tests.claims.imports import ROW, WHOLE, as_csv, checked, said, stored, work
from tests.factories.claims import ClaimFactory
from tests.factories.sources import ClaimantFactory, DocumentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lexicons() -> None:
    load_lexicons()


def test_nothing_is_stored_before_somebody_says_so(analyst: User) -> None:
    claim_import = checked([WHOLE], by=analyst)

    assert (claim_import.status, claim_import.sound_count) == (ClaimImport.Status.CHECKED, 1)
    stored_things = (Claim, Document, Quote, Claimant, Publisher, BaseRate)
    assert [model.objects.count() for model in stored_things] == [0] * len(stored_things)


def test_row_becomes_a_draft_with_all_it_says(analyst: User) -> None:
    claim_import = stored([WHOLE], by=analyst)

    claim = Claim.objects.get()
    row = claim_import.rows.get()
    assert (row.claim, row.state, claim_import.stored_count) == (claim, "stored", 1)
    assert (claim.status, claim.created_by, claim.reason) == (
        "draft",
        analyst,
        "Imported from table.csv, row 2.",
    )
    assert (claim.claimant.name, claim.speaker, claim.said_on) == (
        "Orlov",
        "the trader",
        date(2023, 3, 21),
    )
    assert (claim.kind, claim.topics, claim.stake) == ("conditional", ["trade", "ports"], 3)
    assert (claim.probability_source, claim.probability_low, claim.probability_high) == (
        "lexicon",
        Decimal("0.550"),
        Decimal("0.800"),
    )
    rate = claim.base_rate
    assert (rate.reference_class, rate.probability, rate.source, rate.fixed_by) == (
        "Trade of two neighbours grows",
        Decimal("0.620"),
        "Customs",
        analyst,
    )
    assert [(one.due_on, one.is_final) for one in claim.checkpoints.order_by("due_on")] == [
        (date(2024, 3, 21), False),
        (date(2026, 3, 21), True),
    ]
    assert (claim.statement, claim.condition) == ("Trade grows.", "As long as the ports stay open")
    assert (claim.metric, claim.threshold, claim.judged) == ("tons", "10", "throughout")


def test_what_was_imported_can_be_registered(analyst: User) -> None:
    stored([WHOLE], by=analyst)

    assert register_claim(claim=Claim.objects.get(), by=analyst).is_registered


def test_quotes_of_one_source_are_one_document_of_excerpts(analyst: User) -> None:
    rows = [WHOLE, {**WHOLE, "quote": "Prices fall."}, {**WHOLE, "claimant": "Ona"}]

    stored([*rows, {**WHOLE, "author": "Other"}], by=analyst)

    first, other = Document.objects.order_by("pk")
    assert first.text == f"{ROW['quote']}\n\nPrices fall."
    assert (first.origin, first.title, first.author, first.publisher.name) == (
        "excerpt",
        "On ports",
        "Desk",
        "Port Review",
    )
    assert (first.url, first.url_key, first.captured_by) == ("https://ports.example/a", "", analyst)
    assert first.published_at == datetime(2023, 3, 20, tzinfo=UTC)
    assert (other.text, other.author) == (ROW["quote"], "Other")
    quotes = Quote.objects.filter(document=first).order_by("start")
    assert [(one.exact, one.prefix, one.suffix) for one in quotes] == [
        (ROW["quote"], "", "\n\nPrices fall."),
        ("Prices fall.", f"{ROW['quote']}\n\n"[-60:], ""),
    ]
    assert Claim.objects.filter(quote__document=first).count() == 3


def test_excerpts_are_no_version_of_the_page_they_name(analyst: User) -> None:
    page = DocumentFactory(origin=Document.Origin.PAGE, url_key="ports.example/a")

    stored([WHOLE], by=analyst)

    assert not Document.objects.filter(previous=page).exists()
    assert not Document.objects.articles().filter(origin="excerpt").exists()


def test_quote_of_a_known_document_is_taken_from_there(analyst: User) -> None:
    document = DocumentFactory(text=f"Before. {ROW['quote']} After.", title="On ports")

    stored([WHOLE], by=analyst)

    quote = Claim.objects.get().quote
    assert (quote.document, quote.start, quote.prefix, quote.suffix) == (
        document,
        8,
        "Before. ",
        " After.",
    )
    assert Document.objects.get() == document


def test_quote_that_stands_already_is_used(analyst: User) -> None:
    document = DocumentFactory(title="On ports")
    known = ClaimFactory(quote__document=document)

    stored([{**ROW, "quote": known.quote.exact, "title": "On ports"}], by=analyst)

    assert Claim.objects.latest("pk").quote == known.quote


def test_claimant_is_added_once_and_a_known_one_is_used(analyst: User) -> None:
    known = ClaimantFactory(name="Ona")
    rows = [
        {**ROW, "quote": f"Lot {number} is sold.", "claimant": name}
        for number, name in enumerate(("Orlov", "ORLOV", "ona", ""))
    ]

    stored([{**row, "speaker": "Somebody"} for row in rows], by=analyst)

    names = Claim.objects.order_by("pk").values_list("claimant__name", flat=True)
    assert list(names) == ["Orlov", "Orlov", known.name, None]
    assert Claimant.objects.count() == 2


@pytest.mark.parametrize("name", ["İnan Yılmaz", "ΣΑΣ"])
def test_table_that_comes_again_is_known_whatever_letters_its_claimant_has(
    name: str, analyst: User
) -> None:
    stored([{**ROW, "claimant": name}], by=analyst)

    again = stored([{**ROW, "claimant": name}, {**ROW, "claimant": "Ona"}], by=analyst)

    assert [row.state for row in again.rows.order_by("number")] == ["known", "stored"]
    assert set(Claimant.objects.values_list("name", flat=True)) == {name, "Ona"}


def test_known_base_rate_is_used(analyst: User) -> None:
    stored([WHOLE, {**WHOLE, "quote": "Prices fall."}], by=analyst)
    stored([{**WHOLE, "quote": "Prices rise."}], by=analyst)

    assert BaseRate.objects.count() == 1
    assert Claim.objects.filter(base_rate=BaseRate.objects.get()).count() == 3


def test_rows_with_problems_are_left_out(analyst: User) -> None:
    claim_import = stored([ROW, {**ROW, "due": "soon"}, ROW], by=analyst)

    states = claim_import.rows.order_by("number").values_list("number", "state")
    assert list(states) == [(2, "stored"), (3, "wrong"), (4, "known")]
    assert Claim.objects.count() == 1


def test_row_that_became_known_meanwhile_is_not_stored(analyst: User) -> None:
    waiting = checked([ROW, {**ROW, "quote": "Prices fall."}], by=analyst)
    stored([ROW], by=analyst)
    known = Claim.objects.get()

    done = work(store_import(claim_import=waiting, by=analyst))

    assert (done.sound_count, done.stored_count) == (2, 1)
    assert said(done) == [f"row 2: is in the ledger already, as claim {known.pk}"]


def test_everything_is_written_in_the_audit_log(analyst: User) -> None:
    claim_import = stored([ROW], by=analyst)

    on_import = AuditEntry.objects.filter(
        object_type="claims.claimimport", object_id=claim_import.pk, by=analyst
    )
    assert list(on_import.order_by("id").values_list("verb", flat=True)) == [
        "brought in",
        "let store",
        "stored",
    ]
    claim = Claim.objects.get()
    entry = AuditEntry.objects.get(object_type="claims.claim", object_id=claim.pk)
    assert (entry.verb, entry.by, entry.detail) == ("imported", analyst, {"table": "table.csv"})
    captured = AuditEntry.objects.get(verb="captured")
    assert captured.object_id == claim.quote.document_id


def test_storing_again_changes_nothing(analyst: User) -> None:
    claim_import = stored([ROW], by=analyst)

    again = work(store_import(claim_import=claim_import, by=analyst))

    assert again.status == ClaimImport.Status.STORED
    assert Claim.objects.count() == 1


def test_import_is_stored_only_when_it_is_checked(analyst: User) -> None:
    begun = begin_import(data=as_csv([ROW]), name="t.csv", by=analyst)

    with pytest.raises(ClaimProblem, match=r"This import is being checked: it cannot be stored\."):
        store_import(claim_import=begun, by=analyst)


def test_import_without_a_sound_row_is_not_stored(analyst: User) -> None:
    claim_import = checked([{**ROW, "due": "soon"}], by=analyst)

    with pytest.raises(ClaimProblem, match=r"No row of this table can be stored\."):
        store_import(claim_import=claim_import, by=analyst)


def test_cancelled_import_leaves_only_that_it_was(analyst: User) -> None:
    claim_import = checked([ROW], by=analyst)

    cancel_import(claim_import=claim_import, by=analyst)
    again = cancel_import(claim_import=claim_import, by=analyst)

    assert (again.status, again.row_count) == (ClaimImport.Status.CANCELLED, 1)
    assert again.ended_at is not None
    assert not ImportRow.objects.exists()
    assert not work_on_import(claim_import=again)
    with pytest.raises(ClaimProblem, match=r"This import is cancelled: it cannot be stored\."):
        store_import(claim_import=again, by=analyst)
    assert AuditEntry.objects.filter(verb="cancelled").count() == 1


def test_stored_import_cannot_be_cancelled(analyst: User) -> None:
    claim_import = stored([ROW], by=analyst)

    with pytest.raises(ClaimProblem, match=r"This import is stored already\. Drop its drafts"):
        cancel_import(claim_import=claim_import, by=analyst)


def test_import_that_is_being_stored_cannot_be_cancelled(analyst: User) -> None:
    claim_import = store_import(claim_import=checked([ROW], by=analyst), by=analyst)

    with pytest.raises(ClaimProblem, match=r"This import is being stored\. Drop its drafts"):
        cancel_import(claim_import=claim_import, by=analyst)


def test_file_that_is_no_table_leaves_nothing(analyst: User) -> None:
    with pytest.raises(ImportFileError, match=r"t\.csv lacks the columns"):
        begin_import(data=b"a,b\n1,2\n", name="t.csv", by=analyst)
    assert not ClaimImport.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_file_is_read_before_a_transaction_begins(
    analyst: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    within = []

    def noted(*args: Any, **kwargs: Any) -> Table:
        within.append(connection.in_atomic_block)
        return read_table(*args, **kwargs)

    monkeypatch.setattr(service, "read_table", noted)
    begin_import(data=as_csv([ROW]), name="t.csv", by=analyst)

    assert within == [False]


def test_row_is_stored_as_a_claim_or_has_none(analyst: User) -> None:
    row = stored([ROW], by=analyst).rows.get()

    for fields in ({"claim": None}, {"state": "sound"}, {"document": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ImportRow.objects.filter(pk=row.pk).update(**fields)


def test_claim_comes_of_one_row() -> None:
    first, second = checked([ROW, {**ROW, "quote": "Prices fall."}]).rows.order_by("number")
    claim = ClaimFactory()
    ImportRow.objects.filter(pk=first.pk).update(state="stored", claim=claim)

    with pytest.raises(IntegrityError), transaction.atomic():
        ImportRow.objects.filter(pk=second.pk).update(state="stored", claim=claim)
