"""Claims compared by their evidence."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from claims.models import Claim, Evidence
from claims.services import link_evidence
from sources.models import Event
from tests.factories.claims import RegisteredClaimFactory
from tests.factories.reviews import AssignmentFactory
from tests.factories.sources import DocumentFactory, EventFactory, QuoteFactory

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]
URL = "/claims/compare/"


@pytest.fixture
def two() -> tuple[Claim, Claim]:
    """Two claims, of different texts."""
    return RegisteredClaimFactory(), RegisteredClaimFactory(topics=["ports"])


def link(claim: Claim, event: Event, stance: int, by: User) -> Evidence:
    return link_evidence(claim=claim, event=event, stance=stance, credibility=2, by=by)


def asked_for(*claims: Claim) -> str:
    return f"{URL}?" + "&".join(f"claim={claim.pk}" for claim in claims)


def test_what_tells_the_claims_apart_stands_first_and_what_speaks_against_is_summed(
    sign_in: SignIn, reader: User, analyst: User, two: tuple[Claim, Claim]
) -> None:
    first, second = two
    alike, apart, one_sided = (EventFactory(title=title) for title in ("Alike", "Apart", "One"))
    for event, stances in ((alike, (1, 1)), (apart, (2, -2)), (one_sided, (-1, None))):
        for claim, stance in zip(two, stances, strict=True):
            if stance is not None:
                link(claim, event, stance, analyst)

    page = sign_in(reader).get(asked_for(first, second))

    assert [(row.title, row.apart) for row in page.context["rows"]] == [
        ("Apart", 2),
        ("One", 0.5),
        ("Alike", 0),
    ]
    assert [(one.claim, one.against, one.strength) for one in page.context["columns"]] == [
        (first, 1, 1),
        (second, 1, 2),
    ]


def test_claims_are_chosen_by_number_text_or_topic_and_drafts_and_unreadable_numbers_are_left_out(
    sign_in: SignIn, reader: User, two: tuple[Claim, Claim]
) -> None:
    first, second = two
    client = sign_in(reader)

    def chosen(query: str) -> list[Claim]:
        return [column.claim for column in client.get(URL + query).context["columns"]]

    assert chosen(f"?claim={second.pk}&claim={first.pk}&claim=x&claim=99999999999999999999") == [
        first,
        second,
    ]
    assert chosen(f"?claim={second.pk}&claim={first.pk}&without={first.pk}") == [second]
    assert chosen(f"?document={first.quote.document_id}") == [first]
    assert chosen("?topic=Ports") == [second]
    assert chosen("") == []


def test_no_more_than_ten_claims_are_compared_and_the_page_says_so(
    sign_in: SignIn, reader: User
) -> None:
    claims = [RegisteredClaimFactory() for _ in range(11)]

    page = sign_in(reader).get(asked_for(*claims))

    assert len(page.context["columns"]) == 10
    assert "Only the first 10 claims" in page.text


def test_csv_holds_every_cell_and_no_formula(
    sign_in: SignIn, reader: User, analyst: User, two: tuple[Claim, Claim]
) -> None:
    link(two[0], EventFactory(title="=HYPERLINK(1)"), -2, analyst)

    answer = sign_in(reader).get(f"{asked_for(*two)}&format=csv")

    lines = b"".join(answer).decode().splitlines()
    assert lines[1:] == [
        ",events against,,,1,,0,",
        ",strength against,,,2,,0,",
        "2024-01-12,'=HYPERLINK(1),1.00,,-2,2,,",
    ]


def test_a_claim_that_somebody_may_judge_is_not_compared_nor_is_its_event_told(
    sign_in: SignIn, reviewer: User, analyst: User, two: tuple[Claim, Claim]
) -> None:
    text = DocumentFactory()
    judged = RegisteredClaimFactory(
        quote=QuoteFactory(document=text), statement="Zebulon Quirk sees trade grow."
    )
    AssignmentFactory(checkpoint=judged.checkpoints.get())
    event = EventFactory(title="Quirk said so", report=text)
    link(two[0], event, 2, analyst)
    link(judged, event, 2, analyst)

    page = sign_in(reviewer).get(asked_for(*two, judged))

    assert [column.claim for column in page.context["columns"]] == list(two)
    assert "Quirk" not in page.text
    assert [(row.is_hidden, row.cells[0].stance) for row in page.context["rows"]] == [(True, 2)]
    csv = b"".join(sign_in(reviewer).get(f"{asked_for(*two, judged)}&format=csv")).decode()
    assert "Quirk" not in csv
    assert "Quirk said so" in sign_in(analyst).get(asked_for(*two, judged)).text


def test_strangers_are_kept_out(sign_in: SignIn, stranger: User) -> None:
    assert sign_in(stranger).get(URL).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_more_claims_and_events_cost_no_more_queries(
    sign_in: SignIn, reader: User, analyst: User, number: int, django_assert_num_queries
) -> None:
    claims = [RegisteredClaimFactory() for _ in range(number)]
    for claim in claims:
        link(claim, EventFactory(), 1, analyst)
    client = sign_in(reader)

    with django_assert_num_queries(5):
        client.get(asked_for(*claims))
