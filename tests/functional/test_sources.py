"""Sources in a browser: a feed inside our own network is refused; publishers are found and ordered."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.functional.browser import Person, running
from tests.functional.stack import Stack

pytestmark = pytest.mark.browser


@pytest.fixture
def analyst(stack: Stack) -> Iterator[Person]:
    """Ada at her desk."""
    with running() as browser:
        yield Person(browser, stack.url, "ada")


def test_feed_inside_our_own_network_is_refused_when_it_is_named(analyst: Person) -> None:
    page = analyst.page
    page.goto("/sources/feeds/add/")
    page.get_by_label("Address of the feed").fill("http://192.168.0.1/feed.xml")
    page.get_by_role("button", name="Add it").click()

    expect(page.get_by_role("alert")).to_contain_text(
        "192.168.0.1 is a private address, which is never fetched."
    )
    expect(page.get_by_label("Address of the feed")).to_have_value("http://192.168.0.1/feed.xml")
    page.goto("/sources/feeds/?q=192.168.0.1")
    expect(page.get_by_role("link", name="192.168.0.1")).to_have_count(0)
    # The browser itself tells of a page that answers 422; nothing else is wrong.
    assert [words for words in analyst.complaints if "422" not in words] == []


def test_publishers_are_ordered_and_searched(analyst: Person) -> None:
    page = analyst.page
    page.goto("/sources/publishers/")
    page.get_by_label("Order").select_option(label="most documents")
    page.get_by_role("button", name="Find").click()

    counts = [int(one) for one in page.locator("td[data-label=Documents]").all_inner_texts()]
    assert counts == sorted(counts, reverse=True)
    name = page.locator("td.lead a").last.inner_text()
    page.get_by_label("Name or host").fill(name.upper())
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()
    expect(page.get_by_label("Order")).to_have_value("documents")
    assert analyst.complaints == []
