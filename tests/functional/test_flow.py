"""From paste to report in a real browser: every role does its part on the running install."""

import csv
import io
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.functional.browser import Person, running
from tests.functional.stack import Stack, wait_for

pytestmark = pytest.mark.browser
PHRASE = (
    "Freight between Omar and Tessel will very likely exceed 30 million tonnes by the end of 2024."
)
ARTICLE = f"Harbours are busy again. {PHRASE} Nobody knows what comes after that."
STATEMENT = "Freight between Omar and Tessel exceeds 30 million tonnes in 2024."
EVENT = "Freight between Omar and Tessel passes 30 million tonnes in October"

type SignIn = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running() as browser:
        yield browser


@pytest.fixture
def sign_in(browser: Browser, stack: Stack) -> Iterator[SignIn]:
    """Signs somebody of the cast in. Whatever a console complains of fails the test at its end."""
    people: list[Person] = []

    def signed_in(username: str, **options: object) -> Page:
        person = Person(browser, stack.url, username, **options)
        people.append(person)
        return person.page

    yield signed_in
    complaints = [words for person in people for words in person.complaints]
    # A page that is not to be seen yet answers 403, and the console says so.
    assert [words for words in complaints if "status of 403" not in words] == []


def paste(page: Page) -> None:
    """An article goes in by the intake page."""
    page.get_by_role("link", name="Intake", exact=True).click()
    page.get_by_label(re.compile("^Text")).fill(ARTICLE)
    page.get_by_label(re.compile("^Title")).fill("Busy harbours")
    page.get_by_label(re.compile("^Author")).fill("Nora Veld")
    page.get_by_label(re.compile("^Publisher")).fill("Quay Letter")
    page.get_by_label(re.compile("^Published on")).fill("2023-11-06")
    page.get_by_role("button", name="Find the claims").click()
    expect(page.get_by_text("1 claim proposed.")).to_be_visible()


def make_judgeable(page: Page) -> None:
    """The proposal is kept, completed on the form, and registered."""
    card = page.locator("article.card")
    expect(card).to_contain_text("80–95%")
    card.get_by_role("button", name="Keep").click()
    card.get_by_role("link", name="Make it judgeable").click()
    expect(page.get_by_text("very likely 80–95%")).to_be_visible()
    page.get_by_label("Statement").fill(STATEMENT)
    page.get_by_label("Kind").select_option("event")
    expect(page.get_by_label(re.compile("^Metric"))).to_have_count(0)
    page.get_by_label(re.compile("^Held, if")).fill(
        "The harbour office reports more than 30 million."
    )
    page.get_by_label(re.compile("^Failed, if")).fill("It reports 30 million or less.")
    page.get_by_label(re.compile("^Reference class")).fill("Freight of two ports grows by a tenth")
    page.get_by_label(re.compile("^Base rate")).fill("30")
    page.get_by_label(re.compile("^Source of the base rate")).fill("Own count of 30 pairs of ports")
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_text("Registered and locked.")).to_be_visible()
    expect(page.locator("blockquote.claim")).to_contain_text(STATEMENT)


def report_event(page: Page) -> None:
    """An event is entered by hand."""
    page.goto("/events/add/")
    page.get_by_label("What happened").fill(EVENT)
    page.get_by_label(re.compile("^Summary")).fill(
        "The harbour office counted more freight than ever."
    )
    page.get_by_label("When").fill("2024-11-04")
    page.get_by_label("Publisher").fill("Harbour office")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("Added: ")).to_be_visible()


def triage(page: Page) -> None:
    """The worker has suggested the event; it is accepted by keyboard."""

    def suggested() -> bool:
        page.goto("/inbox/")
        return page.locator("li", has_text=EVENT).count() > 0

    wait_for(suggested, seconds=40, pause=1)
    item = page.locator("li", has_text=EVENT).first
    item.locator("[data-item]").focus()
    page.keyboard.press("5")
    page.keyboard.press("a")
    expect(page.locator("li", has_text=EVENT).get_by_text("strongly supports (+2)")).to_be_visible()


def wait_until_open(page: Page, claim: str) -> None:
    """The schedule opens due checkpoints each half minute."""

    def is_open() -> bool:
        page.goto(claim)
        return "0 of 2 reviews in" in page.locator(".checkpoint.final").inner_text()

    wait_for(is_open, seconds=90, pause=1)


def judge(page: Page, claim: str, grade: str) -> None:
    """A reviewer takes the next checkpoint, which is the longest due, and judges it blind."""
    assert page.goto(claim).status == 403
    page.goto("/reviews/")
    page.get_by_role("button", name="Judge the next").click()
    expect(page.get_by_text(STATEMENT)).to_be_visible()
    expect(page.get_by_text(EVENT)).to_be_visible()
    assert "Veld" not in page.content()
    assert "Quay Letter" not in page.content()
    page.get_by_label(EVENT).check()
    decide(page, grade)


def decide(page: Page, grade: str) -> None:
    """The form of a judgement."""
    page.get_by_role("radio", name=re.compile(f"^{grade} ")).check()
    page.get_by_role("radio", name="high").check(force=True)
    page.get_by_label("Why", exact=True).fill(f"By the figures: {grade}.")
    page.get_by_role("button", name="Store it", exact=False).last.click()
    expect(page.get_by_text("Stored. It is never changed.")).to_be_visible()


def settle(page: Page, claim: str) -> None:
    """A lead settles the disagreement, seeing neither vote."""
    number = claim.rstrip("/").rpartition("/")[2]
    page.goto("/adjudications/")
    page.get_by_role("button", name=f"Decide on claim {number}", exact=True).click()
    expect(page.get_by_text(STATEMENT)).to_be_visible()
    expect(page.get_by_text("By the figures: [a grade].")).to_have_count(2)
    decide(page, "mostly held")


def publish(page: Page) -> str:
    """A lead publishes a report of the last days of 2024, and the address of its page comes back."""
    page.goto("/reports/publish/")
    page.get_by_label("First due date").fill("2024-12-30")
    page.get_by_label("Last due date").fill("2024-12-31")
    page.get_by_label(re.compile("^Title")).fill("The last days of 2024")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name="What it would count now")).to_be_visible()
    page.get_by_role("button", name="Publish and freeze").click()
    expect(page.get_by_role("heading", name="The last days of 2024")).to_be_visible()
    return page.url


def test_from_paste_to_report(sign_in: SignIn) -> None:
    analyst = sign_in("ada")
    paste(analyst)
    make_judgeable(analyst)
    claim = analyst.url
    report_event(analyst)
    triage(analyst)

    wait_until_open(analyst, claim)
    judge(sign_in("rita"), claim, "held")
    judge(sign_in("rolf"), claim, "mixed")
    lead = sign_in("lena")
    settle(lead, claim)
    report = publish(lead)

    analyst.goto(claim)
    expect(analyst.locator(".checkpoint.final")).to_contain_text("mostly held")
    expect(analyst.locator(".ev.for")).to_contain_text(EVENT)
    reader = sign_in("rene")
    reader.goto(report)
    row = reader.locator("tr", has_text=STATEMENT)
    expect(row).to_contain_text("Nora Veld")
    expect(row).to_contain_text("0.75")
    rows = list(csv.DictReader(io.StringIO(reader.request.get(f"{report}claims.csv").text())))
    assert STATEMENT in {value for row in rows for value in row.values()}
    administrator = sign_in("amin")
    administrator.goto("/audit/")
    expect(administrator.get_by_role("row", name=re.compile("Lena Frost published"))).to_have_count(
        2
    )


def test_words_selected_in_a_text_make_a_claim_by_hand(sign_in: SignIn) -> None:
    page = sign_in("ada")
    page.goto("/documents/1/")
    page.evaluate(
        """() => {
            const mark = document.querySelector("[data-text] p mark");
            const range = document.createRange();
            range.selectNodeContents(mark);
            const selection = getSelection();
            selection.removeAllRanges();
            selection.addRange(range);
        }"""
    )

    page.keyboard.press("h")

    field = page.get_by_label("Exact words")
    expect(field).to_be_focused()
    words = field.input_value()
    assert len(words) > 20
    page.get_by_role("button", name="Make a draft of it").click()
    expect(page.get_by_role("heading", name="Make the claim judgeable")).to_be_visible()
    expect(page.locator("blockquote.claim")).to_contain_text(words)


def test_pages_work_without_javascript(sign_in: SignIn) -> None:
    page = sign_in("ada", java_script_enabled=False)

    page.goto("/claims/?tab=proposed")
    page.locator("td.lead a").first.click()
    card = page.locator("article.card").first
    card.get_by_role("button", name="Keep").click()
    card.get_by_role("link", name="Make it judgeable").click()
    page.get_by_label("Kind").select_option("assessment")
    page.get_by_role("button", name="Show the fields of this kind").click()

    expect(page.get_by_label(re.compile("^Held, if"))).to_have_count(0)
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_text("Saved.")).to_be_visible()


PLACES = {
    "ada": ["/", "/claims/", "/claims/?tab=all", "/intake/", "/documents/", "/documents/1/", "/claims/1/",
            "/inbox/", "/inbox/?tab=accepted", "/events/", "/events/1/", "/events/import/", "/lexicons/",
            "/lexicons/1/", "/claimants/",
            "/claimants/1/", "/sources/feeds/", "/sources/publishers/", "/publishers/1/",
            "/sources/counts/", "/sources/imports/", "/sources/feeds/add/", "/changes/", "/tokens/"],
    "rita": ["/", "/reviews/", "/reviews/feedback/", "/reviews/conflicts/"],
    "lena": ["/", "/adjudications/", "/reviews/policy/", "/reviews/missing/", "/reviews/agreement/", "/reviews/agreement/consensus/", "/reviews/conflicts/", "/reports/", "/reports/publish/", "/reports/1/", "/audit/"],
    "rene": ["/", "/claims/", "/reports/1/", "/about/"],
    "amin": ["/", "/audit/", "/admin/", "/admin/accounts/user/"],
}  # fmt: skip


@pytest.mark.parametrize("width", [1280, 360], ids=["wide", "phone"])
@pytest.mark.parametrize("username", PLACES)
def test_every_page_answers_and_fits(sign_in: SignIn, username: str, width: int) -> None:
    page = sign_in(username)
    page.set_viewport_size({"width": width, "height": 800})

    for path in PLACES[username]:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        if not path.startswith("/admin/"):
            overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert overflow <= 0, path
