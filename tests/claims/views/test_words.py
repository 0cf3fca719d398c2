"""The page of the words that steer a claim's suggestions, and what they would do."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from claims.models import ClaimWords
from claims.services import match_waiting_events, set_claim_words
from tests.claims.events import far, near
from tests.factories.claims import ClaimFactory, RegisteredClaimFactory

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]


@pytest.fixture
def browser(analyst: User, sign_in: SignIn) -> Client:
    return sign_in(analyst)


def test_words_are_saved_line_by_line_and_shown_again(browser: Client) -> None:
    claim = RegisteredClaimFactory()
    address = f"/claims/{claim.pk}/words/"

    response = browser.post(
        address,
        {"must": "trade\r\nports", "aliases": "UK = Britain, <Isles>", "languages": "en, pl"},
        follow=True,
    )

    assert response.redirect_chain == [(claim.get_absolute_url(), 302)]
    words = ClaimWords.objects.get()
    assert (words.must, words.languages) == (["trade", "ports"], ["en", "pl"])
    text = browser.get(address).content.decode()
    assert "trade\nports</textarea>" in text
    assert "UK = Britain, &lt;Isles&gt;" in text


def test_refused_words_stay_in_the_form(browser: Client) -> None:
    claim = RegisteredClaimFactory()

    response = browser.post(f"/claims/{claim.pk}/words/", {"must": "trade", "never": "!!"})

    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [
        "Must not be there: “!!” holds no word that could be compared."
    ]
    assert "trade</textarea>" in response.content.decode()
    assert not ClaimWords.objects.exists()


def test_claim_that_is_neither_draft_nor_standing_leads_back(browser: Client) -> None:
    claim = ClaimFactory(status="proposed")

    response = browser.get(f"/claims/{claim.pk}/words/", follow=True)

    assert [str(one) for one in response.context["messages"]] == [
        "Words are added to drafts and to registered claims that still stand."
    ]


@pytest.mark.parametrize("events", [1, 3])
def test_preview_tells_what_passes_is_raised_and_barred_in_one_query_count(
    events: int, browser: Client, django_assert_num_queries: Callable[..., object]
) -> None:
    claim = RegisteredClaimFactory()
    raised = [near() for _ in range(events)]
    barred = [far() for _ in range(events)]
    match_waiting_events()

    with django_assert_num_queries(6):
        response = browser.post(
            f"/claims/{claim.pk}/words/preview/", {"should": "ports", "never": "football"}
        )

    tried = response.context["tried"]
    assert tried.compared == 2 * events
    assert [(one.label, one.count, one.first) for one in tried.tried] == [
        ("raised", events, raised[::-1]),
        ("pass as they are", 0, []),
        ("barred", events, barred[::-1]),
    ]
    assert not ClaimWords.objects.exists()


def test_preview_counts_the_suggestions_that_would_leave(browser: Client, analyst: User) -> None:
    claim = RegisteredClaimFactory()
    set_claim_words(claim=claim, should=["ports"], by=analyst)
    near()
    match_waiting_events()

    response = browser.post(f"/claims/{claim.pk}/words/preview/", {"never": "ports"})

    assert response.context["tried"].leaving == 1
    assert "1 suggestion that nobody decided on would leave the inbox." in response.content.decode()


def test_preview_of_unsound_words_says_what_is_wrong(browser: Client) -> None:
    claim = RegisteredClaimFactory()

    response = browser.post(f"/claims/{claim.pk}/words/preview/", {"aliases": "<b>"})

    assert "write “&lt;b&gt;” as a name" in response.content.decode()


def test_reader_and_stranger_may_not_set_words(
    reader: User, stranger: User, sign_in: SignIn
) -> None:
    claim = RegisteredClaimFactory()

    for who in (reader, stranger):
        answer = sign_in(who).post(f"/claims/{claim.pk}/words/", {"must": "trade"})
        assert answer.status_code == 403
    assert not ClaimWords.objects.exists()
