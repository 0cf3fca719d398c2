"""Beside the form of a draft: what it comes after, what reads nearly the same, and vague words."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from claims.models import Claim
from claims.services import comment_on_claim, withdraw_claim
from tests.factories.accounts import UserFactory
from tests.factories.claims import ClaimFactory, LexiconEntryFactory, RegisteredClaimFactory
from tests.factories.reviews import AssignmentFactory
from tests.factories.sources import ClaimantFactory

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]

NO_NUMBER = ["", "x", "0", "-1", "\0", "²", "٣", "9" * 18, "9" * 5000, "1 OR 1=1"]
FAR = {"due_on": "2100-01-01", "due_latest": "2100-01-01"}


@pytest.fixture
def browser(analyst: User, sign_in: SignIn) -> Client:
    LexiconEntryFactory()
    return sign_in(analyst)


@pytest.fixture
def earlier() -> Claim:
    """What Orlov said before."""
    return RegisteredClaimFactory(claimant=ClaimantFactory(name="Orlov"), **FAR)


@pytest.fixture
def draft(earlier: Claim) -> Claim:
    return ClaimFactory(claimant=earlier.claimant)


def page_of(browser: Client, draft: Claim) -> str:
    return browser.get(f"/claims/{draft.pk}/edit/").content.decode()


def pressed(browser: Client, draft: Claim, action: str, **values: str) -> HttpResponse:
    """What is answered to a button beside the form, which brings the form along as the page shows it."""
    form = browser.get(f"/claims/{draft.pk}/edit/").context["form"]
    shown = {name: form[name].value() or "" for name in form.fields}
    address = f"/claims/{draft.pk}/edit/"
    return browser.post(address, shown | {"action": action} | values, follow=True)


def wrong(response: HttpResponse) -> list[str]:
    """What stands above the form."""
    return list(response.context["form"].non_field_errors())


def chain(draft: Claim) -> tuple[Claim | None, str]:
    draft.refresh_from_db()
    return draft.predecessor, draft.relation


def ledger_part(page: str) -> str:
    """What a person reads below "In the ledger already"."""
    part = page.partition("In the ledger already</h2>")[2].partition("</section>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", part)).split()).replace(" :", ":")


@pytest.mark.parametrize("relation", ["repeats", "replaces"])
@pytest.mark.parametrize("way", ["button", "typed"])
def test_draft_is_saved_and_put_after_an_earlier_claim(
    way: str, relation: str, browser: Client, draft: Claim, earlier: Claim
) -> None:
    number = f"{earlier.pk}"
    action = f"{relation} {number}" if way == "button" else relation
    typed = f" {number} " if way == "typed" else ""

    response = pressed(browser, draft, action, earlier=typed, held_if="It grows.")

    assert response.redirect_chain == [(f"/claims/{draft.pk}/edit/", 302)]
    assert [str(one) for one in response.context["messages"]] == ["Saved."]
    assert chain(draft) == (earlier, relation)
    assert draft.held_if == "It grows."


def test_number_of_a_button_goes_before_one_that_was_typed(
    browser: Client, draft: Claim, earlier: Claim
) -> None:
    other = RegisteredClaimFactory(claimant=earlier.claimant)

    pressed(browser, draft, f"repeats {earlier.pk}", earlier=f"{other.pk}")

    assert chain(draft) == (earlier, "repeats")


@pytest.mark.parametrize("number", NO_NUMBER)
@pytest.mark.parametrize("way", ["button", "typed"])
def test_number_without_a_claim_is_told_and_the_form_is_saved(
    way: str, number: str, browser: Client, draft: Claim
) -> None:
    action, typed = (f"repeats {number}", "") if way == "button" else ("repeats", number)

    response = pressed(browser, draft, action, earlier=typed, held_if="It grows.")

    assert response.status_code == 422
    assert wrong(response) == ["There is no claim of this number to come after."]
    assert chain(draft) == (None, "")
    assert draft.held_if == "It grows."


def test_claim_that_a_draft_cannot_come_after_is_refused_in_words(
    browser: Client, draft: Claim, earlier: Claim, analyst: User
) -> None:
    withdrawn = RegisteredClaimFactory(claimant=earlier.claimant, **FAR)
    withdraw_claim(claim=withdrawn, by=analyst, reason="Taken back.")
    other = RegisteredClaimFactory(claimant=ClaimantFactory(name="Petrov"))
    later = RegisteredClaimFactory(claimant=earlier.claimant, said_on="2024-01-01", **FAR)
    unlocked = ClaimFactory(claimant=earlier.claimant)

    words = [
        wrong(pressed(browser, draft, f"replaces {one.pk}"))
        for one in (withdrawn, other, later, unlocked)
    ]

    assert words == [
        [
            (
                f"Claim {withdrawn.pk} is withdrawn, so it cannot be replaced. Say that this one repeats "
                "it."
            )
        ],
        [f"Claim {other.pk} is by another claimant. A claim comes after one by the same claimant."],
        [
            (
                f"Claim {later.pk} was said on 2024-01-01, after this one, so this one cannot come after "
                "it."
            )
        ],
        [f"Claim {unlocked.pk} is not registered, so nothing comes after it yet."],
    ]
    assert chain(draft) == (None, "")


def test_who_said_a_hidden_claim_is_not_told_to_its_judge(sign_in: SignIn, earlier: Claim) -> None:
    both = sign_in(UserFactory(username="both", roles=[Role.ANALYST, Role.REVIEWER]))
    AssignmentFactory(checkpoint=earlier.checkpoints.get())

    response = pressed(both, ClaimFactory(), f"repeats {earlier.pk}")

    assert wrong(response) == ["There is no claim of this number to come after."]
    assert "Orlov" not in ledger_part(response.content.decode())


@pytest.mark.parametrize("action", ["repeats 1 2 3 4", "denies 1", "unfollow 1", "\0", "²", ""])
def test_action_that_nobody_knows_breaks_nothing(
    action: str, browser: Client, draft: Claim
) -> None:
    assert pressed(browser, draft, action).status_code in {200, 422}
    assert chain(draft) == (None, "")


def test_draft_is_taken_out_of_its_chain(browser: Client, draft: Claim, earlier: Claim) -> None:
    pressed(browser, draft, f"repeats {earlier.pk}")

    pressed(browser, draft, "unfollow")

    assert chain(draft) == (None, "")


@pytest.mark.parametrize(
    ("relation", "words"),
    [
        ("repeats", "It repeats claim {0}: Trade between the two ports grows"),
        ("replaces", "It replaces claim {0}: Trade between the two ports grows"),
    ],
)
def test_page_says_what_a_draft_comes_after(
    relation: str, words: str, browser: Client, draft: Claim, earlier: Claim
) -> None:
    pressed(browser, draft, f"{relation} {earlier.pk}")

    part = ledger_part(page_of(browser, draft))

    assert part.startswith(words.format(earlier.pk))
    ends = f"Claim {earlier.pk} ends when this one is registered; the time it stood still counts."
    assert (ends in part) == (relation == "replaces")
    assert "Take it out of this chain" in part
    assert "It comes after another claim" not in part


def test_claims_that_read_nearly_the_same_are_offered(
    browser: Client, draft: Claim, earlier: Claim
) -> None:
    page = page_of(browser, draft)

    assert "Orlov · said 21 Mar 2023 · registered" in ledger_part(page)
    assert f'name="action" value="repeats {earlier.pk}"' in page
    assert f'name="action" value="replaces {earlier.pk}"' in page
    assert f'name="first" value="{earlier.pk}"' in page


def test_nothing_like_it_is_said_to_be_there(browser: Client, draft: Claim) -> None:
    draft.statement = "Wheat exports of Brazil fall by a tenth in 2027."
    draft.save()

    part = ledger_part(page_of(browser, draft))

    assert part == (
        "Nothing reads nearly the same. It comes after another claim Claim number It repeats it "
        "It replaces it"
    )


def buttons_for(page: str, claim: Claim) -> set[str]:
    """What can be pressed for a claim that reads nearly the same."""
    found = re.findall(r'name="(?:action|first)" value="([^"]*)"', page)
    named = {
        one.split()[0] if " " in one else "first": one
        for one in found
        if f"{claim.pk}" in one.split()
    }
    return set(named)


def test_only_what_can_be_done_with_a_claim_like_it_is_offered(
    browser: Client, draft: Claim, earlier: Claim, analyst: User
) -> None:
    ended = RegisteredClaimFactory(claimant=earlier.claimant, **FAR)
    withdraw_claim(claim=ended, by=analyst, reason="Taken back.")
    other = RegisteredClaimFactory(claimant=ClaimantFactory(name="Petrov"))

    page = page_of(browser, draft)

    assert [buttons_for(page, one) for one in (earlier, ended, other)] == [
        {"repeats", "replaces", "first"},
        {"repeats", "first"},
        set(),
    ]


def test_claim_said_later_is_only_the_same_or_not(browser: Client, earlier: Claim) -> None:
    draft = ClaimFactory(claimant=earlier.claimant, said_on="2023-03-20")

    assert buttons_for(page_of(browser, draft), earlier) == {"first"}


def test_hidden_claim_is_not_among_those_that_read_the_same(
    sign_in: SignIn, draft: Claim, earlier: Claim
) -> None:
    both = sign_in(UserFactory(username="both", roles=[Role.ANALYST, Role.REVIEWER]))
    assert buttons_for(page_of(both, draft), earlier) == {"repeats", "replaces", "first"}

    AssignmentFactory(checkpoint=earlier.checkpoints.get())

    assert ledger_part(page_of(both, draft)).startswith("Nothing reads nearly the same.")


def test_words_of_another_claim_are_never_run(browser: Client) -> None:
    words = "Trade between the two ports <script>grows</script> in the coming years."
    RegisteredClaimFactory(statement=words, claimant=ClaimantFactory(name="<b>Orlov</b>"))
    draft = ClaimFactory(statement=words)

    page = page_of(browser, draft)

    assert words in ledger_part(page)
    assert "<script>grows" not in page
    assert "<b>Orlov" not in page


def test_vague_words_are_pointed_at_with_what_to_write_instead(browser: Client) -> None:
    draft = ClaimFactory(
        horizon="in the coming years",
        held_if="Trade remains strong.",
        failed_if="It <b>soon</b> falls.",
    )

    page = page_of(browser, draft)

    facts = page.partition("Words that two people may read differently")[2].partition("</dl>")[0]
    assert re.findall(r"<dt>(.*?)</dt>", facts) == [
        *("“in the coming years”", "“remains”", "“strong”", "“soon”"),
    ]
    assert "Due in 3 years, checked after 1, rescored after 5." in facts


@pytest.mark.parametrize(
    "fields",
    [
        {"horizon": "by 2027", "held_if": "100 ships land.", "failed_if": "99 ships land."},
        {"kind": "assessment", "statement": "Relations remain strong."},
    ],
)
def test_plain_words_and_assessments_are_not_pointed_at(
    fields: dict[str, str], browser: Client
) -> None:
    page = page_of(browser, ClaimFactory(**fields))

    assert "Words that two people may read differently" not in page


def test_page_takes_as_many_queries_for_three_claims_and_remarks_as_for_one(
    browser: Client, analyst: User
) -> None:
    draft = ClaimFactory()
    counts = []
    for rows in (1, 3):
        while draft.comments.count() < rows:
            RegisteredClaimFactory(claimant=ClaimantFactory())
            by = UserFactory(roles=[Role.ANALYST])
            comment_on_claim(claim=draft, text="Which port?", by=by)
        with CaptureQueriesContext(connection) as captured:
            response = browser.get(f"/claims/{draft.pk}/edit/")
        context = response.context
        assert (len(context["alike"]), len(context["comments"])) == (rows, rows)
        counts.append(len(captured))

    assert counts[0] == counts[1]
