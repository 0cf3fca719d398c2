"""The form that makes a claim judgeable: saved, registered, or showing another kind's fields."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from claims.models import Claim
from claims.services import content_hash, edit_claim
from tests.factories.claims import (
    ClaimFactory,
    LexiconEntryFactory,
    LexiconFactory,
    RegisteredClaimFactory,
)
from tests.factories.sources import ClaimantFactory

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]

HTMX = {"HX-Request": "true"}
FORM = {
    "statement": "Trade between the two ports grows.",
    "kind": "continuing",
    "claimant": "Vera Orlova",
    "said_on": "2023-03-21",
    "topics": "trade, ports,",
    "stake": "3",
    "held_if": "Yearly trade lies above that of 2022.",
    "failed_if": "It lies below.",
    "metric": "tonnes",
    "threshold": "100",
    "judged": "throughout",
    "hedge": "likely",
    "probability_source": "lexicon",
    "low": "",
    "high": "",
    "reference_class": "Trade of neighbours grows",
    "base_rate_percent": "62.5",
    "base_rate_source": "Own count",
    "horizon": "in the coming years",
    "opens_on": "2023-03-21",
    "due_earliest": "2024-03-21",
    "due_on": "2026-03-21",
    "due_latest": "2028-03-21",
    "checkpoints": "2024-03-21\n2026-03-21",
}
EMPTY = dict.fromkeys(
    ("held_if", "reference_class", "base_rate_percent", "base_rate_source", "claimant"), ""
)


@pytest.fixture
def browser(analyst: User, sign_in: SignIn) -> Client:
    LexiconEntryFactory()
    return sign_in(analyst)


@pytest.fixture
def claim() -> Claim:
    """A proposal with a quote and nothing else."""
    empty: dict[str, Any] = dict.fromkeys(("claimant", "base_rate", "probability_low", "due_on"))
    empty |= dict.fromkeys(("probability_high", "opens_on", "due_earliest", "due_latest"))
    return ClaimFactory(
        status=Claim.Status.PROPOSED, lexicon=LexiconFactory(), held_if="", failed_if="", **empty
    )


def posted(browser: Client, claim: Claim, action: str, **values: str) -> HttpResponse:
    return browser.post(f"/claims/{claim.pk}/edit/", FORM | {"action": action} | values)


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def test_form_shows_quote_checklist_and_what_the_hedge_stands_for(
    browser: Client, claim: Claim
) -> None:
    page = text_of(browser.get(f"/claims/{claim.pk}/edit/"))

    assert claim.quote.exact in page
    assert "A base rate with its source" in page
    assert '<li class="done">The quoted words</li>' in page
    assert ">ICD 203 (v1)</a>:" in page


def test_form_says_where_the_lexicon_has_no_range(browser: Client) -> None:
    claim = ClaimFactory(hedge="who knows")

    page = text_of(browser.get(f"/claims/{claim.pk}/edit/"))

    assert f'“who knows” has no range in the <a href="{reverse("lexicons")}">lexicon in use' in page


def test_saved_form_is_a_draft_with_everything_on_it(browser: Client, claim: Claim) -> None:
    response = posted(browser, claim, "save")

    assert response.url == f"/claims/{claim.pk}/edit/"
    claim.refresh_from_db()
    assert (claim.status, claim.stake, claim.topics) == ("draft", 3, ["trade", "ports"])
    assert claim.claimant is not None
    assert claim.base_rate is not None
    assert (claim.claimant.name, claim.base_rate.probability) == ("Vera Orlova", Decimal("0.625"))
    assert (claim.probability_low, claim.probability_high) == (Decimal("0.55"), Decimal("0.80"))
    assert (claim.due_on, claim.metric, claim.threshold) == (date(2026, 3, 21), "tonnes", "100")
    assert claim.checkpoints.count() == 2
    assert "Saved." in text_of(browser.get(response.url))


def test_saving_what_the_form_shows_changes_nothing(browser: Client, claim: Claim) -> None:
    posted(browser, claim, "save")
    before = Claim.objects.values().get(pk=claim.pk)
    form = browser.get(f"/claims/{claim.pk}/edit/").context["form"]
    shown = {name: form[name].value() for name in form.fields}

    browser.post(f"/claims/{claim.pk}/edit/", shown | {"action": "save"})

    assert Claim.objects.values().get(pk=claim.pk) == before


def test_complete_form_registers_the_claim(browser: Client, claim: Claim, analyst: User) -> None:
    response = posted(browser, claim, "register")

    claim.refresh_from_db()
    assert response.url == claim.get_absolute_url()
    assert (claim.status, claim.registered_by) == ("registered", analyst)
    assert "Registered and locked." in text_of(browser.get(response.url))


def test_incomplete_form_is_saved_and_what_is_missing_is_listed(
    browser: Client, claim: Claim
) -> None:
    response = posted(browser, claim, "register", **EMPTY)

    assert response.status_code == 422
    words = (
        "This claim cannot be registered yet. It lacks a claimant; a base rate with its source; "
        "what would count as held."
    )
    assert words in text_of(response)
    claim.refresh_from_db()
    assert (claim.status, claim.statement) == ("draft", FORM["statement"])


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"statement": ""}, "statement", "This field is required."),
        ({"low": "90", "high": "10"}, "__all__", "The probability range is upside down"),
        ({"low": "90"}, "__all__", "Give both ends of the probability range, or neither."),
        ({"low": "90", "high": "101"}, "high", "less than or equal to 100"),
        ({"due_on": "2020-01-01"}, "__all__", "must come after 2023-03-21, the day it was said"),
        ({"base_rate_source": ""}, "reference_class", "A base rate needs its class, its figure"),
        ({"base_rate_percent": "140"}, "base_rate_percent", "less than or equal to 100"),
        ({"checkpoints": "soon"}, "checkpoints", "“soon” is not a date. Write it as 2026-03-21."),
        ({"checkpoints": "2040-01-01"}, "__all__", "comes after the latest date."),
        ({"kind": "guess"}, "kind", "Select a valid choice."),
        ({"claimant": "x" * 201}, "claimant", "at most 200 characters"),
        ({"topics": "x" * 61}, "__all__", "at most 60 characters"),
    ],
)
def test_wrong_value_is_named_and_nothing_is_saved(
    values: dict[str, str], field: str, words: str, browser: Client, claim: Claim
) -> None:
    response = posted(browser, claim, "save", **values)

    assert response.status_code == 422
    assert words in " ".join(response.context["form"].errors[field])
    claim.refresh_from_db()
    assert claim.status == "proposed"


@pytest.mark.parametrize(
    ("kind", "there", "gone"),
    [
        ("event", "held_if", "condition"),
        ("conditional", "condition", "metric"),
        ("quantity", "threshold", "condition"),
        ("assessment", "claimant", "due_on"),
        ("nonsense\0", "claimant", "due_on"),
    ],
)
def test_other_kind_shows_other_fields_and_keeps_what_was_written(
    kind: str, there: str, gone: str, browser: Client, claim: Claim
) -> None:
    values = FORM | {"action": "refresh", "kind": kind, "hedge": "\0"}
    values["statement"] = "Half a thought"

    response = browser.post(f"/claims/{claim.pk}/edit/", values, headers=HTMX)

    page = text_of(response)
    assert response.status_code == 200
    assert page.strip().startswith("<form")
    assert f'name="{there}"' in page
    assert f'name="{gone}"' not in page
    assert "Half a thought" in page
    claim.refresh_from_db()
    assert claim.status == "proposed"


def test_what_a_kind_does_not_show_is_emptied(browser: Client, claim: Claim) -> None:
    posted(browser, claim, "save")

    posted(browser, claim, "save", kind="assessment")

    claim.refresh_from_db()
    assert (claim.held_if, claim.metric, claim.due_on) == ("", "", None)
    assert (claim.probability_low, claim.base_rate) == (None, None)
    assert not claim.checkpoints.exists()


def test_registered_claim_has_no_form(browser: Client) -> None:
    claim = RegisteredClaimFactory()

    for response in (
        browser.get(f"/claims/{claim.pk}/edit/", follow=True),
        browser.post(f"/claims/{claim.pk}/edit/", FORM | {"action": "save"}, follow=True),
    ):
        assert response.redirect_chain == [(claim.get_absolute_url(), 302)]
        assert "registered, so it can no longer be edited" in text_of(response)


def test_known_claimants_are_offered(browser: Client, claim: Claim) -> None:
    ClaimantFactory(name="Vera Orlova")

    page = text_of(browser.get(f"/claims/{claim.pk}/edit/"))

    assert '<datalist id="claimants"><option value="Vera Orlova">' in page


def test_what_a_colleague_saved_meanwhile_is_not_overwritten_unseen(
    browser: Client, claim: Claim, colleague: User
) -> None:
    seen = content_hash(claim)
    edit_claim(claim=claim, by=colleague, held_if="The colleague's words.")

    stale = posted(browser, claim, "save", seen=seen, held_if="My own words.")

    assert stale.status_code == 422
    assert "Somebody else changed this claim" in text_of(stale)
    assert "My own words." in text_of(stale)
    claim.refresh_from_db()
    assert claim.held_if == "The colleague's words."
    # Saving once more, with what the page now carries, is saying so.
    again = posted(
        browser, claim, "save", seen=stale.context["form"]["seen"].value(), held_if="My own words."
    )
    assert again.status_code == 302
    claim.refresh_from_db()
    assert claim.held_if == "My own words."


def test_a_test_whose_two_sides_are_the_same_is_refused(browser: Client, claim: Claim) -> None:
    answer = posted(browser, claim, "register", held_if="It grows.", failed_if="It grows.")

    assert answer.status_code == 422
    assert "as held and as failed cannot be the same" in text_of(answer)


DATES = ("opens_on", "due_earliest", "due_on", "due_latest")


def dates_of(response: HttpResponse) -> list[str]:
    """The four dates that the form shows, as a form has them."""
    return [str(response.context["form"][name].value() or "") for name in DATES]


@pytest.mark.parametrize(
    ("words", "dates"),
    [
        ("in the coming years", ["2023-03-21", "2024-03-21", "2026-03-21", "2028-03-21"]),
        ("by the end of 2027", ["2023-03-21", "2027-12-31", "2027-12-31", "2027-12-31"]),
        ("In 2027", ["2027-01-01", "2027-12-31", "2027-12-31", "2027-12-31"]),
    ],
)
def test_dates_of_the_time_words_are_filled_in_and_not_saved(
    words: str, dates: list[str], browser: Client, claim: Claim
) -> None:
    empty = dict.fromkeys(DATES, "")

    response = posted(
        browser, claim, "date", horizon=words, statement="Half a thought", **empty | {"due_on": "x"}
    )

    assert response.status_code == 200
    assert dates_of(response) == dates
    assert response.context["form"]["statement"].value() == "Half a thought"
    assert f'name="due_on" value="{dates[2]}"' in text_of(response)
    claim.refresh_from_db()
    assert (claim.status, claim.due_on) == ("proposed", None)


@pytest.mark.parametrize(
    "values",
    [
        {"horizon": ""},
        {"horizon": "whenever it will"},
        {"horizon": "\0"},
        {"horizon": "by 2020"},
        {"horizon": "in 9999999999 years"},
        {"horizon": "<script>"},
        {"horizon": "in the coming years", "said_on": ""},
        {"horizon": "in the coming years", "said_on": "soon"},
        {"horizon": "in the coming years", "said_on": "2023-02-30"},
        {"horizon": "in the coming years", "said_on": "9999-12-31"},
        {"horizon": "in the coming " * 5_000},
    ],
)
def test_time_words_that_name_no_dates_leave_those_that_were_typed(
    values: dict[str, str], browser: Client, claim: Claim
) -> None:
    response = posted(browser, claim, "date", **values)

    assert response.status_code == 200
    assert dates_of(response) == [FORM[name] for name in DATES]
    assert "<script>" not in text_of(response)


def test_assessment_gets_no_dates(browser: Client, claim: Claim) -> None:
    response = posted(browser, claim, "date", kind="assessment")

    assert response.status_code == 200
    assert "due_on" not in response.context["form"].fields


def test_dates_that_were_filled_in_are_saved_with_the_form(browser: Client, claim: Claim) -> None:
    form = posted(browser, claim, "date", horizon="by the end of 2027", checkpoints="").context[
        "form"
    ]
    shown = {name: form[name].value() or "" for name in form.fields}

    browser.post(f"/claims/{claim.pk}/edit/", shown | {"action": "save"})

    claim.refresh_from_db()
    assert (claim.opens_on, claim.due_on) == (date(2023, 3, 21), date(2027, 12, 31))


@pytest.mark.parametrize("action", ["register", "repeats"])
def test_what_was_saved_with_a_refusal_is_not_taken_for_a_colleague_s(
    action: str, browser: Client, claim: Claim
) -> None:
    first = posted(browser, claim, action, seen=content_hash(claim), **EMPTY)
    assert first.status_code == 422
    seen = first.context["form"]["seen"].value()

    again = posted(browser, claim, "save", seen=seen)

    assert again.status_code == 302
    claim.refresh_from_db()
    assert claim.held_if == FORM["held_if"]


@pytest.mark.parametrize("who", ["reader", "stranger"])
@pytest.mark.parametrize("action", ["save", "date", "repeats 1", "unfollow", "register"])
def test_whoever_may_not_write_neither_sees_nor_saves_the_form(
    action: str, who: str, claim: Claim, request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    browser = sign_in(request.getfixturevalue(who))

    assert posted(browser, claim, action).status_code == 403
    assert browser.get(f"/claims/{claim.pk}/edit/").status_code == 403
    claim.refresh_from_db()
    assert claim.status == "proposed"
