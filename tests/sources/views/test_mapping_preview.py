"""What a file would become, shown before anything is stored: by guesses, by choices, by what is known."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from sources.models import Document, EventImport
from tests.sources.importing.coded import ACLED_COLUMNS, acled_row
from tests.sources.views.event_files import CHOSEN, TABLE, brought, imported, waiting

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]


@pytest.fixture
def browser(analyst: User, sign_in: SignIn) -> Client:
    return sign_in(analyst)


def test_file_is_shown_with_guesses_before_anything_is_stored(browser: Client) -> None:
    page = brought(browser, TABLE, "tage.csv")

    assert page.context["form"].initial == {"title": "Was", "published": "Wann", "url": "Wo"}
    (first, wrong), (second, is_problem) = page.context["outcomes"]
    assert (first.published_at.date().isoformat(), wrong) == ("2022-04-03", False)
    assert (second.row, is_problem) == (3, True)
    assert "as the file tells: the day first" in page.text
    assert "31/04/2022 can be read in no other way." in page.text
    assert "Times without a zone" not in page.text
    assert not Document.objects.exists()


def test_order_that_no_date_tells_must_be_said(browser: Client) -> None:
    table = b"Wann,Was\n03/04/2022,Two ports open a ferry line\n05/04/2022,Rains flood the valley\n"
    page = brought(browser, table, "tage.csv")
    assert "03/04/2022 can be read both ways, and no date here tells which." in page.text
    assert "Choose whether the day or the month comes first in the dates." in page.text

    event_import = EventImport.objects.get()
    address = reverse("sources:event_import_start", args=[event_import.pk])
    chosen = {"title": "Was", "published": "Wann"}
    page = browser.post(address, chosen)
    assert page.status_code == 422
    assert "Choose which comes first." in page.text

    page = imported(browser, event_import, **chosen, order="month")
    assert "<b>2 reports stored:</b>" in page.text
    assert event_import.__class__.objects.get().plan["day_first"] is False


def test_order_told_by_a_row_far_below_is_kept_with_the_plan(browser: Client) -> None:
    rows = "".join(f"03/04/2022,Ferry {number} sails\n" for number in range(300))
    event_import = waiting(browser, f"When,What\n{rows}04/25/2022,Rain\n".encode(), "a.csv")

    imported(browser, event_import, title="What", published="When")

    event_import.refresh_from_db()
    assert (event_import.plan["day_first"], event_import.problem_count) == (False, 0)


def test_question_for_the_order_comes_and_goes_with_the_chosen_column(browser: Client) -> None:
    table = b"Tag,Wann,Was\n2022-04-03,03/04/2022,Two ports open a ferry line\n"
    address = waiting(browser, table).get_absolute_url()
    htmx = {"HX-Request": "true"}

    asked = browser.get(address, {"title": "Was", "published": "Wann"}, headers=htmx)
    not_asked = browser.get(address, {"title": "Was", "published": "Tag"}, headers=htmx)

    assert 'id="dates" hx-swap-oob="true"' in asked.text
    assert "Dates like 03/04/2023" in asked.text
    # Nobody sent it yet.
    assert "Choose which comes first." not in asked.text
    assert "Dates like 03/04/2023" not in not_asked.text


def test_preview_shows_what_would_be_stored_and_names_what_would_be_passed_over(
    browser: Client,
) -> None:
    newer = acled_row(event_id_cnty="OMR2", notes="The gate was blocked.", timestamp="1681306400")
    here = acled_row(event_id_cnty="OMR1")
    imported(browser, waiting(browser, "\n".join([ACLED_COLUMNS, here, newer]).encode(), "a.csv"))
    new = acled_row(event_id_cnty="OMR3", location="New Quay")
    rows = [here, acled_row(event_id_cnty="OMR2"), new, new]

    second = waiting(browser, "\n".join([ACLED_COLUMNS, *rows]).encode(), "b.csv")
    page = browser.get(second.get_absolute_url())

    assert [one.row for one, _ in page.context["outcomes"]] == [4]
    assert page.context["passed"] == [
        ("known already", [2], 0),
        ("older than the version that is here", [3], 0),
        ("the same as row 4", [5], 0),
    ]
    imported(browser, second)
    second.refresh_from_db()
    # The same row twice in one batch is one.
    assert (second.stored, page.context["stored_count"]) == (1, 1)

    page = browser.get(
        waiting(browser, here.join([f"{ACLED_COLUMNS}\n", ""]).encode(), "c.csv").get_absolute_url()
    )
    assert page.context["outcomes"] == []
    assert "None of the first 1 row would be stored." in page.text


def test_preview_follows_what_is_chosen_in_a_piece_or_as_a_page(browser: Client) -> None:
    address = waiting(browser).get_absolute_url()

    piece = browser.get(address, CHOSEN, headers={"HX-Request": "true"})
    whole = browser.get(address, CHOSEN)

    for page in (piece, whole):
        (first, second) = page.context["outcomes"]
        assert (first[0].title, first[0].published_at.date().isoformat()) == (
            "Two ports open a ferry line",
            "2022-04-03",
        )
        assert second[1]
        assert "there is no such day as 31/04/2022" in page.text
    assert piece.text.strip().startswith("<section")
    assert "<h1>" in whole.text
