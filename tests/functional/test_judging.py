"""Ten claims judged with the keyboard alone: nothing is clicked, nothing filled by a locator."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.functional.browser import Person, running
from tests.functional.stack import Stack, wait_for

pytestmark = pytest.mark.browser

CLAIMS = 10
# Due long ago, so that they come before what the demonstration has left.
MAKE = f"""
from datetime import date
from django.contrib.auth import get_user_model
from claims.services import accept_evidence
from reviews.services import open_due_checkpoints
from tests.factories.claims import EvidenceFactory, RegisteredClaimFactory
ada = get_user_model().objects.get(username="ada")
for n in range({CLAIMS}):
    claim = RegisteredClaimFactory(
        statement=f"Keyboard claim {{n}} holds.", said_on=date(2015, 1, 1), opens_on=date(2015, 1, 1),
        due_earliest=date(2016, 1, 1), due_on=date(2016, 1, 1 + n), due_latest=date(2017, 1, 1),
    )
    link = EvidenceFactory(claim=claim, event__occurred_on=date(2015, 6, 1))
    accept_evidence(evidence=link, stance=1, by=ada)
open_due_checkpoints()
"""
# What is pressed, and what is stored: outcome, confidence, pieces of evidence.
DECISIONS = [
    (["1", "h", "t"], ("held", 3, 1)),
    (["2", "m"], ("mostly_held", 2, 0)),
    (["5", "l", "t"], ("failed", 1, 1)),
    (["7", "h"], ("too_vague", 3, 0)),
    (["9", "m", "t", "t"], ("unverifiable", 2, 0)),
]
STORED = """
SELECT r.outcome, r.confidence, count(l.id), r.reason FROM reviews_review r
JOIN reviews_assignment a ON a.id = r.assignment_id JOIN claims_checkpoint p ON p.id = a.checkpoint_id
JOIN claims_claim c ON c.id = p.claim_id LEFT JOIN reviews_review_leaned_on l ON l.review_id = r.id
WHERE c.statement LIKE 'Keyboard claim%' GROUP BY r.id ORDER BY r.id
"""


# What is left of them would come first for whoever judges in another test of the same install.
CLOSE = """
DELETE FROM reviews_assignment a USING claims_checkpoint p JOIN claims_claim c ON c.id = p.claim_id
WHERE p.id = a.checkpoint_id AND a.state <> 'done' AND c.statement LIKE 'Keyboard claim%' RETURNING a.id
"""


@pytest.fixture(scope="module")
def claims(stack: Stack) -> Iterator[None]:
    stack.manage("shell", "-c", MAKE)
    yield
    stack.sql(CLOSE)


@pytest.fixture
def page(stack: Stack, claims: None) -> Iterator[Page]:
    with running() as browser:
        rita = Person(browser, stack.url, "rita")
        yield rita.page
        assert rita.complaints == []


def test_ten_claims_are_judged_by_keyboard_alone(page: Page, stack: Stack) -> None:
    page.goto("/reviews/")
    page.keyboard.press("n")
    for n in range(CLAIMS):
        expect(page.locator("blockquote.claim")).to_contain_text(f"Keyboard claim {n} ")
        page.wait_for_load_state()
        for key in DECISIONS[n % len(DECISIONS)][0]:
            page.keyboard.press(key)
        page.keyboard.press("o")
        expect(page.locator(".report-text")).to_contain_text("Trade between the two ports grew.")
        page.keyboard.press("r")
        page.keyboard.type(f"Reason {n}, with keys 1, s and d.")
        if n == 4:
            comes_back_as_a_draft(page)
        page.keyboard.press("Escape")
        page.keyboard.press("s")
        expect(page.get_by_text("Stored. It is never changed.")).to_be_visible()

    wanted = [
        (*DECISIONS[n % len(DECISIONS)][1], f"Reason {n}, with keys 1, s and d.")
        for n in range(CLAIMS)
    ]
    assert stack.sql(STORED) == wanted


def comes_back_as_a_draft(page: Page) -> None:
    """What is typed is kept by itself, and is there when the page is loaded anew."""
    expect(page.locator("#saved")).to_contain_text("Draft kept")
    page.reload()
    expect(page.locator("textarea[name=reason]")).to_have_value("Reason 4, with keys 1, s and d.")
    expect(page.locator("input[value=unverifiable]")).to_be_checked()


def test_what_is_typed_last_is_kept_when_the_page_is_left_at_once(page: Page, stack: Stack) -> None:
    page.goto("/reviews/")
    page.keyboard.press("n")
    expect(page.locator("blockquote.claim")).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("r")
    page.keyboard.type("Left at once.")
    page.goto("/reviews/")

    def is_kept() -> bool:
        return bool(stack.sql("SELECT 1 FROM reviews_draft WHERE reason = 'Left at once.'"))

    wait_for(is_kept, seconds=10)


def test_a_checkpoint_is_skipped_by_keyboard(page: Page, stack: Stack) -> None:
    page.goto("/reviews/")
    page.keyboard.press("n")
    expect(page.locator("blockquote.claim")).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("d")
    expect(page.get_by_label("Why you skip it")).to_be_focused()
    page.keyboard.type("I do not read Polish.")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Skipped: you are not asked again for a week.")).to_be_visible()
    assert stack.sql("SELECT kind, reason FROM reviews_setaside") == [
        ("skipped", "I do not read Polish.")
    ]
