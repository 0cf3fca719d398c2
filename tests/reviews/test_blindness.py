"""Whoever may have to judge a claim learns nowhere who said it, and does not decide what becomes of it."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from claims.models import Amendment, Claim
from claims.services import (
    amend_claim,
    follow_claim,
    mark_duplicate,
    register_claim,
    withdraw_claim,
)
from claims.validators import ClaimProblem
from reviews.eligibility import AUTHORING
from reviews.queries import claims_to_hide, claims_to_judge
from reviews.services import lease_next
from tests.claims.imports import ROW, stored
from tests.factories.accounts import UserFactory
from tests.factories.claims import ClaimFactory, RegisteredClaimFactory
from tests.factories.reviews import AssignmentFactory
from tests.factories.sources import ClaimantFactory, DocumentFactory

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]

NAME = "Zebulon Quirk"
LATER = {"said_on": date(2023, 9, 1), "opens_on": date(2023, 9, 1)}
FAR = {"due_on": date(2090, 1, 1), "due_latest": date(2091, 1, 1)}


@pytest.fixture
def dual() -> User:
    """Somebody who writes claims and judges those of others."""
    return UserFactory(username="dora", roles=[Role.ANALYST, Role.REVIEWER])


@pytest.fixture
def hidden(dual: User, reviewer: User) -> Claim:
    """A claim with an open seat that both may take."""
    claim = RegisteredClaimFactory(claimant=ClaimantFactory(name=NAME), speaker=NAME)
    AssignmentFactory(checkpoint=claim.checkpoints.get())
    assert claim in claims_to_judge(dual)
    assert claim in claims_to_judge(reviewer)
    return claim


def said(response: HttpResponse) -> list[str]:
    return [str(one) for one in response.context["messages"]]


def later_claim(hidden: Claim, **fields: object) -> Claim:
    """A draft by the same claimant that nobody judges."""
    given = {"claimant": hidden.claimant, "speaker": NAME, **LATER, **FAR}
    return ClaimFactory(**given | fields)


@pytest.mark.parametrize("name", ["claim_keep", "claim_drop", "claim_amend", "claim_withdraw"])
def test_what_is_pressed_on_a_hidden_claim_is_refused(
    name: str, dual: User, hidden: Claim, sign_in: SignIn
) -> None:
    address = reverse(name, args=[hidden.pk])

    response = sign_in(dual).post(
        address, {"text": "x", "reason": "x"}, headers={"HX-Request": "true"}
    )

    assert response.status_code == 403
    assert NAME not in response.text


@pytest.mark.parametrize("name", ["document", "quote_claim", "document_correct"])
def test_text_of_a_hidden_claim_stays_shut(
    name: str, dual: User, hidden: Claim, sign_in: SignIn
) -> None:
    address = reverse(name, args=[hidden.quote.document_id])
    browser = sign_in(dual)

    response = (
        browser.post(address, {"exact": "nowhere"}) if name != "document" else browser.get(address)
    )

    assert response.status_code == 403
    assert NAME not in response.text


def test_newer_version_of_a_hidden_text_stays_shut(
    reviewer: User, reader: User, hidden: Claim, sign_in: SignIn
) -> None:
    document = DocumentFactory(url_key="letter.example/1", author=NAME, text="Once more: trade.")
    old = RegisteredClaimFactory(
        claimant=hidden.claimant,
        quote__document=DocumentFactory(url_key="letter.example/1", author=NAME),
    )
    AssignmentFactory(checkpoint=old.checkpoints.get())

    assert sign_in(reviewer).get(document.get_absolute_url()).status_code == 403
    assert sign_in(reader).get(document.get_absolute_url()).status_code == 200


def test_number_of_a_hidden_claim_is_no_claim_s(dual: User, hidden: Claim, sign_in: SignIn) -> None:
    address = reverse("claim_duplicate", args=[ClaimFactory().pk])

    response = sign_in(dual).post(address, {"first": hidden.pk}, follow=True)

    assert said(response) == ["There is no claim of this number."]


def test_draft_after_a_hidden_claim_does_not_say_which(
    dual: User, hidden: Claim, analyst: User, sign_in: SignIn
) -> None:
    draft = later_claim(hidden)
    follow_claim(claim=draft, earlier=hidden, relation="repeats", by=analyst)

    page = sign_in(dual).get(reverse("claim_edit", args=[draft.pk])).text

    assert "It comes after a claim that you may have to judge." in page
    assert f"claim {hidden.pk}" not in page


def test_duplicate_of_a_hidden_claim_is_hidden_too(
    reviewer: User, reader: User, hidden: Claim, analyst: User, sign_in: SignIn
) -> None:
    duplicate = RegisteredClaimFactory(claimant=hidden.claimant, speaker=NAME, **LATER, **FAR)
    mark_duplicate(claim=duplicate, first=hidden, by=analyst)

    assert set(claims_to_hide(reviewer)) == {hidden, duplicate}
    assert sign_in(reviewer).get(duplicate.get_absolute_url()).status_code == 403
    assert f"claim {hidden.pk}" in sign_in(reader).get(duplicate.get_absolute_url()).text


def test_repetition_does_not_point_to_a_hidden_claim(
    reviewer: User, reader: User, hidden: Claim, analyst: User, sign_in: SignIn
) -> None:
    draft = later_claim(hidden)
    follow_claim(claim=draft, earlier=hidden, relation="repeats", by=analyst)
    claim = register_claim(claim=draft, by=analyst)

    assert f"repeats claim {hidden.pk}" in sign_in(reader).get(claim.get_absolute_url()).text
    assert f"claim {hidden.pk}" not in sign_in(reviewer).get(claim.get_absolute_url()).text


@pytest.mark.parametrize("verb", [amend_claim, withdraw_claim])
def test_whoever_may_judge_a_claim_neither_amends_nor_ends_it(
    verb: Callable[..., object], dual: User
) -> None:
    claim = RegisteredClaimFactory(**FAR)
    AssignmentFactory(checkpoint=claim.checkpoints.get())
    words = {"text": "x"} if verb is amend_claim else {"reason": "x"}

    with pytest.raises(ClaimProblem) as problem:
        verb(claim=claim, by=dual, **words)

    assert str(problem.value) == (
        f"You may have to judge claim {claim.pk}, so you neither amend nor end it."
    )
    assert not Amendment.objects.exists()


def test_database_lets_no_judge_amend(dual: User) -> None:
    claim = RegisteredClaimFactory(**FAR)
    AssignmentFactory(checkpoint=claim.checkpoints.get(), reviewer=dual)

    with pytest.raises(IntegrityError, match="amends or ends it"), transaction.atomic():
        Amendment.objects.create(claim=claim, text="x", by=dual)


def test_importer_does_not_judge_what_they_brought_in(dual: User, analyst: User) -> None:
    row = ROW | {
        "kind": "event",
        "low": "60%",
        "high": "80%",
        "probability source": "declared",
        "base rate": "50%",
        "reference class": "trade",
        "base rate source": "own",
        "opens": "2023-03-21",
        "earliest": "2023-06-01",
        "due": "2023-06-01",
        "latest": "2023-06-01",
        "held if": "It grows.",
        "failed if": "It does not.",
    }
    claim = stored([row], by=dual).rows.get().claim
    register_claim(claim=claim, by=analyst)
    AssignmentFactory(checkpoint=claim.checkpoints.get())

    assert lease_next(by=dual) is None


def test_trigger_and_query_know_the_same_authors() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT prosrc FROM pg_proc WHERE proname = 'reviews_assignment_without_conflict'"
        )
        (source,) = cursor.fetchone()

    listed = re.search(r"verb = ANY \(ARRAY\[(.*?)\]\)", source)

    assert listed is not None
    assert re.findall(r"'([^']+)'", listed[1]) == list(AUTHORING)
