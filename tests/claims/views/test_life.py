"""What is pressed on a claim's page: amend, withdraw, the same as another; and talking over a draft."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import AuditEntry, User
from accounts.roles import Role
from claims.models import Amendment, Claim, Comment
from claims.services import comment_on_claim, hand_over
from tests.factories.accounts import UserFactory
from tests.factories.claims import ClaimFactory, RegisteredClaimFactory
from tests.factories.reviews import AssignmentFactory
from tests.factories.sources import ClaimantFactory

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]

SCRIPT = "<script>alert(1)</script>"
NO_NUMBER = ["", "x", "0", "-1", "1.0", "\0", "²", "٣", "#12", "9" * 18, "9" * 5000]


@pytest.fixture
def browser(analyst: User, sign_in: SignIn) -> Client:
    return sign_in(analyst)


def pressed(browser: Client, claim: Claim, press: str, **values: object) -> HttpResponse:
    """What is answered to a press on a claim's page, after where it leads."""
    return browser.post(f"/claims/{claim.pk}/{press}/", values, follow=True)


def said(response: HttpResponse) -> list[str]:
    """The messages of a page, in words."""
    return [str(message) for message in response.context["messages"]]


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def colleagues_of(response: HttpResponse) -> str:
    """The part of a draft's page that is between colleagues."""
    part = re.search(
        r'<section class="stack tight" id="colleagues">.*?</section>', text_of(response), re.DOTALL
    )
    assert part
    return part[0]


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


def test_duplicate_draft_is_dropped_and_says_what_it_points_to(browser: Client) -> None:
    first = RegisteredClaimFactory()
    draft = ClaimFactory(claimant=first.claimant)

    response = pressed(browser, draft, "duplicate", first=f" {first.pk} ")

    draft.refresh_from_db()
    assert (draft.status, draft.duplicate_of) == ("dropped", first)
    assert said(response) == [f"It points to claim {first.pk} now."]
    document = draft.quote.document.get_absolute_url()
    assert response.redirect_chain == [(f"{document}#c{draft.pk}", 302)]


def test_registered_duplicate_ends_and_stays_in_sight(browser: Client) -> None:
    far = {"due_on": date(2100, 1, 1), "due_latest": date(2100, 1, 1)}
    first = RegisteredClaimFactory()
    second = RegisteredClaimFactory(claimant=first.claimant, **far)

    response = pressed(browser, second, "duplicate", first=first.pk)

    second.refresh_from_db()
    assert (second.status, second.duplicate_of) == ("duplicate", first)
    assert f"The same as claim {first.pk}, which was registered before." in text_of(response)


@pytest.mark.parametrize("number", NO_NUMBER)
def test_duplicate_of_a_number_without_a_claim_is_refused(number: str, browser: Client) -> None:
    draft = ClaimFactory()

    response = pressed(browser, draft, "duplicate", first=number)

    assert said(response) == ["There is no claim of this number."]
    draft.refresh_from_db()
    assert (draft.status, draft.duplicate_of) == ("draft", None)


def test_duplicate_that_cannot_be_one_is_refused_in_words(browser: Client) -> None:
    other = RegisteredClaimFactory(claimant=ClaimantFactory(name="Orlov"))
    draft = ClaimFactory()
    refused = {
        draft: "A claim is no duplicate of itself.",
        ClaimFactory(): "Claim {} is not registered, so nothing can point to it yet.",
        other: "Claim {} is by another claimant. What somebody else said is another claim.",
    }

    words = [said(pressed(browser, draft, "duplicate", first=first.pk)) for first in refused]

    assert words == [[one.format(first.pk)] for first, one in refused.items()]
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_who_said_a_hidden_claim_is_not_told_to_its_judge(sign_in: SignIn) -> None:
    both = sign_in(UserFactory(username="both", roles=[Role.ANALYST, Role.REVIEWER]))
    hidden = RegisteredClaimFactory(claimant=ClaimantFactory(name="Orlov"))
    AssignmentFactory(checkpoint=hidden.checkpoints.get())

    response = pressed(both, ClaimFactory(), "duplicate", first=hidden.pk)

    assert said(response) == ["There is no claim of this number."]


def test_remark_stands_beside_the_draft_with_who_made_it(browser: Client, analyst: User) -> None:
    draft = ClaimFactory()

    response = pressed(browser, draft, "comment", text=f" Which \0port?\n{SCRIPT} ")

    assert said(response) == ["Your remark stands beside the draft."]
    comment = Comment.objects.get()
    assert (comment.claim, comment.by, comment.text) == (draft, analyst, f"Which port?\n{SCRIPT}")
    part = colleagues_of(response)
    assert "Which port?<br>&lt;script&gt;alert(1)&lt;/script&gt;" in part
    assert '<span class="sub">ada · ' in part


@pytest.mark.parametrize("text", ["", " \n", "\0"])
def test_empty_remark_is_refused(text: str, browser: Client) -> None:
    response = pressed(browser, ClaimFactory(), "comment", text=text)

    assert said(response) == ["Write what you want to say about it."]
    assert not Comment.objects.exists()


def test_registered_claim_is_neither_talked_over_nor_handed_on(
    browser: Client, colleague: User
) -> None:
    claim = RegisteredClaimFactory()

    for response in (
        pressed(browser, claim, "comment", text="Too late?"),
        pressed(browser, claim, "hand-over", to=colleague.pk),
    ):
        assert said(response) == [
            (
                "This claim is registered, so its words, probability, horizon and test no longer change. "
                "Write an amendment beside it instead."
            )
        ]
    assert not Comment.objects.exists()
    claim.refresh_from_db()
    assert claim.handed_to is None


def test_draft_is_handed_to_a_colleague(browser: Client, colleague: User) -> None:
    draft = ClaimFactory()

    response = pressed(browser, draft, "hand-over", to=colleague.pk)

    draft.refresh_from_db()
    assert draft.handed_to == colleague
    assert said(response) == ["Handed to carl."]
    assert '<p class="soft">With carl.</p>' in colleagues_of(response)


@pytest.mark.parametrize("number", NO_NUMBER)
def test_draft_is_handed_to_nobody_where_no_colleague_is_chosen(
    number: str, browser: Client
) -> None:
    draft = ClaimFactory()

    response = pressed(browser, draft, "hand-over", to=number)

    assert said(response) == ["Choose a colleague."]
    assert not AuditEntry.objects.filter(verb="handed over").exists()


def test_draft_is_not_handed_to_a_reader(browser: Client, reader: User) -> None:
    draft = ClaimFactory()

    response = pressed(browser, draft, "hand-over", to=reader.pk)

    assert said(response) == ["rene may not write claims, so nobody can hand them one."]
    draft.refresh_from_db()
    assert draft.handed_to is None


def test_page_of_a_draft_says_with_whom_it_is_and_offers_who_may_go_on(
    browser: Client, analyst: User, colleague: User, reader: User
) -> None:
    draft = ClaimFactory()

    def page() -> str:
        return colleagues_of(browser.get(f"/claims/{draft.pk}/edit/"))

    assert "Nobody was asked to go on with it." in page()
    hand_over(claim=draft, to=analyst, by=colleague)
    assert "It was handed to you." in page()
    assert re.findall(r"<option[^>]*>([^<]*)</option>", page()) == ["carl"]
    hand_over(claim=draft, to=colleague, by=analyst)
    assert f'<option value="{colleague.pk}" selected>' in page()


def test_remarks_stand_in_the_order_they_were_made(
    browser: Client, analyst: User, colleague: User
) -> None:
    draft = ClaimFactory()
    comment_on_claim(claim=draft, text="Which port?", by=analyst)
    comment_on_claim(claim=draft, text="The northern.", by=colleague)
    comment_on_claim(claim=ClaimFactory(), text="Elsewhere.", by=colleague)

    part = colleagues_of(browser.get(f"/claims/{draft.pk}/edit/"))

    assert re.findall(r"<li><span>([^<]*)</span>", part) == ["Which port?", "The northern."]


@pytest.mark.parametrize("who", ["reader", "stranger"])
@pytest.mark.parametrize("press", ["amend", "withdraw", "duplicate", "comment", "hand-over"])
def test_whoever_may_not_write_presses_nothing(
    press: str, who: str, request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    first = RegisteredClaimFactory()
    claim = ClaimFactory(claimant=first.claimant)
    user = request.getfixturevalue(who)
    values = {"text": "Noted.", "reason": "Taken back.", "first": first.pk, "to": user.pk}

    assert pressed(sign_in(user), claim, press, **values).status_code == 403
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("press", ["amend", "withdraw", "duplicate", "comment", "hand-over"])
def test_claim_that_is_not_there_is_not_found(press: str, browser: Client) -> None:
    assert browser.post(f"/claims/999999999/{press}/").status_code == 404
