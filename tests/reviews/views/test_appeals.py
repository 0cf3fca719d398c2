"""Appeals are made on the claim's page, listed for leads, decided blind, and answered."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from claims.services import accept_evidence, undo_evidence
from reviews.models import Appeal, AppealDecision, Assignment, Reopening, Verdict
from reviews.services import appeal_verdict, reopen_what_moved, return_expired_leases
from sources.models import Claimant
from tests.factories.claims import EvidenceFactory, RegisteredClaimFactory
from tests.factories.reviews import ReviewFactory, VerdictFactory
from tests.factories.sources import ClaimantFactory

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]


def judged() -> Verdict:
    """The verdict of two reviewers on a claim of one whose name is easily found."""
    known = Claimant.objects.filter(name="Zebulon Quirk").first()
    claim = RegisteredClaimFactory(claimant=known or ClaimantFactory(name="Zebulon Quirk"))
    checkpoint = claim.checkpoints.get()
    for number in (1, 2):
        ReviewFactory(
            assignment__checkpoint=checkpoint,
            assignment__seat=number,
            reason="It held, says Quirk.",
        )
    return VerdictFactory(checkpoint=checkpoint)


def appealed(by: User) -> Assignment:
    return appeal_verdict(verdict=judged(), by=by, words="Zebulon Quirk counted it thrice.").seat


def test_a_reader_appeals_once_and_is_told_so(sign_in: SignIn, reader: User) -> None:
    verdict = judged()
    client = sign_in(reader)
    url = reverse("reviews:appeal", args=[verdict.pk])
    page = verdict.checkpoint.claim.get_absolute_url()
    assert url in client.get(page).text

    answer = client.post(url, {"words": "The port was closed."})
    again = client.post(url, {"words": "The port was closed, I say."})

    assert answer.headers["location"] == f"{page}#verdict-{verdict.pk}"
    assert (again.status_code, "You have appealed this verdict already." in again.text) == (
        422,
        True,
    )
    assert "The port was closed, I say." in again.text
    assert Appeal.objects.get().by == reader
    shown = client.get(page).text
    assert "It waits for a lead who took no part." in shown
    assert url not in shown


@pytest.mark.parametrize("name", ["appeal", "appeal_decide", "appeal_take", "judge_again"])
def test_a_stranger_comes_nowhere(sign_in: SignIn, stranger: User, reader: User, name: str) -> None:
    seat = appealed(reader)
    pk = seat.appeals.get().verdict_id if name == "appeal" else seat.pk
    client = sign_in(stranger)

    assert client.post(reverse(f"reviews:{name}", args=[pk]), {"words": "x"}).status_code == 403
    assert client.get(reverse("reviews:appeals")).status_code == 403
    assert Appeal.objects.count() == 1


@pytest.mark.parametrize("who", ["analyst", "reviewer", "reader"])
def test_only_leads_list_and_decide(
    sign_in: SignIn, request: pytest.FixtureRequest, who: str, colleague: User
) -> None:
    seat = appealed(colleague)
    client = sign_in(request.getfixturevalue(who))

    assert client.get(reverse("reviews:appeals")).status_code == 403
    assert client.post(reverse("reviews:appeal_take", args=[seat.pk])).status_code == 403
    assert client.post(reverse("reviews:appeal_decide", args=[seat.pk])).status_code == 403


def test_a_lead_decides_blind_and_the_appellant_reads_why(
    sign_in: SignIn, reader: User, lead: User
) -> None:
    seat = appealed(reader)
    client = sign_in(lead)
    listed = client.get(reverse("reviews:appeals")).text
    assert reverse("reviews:appeal_take", args=[seat.pk]) in listed

    url = client.post(reverse("reviews:appeal_take", args=[seat.pk])).headers["location"]
    page = client.get(url).text
    answer = client.post(url, {"outcome": "upheld", "reason": "Once is enough."})

    assert page.count("[a grade]") == 2
    assert "counted it thrice" in page
    for name in (
        "Quirk",
        reader.username,
        *(one.username for one in User.objects.filter(roles=["reviewer"])),
    ):
        assert name not in page
        assert name not in listed
    assert answer.headers["location"] == reverse("reviews:appeals")
    claim = seat.checkpoint.claim.get_absolute_url()
    assert "Once is enough." in sign_in(reader).get(claim).text
    assert AppealDecision.objects.get().outcome == "upheld"


def test_another_lead_does_not_open_what_is_held(sign_in: SignIn, reader: User, lead: User) -> None:
    seat = appealed(reader)

    assert sign_in(lead).get(reverse("reviews:appeal_decide", args=[seat.pk])).status_code == 404


def test_a_claim_whose_appeal_waits_is_hidden_from_who_may_decide(
    sign_in: SignIn, reader: User, lead: User
) -> None:
    seat = appealed(reader)
    client = sign_in(lead)
    url = seat.checkpoint.claim.get_absolute_url()

    assert "Zebulon Quirk" not in client.get(url, follow=True).text
    client.post(reverse("reviews:appeal_take", args=[seat.pk]))
    assert client.get(url, follow=True).redirect_chain[-1][0] == reverse(
        "reviews:appeal_decide", args=[seat.pk]
    )


def test_after_the_lease_ran_out_nothing_is_stored_and_no_text_lost(
    sign_in: SignIn, reader: User, lead: User
) -> None:
    seat = appealed(reader)
    client = sign_in(lead)
    url = client.post(reverse("reviews:appeal_take", args=[seat.pk])).headers["location"]
    return_expired_leases(at=timezone.now() + timedelta(hours=2))

    answer = client.post(url, {"outcome": "upheld", "reason": "Once is enough."})

    assert (answer.status_code, "Once is enough." in answer.text) == (409, True)
    assert not AppealDecision.objects.exists()


def test_a_decision_without_a_reason_is_asked_for_again(
    sign_in: SignIn, reader: User, lead: User
) -> None:
    seat = appealed(reader)
    client = sign_in(lead)
    url = client.post(reverse("reviews:appeal_take", args=[seat.pk])).headers["location"]

    assert client.post(url, {"outcome": "upheld", "reason": " "}).status_code == 422
    assert client.post(url, {"seen": "9" * 40}).status_code == 422


def moved(analyst: User) -> Reopening:
    """A verdict that is judged again since its evidence was taken away."""
    verdict = judged()
    link = EvidenceFactory(claim=verdict.checkpoint.claim)
    accept_evidence(evidence=link, stance=1, by=analyst, at=verdict.at)
    undo_evidence(evidence=link, by=analyst)
    assert reopen_what_moved() == 1
    return Reopening.objects.get(verdict=verdict)


def test_the_claim_page_says_why_it_is_judged_again(
    sign_in: SignIn, analyst: User, lead: User
) -> None:
    reopening = moved(analyst)
    url = reopening.verdict.checkpoint.claim.get_absolute_url()

    shown = sign_in(analyst).get(url)
    assert "It is judged again" in shown.text
    assert "is not linked any more" in shown.text
    listed = sign_in(lead).get(reverse("reviews:appeals")).text
    assert "is not linked any more" in listed


def test_a_lead_lets_the_same_people_judge_again(
    sign_in: SignIn, analyst: User, lead: User
) -> None:
    reopening = moved(analyst)
    url = reverse("reviews:judge_again", args=[reopening.pk])
    client = sign_in(lead)

    assert client.post(url).status_code == 302
    seats = Assignment.objects.filter(round=2)
    assert list(seats.values_list("again", flat=True)) == [True, True]


def test_three_appeals_and_reopenings_cost_no_more_queries_than_one(
    sign_in: SignIn, lead: User, reader: User, analyst: User, django_assert_num_queries
) -> None:
    client = sign_in(lead)
    appealed(reader)
    moved(analyst)
    url = reverse("reviews:appeals")
    client.get(url)
    with django_assert_num_queries(9):
        client.get(url)
    for _ in range(2):
        appealed(reader)
        moved(analyst)
    with django_assert_num_queries(9):
        client.get(url)
