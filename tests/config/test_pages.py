"""Pages that show several rooms: home, about, the audit log."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.services import record
from reviews.services import open_due_checkpoints
from tests.factories.claims import ClaimFactory, EvidenceFactory, RegisteredClaimFactory
from tests.factories.sources import FeedFactory

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]


def test_an_analyst_sees_what_waits(sign_in: SignIn, analyst: User) -> None:
    ClaimFactory()
    ClaimFactory(status="proposed")
    EvidenceFactory()
    FeedFactory(failures=1)

    page = sign_in(analyst).get(reverse("home"))

    assert {work.label: work.count for work in page.context["work"]} == {
        "claim proposed from texts": 1,
        "draft to make judgeable": 1,
        "drafts handed to you": 0,
        "claims to read": 0,
        "event that may bear on a claim": 1,
        "changes under your claims": 0,
        "feed in trouble": 1,
    }


def test_a_reviewer_sees_checkpoints_not_seats(sign_in: SignIn, reviewer: User) -> None:
    RegisteredClaimFactory()
    open_due_checkpoints()

    page = sign_in(reviewer).get(reverse("home"))

    assert [(work.label, work.count) for work in page.context["work"]] == [
        ("checkpoint to judge", 1)
    ]


def test_a_reader_is_shown_the_way_to_the_reports(sign_in: SignIn, reader: User) -> None:
    assert "Read the reports" in sign_in(reader).get(reverse("home")).text


def test_a_stranger_has_no_home_here(sign_in: SignIn, stranger: User) -> None:
    assert sign_in(stranger).get(reverse("home")).status_code == 403


def test_anybody_may_read_how_plumbline_judges() -> None:
    assert "How Plumbline judges" in Client().get(reverse("about")).text


def test_the_audit_log_shows_who_did_what_with_its_details(sign_in: SignIn, lead: User) -> None:
    # `items` is also what a template calls on a dictionary.
    record(by=lead, verb="received", on=lead, items=3, note="")
    record(by=None, verb="returned", on=lead)

    page = sign_in(lead).get(reverse("audit")).text

    assert "items: 3" in page
    assert "note:" not in page
    assert "the system" in page


@pytest.mark.parametrize("who", ["analyst", "reviewer", "reader", "stranger"])
def test_only_leads_and_administrators_read_the_audit_log(
    sign_in: SignIn, request: pytest.FixtureRequest, who: str
) -> None:
    assert sign_in(request.getfixturevalue(who)).get(reverse("audit")).status_code == 403


def test_three_entries_cost_no_more_queries_than_one(
    sign_in: SignIn, lead: User, django_assert_num_queries
) -> None:
    client = sign_in(lead)
    record(by=lead, verb="looked at", on=lead)
    with django_assert_num_queries(4):
        client.get(reverse("audit"))
    record(by=lead, verb="looked at", on=lead)
    record(by=lead, verb="looked at", on=lead)
    with django_assert_num_queries(4):
        client.get(reverse("audit"))


def test_a_part_of_a_page_asked_for_after_signing_out_takes_the_whole_window(
    client: Client,
) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/inbox/?tab=accepted"}

    answer = client.get(reverse("login"), headers=headers)

    assert answer.headers["HX-Redirect"] == f"{reverse('login')}?next=%2Finbox%2F"


def test_an_address_that_is_none_of_ours_says_so(sign_in: SignIn, reader: User) -> None:
    answer = sign_in(reader).get("/no-such-page/")

    assert answer.status_code == 404
    assert "Plumbline" in answer.text
