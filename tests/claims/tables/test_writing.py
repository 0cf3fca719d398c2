"""Tables of claims as files: what stands in them, and that they cost the same for many."""

import csv
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from claims.models import Claim
from claims.queries import claims_in_list
from claims.tables import writing
from claims.tables.columns import COLUMNS
from claims.tables.writing import claims_csv, claims_xlsx
from sources.services.documents import start_of
from tests.factories.accounts import UserFactory
from tests.factories.claims import CheckpointFactory, ClaimFactory, RegisteredClaimFactory
from tests.factories.sources import ClaimantFactory, DocumentFactory, QuoteFactory

pytestmark = pytest.mark.django_db


def in_csv(claims: Any = None) -> list[dict[str, str]]:
    text = "".join(claims_csv(Claim.objects.order_by("pk") if claims is None else claims))
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))


def in_xlsx() -> list[dict[str, Any]]:
    file = BytesIO()
    claims_xlsx(Claim.objects.order_by("pk"), file)
    file.seek(0)
    header, *rows = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    return [dict(zip(header, row, strict=True)) for row in rows]


@pytest.fixture
def registered() -> Claim:
    return RegisteredClaimFactory(
        registered_by=UserFactory(username="ada", first_name="Ada", last_name="Lind"),
        claimant=ClaimantFactory(name="Ilya Orlov"),
        topics=["trade", "ports"],
        quote=QuoteFactory(
            document=DocumentFactory(
                title="On ports",
                author="Desk",
                url="https://ports.example/a",
                publisher__name="Port Review",
            )
        ),
    )


def test_csv_says_everything_of_a_claim(registered: Claim) -> None:
    assert in_csv() == [
        {
            "number": str(registered.pk),
            "status": "registered",
            "claimant": "Ilya Orlov",
            "speaker": "Orlov",
            "said on": "2023-03-21",
            "kind": "continuing",
            "topics": "trade, ports",
            "stake": "2",
            "quote": "trade between the two ports is likely to grow in the coming years",
            "statement": "Trade between the two ports grows in the coming years.",
            "condition": "",
            "hedge": "likely",
            "lexicon": "ICD 203 (v1)",
            "probability from": "lexicon",
            "low (%)": "55",
            "high (%)": "80",
            "base rate (%)": "62",
            "reference class": "Trade of two neighbours grows over three years",
            "base rate source": "Yearly customs figures, own count",
            "horizon": "in the coming years",
            "opens": "2023-03-21",
            "earliest": "2024-03-21",
            "due": "2026-03-21",
            "latest": "2028-03-21",
            "checkpoints": "2026-03-21",
            "held if": "Yearly trade lies above that of 2022 in each year.",
            "failed if": "It lies below in two years or more.",
            "metric": "",
            "threshold": "",
            "judged": "throughout",
            "document title": "On ports",
            "document author": "Desk",
            "publisher": "Port Review",
            "address": "https://ports.example/a",
            "published on": "2023-03-21",
            "registered at (UTC)": "2023-03-22 00:00:00",
            "registered by": "Ada Lind",
            "content hash": registered.content_hash,
        }
    ]


def test_csv_begins_with_the_mark_that_excel_needs(registered: Claim) -> None:
    assert next(iter(claims_csv(Claim.objects.all()))) == "\ufeff"


def test_xlsx_has_numbers_and_days_as_such(registered: Claim) -> None:
    (row,) = in_xlsx()

    assert list(row) == [column.name for column in COLUMNS]
    assert (row["number"], row["stake"], row["low (%)"]) == (registered.pk, 2, 55)
    assert (row["said on"], row["due"]) == (date(2023, 3, 21), date(2026, 3, 21))
    # calamine shows midnight as a day alone.
    assert row["registered at (UTC)"] in {date(2023, 3, 22), datetime(2023, 3, 22)}  # noqa: DTZ001
    assert (row["claimant"], row["metric"], row["checkpoints"]) == ("Ilya Orlov", "", "2026-03-21")


def test_draft_without_anything_has_empty_cells() -> None:
    nothing = dict.fromkeys(
        (
            *("claimant", "lexicon", "base_rate", "probability_low", "probability_high"),
            *("opens_on", "due_earliest", "due_on", "due_latest"),
        )
    )
    ClaimFactory(
        **nothing,
        probability_source="",
        quote=QuoteFactory(document=DocumentFactory(publisher=None, published_at=None)),
    )

    (row,) = in_csv()

    empty = {name for name, cell in row.items() if cell == ""}
    assert empty >= {"claimant", "lexicon", "low (%)", "base rate (%)", "due", "publisher"}
    assert empty >= {"published on", "registered at (UTC)", "registered by", "checkpoints"}
    assert row["probability from"] == "none"


@pytest.mark.parametrize("text", ['=HYPERLINK("x")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_formula_is_neutralised_in_every_text(text: str) -> None:
    ClaimFactory(statement=text, speaker=text, held_if=text, condition=text)

    (csv_row,), (xlsx_row,) = in_csv(), in_xlsx()

    for name in ("statement", "speaker", "held if", "condition"):
        assert csv_row[name] == xlsx_row[name] == f"'{text}"


def test_xlsx_holds_no_formula_and_no_link() -> None:
    ClaimFactory(
        statement="=1+1",
        held_if="http://evil.example",
        failed_if="mailto:a@b.example",
        metric="{=1}",
        threshold="internal:Sheet1!A1",
    )
    file = BytesIO()
    claims_xlsx(Claim.objects.all(), file)

    with ZipFile(file) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
        assert not [name for name in archive.namelist() if "_rels/sheet" in name]
    tags = {one.tag.rpartition("}")[2] for one in ET.fromstring(sheet).iter()}  # noqa: S314 - our own
    assert "f" not in tags
    assert "hyperlinks" not in tags


def test_percentages_have_no_idle_zeros() -> None:
    ClaimFactory(probability_low=Decimal("0.005"), probability_high=Decimal("1.000"))

    (row,) = in_csv()

    assert (row["low (%)"], row["high (%)"]) == ("0.5", "100")


def test_xlsx_keeps_days_that_no_spreadsheet_knows_and_cuts_what_it_cannot_hold() -> None:
    ClaimFactory(said_on=date(1850, 1, 2), statement="x" * 40_000, held_if="a\ufffeb")

    (row,) = in_xlsx()

    assert row["said on"] == "1850-01-02"
    assert row["statement"] == "x" * 32_766 + "…"
    assert row["held if"] == "ab"


def test_day_of_a_document_is_the_one_it_was_captured_with(settings: Any) -> None:
    settings.TIME_ZONE = "America/New_York"
    document = DocumentFactory(published_at=start_of(date(2023, 3, 21)))
    ClaimFactory(quote=QuoteFactory(document=document))

    (row,) = in_csv()

    assert row["published on"] == "2023-03-21"


@pytest.mark.parametrize("claims", [1, 3, 12])
def test_export_asks_once_however_many_claims(
    claims: int, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(writing, "AT_ONCE", 5)
    for claim in RegisteredClaimFactory.create_batch(claims):
        ClaimFactory(quote=claim.quote)
    for claim in ClaimFactory.create_batch(2):
        CheckpointFactory(claim=claim)

    with django_assert_num_queries(1):
        rows = in_csv(claims_in_list())

    assert len(rows) == claims * 2 + 2


def test_export_does_not_fetch_the_texts_of_documents(django_assert_num_queries: Any) -> None:
    ClaimFactory()

    with django_assert_num_queries(1) as queries:
        in_csv()

    assert '"sources_document"."text"' not in queries.captured_queries[0]["sql"]
