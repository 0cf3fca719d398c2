"""Lexicons in the browser: the list, one drawn, and the desk's own."""

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from claims.forms import LexiconForm
from claims.forms.lexicons import as_lines
from claims.models import Claim, Lexicon, LexiconEntry
from claims.services import edit_lexicon, load_lexicons, make_house_lexicon
from tests.factories.claims import (
    ClaimFactory,
    LexiconEntryFactory,
    LexiconFactory,
    RegisteredClaimFactory,
)

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]


@pytest.fixture
def shipped() -> Lexicon:
    lexicon = LexiconFactory()
    LexiconEntryFactory(lexicon=lexicon)
    LexiconEntryFactory(lexicon=lexicon, phrase="about even", low="0.5", high="0.5")
    return lexicon


@pytest.fixture
def house(shipped: Lexicon, lead: User) -> Lexicon:
    return make_house_lexicon(base=shipped, name="Our desk", by=lead)


@pytest.fixture
def browser(lead: User, sign_in: SignIn) -> Client:
    return sign_in(lead)


def page(browser: Client, name: str, *args: int) -> str:
    """The page's words, with single spaces and without its marks."""
    content = browser.get(reverse(name, args=args)).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content))


def test_list_says_which_is_in_use_and_how_many_claims_each_has(
    shipped: Lexicon, house: Lexicon, browser: Client
) -> None:
    RegisteredClaimFactory(lexicon=shipped)
    ClaimFactory(lexicon=shipped)
    ClaimFactory(lexicon=shipped, status=Claim.Status.DROPPED)

    words = page(browser, "lexicons")

    assert re.search(r"ICD 203 Intelligence .* 203 in use, version 1 2 2 ", words)
    assert "Our desk Our own, made from ICD 203 (v1). version 1 our own 2 0 " in words


def test_list_names_the_version_in_use_where_a_newer_one_stands(
    shipped: Lexicon, browser: Client
) -> None:
    newer = LexiconFactory(version=2, is_active=False)
    RegisteredClaimFactory(lexicon=shipped)
    RegisteredClaimFactory(lexicon=newer)

    assert "in use, version 1 version 2 0 2 " in page(browser, "lexicons")


def test_list_takes_as_many_queries_for_seven_as_for_one(shipped: Lexicon, browser: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            browser.get(reverse("lexicons"))
        return len(queries)

    browser.get(reverse("lexicons"))
    alone = asked()
    load_lexicons()
    ClaimFactory(lexicon=Lexicon.objects.get(slug="phia"))

    assert asked() == alone


def test_lexicon_is_drawn_with_its_source_and_versions(
    house: Lexicon, lead: User, browser: Client
) -> None:
    edited = edit_lexicon(
        lexicon=house, entries=[("likely", Decimal("0.605"), Decimal("0.7"))], by=lead
    )
    content = browser.get(edited.get_absolute_url()).content.decode()
    words = page(browser, "lexicon", edited.pk)

    assert 'class="whisker" x1="60.5" x2="70.0"' in content
    assert "likely 60.5–70%" in words
    assert "Our own, made from ICD 203 (v1)." in words
    assert re.search(r"Version 2 0 claims edited \S+ \S+ \S+ by lena", words)
    assert re.search(r"Version 1 0 claims made \S+ \S+ \S+ by lena", words)
    assert f'href="{house.get_absolute_url()}"' in content


def test_range_without_width_is_drawn_as_a_point(shipped: Lexicon, browser: Client) -> None:
    content = browser.get(shipped.get_absolute_url()).content.decode()

    assert content.count('class="dot"') == 1
    assert 'class="dot" x1="50.0" x2="50.0"' in content
    assert "about even 50%" in page(browser, "lexicon", shipped.pk)


def test_house_lexicon_is_made_by_name(shipped: Lexicon, browser: Client) -> None:
    response = browser.post(reverse("lexicon_house", args=[shipped.pk]), {"name": "Our desk"})

    made = Lexicon.objects.get(slug="house-our-desk")
    assert response.url == made.get_absolute_url()
    assert made.made_from == shipped


def test_name_that_is_taken_is_refused_on_the_form(
    shipped: Lexicon, house: Lexicon, browser: Client
) -> None:
    response = browser.post(reverse("lexicon_house", args=[shipped.pk]), {"name": "our desk"})

    assert response.status_code == 422
    assert "Give this one another name." in response.content.decode()


def test_edit_page_shows_one_line_a_word(house: Lexicon, browser: Client) -> None:
    content = browser.get(reverse("lexicon_edit", args=[house.pk])).content.decode()

    assert "\nlikely 55 80\nabout even 50 50</textarea>" in content


def test_saved_lines_become_the_next_version(house: Lexicon, browser: Client) -> None:
    response = browser.post(
        reverse("lexicon_edit", args=[house.pk]),
        {"entries": "likely 60 75.5\r\n\r\n  a fair   bet 20%–30 %\r\nwe think 5 to 10"},
    )

    edited = Lexicon.objects.get(slug=house.slug, version=2)
    assert response.url == edited.get_absolute_url()
    assert set(edited.entries.values_list("phrase", "low", "high")) == {
        ("likely", Decimal("0.6"), Decimal("0.755")),
        ("a fair bet", Decimal("0.2"), Decimal("0.3")),
        ("we think", Decimal("0.05"), Decimal("0.1")),
    }


def test_saving_what_stands_stores_nothing(house: Lexicon, browser: Client) -> None:
    lines = as_lines(house.entries.all())

    response = browser.post(
        reverse("lexicon_edit", args=[house.pk]), {"entries": lines}, follow=True
    )

    assert "Nothing differs, so nothing was stored." in response.content.decode()
    assert Lexicon.objects.filter(slug=house.slug).count() == 1


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("likely 55 80\nlikely so", "Line 2 cannot be read: “likely so”."),
        ("55 80", "Line 1 cannot be read"),
        ("likely 55 -80", "Line 1 cannot be read"),
        ("likely 55 80\nlikely 60 70", "Row 2, “likely”: the phrase stands above already."),
        ("likely 80 55", "Row 1, “likely”: the range is upside down"),
        ("likely 55 101", "Row 1, “likely”: a probability lies between 0 and 100%."),
        ("", "This field is required."),
    ],
)
def test_lines_that_cannot_stand_come_back_with_what_is_wrong(
    lines: str, words: str, house: Lexicon, browser: Client
) -> None:
    response = browser.post(reverse("lexicon_edit", args=[house.pk]), {"entries": lines})

    content = response.content.decode()
    assert response.status_code == 422
    assert words in content
    assert f"\n{lines}</textarea>" in content


def test_edit_of_an_older_version_is_refused_on_the_form(
    house: Lexicon, lead: User, browser: Client
) -> None:
    edit_lexicon(lexicon=house, entries=[("likely", Decimal("0.6"), Decimal("0.7"))], by=lead)

    response = browser.post(reverse("lexicon_edit", args=[house.pk]), {"entries": "likely 1 2"})

    assert response.status_code == 422
    assert "version 2 stands now" in response.content.decode()


def test_shipped_lexicon_leads_to_making_an_own_one(shipped: Lexicon, browser: Client) -> None:
    response = browser.get(reverse("lexicon_edit", args=[shipped.pk]), follow=True)

    assert response.redirect_chain == [(reverse("lexicon_house", args=[shipped.pk]), 302)]
    assert "never edited" in response.content.decode()


def test_lexicon_is_put_in_use(house: Lexicon, browser: Client) -> None:
    browser.post(reverse("lexicon_activate", args=[house.pk]))

    assert Lexicon.objects.active() == house
    assert "in use" in page(browser, "lexicon", house.pk)


@pytest.mark.parametrize("newest", [True, False])
def test_edit_is_offered_for_the_newest_version_alone(
    newest: bool, house: Lexicon, lead: User, browser: Client
) -> None:
    if not newest:
        edit_lexicon(lexicon=house, entries=[("likely", Decimal("0.6"), Decimal("0.7"))], by=lead)

    content = browser.get(house.get_absolute_url()).content.decode()

    assert (reverse("lexicon_edit", args=[house.pk]) in content) is newest


def test_claim_form_leads_to_the_lexicon(analyst: User, sign_in: SignIn) -> None:
    entry = LexiconEntryFactory()
    claim = ClaimFactory(hedge=entry.phrase, lexicon=entry.lexicon)

    content = sign_in(analyst).get(reverse("claim_edit", args=[claim.pk])).content.decode()

    assert f'By <a href="{entry.lexicon.get_absolute_url()}">ICD 203 (v1)</a>:' in content


def test_claim_page_leads_to_its_lexicon(analyst: User, sign_in: SignIn) -> None:
    claim = RegisteredClaimFactory()

    content = sign_in(analyst).get(claim.get_absolute_url()).content.decode()

    assert f'by <a href="{claim.lexicon.get_absolute_url()}">ICD 203 (v1)</a>' in content


@given(
    st.lists(
        st.tuples(
            st.from_regex(r"[a-z][a-z0-9%-]{0,8}( [a-z0-9%-]{1,8}){0,3}", fullmatch=True),
            st.decimals(min_value=0, max_value=1, places=3),
            st.decimals(min_value=0, max_value=1, places=3),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_lines_read_back_as_the_entries_they_were_written_from(
    rows: list[tuple[str, Decimal, Decimal]],
) -> None:
    entries = [LexiconEntry(phrase=phrase, low=low, high=high) for phrase, low, high in rows]
    form = LexiconForm({"entries": as_lines(entries)})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["entries"] == rows
