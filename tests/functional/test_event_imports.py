"""A table of events with odd columns is brought in, read by chosen columns, imported, and taken back."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.functional.browser import Person, running
from tests.functional.stack import Stack, wait_for

pytestmark = pytest.mark.browser
TABLE = (
    "lfd;Meldung am;Kopfzeile;Stand;Quelle\n"
    "1;03/04/2024;Lighthouse keepers of Quern end their vigil;02/04/2024;Quern Post\n"
    "2;05/04/2024;Beekeepers of Tessel count a record harvest;04/04/2024;Tessel Review\n"
    "3;31/04/2024;Mill at Harrow burns down;04/04/2024;Harrow Mail\n"
)


@pytest.fixture
def analyst(stack: Stack) -> Iterator[Page]:
    """Ada at her desk. Whatever the console complains of fails the test."""
    with running() as browser:
        person = Person(browser, stack.url, "ada")
        yield person.page
        assert person.complaints == []


def test_table_is_mapped_imported_and_taken_back(
    analyst: Page, stack: Stack, tmp_path: Path
) -> None:
    bring_in(analyst, tmp_path)
    choose_columns(analyst)

    analyst.get_by_role("button", name="Import", exact=True).click()
    expect(analyst.get_by_text("2 reports stored:")).to_be_visible(timeout=60_000)
    expect(
        analyst.get_by_text("row 4, Meldung am: there is no such day as 31/04/2024")
    ).to_be_visible()
    address = analyst.url

    for words in ("Lighthouse keepers of Quern", "Beekeepers of Tessel"):
        analyst.goto(f"/events/?q={words}")
        expect(analyst.get_by_role("link", name=re.compile(words))).to_be_visible()

    analyst.goto(address)
    analyst.get_by_role("button", name="Take it back").click()
    expect(analyst.get_by_text("2 reports removed.")).to_be_visible(timeout=60_000)
    analyst.goto("/events/?q=Lighthouse keepers of Quern")
    expect(analyst.get_by_role("link", name=re.compile("Lighthouse keepers"))).to_have_count(0)
    left = "SELECT count(*) FROM sources_document WHERE title LIKE %(one)s OR title LIKE %(other)s"
    titles = {"one": "Lighthouse keepers of%", "other": "Beekeepers of Tessel%"}
    wait_for(lambda: stack.sql(left, titles) == [(0,)], seconds=5)


def bring_in(page: Page, folder: Path) -> None:
    path = folder / "meldungen.csv"
    path.write_text(TABLE)
    page.goto("/events/import/")
    page.get_by_label("File").set_input_files(path)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", name="meldungen.csv")).to_be_visible()


def choose_columns(page: Page) -> None:
    """What was guessed is looked at and set right; the page follows without being sent."""
    expect(page.get_by_label("Title")).to_have_value("Kopfzeile")
    page.get_by_label("Published").select_option("Stand")
    expect(
        page.get_by_text("02/04/2024 can be read both ways, and no date here tells")
    ).to_be_visible()
    page.get_by_label("Published").select_option("Meldung am")
    expect(page.get_by_text("31/04/2024 can be read in no other way.")).to_be_visible()
    page.get_by_label("Publisher").select_option("Quelle")
    preview = page.locator("#outcomes")
    expect(preview.get_by_text("Quern Post")).to_be_visible()
    expect(preview.get_by_text("3 Apr 2024")).to_be_visible()
