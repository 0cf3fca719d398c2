"""The judging page when things go wrong: nothing fails, no text is lost, nothing is told too early."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from claims.models import Claim, Evidence
from claims.services import accept_evidence, undo_evidence
from reviews.models import Draft, Review, SetAside
from reviews.services import lease_next, open_due_checkpoints, return_expired_leases
from tests.factories.accounts import UserFactory
from tests.factories.claims import EvidenceFactory, RegisteredClaimFactory
from tests.factories.reviews import VerdictFactory
from tests.factories.sources import ClaimantFactory, DocumentFactory, EventFactory, QuoteFactory

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]

WHOLE = {"outcome": "held", "confidence": "3", "reason": "Long thought about."}
TEXT = "Rain fell. " * 80 + "Ilya Orlov argues that trade grows. " + "Nothing else is known. " * 40


@pytest.fixture
def claim() -> Claim:
    claim = RegisteredClaimFactory(
        claimant=ClaimantFactory(name="Ilya Orlov"),
        quote=QuoteFactory(document=DocumentFactory(text=TEXT), exact="trade grows"),
        earlier=[date(2025, 3, 21)],
    )
    open_due_checkpoints(on=timezone.localdate())
    return claim


@pytest.fixture
def client(sign_in: SignIn, reviewer: User) -> Client:
    return sign_in(reviewer)


@pytest.fixture
def url(client: Client, claim: Claim) -> str:
    """The page of the checkpoint that the reviewer holds."""
    return str(client.post(reverse("reviews_next")).headers["location"])


def linked(claim: Claim, analyst: User, **fields: Any) -> Evidence:
    evidence = EvidenceFactory(claim=claim, **fields)
    accept_evidence(evidence=evidence, stance=fields.pop("stance", 1), by=analyst)
    return evidence


def others_take_all(claim: Claim) -> None:
    """An hour and a half later two others hold the seats."""
    later = timezone.now() + timedelta(hours=1.5)
    return_expired_leases(at=later)
    for n in range(2):
        assert lease_next(by=UserFactory(username=f"other{n}", roles=[Role.REVIEWER]), at=later)


def test_the_quote_stands_in_its_context_without_a_name(client: Client, url: str) -> None:
    page = client.get(url).text

    assert '<mark class="hit">trade grows</mark>' in page
    assert "[the source] argues that </span>" in page
    assert "Nothing else is known." in page
    assert "Orlov" not in page


def test_evidence_stands_by_side_and_its_report_is_masked(
    client: Client, url: str, claim: Claim, analyst: User
) -> None:
    words = {"text": "Orlov was seen at the port.", "title": "Orlov at sea", "origin": "file"}
    report = DocumentFactory(**words, publisher=claim.quote.document.publisher)
    event = EventFactory(title="Orlov at sea", report=report, occurred_on=date(2024, 1, 2))
    evidence = linked(claim, analyst, event=event, passage="Orlov was seen")

    page = client.get(url).text
    text = client.get(f"{url}reports/{evidence.pk}/", headers={"HX-Request": "true"}).text
    whole = client.get(f"{url}reports/{evidence.pk}/").text

    assert "Linked as speaking for it" in page
    assert "[the source] was seen at the port." in text
    assert "<html" not in text
    assert "<html" in whole
    for shown in (page, text, whole):
        assert "Orlov" not in shown
        assert claim.quote.document.publisher.name not in shown
        assert report.get_absolute_url() not in shown


def test_no_other_report_can_be_read_there(client: Client, url: str, analyst: User) -> None:
    elsewhere = linked(RegisteredClaimFactory(), analyst)

    assert client.get(f"{url}reports/{elsewhere.pk}/").status_code == 404


def test_what_is_typed_is_kept_and_shown_again(client: Client, url: str) -> None:
    saved = client.post(f"{url}draft/", {"reason": "Half a thought", "confidence": "2"})

    assert saved.status_code == 200
    assert 'name="seen" value="1"' in saved.text
    page = client.get(url).text
    assert "Half a thought</textarea>" in page
    assert 'name="seen" value="1"' in page


def test_without_javascript_a_button_keeps_it(client: Client, url: str) -> None:
    answer = client.post(f"{url}draft/", {"reason": "By hand", "keep": "1"}, follow=True)

    assert "Kept as a draft." in answer.text
    assert "By hand</textarea>" in answer.text


def test_an_older_tab_is_told_and_keeps_its_number(client: Client, url: str) -> None:
    client.post(f"{url}draft/", {"reason": "one", "seen": "0"})

    answer = client.post(f"{url}draft/", {"reason": "two", "seen": "0"})

    assert "Another tab saved a newer draft" in answer.text
    assert 'name="seen" value="0"' in answer.text
    assert Draft.objects.get().reason == "one"


@pytest.mark.parametrize(
    "values",
    [
        {"outcome": "x" * 9000, "confidence": "²", "leaned_on": ["a", "-1", "9" * 40], "seen": "x"},
        {"reason": "a\0b"},
        {},
    ],
)
def test_no_value_makes_the_draft_or_the_page_fail(
    client: Client, url: str, values: dict[str, Any]
) -> None:
    assert client.post(f"{url}draft/", values).status_code == 200
    assert client.post(url, values).status_code == 422


def test_a_lease_that_ran_out_is_no_matter_while_it_is_needed(client: Client, url: str) -> None:
    return_expired_leases(at=timezone.now() + timedelta(hours=2))

    answer = client.post(url, WHOLE)

    assert answer.status_code == 302
    assert Review.objects.get().reason == "Long thought about."
    assert not Draft.objects.exists()


def test_what_nobody_needs_any_more_is_kept_as_a_draft(
    client: Client, url: str, claim: Claim
) -> None:
    others_take_all(claim)

    answer = client.post(url, WHOLE)

    assert answer.status_code == 422
    assert "it is in other hands" in answer.text
    assert "Long thought about." in answer.text
    assert not Review.objects.exists()
    listed = client.get(reverse("reviews")).text
    assert "Written, and not stored" in listed
    assert "Long thought about." in listed
    assert client.get(url).headers["location"] == reverse("reviews")


def test_a_draft_is_thrown_away_by_its_writer_alone(
    client: Client, url: str, sign_in: SignIn, second_reviewer: User
) -> None:
    client.post(f"{url}draft/", {"reason": "mine"})
    forget = reverse("reviews:draft_forget", args=[Draft.objects.get().pk])

    assert sign_in(second_reviewer).post(forget).status_code == 404
    assert client.post(forget).status_code == 302
    assert not Draft.objects.exists()


def test_a_second_press_goes_on_as_the_first(client: Client, url: str) -> None:
    client.post(url, WHOLE)

    answer = client.post(url, WHOLE, follow=True)

    assert "Stored. It is never changed." in answer.text
    assert Review.objects.count() == 1
    assert not Draft.objects.exists()


def test_other_words_from_a_second_tab_are_kept_and_shown(client: Client, url: str) -> None:
    client.post(url, WHOLE)

    answer = client.post(url, WHOLE | {"reason": "Other words.", "outcome": "failed"}, follow=True)

    assert "You have judged this checkpoint already" in answer.text
    assert "A draft of yours is left." in answer.text
    assert "Other words." in answer.text
    assert Review.objects.get().outcome == "held"


def test_storing_in_one_tab_loses_no_text_of_the_other(client: Client, url: str) -> None:
    client.post(f"{url}draft/", {"reason": "A long text of the other tab.", "seen": "0"})

    client.post(url, WHOLE | {"seen": "0"})

    assert Review.objects.get().reason == "Long thought about."
    assert "A long text of the other tab." in Draft.objects.get().reason


def test_evidence_that_has_gone_is_told_in_words(
    client: Client, url: str, claim: Claim, analyst: User
) -> None:
    gone, left = (linked(claim, analyst, event__occurred_on=date(2024, 1, n)) for n in (1, 2))
    undo_evidence(evidence=gone, by=analyst)

    answer = client.post(url, WHOLE | {"leaned_on": [gone.pk, left.pk]})

    assert answer.status_code == 422
    assert "was taken away meanwhile" in answer.text
    assert f'value="{left.pk}" checked' in answer.text
    assert "Long thought about." in answer.text
    assert client.get(url).status_code == 200
    assert client.post(url, WHOLE | {"leaned_on": ["9" * 30, "x"]}).status_code == 422


@pytest.mark.parametrize(
    ("change", "status"),
    [({"is_active": False}, 302), ({"roles": []}, 403)],
    ids=["left", "no role"],
)
def test_who_left_meanwhile_loses_no_text(
    client: Client, url: str, reviewer: User, change: dict[str, object], status: int
) -> None:
    client.post(f"{url}draft/", {"reason": "My last words."})
    User.objects.filter(pk=reviewer.pk).update(**change)

    assert client.post(url, WHOLE).status_code == status
    assert client.get(url).status_code == status
    assert Draft.objects.get().reason == "My last words."
    assert not Review.objects.exists()


def test_a_claim_that_ended_meanwhile_is_told_in_words(
    client: Client, url: str, claim: Claim
) -> None:
    Claim.objects.filter(pk=claim.pk).update(status=Claim.Status.SUPERSEDED)

    answer = client.post(url, WHOLE)

    assert answer.status_code == 422
    assert "has ended meanwhile" in answer.text
    assert Draft.objects.get().reason == "Long thought about."


@pytest.mark.parametrize(
    ("verb", "values", "kind"),
    [
        ("skip", {"reason": "No Polish."}, "skipped"),
        ("postpone", {"until": str(timezone.localdate() + timedelta(days=9))}, "postponed"),
        ("hand-back", {}, "handed_back"),
    ],
)
def test_a_checkpoint_is_set_aside(
    client: Client, url: str, claim: Claim, verb: str, values: dict[str, str], kind: str
) -> None:
    answer = client.post(f"{url}{verb}/", values)

    aside = SetAside.objects.get()
    assert answer.headers["location"] == reverse("reviews")
    assert (aside.kind, aside.checkpoint.claim) == (kind, claim)
    shown = client.get(reverse("reviews")).text
    assert ("Put off" in shown) is (kind != "handed_back")


@pytest.mark.parametrize(
    ("verb", "values"),
    [("skip", {}), ("postpone", {"until": "never"}), ("postpone", {"until": "2020-01-01"})],
)
def test_without_a_reason_or_a_day_it_stays(
    client: Client, url: str, verb: str, values: dict[str, str]
) -> None:
    assert client.post(f"{url}{verb}/", values).headers["location"] == url
    assert not SetAside.objects.exists()


@pytest.mark.parametrize("verb", ["draft", "skip", "postpone", "hand-back"])
def test_a_seat_of_another_is_nobody_else_s(
    url: str, verb: str, sign_in: SignIn, second_reviewer: User
) -> None:
    values = WHOLE | {"until": "2030-01-01"}

    assert sign_in(second_reviewer).post(f"{url}{verb}/", values).status_code == 404
    assert not Draft.objects.exists()


def test_names_and_earlier_verdicts_are_shown_when_nothing_of_the_claim_is_left_to_judge(
    client: Client, url: str, claim: Claim
) -> None:
    VerdictFactory(checkpoint=claim.checkpoints.order_by("due_on")[0], outcome="mixed", value="0.5")
    client.post(url, WHOLE)
    blind = client.get(f"{url}?names").text
    second = str(client.post(reverse("reviews_next")).headers["location"])
    judging = client.get(second).text
    client.post(second, WHOLE | {"outcome": "failed"})

    masked, named = client.get(second).text, client.get(f"{second}?names").text

    assert "Who said it stays hidden" in blind
    for page in (blind, judging, masked):
        assert "Orlov" not in page
    assert "Verdicts before this one" not in blind + judging
    assert "Ilya Orlov" in named
    assert "mixed" in named.partition("Verdicts before this one")[2]


def test_five_pieces_of_evidence_cost_no_more_queries_than_one(
    client: Client, url: str, claim: Claim, analyst: User, django_assert_num_queries
) -> None:
    linked(claim, analyst)
    with django_assert_num_queries(10):
        client.get(url)
    for _ in range(4):
        linked(claim, analyst)
    with django_assert_num_queries(10):
        client.get(url)
