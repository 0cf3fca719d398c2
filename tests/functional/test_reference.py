"""The API's reference in a browser: drawn offline under the pages' own policy, and tried out there."""

import pytest
from playwright.sync_api import expect

from tests.functional.browser import Person, running
from tests.functional.stack import Stack

pytestmark = pytest.mark.browser


def test_the_reference_is_drawn_and_tried_out_without_complaint(stack: Stack) -> None:
    with running() as browser:
        ada = Person(browser, stack.url, "ada")
        asked: list[str] = []
        ada.page.on("request", lambda request: asked.append(request.url))
        ada.page.goto("/api/")
        row = ada.page.locator("#operations-events-events_list")
        row.locator(".opblock-summary-control").click()
        row.get_by_role("button", name="Try it out").click()
        row.get_by_role("button", name="Execute").click()

        expect(row.locator(".live-responses-table .response-col_status").last).to_have_text("200")
        assert [url for url in asked if not url.startswith((stack.url, "data:"))] == []
        assert ada.complaints == []
