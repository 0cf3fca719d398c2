"""From pasted article to registered claim with the keyboard alone: nothing is clicked, nothing filled."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.functional.browser import Person, running
from tests.functional.stack import Stack

pytestmark = pytest.mark.browser

ARTICLE = (
    "Vessels wait for a berth. Rain fell all week. "
    "Grain exports through Varn are unlikely to exceed 9 million tonnes by the end of 2027. "
    "The new pier will open in March 2027."
)
# No page has more stops than this.
STOPS = 120


@pytest.fixture
def page(stack: Stack) -> Iterator[Page]:
    with running() as browser:
        ada = Person(browser, stack.url, "ada")
        yield ada.page
        assert ada.complaints == []


def tab_to(page: Page, name: str) -> None:
    """Presses Tab until the control of this name holds the focus."""
    for _ in range(STOPS):
        focused = page.evaluate(
            """() => {
                const one = document.activeElement;
                const label = one?.labels?.[0] ?? one;
                return (label?.textContent ?? "").replace(/\\s+/g, " ").trim();
            }"""
        )
        if focused.startswith(name):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never comes to “{name}”.")


def write(page: Page, name: str, text: str) -> None:
    """Goes to a field by Tab and pastes into it, over what stands there."""
    tab_to(page, name)
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def test_article_becomes_a_registered_claim_by_keyboard_alone(page: Page) -> None:
    page.goto("/claims/")
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Intake")).to_be_visible()
    write(page, "Text", ARTICLE)
    write(page, "Title", "Grain by sea")
    write(page, "Author", "Mira Stahl")
    tab_to(page, "Published on")
    page.keyboard.type("06112026")
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    expect(page.get_by_text("2 claims proposed.")).to_be_visible()

    # The first proposal is kept, the second dropped; then back to the first, into its form.
    page.keyboard.press("j")
    expect(page.locator(":focus")).to_contain_text("Grain exports through Varn")
    page.keyboard.press("y")
    expect(page.locator(":focus")).to_contain_text("The new pier")
    page.keyboard.press("x")
    expect(page.get_by_text("2 of 2 decided")).to_be_visible()
    page.keyboard.press("k")
    expect(page.locator(":focus")).to_contain_text("Grain exports through Varn")
    page.keyboard.press("e")

    expect(page.get_by_text("unlikely 20–45%").first).to_be_visible()
    statement = "Grain exports through Varn exceed 9 million tonnes in 2027."
    write(page, "Statement", statement)
    write(page, "Held, if", "The harbour office reports more than 9 million tonnes for 2027.")
    write(page, "Failed, if", "It reports 9 million tonnes or less.")
    write(page, "Metric", "tonnes of grain a year")
    write(page, "Threshold", "9 million")
    write(page, "Reference class", "Grain exports of a harbour grow by a fifth in a year")
    write(page, "Base rate", "25")
    write(page, "Source of the base rate", "Own count of 40 harbours")
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.keyboard.press("r")

    expect(page.get_by_text("Registered and locked.")).to_be_visible()
    expect(page.locator("blockquote.claim")).to_contain_text(statement)
    expect(page.locator(".hash code")).to_have_text(re.compile("^[0-9a-f]{64}$"))
