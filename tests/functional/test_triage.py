"""A hundred suggestions triaged with the keyboard alone: nothing is clicked, nothing filled by a locator."""

from collections import Counter
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.functional.browser import Person, running
from tests.functional.stack import Stack

pytestmark = pytest.mark.browser

SUGGESTIONS = 100
MAKE = (
    "from claims.models import Claim\n"
    "from tests.benchmarks.ledger import add_evidence\n"
    "claims = list(Claim.objects.filter(status='registered').order_by('pk')[:5])\n"
    f"add_evidence(claims, {SUGGESTIONS})"
)
# What is pressed, and what is stored: status, stance, credibility, reason.
DECISIONS = [
    (["4", "a"], ("accepted", 1, None, "")),
    (["1", "c", "3", "a"], ("accepted", -2, 3, "")),
    (["x", "1"], ("rejected", None, None, "not_about")),
    (["x", "2"], ("rejected", None, None, "too_weak")),
]
STORED = """
SELECT e.status, e.stance, e.credibility, e.reject_reason FROM claims_evidence e
JOIN sources_event v ON v.id = e.event_id WHERE e.passage = 'Trade grew.'
"""


@pytest.fixture
def page(stack: Stack) -> Iterator[Page]:
    stack.manage("shell", "-c", MAKE)
    with running() as browser:
        ada = Person(browser, stack.url, "ada")
        yield ada.page
        assert ada.complaints == []


def test_a_hundred_suggestions_are_triaged_by_keyboard_alone(page: Page, stack: Stack) -> None:
    page.goto("/inbox/")
    begin(page)
    wanted: Counter[tuple[object, ...]] = Counter()
    done = 0
    while done < SUGGESTIONS:
        if page.locator("[data-item]").count() == 0:
            page.keyboard.press("m")
            begin(page)
        mine = "Trade grew." in page.locator("li.card:has(:focus)").inner_text()
        keys, stored = DECISIONS[done % len(DECISIONS)]
        decide(page, keys)
        if mine:
            wanted[stored] += 1
        done += 1

    rows = stack.sql(STORED)
    found = Counter(row for row in rows if row[0] != "suggested")
    assert found == wanted
    assert sum(found.values()) > SUGGESTIONS // 2


def begin(page: Page) -> None:
    """Goes to the first suggestion of a page that has come."""
    expect(page.locator("[data-item]").first).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("j")
    expect(page.locator("[data-item]:focus")).to_be_visible()


def decide(page: Page, keys: list[str]) -> None:
    """Presses these keys at the suggestion in focus, and waits for the row as it then is."""
    number = page.evaluate("document.activeElement.closest('[data-item]').id")
    for key in keys:
        page.keyboard.press(key)
    expect(page.locator(f"#{number} > form.card.compact")).to_be_visible()
    if page.locator("[data-item]").count():
        expect(page.locator("[data-item]:focus")).to_be_visible()


def test_several_are_decided_at_once_and_put_back_by_key(page: Page) -> None:
    page.goto("/inbox/")
    page.keyboard.press("j")
    for _ in range(3):
        page.keyboard.press("s")
        page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("2")
    expect(page.locator("#said")).to_have_text("3 rejected.")
    page.keyboard.press("u")
    expect(page.locator("#said")).to_have_text("3 back in the inbox.")
    expect(page.locator(":focus")).to_have_class("suggestion")
