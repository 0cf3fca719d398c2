"""A draft registered outside the form."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from tests.factories.claims import ClaimFactory

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]


@pytest.fixture
def browser(analyst: User, sign_in: SignIn) -> Client:
    return sign_in(analyst)


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


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
