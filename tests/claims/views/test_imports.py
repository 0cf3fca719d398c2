"""Importing a table by hand: bring it in, look at what is wrong, store it or not."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from claims.models import Claim, ClaimImport
from claims.services import (
    begin_import,
    cancel_import,
    drop_claim,
    load_lexicons,
    store_import,
    work_on_import,
)
from claims.services import imports as service
from tests.claims.imports import ROW, as_csv, as_xlsx, checked, stored, work
from tests.factories.sources import ClaimantFactory, DocumentFactory

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def _lexicons() -> None:
    load_lexicons()


@pytest.fixture
def browser(analyst: User, sign_in: SignIn) -> Client:
    return sign_in(analyst)


def text_of(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def bring(browser: Client, data: bytes, name: str = "claims.csv") -> Any:
    return browser.post("/claims/imports/add/", {"file": SimpleUploadedFile(name, data)})


def test_table_is_taken_in_and_its_page_opens(browser: Client, analyst: User) -> None:
    response = bring(browser, as_csv([ROW]))

    claim_import = ClaimImport.objects.get()
    assert response.url == claim_import.get_absolute_url()
    assert (claim_import.by, claim_import.file_name, claim_import.row_count) == (
        analyst,
        "claims.csv",
        1,
    )
    assert "0 of 1 rows checked." in text_of(browser.get(response.url))


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"a,b\n1,2\n", "x.csv", "x.csv lacks the columns quote, claimant (or speaker), said on."),
        (b"", "x.csv", "The submitted file is empty."),
        (b"quote,claimant,said on\n", "x.csv", "x.csv has no rows below its header."),
        (b"%PDF-1.7", "x.csv", "x.csv is a PDF file: save the table as CSV or XLSX."),
        (
            b"PK\x03\x04",
            "x.xlsx",
            "x.xlsx is a broken or protected XLSX file, or is too large to open.",
        ),
    ],
)
def test_file_that_is_no_table_is_refused_in_words(
    data: bytes, name: str, words: str, browser: Client
) -> None:
    response = bring(browser, data, name)

    assert response.status_code == 422
    assert words in text_of(response)
    assert not ClaimImport.objects.exists()


def test_file_that_is_too_large_is_refused(browser: Client) -> None:
    response = bring(browser, b"x" * (20 * 2**20 + 1))

    assert "“claims.csv” is larger than 20 MB. Divide it." in text_of(response)


def test_name_of_a_file_is_shown_as_text(browser: Client) -> None:
    url = bring(browser, as_csv([ROW]), "<b>x</b>.csv").url

    assert "<b>x" not in text_of(browser.get(url))


def test_bar_shows_how_far_the_check_is(
    browser: Client, analyst: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "AT_ONCE", 2)
    rows = [{**ROW, "quote": f"Lot {number} is sold."} for number in range(5)]
    claim_import = begin_import(data=as_csv(rows), name="t.csv", by=analyst)
    url = claim_import.get_absolute_url()

    seen = []
    while work_on_import(claim_import=claim_import):
        part = text_of(browser.get(url, **HTMX))
        seen.append(re.search(r'<progress value="(\d+)" max="(\d+)"', part).groups())  # type: ignore[union-attr]

    assert seen == [("2", "5"), ("4", "5"), ("5", "5")]


def test_bar_asks_again_until_it_is_done_and_the_page_goes_on(
    browser: Client, analyst: User
) -> None:
    claim_import = begin_import(data=as_csv([ROW]), name="t.csv", by=analyst)
    url = claim_import.get_absolute_url()

    part = browser.get(url, **HTMX)
    assert 'hx-trigger="every 1s"' in text_of(part)
    assert "<html" not in text_of(part)
    assert f'<a href="{url}">Look again</a>' in text_of(browser.get(url))

    work(claim_import)
    assert browser.get(url, **HTMX)["HX-Refresh"] == "true"
    assert "every 1s" not in text_of(browser.get(url))


def test_bar_shows_how_far_the_storing_is(
    browser: Client, analyst: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "AT_ONCE", 1)
    rows = [{**ROW, "quote": f"Lot {number} is sold."} for number in range(3)]
    claim_import = checked(rows, by=analyst)
    browser.post(f"/claims/imports/{claim_import.pk}/store/")
    work_on_import(claim_import=claim_import)

    page = text_of(browser.get(claim_import.get_absolute_url()))

    assert "1 of 3 rows stored." in page


def test_preview_names_every_problem_before_anything_is_stored(
    browser: Client, analyst: User
) -> None:
    rows = [ROW, {**ROW, "due": "2024-13-01", "kind": "x", "my own": "y"}, ROW]
    claim_import = checked(rows, by=analyst)

    response = browser.get(claim_import.get_absolute_url())

    page = text_of(response)
    assert response.context["tabs"] == [
        ("problems", "With problems", 1),
        ("known", "Known already", 1),
        ("sound", "Sound", 1),
    ]
    assert "row 3, due: 2024-13-01 is not a date; write it like 2024-03-21" in page
    assert "row 3, kind: x is none of event," in page
    assert "This column is not known and not read: “my own”." in page
    assert "Store the sound row" in page
    assert not Claim.objects.exists()
    known = text_of(browser.get(f"{claim_import.get_absolute_url()}?show=known"))
    assert "row 4: says the same as row 2" in known


def test_column_without_a_name_is_named_by_its_letter(browser: Client, analyst: User) -> None:
    claim_import = checked(b"quote,claimant,said on,,mine\na,b,2024-01-01,c,d\n", by=analyst)

    page = text_of(browser.get(claim_import.get_absolute_url()))

    assert "These columns are not known and not read: “mine”, “D, which has no name”." in page


def test_sound_rows_are_shown_as_they_would_be_stored(browser: Client, analyst: User) -> None:
    ona = ClaimantFactory(name="Ona Berg")
    document = DocumentFactory(text=f"{ROW['quote']} And more.", title="On ports")
    rows = [
        {
            **ROW,
            "hedge": "likely",
            "due": "2025-03-21",
            "title": "On ports",
            "claimant": "ona berg",
        },
        {**ROW, "quote": "<b>Prices</b> fall.", "claimant": "Somebody"},
        {**ROW, "quote": "Prices rise.", "claimant": "", "speaker": "the trader"},
    ]
    claim_import = checked(rows, by=analyst)

    page = text_of(browser.get(f"{claim_import.get_absolute_url()}?show=sound"))

    assert "Store the 3 sound rows" in page
    assert "55–80%" in page
    assert "21 Mar 2025" in page
    assert f'<a href="{document.get_absolute_url()}">On ports</a>' in page
    assert ona.name in page
    assert 'Somebody <span class="chip">new</span>' in page
    assert 'the trader <span class="sub">speaker only</span>' in page
    assert "&lt;b&gt;Prices&lt;/b&gt; fall." in page


def test_import_without_a_sound_row_offers_only_to_cancel(browser: Client, analyst: User) -> None:
    claim_import = checked([{**ROW, "due": "soon"}], by=analyst)

    page = text_of(browser.get(claim_import.get_absolute_url()))

    assert "No row can be stored." in page
    assert "Store the" not in page
    response = browser.post(f"/claims/imports/{claim_import.pk}/store/", follow=True)
    assert "No row of this table can be stored." in text_of(response)


def test_stored_rows_lead_to_their_drafts(browser: Client, analyst: User) -> None:
    claim_import = checked([ROW, {**ROW, "due": "soon"}], by=analyst)

    response = browser.post(f"/claims/imports/{claim_import.pk}/store/")
    work(claim_import)

    assert response.url == claim_import.get_absolute_url()
    page = text_of(browser.get(response.url))
    claim = Claim.objects.get()
    assert f'href="/claims/{claim.pk}/edit/"' in page
    assert "1 draft stored." in page
    assert browser.get(f"/claims/{claim.pk}/edit/").status_code == 200


def test_what_was_stored_leads_to_the_drafts_and_says_what_they_lack(
    browser: Client, analyst: User
) -> None:
    rows = [
        {**ROW, "hedge": "likely", "due": "2025-03-21", "held if": "It grows."},
        {
            **ROW,
            "quote": "Prices fall.",
            "claimant": "",
            "speaker": "the trader",
            "hedge": "likely",
        },
        {**ROW, "quote": "Prices are high.", "kind": "assessment"},
    ]
    claim_import = stored(rows, by=analyst)

    page = text_of(browser.get(claim_import.get_absolute_url()))

    assert '<a class="button primary" href="/claims/?tab=drafts">To the drafts</a>' in page
    assert (
        "Before these drafts can be registered: 2 of 3 lack a base rate; 2 of 3 lack what would count "
        "as failed; 1 of 3 lacks a due date."
    ) in page
    for claim in Claim.objects.filter(kind="assessment"):
        drop_claim(claim=claim, by=analyst)
    page = text_of(browser.get(claim_import.get_absolute_url()))
    assert (
        "none has a base rate; none has what would count as failed; 1 of 2 lacks a due date."
        in page
    )
    for claim in Claim.objects.all():
        drop_claim(claim=claim, by=analyst)
    assert "Before these drafts" not in text_of(browser.get(claim_import.get_absolute_url()))


def test_cancelled_import_stores_nothing(browser: Client, analyst: User) -> None:
    claim_import = checked([ROW], by=analyst)

    response = browser.post(f"/claims/imports/{claim_import.pk}/cancel/", follow=True)

    assert response.redirect_chain == [("/claims/imports/", 302)]
    assert "“table.csv” is set aside; nothing of it was stored." in text_of(response)
    page = text_of(browser.get(claim_import.get_absolute_url()))
    assert "Cancelled: nothing was stored." in page
    assert not Claim.objects.exists()


def test_stored_import_is_not_cancelled(browser: Client, analyst: User) -> None:
    claim_import = stored([ROW], by=analyst)

    response = browser.post(f"/claims/imports/{claim_import.pk}/cancel/", follow=True)

    assert "This import is stored already." in text_of(response)
    assert Claim.objects.count() == 1


def test_problems_are_paged(browser: Client, analyst: User) -> None:
    rows = [{**ROW, "quote": f"Lot {number}", "due": "soon"} for number in range(60)]
    claim_import = checked(rows, by=analyst)

    second = browser.get(f"{claim_import.get_absolute_url()}?page=2")

    assert [row.number for row, _ in second.context["rows"]] == list(range(52, 62))


@pytest.mark.parametrize("tab", ["problems", "known", "sound", "stored", "nonsense"])
def test_preview_asks_no_more_for_three_rows_than_for_one(
    tab: str, browser: Client, analyst: User, django_assert_max_num_queries: Any
) -> None:
    def queries(count: int) -> int:
        letters = [f"{count}.{number}" for number in range(count)]
        good = [{**ROW, "quote": f"Lot {one} is sold.", "claimant": f"P {one}"} for one in letters]
        bad = [{**row, "quote": f"{row['quote']} Soon.", "due": "soon"} for row in good]
        claim_import = checked([*good, *good, *bad], by=analyst)
        if tab == "stored":
            claim_import = work(store_import(claim_import=claim_import, by=analyst))
        with django_assert_max_num_queries(40) as captured:
            browser.get(f"{claim_import.get_absolute_url()}?show={tab}")
        return len(captured)

    assert queries(1) == queries(3)


def test_history_says_who_brought_in_what(
    browser: Client, analyst: User, colleague: User, django_assert_max_num_queries: Any
) -> None:
    stored([ROW], by=colleague)
    cancel_import(claim_import=checked([ROW], by=None), by=analyst)
    with django_assert_max_num_queries(30) as few:
        browser.get("/claims/imports/")
    checked([{**ROW, "due": "soon"}, {**ROW, "quote": "Prices fall."}], by=analyst)

    with django_assert_max_num_queries(len(few)):
        response = browser.get("/claims/imports/")

    rows = [
        (str(one.by), one.row_count, one.sound_count, one.stored_count, one.status)
        for one in response.context["page_obj"]
    ]
    assert rows == [
        ("ada", 2, 1, 0, "checked"),
        ("None", 1, 0, 0, "cancelled"),
        ("carl", 1, 1, 1, "stored"),
    ]
    page = text_of(response)
    assert "command line" in page
    assert "waits for a decision" in page


def test_empty_history_leads_to_the_first_import(browser: Client) -> None:
    page = text_of(browser.get("/claims/imports/"))

    assert "Nothing was imported yet" in page
    assert 'href="/claims/imports/add/"' in page


def test_spreadsheet_is_imported_by_its_first_sheet(browser: Client) -> None:
    data = as_xlsx([["Quote", "Speaker", "Said On"], ["Prices fall.", "the trader", "2024-03-21"]])

    url = bring(browser, data, "claims.xlsx").url
    work(ClaimImport.objects.get())

    assert browser.get(url).context["counts"]["sound"] == 1
