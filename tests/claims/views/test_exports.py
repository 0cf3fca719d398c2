"""The list of claims as a file."""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from accounts.models import User
from accounts.roles import Role
from claims.models import Claim
from claims.views import exports
from reviews.services import open_due_checkpoints
from tests.factories.accounts import UserFactory
from tests.factories.claims import ClaimFactory, RegisteredClaimFactory
from tests.factories.sources import ClaimantFactory

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]

ADDRESS = "/claims/export/"


@pytest.fixture
def browser(reader: User, sign_in: SignIn) -> Client:
    return sign_in(reader)


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def numbers(response: HttpResponse) -> list[int]:
    """The claims of a CSV answer."""
    text = body(response).decode("utf-8-sig")
    return [int(row["number"]) for row in csv.DictReader(StringIO(text, newline=""))]


def listed(browser: Client, query: str) -> list[int]:
    """The claims on the first page of the list."""
    return [claim.pk for claim in browser.get(f"/claims/{query}").context["page_obj"]]


@pytest.mark.parametrize(
    "query",
    [
        *("", "?tab=drafts", "?tab=all", "?tab=proposed", "?q=pipeline", "?kind=event"),
        *("?tab=all&kind=continuing&q=ports", "?claimant=x", "?claimant=99999999999999999999999"),
        *("?kind=%00", "?q=%00", "?tab=nonsense"),
    ],
)
def test_export_holds_what_the_list_shows(query: str, browser: Client) -> None:
    RegisteredClaimFactory.create_batch(2)
    RegisteredClaimFactory(statement="The pipeline is built.", kind=Claim.Kind.EVENT)
    ClaimFactory.create_batch(2)
    for rank in (1.0, 3.0, 2.0):
        ClaimFactory(status=Claim.Status.PROPOSED, rank=rank)
    ClaimFactory(status=Claim.Status.DROPPED)

    assert numbers(browser.get(f"{ADDRESS}{query}")) == listed(browser, query)


def test_export_keeps_to_the_claimant(browser: Client) -> None:
    orlov = ClaimantFactory(name="Orlov")
    claim = RegisteredClaimFactory(claimant=orlov)
    RegisteredClaimFactory()

    assert numbers(browser.get(f"{ADDRESS}?claimant={orlov.pk}")) == [claim.pk]


def test_export_holds_every_page(browser: Client) -> None:
    RegisteredClaimFactory.create_batch(55)

    assert len(numbers(browser.get(f"{ADDRESS}?page=2"))) == 55


@pytest.mark.parametrize(
    ("query", "tab"),
    [
        *(("", "registered"), ("?tab=drafts", "drafts"), ("?tab=nonsense", "registered")),
        *(("?q=pipeline", "all"), ('?tab=x"%0d%0ay: z', "registered")),
    ],
)
def test_file_is_named_by_tab_and_day(query: str, tab: str, browser: Client) -> None:
    response = browser.get(f"{ADDRESS}{query}")

    name = f"claims-{tab}-{timezone.localdate()}.csv"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'


def test_csv_is_a_file_to_save(browser: Client) -> None:
    response = browser.get(f"{ADDRESS}?format=csv")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert numbers(response) == []


def test_xlsx_is_a_file_to_save(browser: Client) -> None:
    claim = RegisteredClaimFactory()

    response = browser.get(f"{ADDRESS}?format=xlsx")

    assert response["Content-Type"] == exports.XLSX
    name = f"claims-registered-{timezone.localdate()}.xlsx"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    sheet = CalamineWorkbook.from_filelike(BytesIO(body(response))).get_sheet_by_index(0)
    assert [row[0] for row in sheet.to_python()] == ["number", claim.pk]


def test_too_many_claims_for_a_spreadsheet_are_sent_back_to_the_list(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "MOST_IN_A_SHEET", 2)
    RegisteredClaimFactory.create_batch(3)

    response = browser.get(f"{ADDRESS}?format=xlsx&kind=continuing", follow=True)

    assert response.redirect_chain == [("/claims/?format=xlsx&kind=continuing", 302)]
    assert "A spreadsheet takes up to 2 claims." in response.content.decode()
    assert len(numbers(browser.get(f"{ADDRESS}?kind=continuing"))) == 3


def test_list_links_to_its_export_with_its_filters(browser: Client) -> None:
    RegisteredClaimFactory()

    page = browser.get("/claims/?kind=continuing&q=ports&page=1").content.decode()

    assert 'href="/claims/export/?q=ports&amp;kind=continuing&amp;format=csv"' in page
    assert 'href="/claims/export/?q=ports&amp;kind=continuing&amp;format=xlsx"' in page


def test_claim_that_somebody_may_judge_blind_is_left_out(sign_in: SignIn) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    claim = RegisteredClaimFactory(
        said_on=date(2020, 1, 1),
        opens_on=date(2020, 1, 1),
        due_earliest=yesterday,
        due_on=yesterday,
        due_latest=yesterday,
    )
    open_due_checkpoints()
    reviewer = UserFactory(roles=[Role.REVIEWER])

    assert numbers(sign_in(reviewer).get(ADDRESS)) == []
    assert numbers(sign_in(UserFactory(roles=[Role.READER])).get(ADDRESS)) == [claim.pk]
