from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from claims.models import Claim, Imputation
from reviews.models import Assignment
from reviews.outcomes import Outcome
from tests.factories.claims import ClaimFactory, RegisteredClaimFactory
from tests.factories.reviews import ReviewFactory
from tests.factories.sources import ClaimantFactory
from tests.reports.ledger import CUTOFF, desk, final_checkpoint, judged_claim, verdict_on

pytestmark = pytest.mark.django_db

HELD, FAILED = Outcome.HELD, Outcome.FAILED
SignIn = Callable[[User], Client]


@pytest.mark.parametrize("page", ["list", "record"])
def test_claimants_are_for_readers_of_the_ledger(
    page: str, reader: User, stranger: User, client: Client, sign_in: SignIn
) -> None:
    url = "/claimants/" if page == "list" else ClaimantFactory().get_absolute_url()

    assert sign_in(reader).get(url).status_code == 200
    assert sign_in(stranger).get(url).status_code == 403
    assert client.get(url).status_code == 302


def test_list_counts_registered_and_due_and_finds_by_name(reader: User, sign_in: SignIn) -> None:
    ann, bob = ClaimantFactory(name="Ann"), ClaimantFactory(name="Bob")
    desk(ann, [HELD, FAILED])
    RegisteredClaimFactory(claimant=ann, due_on=date(2099, 1, 1), due_latest=date(2099, 1, 1))
    RegisteredClaimFactory(claimant=ann, kind=Claim.Kind.ASSESSMENT)
    RegisteredClaimFactory(claimant=bob)
    ClaimFactory(claimant=ClaimantFactory(name="Only drafts"))
    browser = sign_in(reader)

    everybody = browser.get("/claimants/").context["rows"]
    found = browser.get("/claimants/", {"q": "bO"}).context["rows"]

    assert [
        (one.name, line["registered"], line["due"], line["scored"]) for one, line in everybody
    ] == [("Ann", 3, 2, 2), ("Bob", 1, 1, 0)]
    assert [one.name for one, _ in found] == ["Bob"]


def test_a_nul_in_the_words_of_the_search_is_passed_over(reader: User, sign_in: SignIn) -> None:
    desk(ClaimantFactory(name="Ann"), [HELD])

    page = sign_in(reader).get("/claimants/?q=%00an")

    assert page.status_code == 200
    assert [one.name for one, _ in page.context["rows"]] == ["Ann"]


def test_list_never_shows_a_figure_without_company(reader: User, sign_in: SignIn) -> None:
    desk(ClaimantFactory(), [HELD, FAILED])
    desk(ClaimantFactory(), [HELD, FAILED, HELD, HELD, HELD])

    text = sign_in(reader).get("/claimants/").content.decode()

    assert "−0.021, no interval" in text
    assert "no interval below 5 documents" in text
    assert "+0.012 (" in text
    assert "5 claims from 5 documents" in text


def test_record_says_how_many_ranges_one_person_read_alone(
    analyst: User, reader: User, sign_in: SignIn
) -> None:
    ann = ClaimantFactory(name="Ann")
    desk(ann, [HELD, None])
    read = judged_claim(HELD, claimant=ann, lexicon=None, probability_source="imputed")
    Imputation.objects.create(
        claim=read, coder=analyst, low="0.55", high="0.80", at=read.registered_at
    )

    text = sign_in(reader).get(ann.get_absolute_url()).content.decode()

    assert "1 of 3 ranges was read by one person alone." in text
    assert "from the hedge, by a lexicon" in text


def test_record_shows_figures_as_verdicts_stand_now(reader: User, sign_in: SignIn) -> None:
    ann = ClaimantFactory(name="Ann")
    claims = desk(ann, [HELD, HELD, HELD, HELD, FAILED, None])
    desk(ClaimantFactory(), [FAILED])
    browser = sign_in(reader)

    before = browser.get(ann.get_absolute_url()).context["record"]
    verdict_on(claims[5], FAILED)
    after = browser.get(ann.get_absolute_url()).context["record"]

    assert (before["funnel"]["due"], before["funnel"]["scored"]) == (6, 5)
    assert (before["improvement"]["n"], after["improvement"]["n"]) == (5, 6)
    assert after["improvement"]["value"] < before["improvement"]["value"]


def test_record_names_the_state_of_each_claim_in_words(reader: User, sign_in: SignIn) -> None:
    ann = ClaimantFactory()
    fields: dict[str, Any] = {"claimant": ann}
    judged_claim(Outcome.MOSTLY_HELD, **fields)
    judged_claim(Outcome.TOO_VAGUE, **fields)
    judged_claim(None, **fields)
    RegisteredClaimFactory(due_on=date(2099, 1, 1), due_latest=date(2099, 1, 1), **fields)
    RegisteredClaimFactory(kind=Claim.Kind.ASSESSMENT, due_on=None, **fields)
    gone = judged_claim(None, **fields)
    Claim.objects.filter(pk=gone.pk).update(status="withdrawn", ended_at=CUTOFF)

    rows = sign_in(reader).get(ann.get_absolute_url()).context["rows"]

    assert sorted((state, label) for _, state, label in rows) == [
        ("mostly_held", "mostly held"),
        ("open", "assessment, not scored"),
        ("open", "not due yet"),
        ("void", "too vague"),
        ("void", "withdrawn"),
        ("waiting", "waits for a verdict"),
    ]


def test_record_keeps_quiet_about_a_review_before_the_verdict(
    reviewer: User, sign_in: SignIn
) -> None:
    claim = judged_claim(None, hedge="")
    ReviewFactory(
        assignment__checkpoint=final_checkpoint(claim),
        assignment__role=Assignment.Role.REVIEW,
        outcome=Outcome.MOSTLY_FAILED,
    )

    page = sign_in(reviewer).get(claim.claimant.get_absolute_url())

    assert "mostly failed" not in page.content.decode()
    assert page.context["record"]["funnel"]["unresolved"] == 1


def test_superseded_verdicts_are_not_shown(reader: User, sign_in: SignIn) -> None:
    claim = judged_claim(None)
    first = verdict_on(claim, HELD)
    verdict_on(claim, FAILED, supersedes=first)

    [(_, state, label)] = sign_in(reader).get(claim.claimant.get_absolute_url()).context["rows"]

    assert (state, label) == ("failed", "failed")


def test_pages_without_claims_lead_on(reader: User, sign_in: SignIn) -> None:
    browser = sign_in(reader)

    assert b"No claimants yet" in browser.get("/claimants/").content
    assert b"No registered claim" in browser.get(ClaimantFactory().get_absolute_url()).content


def test_list_and_record_take_as_many_queries_for_three_as_for_one(
    reader: User, sign_in: SignIn, django_assert_num_queries: Callable[[int], Any]
) -> None:
    browser = sign_in(reader)
    ann = ClaimantFactory()
    for count in (1, 2):
        desk(ann, [HELD] * count)
        for _ in range(count):
            desk(ClaimantFactory(), [HELD])
        with django_assert_num_queries(6):
            browser.get("/claimants/")
        with django_assert_num_queries(7):
            browser.get(ann.get_absolute_url())
