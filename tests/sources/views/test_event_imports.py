"""Pages of files of events: taken in, previewed with a mapping, imported, listed; who may."""

import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from sources.models import ColumnMapping, Document, Event, EventImport, EventImportBatch, Notice
from sources.services import remember_mapping, take_back_event_import
from sources.tasks import run_event_import as task
from tests.factories.sources import EventFactory
from tests.sources.importing.coded import gdelt_row
from tests.sources.views.event_files import CHOSEN, TABLE, brought, imported, waiting

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]


@pytest.fixture
def browser(analyst: User, sign_in: SignIn) -> Client:
    return sign_in(analyst)


def test_chosen_columns_are_imported_and_remembered_for_the_next_file(browser: Client) -> None:
    page = imported(browser, waiting(browser), **CHOSEN, name="Tage")

    assert "<b>1 report stored:</b> 1 new event." in page.text
    assert "row 3, Wann: there is no such day as 31/04/2022" in page.text
    assert Event.objects.get().title == "Two ports open a ferry line"
    mapping = ColumnMapping.objects.get()
    assert (mapping.name, mapping.columns) == ("Tage", ["wann", "was", "wo"])
    assert mapping.last_used_at is not None

    again = brought(browser, TABLE, "mehr.csv")
    assert again.context["mappings"] == [mapping]
    assert again.context["form"].initial == {**CHOSEN}
    assert [is_problem for _, is_problem in again.context["outcomes"]] == [True]
    assert again.context["passed"] == [("known already", [2], 0)]
    bare = browser.get(EventImport.objects.latest("pk").get_absolute_url() + "?mapping=none")
    assert "order" not in bare.context["form"].initial

    page = imported(browser, EventImport.objects.latest("pk"), **CHOSEN)
    assert "<b>0 reports stored.</b>" in page.text
    assert "1 row passed over, known already." in page.text


def test_choice_of_columns_is_shown_again_without_storing_or_telling_the_address(
    browser: Client,
) -> None:
    event_import = waiting(browser)

    page = browser.post(event_import.get_absolute_url(), CHOSEN)

    ((first, is_problem), _) = page.context["outcomes"]
    assert (first.title, is_problem) == ("Two ports open a ferry line", False)
    assert 'formmethod="get"' not in page.text
    event_import.refresh_from_db()
    assert event_import.waits


def test_columns_that_are_missing_are_asked_for(browser: Client) -> None:
    event_import = waiting(browser)
    address = reverse("sources:event_import_start", args=[event_import.pk])

    for chosen, words in (
        ({"title": "Was"}, "Choose its column."),
        ({**CHOSEN, "title": "Nowhere"}, "Nowhere is not one of the available choices"),
        ({**CHOSEN, "zone": "Mars/Base"}, "Mars/Base is not one of the available choices"),
    ):
        page = browser.post(address, chosen)
        assert page.status_code == 422
        assert words in page.text
    event_import.refresh_from_db()
    assert event_import.waits


def test_file_of_a_known_provider_needs_no_columns(browser: Client) -> None:
    event_import = waiting(browser, gdelt_row().encode(), "20230320141500.export.CSV")
    page = browser.get(event_import.get_absolute_url())
    assert "These are events of GDELT." in page.text
    assert "Russia (government) consults with China, Moscow (2023-03-20)" in page.text

    assert "<b>1 report stored:</b>" in imported(browser, event_import).text


def test_progress_is_shown_while_the_worker_is_at_it(browser: Client) -> None:
    event_import = waiting(browser)
    browser.post(reverse("sources:event_import_start", args=[event_import.pk]), CHOSEN)
    address = event_import.get_absolute_url()

    bar = browser.get(address, headers={"HX-Request": "true"})
    assert 'hx-trigger="every 1s"' in bar.text
    assert f'max="{len(TABLE)}"' in bar.text

    task(event_import.pk)
    assert browser.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


def test_import_is_taken_back_and_what_stays_is_named_with_the_reason(
    browser: Client, colleague: User, sign_in: SignIn
) -> None:
    event_import = waiting(browser, TABLE + b"02/05/2022,The old bridge is closed,\n")
    page = imported(browser, event_import, **CHOSEN)
    assert "Was this a mistake?" in page.text
    noticed = Document.objects.order_by("pk")[0]
    Notice.objects.create(kind="corrected", document=noticed)
    address = event_import.get_absolute_url()

    sign_in(colleague).post(reverse("sources:event_import_take_back", args=[event_import.pk]))
    bar = browser.get(address, headers={"HX-Request": "true"})
    assert "0 of 2 reports taken back." in bar.text
    take_back_event_import(event_import=event_import, seconds=60)
    page = browser.get(address)

    assert "Taken back by carl." in page.text
    assert "<b>1 report removed.</b> 1 stays, since something leans on it." in page.text
    assert page.context["kept"] == [(noticed, "a notice tells of it")]
    assert noticed.event_report.event.get_absolute_url() in page.text
    assert Document.objects.get() == noticed


def test_nothing_is_offered_to_be_taken_back_where_nothing_was_stored(browser: Client) -> None:
    event_import = waiting(browser)
    browser.post(reverse("sources:event_import_cancel", args=[event_import.pk]))

    address = reverse("sources:event_import_take_back", args=[event_import.pk])
    page = browser.post(address, follow=True)

    assert "This import stored nothing that can be taken back." in page.text
    assert "Was this a mistake?" not in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_page_of_what_stays_asks_no_more_for_many(
    browser: Client, count: int, django_assert_num_queries: Callable
) -> None:
    event_import = waiting(browser)
    event_import.status, event_import.ended_at = "gone", event_import.at
    event_import.save()
    for _ in range(count):
        document = EventFactory().reports.get().document
        EventImportBatch.objects.create(
            event_import=event_import,
            first=document.pk,
            last=document.pk,
            kept={document.pk: "used as evidence"},
        )

    with django_assert_num_queries(QUERIES):
        page = browser.get(event_import.get_absolute_url())
    assert len(page.context["kept"]) == count


QUERIES = 7


def test_problems_leave_as_a_table_without_formulas(browser: Client) -> None:
    data = b"title,date\nRain,=1+1\nRain,2022-02-30\n"
    event_import = waiting(browser, data, "a.csv")
    imported(browser, event_import, title="title", published="date")

    answer = browser.get(reverse("sources:event_import_problems", args=[event_import.pk]))

    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[0] == "row,column,what is wrong"
    assert lines[1].startswith("2,date,'=1+1 is not a date we can read")
    assert lines[2] == "3,date,there is no such day as 2022-02-30"


def test_import_is_cancelled_and_a_mapping_forgotten(browser: Client, analyst: User) -> None:
    event_import = waiting(browser)
    mapping = remember_mapping(
        name="Tage", of=["a"], columns={"title": "a", "published": "a"}, by=analyst
    )

    page = browser.post(reverse("sources:event_import_cancel", args=[event_import.pk]), follow=True)
    assert "“tage.csv” is set aside." in page.text
    page = browser.post(reverse("sources:mapping_forget", args=[mapping.pk]), follow=True)
    assert "The mapping “Tage” is forgotten." in page.text
    assert not ColumnMapping.objects.exists()
    page = browser.post(
        reverse("sources:event_import_start", args=[event_import.pk]), CHOSEN, follow=True
    )
    assert "This import is over: it cannot be started." in page.text


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"", "empty.csv"), (b"\x89PNG\r\n\x1a\n", "picture.png"), (b"{", "broken.json")],
)
def test_file_that_cannot_be_read_is_refused_beside_its_field(
    data: bytes, name: str, browser: Client
) -> None:
    response = brought(browser, data, name)

    assert response.status_code == 422
    (words,) = response.context["form"].errors["file"]
    assert words in response.text.replace("&#x27;", "'").replace("&quot;", '"')
    assert not EventImport.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_no_more_for_many(
    browser: Client, analyst: User, count: int, django_assert_num_queries: Callable
) -> None:
    for number in range(count):
        EventImport.objects.create(file_name=f"{number}.csv", kind="csv", size=1, by=analyst)
        remember_mapping(
            name=f"M{number}", of=["a"], columns={"title": "a", "published": "a"}, by=analyst
        )

    with django_assert_num_queries(6):
        page = browser.get(reverse("sources:event_imports"))
    assert f"{count - 1}.csv" in page.text
    assert f"Forget M{count - 1}" in page.text


@pytest.mark.parametrize("who", ["reviewer", "reader", "stranger"])
def test_who_captures_no_documents_sees_and_does_none_of_it(
    sign_in: SignIn, request: pytest.FixtureRequest, who: str, analyst: User
) -> None:
    event_import = EventImport.objects.create(file_name="a.csv", kind="csv", size=1, by=analyst)
    mapping = remember_mapping(
        name="M", of=["a"], columns={"title": "a", "published": "a"}, by=analyst
    )
    browser = sign_in(request.getfixturevalue(who))
    key = [event_import.pk]

    for page in (
        reverse("sources:event_imports"),
        reverse("sources:event_import", args=key),
        reverse("sources:event_import_problems", args=key),
    ):
        assert browser.get(page).status_code == 403
    for page in (
        reverse("sources:event_import_start", args=key),
        reverse("sources:event_import_cancel", args=key),
        reverse("sources:event_import_take_back", args=key),
        reverse("sources:mapping_forget", args=[mapping.pk]),
    ):
        assert browser.post(page).status_code == 403
    event_import.refresh_from_db()
    assert event_import.waits


def test_hostile_strings_in_every_field_are_stored_as_text_and_shown_escaped(
    shared, browser: Client
) -> None:
    folder = shared / "data/hostile_input"
    strings = json.loads((folder / "blns/blns.json").read_text())
    strings += (folder / "xss-payload-list/Intruder/xss-payload-list.txt").read_text().splitlines()
    rows = [
        {
            "title": f"{number} {string}",
            "date": "2022-03-01",
            "description": string,
            "publisher": string,
            "author": string,
            "link": string,
            "language": string,
        }
        for number, string in enumerate(strings[::31])
    ]
    data = "\n".join(map(json.dumps, rows)).encode()
    fields = {"summary": "description", "url": "link"}
    chosen = {name: name for name in ("title", "publisher", "author", "language")} | fields

    event_import = waiting(browser, data, "a.jsonl")
    page = imported(browser, event_import, **chosen, published="date")

    event_import.refresh_from_db()
    assert (event_import.status, event_import.rows_done) == ("done", len(rows))
    assert event_import.problem_count == 0, page.text
    addresses = Document.objects.exclude(url="").values_list("url", flat=True)
    assert all(address.startswith(("http://", "https://")) for address in addresses)
    lines = Document.objects.values_list("title", "text", "author", "language")
    assert all("\0" not in cell for line in lines for cell in line)
    marked = Event.objects.filter(title__contains="<").order_by("pk")[:5]
    for event in [*marked, *Event.objects.filter(title__contains="alert")[:15]]:
        shown = browser.get(event.get_absolute_url()).text
        assert "<script>alert" not in shown
        assert (
            event.title.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace('"', "&quot;")
            .replace("'", "&#x27;")
            in shown
        )
