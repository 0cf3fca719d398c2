"""The list of claims, and what is pressed outside the form: register, amend, withdraw."""

from collections.abc import Callable
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from claims.models import Amendment, Claim
from tests.factories.claims import ClaimFactory, RegisteredClaimFactory

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]


@pytest.fixture
def browser(analyst: User, sign_in: SignIn) -> Client:
    return sign_in(analyst)


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def test_list_links_each_claim_to_where_work_on_it_goes_on(browser: Client) -> None:
    registered, draft = RegisteredClaimFactory(), ClaimFactory()
    proposed = ClaimFactory(status=Claim.Status.PROPOSED)

    page = text_of(browser.get("/claims/?tab=all"))

    assert f'href="{registered.get_absolute_url()}"' in page
    assert f'href="/claims/{draft.pk}/edit/"' in page
    assert f'href="{proposed.quote.document.get_absolute_url()}#c{proposed.pk}"' in page
    assert "55–80%" in page


@pytest.mark.parametrize(
    ("query", "tab"),
    [("", "registered"), ("?q=ports", "all"), ("?tab=drafts", "drafts"), ("?tab=x", "registered")],
)
def test_list_opens_at_a_tab(query: str, tab: str, browser: Client) -> None:
    assert browser.get(f"/claims/{query}").context["tab"] == tab


@pytest.mark.parametrize(
    "query",
    [
        "?q=%00",
        "?q=%27%22%26%7C%21%28",
        "?kind=nonsense",
        "?kind=%00",
        "?claimant=x",
        "?claimant=99999999999999999999999",
        "?page=x",
        "?page=99999",
    ],
)
def test_list_survives_senseless_filters(query: str, browser: Client) -> None:
    RegisteredClaimFactory()

    assert browser.get(f"/claims/{query}").status_code == 200


def test_list_keeps_its_filters(browser: Client) -> None:
    claim = RegisteredClaimFactory()
    RegisteredClaimFactory()

    response = browser.get(f"/claims/?kind=continuing&claimant={claim.claimant_id}")

    assert list(response.context["page_obj"]) == [claim]
    assert f'<option value="{claim.claimant_id}" selected>' in text_of(response)


def test_register_button_locks_the_draft_as_it_was_saved(browser: Client, analyst: User) -> None:
    claim = ClaimFactory()

    response = browser.post(f"/claims/{claim.pk}/register/")

    claim.refresh_from_db()
    assert response.url == claim.get_absolute_url()
    assert claim.registered_by == analyst


def test_register_button_of_an_incomplete_draft_leads_to_the_form(browser: Client) -> None:
    claim = ClaimFactory(base_rate=None)

    response = browser.post(f"/claims/{claim.pk}/register/", follow=True)

    assert response.redirect_chain == [(f"/claims/{claim.pk}/edit/", 302)]
    assert "It lacks a base rate with its source." in text_of(response)


def test_amendment_stands_on_the_claim_s_page(browser: Client) -> None:
    claim = RegisteredClaimFactory()

    response = browser.post(
        f"/claims/{claim.pk}/amend/", {"text": "Meant the <b>north</b>."}, follow=True
    )

    assert "Meant the &lt;b&gt;north&lt;/b&gt;." in text_of(response)


@pytest.mark.parametrize(
    ("press", "values", "words"),
    [
        ("amend", {"text": " "}, "Write what the amendment says."),
        ("amend", {"text": "\0"}, "Write what the amendment says."),
        ("withdraw", {"reason": ""}, "Say why the claim is withdrawn."),
    ],
)
def test_press_without_words_is_refused(
    press: str, values: dict[str, str], words: str, browser: Client
) -> None:
    claim = RegisteredClaimFactory()

    response = browser.post(f"/claims/{claim.pk}/{press}/", values, follow=True)

    assert words in text_of(response)
    assert not Amendment.objects.exists()
    claim.refresh_from_db()
    assert claim.status == "registered"


def test_withdrawn_claim_is_shown_as_such(browser: Client) -> None:
    claim = RegisteredClaimFactory(due_on=date(2100, 1, 1), due_latest=date(2100, 1, 1))

    response = browser.post(
        f"/claims/{claim.pk}/withdraw/", {"reason": "Taken back in print."}, follow=True
    )

    claim.refresh_from_db()
    assert claim.status == "withdrawn"
    assert "withdrawn" in text_of(response)
