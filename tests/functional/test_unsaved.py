"""Typing that was not sent yet: the browser asks before it is lost, and only then."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, Route

from tests.functional.browser import running

pytestmark = pytest.mark.browser

ADDRESS = "http://plumbline.example/"
# A form that keeps its typing with controls of its own elsewhere, and another form beside it.
PAGE = """
<form id="kept" action="/there/" data-unsaved><input id="typed" name="a"><button>Save</button></form>
<input id="outside" form="kept" name="b"><button form="kept" name="c">Save from outside</button>
<form action="/there/" id="other"><input id="remark"><button>Say it</button></form>
<a href="/there/">Away</a>
<script src="/plumbline.js"></script>
"""


class Typist:
    """Somebody at the page who stays on it whenever the browser asks."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[str] = []
        page.on("dialog", self._stay)

    def _stay(self, dialog: object) -> None:
        self.asked.append(dialog.type)  # type: ignore[attr-defined]
        dialog.dismiss()  # type: ignore[attr-defined]

    def write(self, field: str) -> None:
        self.page.click(field)
        self.page.keyboard.type("words")

    def press(self, name: str) -> None:
        """Clicks, and waits until the browser has asked or gone."""
        self.page.get_by_text(name, exact=True).click(no_wait_after=True)
        for _ in range(100):
            if self.asked or self.is_away:
                break
            self.page.wait_for_timeout(50)
        self.page.wait_for_timeout(100)

    @property
    def is_away(self) -> bool:
        return "/there/" in self.page.url


def answer(route: Route) -> None:
    if route.request.url.endswith("/plumbline.js"):
        route.fulfill(path=Path(settings.BASE_DIR) / "static" / "js" / "plumbline.js")
    else:
        route.fulfill(
            content_type="text/html", body="There" if "/there/" in route.request.url else PAGE
        )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running() as opened:
        yield opened


@pytest.fixture
def typist(browser: Browser) -> Iterator[Typist]:
    page = browser.new_page()
    page.route("**/*", answer)
    page.goto(ADDRESS)
    yield Typist(page)
    page.close()


@pytest.mark.parametrize("field", ["#typed", "#outside"])
@pytest.mark.parametrize("control", ["Say it", "Away"])
def test_browser_asks_before_typing_is_lost(typist: Typist, field: str, control: str) -> None:
    typist.write(field)

    typist.press(control)

    assert (typist.asked, typist.is_away) == (["beforeunload"], False)
    assert typist.page.input_value(field) == "words"
    # Whoever stayed can send the other form all the same later.
    assert typist.page.locator("[data-sending]").count() == 0


@pytest.mark.parametrize("field", ["#typed", "#outside"])
@pytest.mark.parametrize("control", ["Save", "Save from outside"])
def test_form_that_is_sent_itself_asks_nothing(typist: Typist, field: str, control: str) -> None:
    typist.write(field)

    typist.press(control)

    assert (typist.asked, typist.is_away) == ([], True)


@pytest.mark.parametrize("control", ["Say it", "Away"])
def test_typing_in_another_form_is_not_asked_about(typist: Typist, control: str) -> None:
    typist.write("#remark")

    typist.press(control)

    assert (typist.asked, typist.is_away) == ([], True)


def test_typing_is_still_asked_about_after_another_form_was_held_back(typist: Typist) -> None:
    typist.write("#typed")
    typist.press("Say it")
    typist.asked.clear()

    typist.press("Away")

    assert (typist.asked, typist.is_away) == (["beforeunload"], False)
