"""Ticked drafts of the list: changed, dropped, registered; what cannot be is told."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import AuditEntry, User
from accounts.roles import Role
from claims.models import BaseRate, Claim
from claims.services import register_claim
from claims.views.lists import PROBLEMS_SHOWN
from sources.models import Claimant
from tests.factories.accounts import UserFactory
from tests.factories.claims import ClaimFactory, RegisteredClaimFactory
from tests.factories.reviews import AssignmentFactory
from tests.factories.sources import ClaimantFactory, QuoteFactory

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]

ALL_DRAFTS = "tab=drafts"


@pytest.fixture
def browser(analyst: User, sign_in: SignIn) -> Client:
    return sign_in(analyst)


def pressed(
    browser: Client, action: str, *claims: Claim | str, query: str = ALL_DRAFTS, **values: object
) -> HttpResponse:
    """What is answered to a press of a button below the list, after where it leads."""
    ticked = [one.pk if isinstance(one, Claim) else one for one in claims]
    address = f"/claims/bulk/?{query}"
    return browser.post(address, {"action": action, "claim": ticked} | values, follow=True)


def said(response: HttpResponse) -> list[str]:
    """The messages of a page, in words."""
    return [str(message) for message in response.context["messages"]]


def wrong(response: HttpResponse) -> dict[str, list[str]]:
    """The errors of the form below the list."""
    return dict(response.context["bulk"].errors.items())


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def test_ticks_and_form_stand_in_the_tab_of_drafts_alone(browser: Client) -> None:
    draft, registered = ClaimFactory(), RegisteredClaimFactory()

    pages = {tab: text_of(browser.get(f"/claims/?tab={tab}")) for tab in ("drafts", "all")}

    assert f'name="claim" value="{draft.pk}"' in pages["drafts"]
    assert "With the ticked drafts" in pages["drafts"]
    assert f'name="claim" value="{registered.pk}"' not in pages["drafts"]
    assert "With the ticked drafts" not in pages["all"]
    assert 'name="claim" value' not in pages["all"]


def test_ticked_drafts_are_given_everything_of_the_form(
    browser: Client, analyst: User, colleague: User
) -> None:
    drafts, other = ClaimFactory.create_batch(2, topics=["war"]), ClaimFactory()

    response = pressed(
        browser,
        "change",
        *drafts,
        claimant=" Vera  Orlova ",
        add_topics="Trade, ports,, trade",
        stake="3",
        hand_to=colleague.pk,
        opens_on="2023-04-01",
        due_earliest="2024-04-01",
        due_on="2025-04-01",
        due_latest="2026-04-01",
        reference_class="Trade grows",
        base_rate_percent="12.5",
        base_rate_source="Own count",
    )

    assert response.redirect_chain == [("/claims/?tab=drafts", 302)]
    assert said(response) == ["2 drafts changed."]
    rate = BaseRate.objects.get(reference_class="Trade grows")
    assert (rate.probability, rate.source, rate.fixed_by) == (
        Decimal("0.125"),
        "Own count",
        analyst,
    )
    orlova = Claimant.objects.get(name="Vera Orlova")
    for draft in drafts:
        draft.refresh_from_db()
        assert (draft.claimant, draft.base_rate, draft.handed_to) == (orlova, rate, colleague)
        assert (draft.topics, draft.stake) == (["war", "trade", "ports"], 3)
        assert (draft.opens_on, draft.due_latest) == (date(2023, 4, 1), date(2026, 4, 1))
    before = other.stake
    other.refresh_from_db()
    assert (other.topics, other.stake) == ([], before)


def test_known_claimant_is_taken_by_any_spelling(browser: Client) -> None:
    orlova, draft = ClaimantFactory(name="Vera Orlova"), ClaimFactory()

    pressed(browser, "change", draft, claimant="VERA ORLOVA")

    draft.refresh_from_db()
    assert draft.claimant == orlova


def test_ticked_drafts_are_dropped(browser: Client) -> None:
    drafts, other = ClaimFactory.create_batch(2), ClaimFactory()

    # The form below the list comes along, and changes nothing.
    response = pressed(browser, "drop", *drafts, stake="3", query="tab=drafts&topic=&q=ports")

    assert response.redirect_chain == [("/claims/?q=ports&tab=drafts", 302)]
    assert said(response) == ["2 drafts dropped."]
    assert set(Claim.objects.drafts()) == {other}
    assert not Claim.objects.filter(stake=3).exists()


def test_ticked_drafts_are_registered_and_what_the_others_lack_is_told(
    browser: Client, analyst: User
) -> None:
    whole, bare = ClaimFactory(), ClaimFactory(base_rate=None, statement="Trade <b>grows</b>.")

    response = pressed(browser, "register", whole, bare)

    assert said(response) == [
        "1 draft registered and locked.",
        (
            f"Claim {bare.pk}, “Trade <b>grows</b>.”: This claim cannot be registered yet. It lacks a "
            "base rate with its source."
        ),
    ]
    assert "<b>grows</b>" not in text_of(response)
    whole.refresh_from_db()
    bare.refresh_from_db()
    assert (whole.registered_by, bare.status) == (analyst, "draft")


def test_draft_that_the_change_would_break_is_told_with_its_first_words(browser: Client) -> None:
    good = ClaimFactory()
    bad = ClaimFactory(statement="x" * 61, said_on=date(2026, 3, 20))

    response = pressed(browser, "change", good, bad, due_on="2026-03-20")

    assert said(response) == [
        "1 draft changed.",
        (
            f"Claim {bad.pk}, “{'x' * 57}…”: The due date, 2026-03-20, must come after 2026-03-20, the "
            "day it was said."
        ),
    ]


def test_only_so_many_problems_are_told(browser: Client) -> None:
    bare = ClaimFactory.create_batch(PROBLEMS_SHOWN + 2, quote=QuoteFactory(), base_rate=None)

    words = said(pressed(browser, "register", *bare))

    assert len(words) == PROBLEMS_SHOWN + 2
    assert (words[0], words[-1]) == (
        "0 drafts registered and locked.",
        "2 more could not be, each for a reason of its own.",
    )


@pytest.mark.parametrize("action", ["change", "drop", "register"])
def test_nothing_ticked_is_told_and_what_was_typed_stays(action: str, browser: Client) -> None:
    draft = ClaimFactory()

    response = pressed(browser, action, claimant="Vera <Orlova>", stake="3")

    assert response.status_code == 422
    assert said(response) == ["Tick the drafts first."]
    page = text_of(response)
    assert 'name="claimant" value="Vera &lt;Orlova&gt;"' in page
    assert '<option value="3" selected>high</option>' in page
    assert list(response.context["page_obj"]) == [draft]
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    "number",
    ["", "x", "-1", "1.0", "\0", "²", "٣", "99999999999999999999999", "9" * 5000, "1 OR 1=1"],
)
def test_tick_that_is_no_number_is_passed_over(number: str, browser: Client) -> None:
    draft = ClaimFactory()

    assert pressed(browser, "drop", number).status_code == 422
    assert said(pressed(browser, "drop", number, draft)) == ["1 draft dropped."]


def test_registered_and_decided_claims_among_the_ticked_are_left_alone(
    browser: Client, colleague: User
) -> None:
    draft, registered_meanwhile = ClaimFactory(), ClaimFactory()
    others = [
        registered_meanwhile,
        RegisteredClaimFactory(),
        ClaimFactory(status=Claim.Status.PROPOSED),
        ClaimFactory(status=Claim.Status.DROPPED),
    ]
    register_claim(claim=registered_meanwhile, by=colleague)
    numbers = [one.pk for one in others]
    before = list(Claim.objects.filter(pk__in=numbers).values())

    for action in ("change", "register", "drop"):
        pressed(browser, action, *others, stake="3")
    words = said(pressed(browser, "change", draft, *others, stake="3"))

    assert words[-1] == "1 draft changed."
    assert list(Claim.objects.filter(pk__in=numbers).values()) == before


def test_hidden_claims_are_not_touched_by_whoever_may_judge_them(sign_in: SignIn) -> None:
    both = sign_in(UserFactory(username="both", roles=[Role.ANALYST, Role.REVIEWER]))
    hidden = RegisteredClaimFactory()
    AssignmentFactory(checkpoint=hidden.checkpoints.get())
    draft = ClaimFactory()
    before = Claim.objects.values().get(pk=hidden.pk)

    ticked = pressed(both, "change", hidden, stake="3")
    every = pressed(both, "change", query="tab=all", everything="1", stake="3")

    assert (said(ticked)[-1], said(every)[-1]) == ("0 drafts changed.", "1 draft changed.")
    assert Claim.objects.values().get(pk=hidden.pk) == before
    draft.refresh_from_db()
    assert draft.stake == 3
    assert list(every.context["page_obj"]) == [draft]


def test_everything_is_what_the_filters_find(browser: Client) -> None:
    ports = ClaimFactory.create_batch(2, topics=["ports"])
    war = ClaimFactory(topics=["war"])

    response = pressed(
        browser, "change", query="tab=drafts&topic=ports", everything="1", add_topics="sea"
    )

    assert response.redirect_chain == [("/claims/?tab=drafts&topic=ports", 302)]
    assert said(response) == ["2 drafts changed."]
    assert set(Claim.objects.filter(topics__contains=["sea"])) == set(ports)
    war.refresh_from_db()
    assert war.topics == ["war"]


@pytest.mark.parametrize("action", ["drop", "register"])
def test_everything_is_never_dropped_or_registered(action: str, browser: Client) -> None:
    draft, ticked = ClaimFactory(), ClaimFactory()

    assert pressed(browser, action, everything="1").status_code == 422
    pressed(browser, action, ticked, everything="1")

    draft.refresh_from_db()
    assert draft.status == "draft"


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({}, {"__all__": ["Fill in what the drafts are to be given."]}),
        ({"add_topics": " , "}, {"__all__": ["Fill in what the drafts are to be given."]}),
        (
            {"base_rate_percent": "50"},
            {"reference_class": ["A base rate needs its class, its figure and its source."]},
        ),
        (
            {"reference_class": "Trade", "base_rate_source": "Own count"},
            {"reference_class": ["A base rate needs its class, its figure and its source."]},
        ),
        (
            {"stake": "7"},
            {"stake": ["Select a valid choice. 7 is not one of the available choices."]},
        ),
        ({"due_on": "2024-02-30"}, {"due_on": ["Enter a valid date."]}),
        ({"claimant": "a\0b"}, {"claimant": ["Null characters are not allowed."]}),
        ({"add_topics": "a\0b"}, {"add_topics": ["Null characters are not allowed."]}),
        (
            {"hand_to": "9" * 5000},
            {
                "hand_to": [
                    "Select a valid choice. That choice is not one of the available choices."
                ]
            },
        ),
    ],
)
def test_wrong_value_is_named_and_nothing_is_changed(
    values: dict[str, str], errors: dict[str, list[str]], browser: Client
) -> None:
    ClaimFactory()
    before = list(Claim.objects.values())

    response = pressed(browser, "change", *Claim.objects.all(), **values)

    assert response.status_code == 422
    assert wrong(response) == errors
    assert "<details open>" in text_of(response)
    assert list(Claim.objects.values()) == before
    assert not AuditEntry.objects.exists()


def test_drafts_are_handed_only_to_whoever_may_write_claims(
    browser: Client, analyst: User, colleague: User, reader: User
) -> None:
    draft = ClaimFactory()

    response = pressed(browser, "change", draft, hand_to=reader.pk)

    assert list(wrong(response)) == ["hand_to"]
    offered = re.search(r'<select name="hand_to".*?</select>', text_of(response), re.DOTALL)
    assert offered
    assert set(re.findall(r'value="(\d+)"', offered[0])) == {f"{analyst.pk}", f"{colleague.pk}"}


def test_refused_page_keeps_its_ticks_and_its_filters(browser: Client) -> None:
    ticked, other = ClaimFactory(topics=["ports"]), ClaimFactory(topics=["ports"])
    ClaimFactory(topics=["war"])

    response = pressed(browser, "change", ticked, query="tab=drafts&topic=ports", stake="7")

    page = text_of(response)
    boxes = re.findall(r'<input type="checkbox" name="claim" value="(\d+)"([^>]*)>', page)
    assert {int(pk): "checked" in rest for pk, rest in boxes} == {ticked.pk: True, other.pk: False}
    assert response.context["query"] == "tab=drafts&topic=ports"


def test_buttons_below_the_list_bring_its_filters_along(browser: Client) -> None:
    ClaimFactory(topics=["<b>"])

    page = text_of(browser.get("/claims/?tab=drafts&topic=%3Cb%3E"))

    assert 'action="/claims/bulk/?tab=drafts&amp;topic=%3Cb%3E"' in page


def test_links_of_a_refused_page_lead_back_to_the_list(browser: Client) -> None:
    ClaimFactory.create_batch(51, quote=QuoteFactory(), topics=["ports"])

    refused = pressed(browser, "change", query="tab=drafts&topic=ports")

    links = {unescape(one) for one in re.findall(r'href="(\?[^"]*)"', text_of(refused))}
    assert links == {
        *(f"?tab={tab}&topic=ports" for tab in ("registered", "drafts", "proposed", "all")),
        "?tab=drafts",
        "?tab=drafts&topic=ports&page=2",
    }
    for link in links:
        response = browser.get(f"/claims/bulk/{link}", follow=True)
        assert response.redirect_chain == [(f"/claims/{link}", 302)]
        assert response.status_code == 200


@pytest.mark.parametrize(
    ("query", "leads"),
    [
        ("//evil.example", "/claims/?"),
        ("https://evil.example/?tab=drafts", "/claims/?"),
        ("tab=drafts&next=//evil.example", "/claims/?tab=drafts"),
        ("tab=drafts&q=%00", "/claims/?tab=drafts"),
        ("tab=drafts&q=%0D%0ALocation:x", "/claims/?q=Location%3Ax&tab=drafts"),
    ],
)
def test_query_that_tries_to_leave_the_page_is_kept_as_filters_alone(
    query: str, leads: str, browser: Client
) -> None:
    response = pressed(browser, "drop", ClaimFactory(), query=query)

    assert response.redirect_chain == [(leads, 302)]


@pytest.mark.parametrize("who", ["reader", "stranger"])
def test_whoever_may_not_write_changes_nothing(
    who: str, request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    draft = ClaimFactory()
    browser = sign_in(request.getfixturevalue(who))

    for action in ("change", "drop", "register"):
        assert pressed(browser, action, draft, stake="3").status_code == 403
    assert browser.get("/claims/bulk/").status_code == 403
    draft.refresh_from_db()
    assert (draft.status, draft.stake) == ("draft", 2)
