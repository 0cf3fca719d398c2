"""The pages on which people read a claim's probability, blind to one another."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from claims.models import Claim, Imputation
from claims.services import drop_claim, impute, register_claim, use_one_imputation
from tests.claims.services.test_imputations import WITHOUT, read, read_by_two
from tests.claims.views.test_claim_edit import FORM
from tests.factories.claims import ClaimFactory, RegisteredClaimFactory
from tests.factories.sources import DocumentFactory, QuoteFactory

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]

TEXT = "Vera Orlova wrote: trade may well grow soon. The harbour was closed for a week."


@pytest.fixture
def claim() -> Claim:
    """A draft whose hedge no lexicon knows."""
    document = DocumentFactory(text=TEXT, author="Vera Orlova", title="Ports of the north")
    quote = QuoteFactory(
        document=document,
        exact="trade may well grow soon",
        prefix="wrote: ",
        suffix=". The harbour",
        start=TEXT.index("trade"),
        end=TEXT.index(". The"),
    )
    return ClaimFactory(
        **WITHOUT, quote=quote, hedge="may well", statement="Exports of timber double."
    )


def posted(browser: Client, claim: Claim, **values: str) -> HttpResponse:
    given = {"low": "50", "high": "65.5", "own_opinion": ""} | values
    return browser.post(f"/claims/{claim.pk}/impute/", given)


def test_page_shows_the_words_in_their_context_and_nothing_else(
    claim: Claim, analyst: User, colleague: User, sign_in: SignIn
) -> None:
    impute(claim=claim, by=colleague, low=Decimal("0.413"), high=Decimal("0.878"))

    page = sign_in(analyst).get(f"/claims/{claim.pk}/impute/").text

    assert '<span class="soft">wrote: </span>trade <mark class="hedge">may well</mark>' in page
    assert 'grow soon<span class="soft">. The harbour</span>' in page
    assert "said 21 March 2023" in page
    assert "continuing: a state that must hold" in page
    hidden = ("Orlov", "41.3", "87.8", "0.413", "Exports of timber", "Ports of the north", "carl")
    assert [words for words in hidden if words in page] == []


def test_reading_is_stored_as_a_share_of_one(claim: Claim, analyst: User, sign_in: SignIn) -> None:
    browser = sign_in(analyst)

    answer = posted(browser, claim, own_opinion="12.5")

    assert answer.url == "/readings/"
    stored = Imputation.objects.get()
    assert (stored.claim, stored.coder) == (claim, analyst)
    assert (stored.low, stored.high) == (Decimal("0.5"), Decimal("0.655"))
    assert stored.own_opinion == Decimal("0.125")
    assert "Your reading is stored." in browser.get(answer.url).text


def test_opinion_may_be_left_out(claim: Claim, analyst: User, sign_in: SignIn) -> None:
    posted(sign_in(analyst), claim)

    assert Imputation.objects.get().own_opinion is None


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"low": ""}, "low", "This field is required."),
        ({"high": ""}, "high", "This field is required."),
        ({"low": "-1"}, "low", "greater than or equal to 0"),
        ({"high": "101"}, "high", "less than or equal to 100"),
        ({"high": "NaN"}, "high", "Enter a number."),
        ({"own_opinion": "101"}, "own_opinion", "less than or equal to 100"),
        ({"low": "70"}, "__all__", "The probability range is upside down"),
    ],
)
def test_wrong_value_is_named_and_nothing_is_stored(
    values: dict[str, str],
    field: str,
    words: str,
    claim: Claim,
    analyst: User,
    sign_in: SignIn,
) -> None:
    answer = posted(sign_in(analyst), claim, **values)

    assert answer.status_code == 422
    assert words in " ".join(answer.context["form"].errors[field])
    assert not Imputation.objects.exists()


def test_claim_read_before_leads_back_and_shows_no_reading(
    claim: Claim, analyst: User, sign_in: SignIn
) -> None:
    read(claim, analyst, "0.5", "0.6")
    browser = sign_in(analyst)

    asked = browser.get(f"/claims/{claim.pk}/impute/", follow=True)
    pressed = posted(browser, claim)

    assert asked.redirect_chain == [("/readings/", 302)]
    assert "You have read this claim before" in asked.text
    assert pressed.url == "/readings/"
    assert "You have read this claim before" in browser.get(pressed.url).text
    assert Imputation.objects.count() == 1


def test_registered_or_unknown_claim_has_no_such_page(analyst: User, sign_in: SignIn) -> None:
    browser = sign_in(analyst)
    claim = RegisteredClaimFactory()

    assert posted(browser, claim).url == "/readings/"
    assert browser.get("/claims/0/impute/").status_code == 404
    assert not Imputation.objects.exists()


def test_list_shows_words_and_how_many_read_them_newest_first(
    claim: Claim, analyst: User, colleague: User, sign_in: SignIn
) -> None:
    newer = ClaimFactory(**WITHOUT)
    drop_claim(claim=ClaimFactory(**WITHOUT), by=colleague)
    read(newer, colleague, "0.413", "0.878")

    answer = sign_in(analyst).get("/readings/")

    assert [one.pk for one in answer.context["page_obj"]] == [newer.pk, claim.pk]
    assert "“trade may well grow soon”" in answer.text
    assert "1 of 2" in answer.text
    assert "0 of 2" in answer.text
    assert not {"41.3", "87.8", "Orlov"} & set(answer.text.split())


def test_empty_list_says_what_would_come_here(analyst: User, sign_in: SignIn) -> None:
    assert "Nothing waits for your reading" in sign_in(analyst).get("/readings/").text


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_as_many_queries_whatever_its_length(
    count: int, analyst: User, sign_in: SignIn, django_assert_num_queries: Any
) -> None:
    for _ in range(count):
        ClaimFactory(**WITHOUT)
    browser = sign_in(analyst)

    with django_assert_num_queries(5):
        browser.get("/readings/")


def test_home_counts_what_waits_for_this_person(
    claim: Claim, analyst: User, colleague: User, sign_in: SignIn
) -> None:
    read(claim, analyst, "0.5", "0.6")
    counts = {
        user: {work.label: work.count for work in sign_in(user).get("/").context["work"]}
        for user in (analyst, colleague)
    }

    assert counts[analyst]["claims to read"] == 0
    assert counts[colleague]["claim to read"] == 1


def edit_page(browser: Client, claim: Claim) -> str:
    return " ".join(browser.get(f"/claims/{claim.pk}/edit/").text.split())


def test_form_counts_readings_and_offers_one_to_who_has_not_read(
    claim: Claim, analyst: User, colleague: User, sign_in: SignIn
) -> None:
    read(claim, colleague, "0.413", "0.878")

    mine, theirs = (edit_page(sign_in(one), claim) for one in (analyst, colleague))

    assert "1 of 2 have read how probable the author made it" in mine
    assert f'href="/claims/{claim.pk}/impute/"' in mine
    assert f'href="/claims/{claim.pk}/impute/"' not in theirs
    for page in (mine, theirs):
        assert "41.3" not in page
        assert "Go on with one reading" not in page
        assert 'value="imputed"' not in page


@pytest.mark.parametrize(
    "fields",
    [
        {"status": Claim.Status.PROPOSED},
        {"probability_low": Decimal("0.5"), "probability_high": Decimal("0.6")},
        {"kind": Claim.Kind.ASSESSMENT},
    ],
)
def test_form_offers_no_reading_where_none_is_needed(
    fields: dict[str, Any], analyst: User, sign_in: SignIn
) -> None:
    claim = ClaimFactory(**WITHOUT | fields)

    assert "impute/" not in edit_page(sign_in(analyst), claim)


def test_form_says_what_two_people_read_and_keeps_it_when_saved(
    claim: Claim, analyst: User, colleague: User, sign_in: SignIn
) -> None:
    read_by_two(claim, analyst, colleague)
    browser = sign_in(analyst)
    assert "Read by two people, blind: 55 to 70%." in edit_page(browser, claim)
    form = browser.get(f"/claims/{claim.pk}/edit/").context["form"]
    shown = {name: form[name].value() for name in form.fields}

    answer = browser.post(
        f"/claims/{claim.pk}/edit/", shown | {"action": "save", "held_if": "It grows."}
    )

    assert answer.status_code == 302
    claim.refresh_from_db()
    assert (claim.held_if, claim.probability_source) == ("It grows.", "imputed")
    assert (claim.probability_low, claim.probability_high) == (Decimal("0.55"), Decimal("0.7"))


def test_form_refuses_another_range_under_the_name_of_readers(
    claim: Claim, analyst: User, colleague: User, sign_in: SignIn
) -> None:
    values = FORM | {"probability_source": "imputed", "low": "10", "high": "20", "action": "save"}
    browser = sign_in(analyst)

    unread = browser.post(f"/claims/{claim.pk}/edit/", values)
    read_by_two(claim, analyst, colleague)
    other = browser.post(f"/claims/{claim.pk}/edit/", values)

    assert (unread.status_code, other.status_code) == (422, 422)
    assert "Select a valid choice" in unread.text
    assert "This claim was read as 55 to 70%." in other.text


def test_lone_analyst_saves_and_goes_on_with_one_reading(
    claim: Claim, analyst: User, sign_in: SignIn
) -> None:
    read(claim, analyst, "0.5", "0.6")
    browser = sign_in(analyst)
    assert "Go on with one reading" in edit_page(browser, claim)

    browser.post(
        f"/claims/{claim.pk}/edit/",
        FORM | {"probability_source": "", "hedge": "may well", "action": "use_one"},
    )

    claim.refresh_from_db()
    assert (claim.probability_source, claim.probability_high) == ("imputed", Decimal("0.6"))
    assert claim.statement == FORM["statement"]
    assert "Read by one person: 50 to 60%." in edit_page(browser, claim)


def test_one_reading_is_refused_in_words_where_somebody_else_could_read(
    claim: Claim, analyst: User, colleague: User, sign_in: SignIn
) -> None:
    read(claim, analyst, "0.5", "0.6")

    answer = sign_in(analyst).post(
        f"/claims/{claim.pk}/edit/", FORM | {"probability_source": "", "action": "use_one"}
    )

    assert answer.status_code == 422
    assert "Somebody else at this desk can read this claim" in answer.text


@pytest.mark.parametrize(
    ("people", "words"), [(1, "read by one person"), (2, "read by two people, blind")]
)
def test_claim_page_says_who_read_its_probability(
    people: int, words: str, claim: Claim, analyst: User, colleague: User, sign_in: SignIn
) -> None:
    if people == 2:
        read_by_two(claim, analyst, colleague)
    else:
        colleague.is_active = False
        colleague.save()
        read(claim, analyst, "0.5", "0.6")
        use_one_imputation(claim=claim, by=analyst)
    register_claim(claim=claim, by=analyst)

    page = sign_in(analyst).get(f"/claims/{claim.pk}/").text

    assert f"Probability, {words}</dt>" in page
