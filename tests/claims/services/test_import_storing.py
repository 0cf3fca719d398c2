"""Storing in batches: what comes together, what it takes, and what the database refuses."""

from random import Random

import pytest
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, User
from claims.models import BaseRate, Claim, ClaimImport
from claims.services import (
    load_lexicons,
    store_import,
    work_on_import,
)
from claims.services.imports import AT_ONCE, REFUSED
from sources.models import Claimant, Document, Publisher, Quote
from tests.claims.imports import ROW, WHOLE, checked, said, stored, work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lexicons() -> None:
    load_lexicons()


def test_excerpts_of_one_source_are_divided_where_there_are_too_many(analyst: User) -> None:
    rows = [{**ROW, "quote": f"Lot {number} is sold."} for number in range(AT_ONCE + 1)]

    stored(rows, by=analyst)

    texts = Document.objects.order_by("pk").values_list("text", flat=True)
    assert [text.count("Lot") for text in texts] == [AT_ONCE, 1]
    assert Claim.objects.count() == AT_ONCE + 1


def test_batch_places_only_its_own_rows(analyst: User) -> None:
    rows = [{**ROW, "quote": f"Lot {number} is sold."} for number in range(2 * AT_ONCE)]
    claim_import = store_import(claim_import=checked(rows, by=analyst), by=analyst)

    work_on_import(claim_import=claim_import)

    placed = claim_import.rows.filter(document__isnull=False).order_by("number")
    assert list(placed.values_list("number", flat=True)) == list(range(2, AT_ONCE + 2))


def test_rows_of_one_source_share_a_document_however_far_apart_they_stand(analyst: User) -> None:
    letters = [
        {**ROW, "quote": f"Lot {number} is sold.", "title": f"Letter {number % AT_ONCE}"}
        for number in range(2 * AT_ONCE)
    ]

    stored(letters, by=analyst)

    assert Document.objects.count() == AT_ONCE
    numbers = Claim.objects.order_by("pk").values_list("quote__exact", flat=True)
    half = AT_ONCE // 2
    first = sorted([*range(half), *range(AT_ONCE, AT_ONCE + half)])
    second = sorted({*range(2 * AT_ONCE)} - {*first})
    assert list(numbers) == [f"Lot {number} is sold." for number in (*first, *second)]


def test_longest_texts_that_pass_the_check_are_stored(analyst: User) -> None:
    random = Random(1)
    row = {**ROW, "base rate": "60"}
    for name, longest in {
        "statement": 10_000,
        "held if": 10_000,
        "failed if": 10_000,
        "reference class": 500,
        "base rate source": 366,
    }.items():
        # Four bytes and one more a letter, blanks here and there: nothing that could be packed.
        row[name] = "".join(
            random.choices("𝄞x " + "".join(map(chr, range(0x4E00, 0x9000))), k=longest)
        )

    claim_import = stored([row], by=analyst)

    assert said(claim_import) == []
    assert len(Claim.objects.get().statement) > 9_990


LOTS = [
    {**WHOLE, "quote": f"Lot {number} is sold.", "statement": f"Lot {number}."}
    for number in range(9)
]


def test_row_that_the_database_refuses_holds_up_no_other(analyst: User) -> None:
    claim_import = checked(LOTS, by=analyst)
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE claims_claim ADD CONSTRAINT lot CHECK (statement NOT IN ('Lot 3.', 'Lot 8.'))"
        )

    done = work(store_import(claim_import=claim_import, by=analyst))

    assert (done.status, done.stored_count) == (ClaimImport.Status.STORED, 7)
    assert said(done) == [f"row {number}: {REFUSED}" for number in (5, 10)]
    kept = Claim.objects.order_by("pk").values_list("statement", flat=True)
    assert list(kept) == [f"Lot {number}." for number in (0, 1, 2, 4, 5, 6, 7)]
    assert AuditEntry.objects.filter(verb="imported").count() == 7
    quotes = Quote.objects.order_by("pk").values_list("exact", flat=True)
    assert [exact for exact in quotes if "Lot 3" in exact or "Lot 8" in exact] == []


def test_fault_of_the_moment_is_not_laid_to_a_row(analyst: User) -> None:
    claim_import = store_import(claim_import=checked(LOTS, by=analyst), by=analyst)
    with connection.cursor() as cursor:
        # As where a lock is not to be had: the row is as good as any.
        cursor.execute(
            "CREATE FUNCTION busy() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'busy' USING ERRCODE = '55P03'; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER busy BEFORE INSERT ON claims_claim FOR EACH ROW EXECUTE FUNCTION busy()"
        )

    with pytest.raises(OperationalError, match="busy"), transaction.atomic():
        work_on_import(claim_import=claim_import)

    assert set(claim_import.rows.values_list("state", flat=True)) == {"sound"}


def queries_of_storing(rows: int, *, by: User) -> int:
    lots = [
        {
            **WHOLE,
            "quote": f"Lot {rows}.{number} is sold.",
            "title": f"Letter {rows}.{number}",
            "claimant": f"Person {rows}.{number}",
            "publisher": f"Review {rows}.{number}"
            if number % 2
            else f"review{rows}-{number}.example",
            "reference class": f"Lots {rows}.{number}",
        }
        for number in range(rows)
    ]
    claim_import = store_import(claim_import=checked(lots, by=by), by=by)
    with CaptureQueriesContext(connection) as queries:
        work(claim_import)
    assert ClaimImport.objects.get(pk=claim_import.pk).stored_count == rows
    assert Claimant.objects.filter(name__startswith=f"Person {rows}.").count() == rows
    assert BaseRate.objects.filter(reference_class__startswith=f"Lots {rows}.").count() == rows
    assert Publisher.objects.filter(name__iregex=f"^review ?{rows}[.-]").count() == rows
    return len(queries)


def test_storing_asks_no_more_for_many_rows_than_for_one(analyst: User) -> None:
    queries_of_storing(1, by=analyst)

    assert queries_of_storing(2, by=analyst) == queries_of_storing(150, by=analyst)
