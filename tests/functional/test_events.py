"""A feed is added, its items arrive through the worker, two events are made one and two again."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from playwright.sync_api import Page, expect

from tests.functional.browser import Person, running
from tests.functional.stack import Stack, wait_for
from tests.sources.services.feed_server import FeedServer, serving

pytestmark = pytest.mark.browser
FERRY = "Night ferry between Omar and Tessel sails for the first time"
BRIDGE = "Surveyors close the old railway bridge at Quern after a storm"


@pytest.fixture
def feed() -> Iterator[FeedServer]:
    """A feed of two stories on this machine."""
    items = "".join(
        f"<item><title>{title}</title><link>https://quay.example/{number}</link>"
        f"<pubDate>{format_datetime(datetime.now(UTC))}</pubDate></item>"
        for number, title in enumerate((FERRY, BRIDGE))
    )
    with serving() as server:
        rss = f'<rss version="2.0"><channel><title>Quay Letter</title>{items}</channel></rss>'
        server.body = rss.encode()
        yield server


@pytest.fixture
def analyst(stack: Stack) -> Iterator[Page]:
    """Ada at her desk. Whatever the console complains of fails the test."""
    with running() as browser:
        person = Person(browser, stack.url, "ada")
        yield person.page
        assert person.complaints == []


def test_feed_brings_events_which_are_merged_and_split_again(
    analyst: Page, feed: FeedServer
) -> None:
    add_feed(analyst, feed.url)
    ferry, bridge = (arrived(analyst, title) for title in (FERRY, BRIDGE))

    merge(analyst, ferry, bridge)
    analyst.goto(bridge)
    assert analyst.url == ferry

    analyst.get_by_role("checkbox", name=BRIDGE).check()
    analyst.get_by_text("Split this event").click()
    analyst.get_by_role("button", name="Split the ticked reports off").click()
    expect(analyst.get_by_text("Split: the ticked reports tell of")).to_be_visible()
    analyst.locator("#notices").get_by_role("link", name=BRIDGE).click()
    expect(analyst.get_by_role("heading", name=BRIDGE)).to_be_visible()
    assert analyst.url == bridge


def add_feed(page: Page, address: str) -> None:
    page.goto("/sources/feeds/add/")
    page.get_by_label(re.compile("^Address")).fill(address)
    page.get_by_label(re.compile("^Name")).fill("Quay Letter")
    page.get_by_role("button", name="Add it").click()


def arrived(page: Page, title: str) -> str:
    """The address of an event, once the worker has fetched it."""

    def is_there() -> bool:
        page.goto(f"/events/?q={title[:20]}")
        return page.get_by_role("link", name=title).count() > 0

    wait_for(is_there, seconds=40)
    page.get_by_role("link", name=title).click()
    expect(page.get_by_text("1 report by 1 publisher in 1 wording")).to_be_visible()
    return page.url


def merge(page: Page, event: str, other: str) -> None:
    page.goto(event)
    page.get_by_label("This is the same event as").fill(other.rstrip("/").rpartition("/")[2])
    page.get_by_role("button", name="Find", exact=True).click()
    page.locator("#same").get_by_label(re.compile("^Why")).fill("Both of one morning.")
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.get_by_text("is part of this event now.")).to_be_visible()
    expect(page.get_by_text("2 reports by 1 publisher in 2 wordings")).to_be_visible()
    expect(page.get_by_text("Both of one morning.")).to_be_visible()
