"""The list of claims: tabs, filters, what becomes of senseless ones, and views that are kept of it."""

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
from claims.models import Claim, SavedView
from claims.services import hand_over, save_view
from tests.factories.accounts import UserFactory
from tests.factories.claims import ClaimFactory, RegisteredClaimFactory
from tests.factories.reviews import AssignmentFactory
from tests.factories.sources import (
    ClaimantFactory,
    DocumentFactory,
    PublisherFactory,
    QuoteFactory,
)

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]

SCRIPT = "<script>alert(1)</script>"
CHIP = re.compile(r'<a class="chip ([\w-]+)" href="([^"]*)">(.*?)</a>', re.DOTALL)


@pytest.fixture
def browser(analyst: User, sign_in: SignIn) -> Client:
    return sign_in(analyst)


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def words_of(html: str) -> str:
    """What a person reads of a piece of a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def applied(page: str) -> list[tuple[str, str]]:
    """The filters named above the list: in words, and the address without each."""
    off = " × , take this filter off"
    return [
        (words_of(inside).removesuffix(off), unescape(href))
        for tone, href, inside in CHIP.findall(page)
        if tone == "tone-alert"
    ]


def test_list_links_each_claim_to_where_work_on_it_goes_on(browser: Client) -> None:
    registered, draft = RegisteredClaimFactory(), ClaimFactory()
    proposed = ClaimFactory(status=Claim.Status.PROPOSED)

    page = text_of(browser.get("/claims/?tab=all"))

    assert f'href="{registered.get_absolute_url()}"' in page
    assert f'href="/claims/{draft.pk}/edit/"' in page
    assert f'href="{proposed.quote.document.get_absolute_url()}#c{proposed.pk}"' in page
    assert "55–80%" in page


@pytest.mark.parametrize(
    ("query", "tab"),
    [("", "registered"), ("?q=ports", "all"), ("?tab=drafts", "drafts"), ("?tab=x", "registered")],
)
def test_list_opens_at_a_tab(query: str, tab: str, browser: Client) -> None:
    assert browser.get(f"/claims/{query}").context["tab"] == tab


@pytest.mark.parametrize(
    "query",
    [
        "?q=%00",
        "?q=%27%22%26%7C%21%28",
        "?kind=nonsense",
        "?kind=%00",
        "?claimant=x",
        "?claimant=99999999999999999999999",
        f"?claimant={'9' * 5000}",
        "?publisher=%00&lexicon=-1",
        "?topic=%00&hedge=%00&mine=%00",
        "?tab=%00",
        "?page=x",
        "?page=99999",
        f"?page={'9' * 5000}",
    ],
)
def test_list_survives_senseless_filters(query: str, browser: Client) -> None:
    RegisteredClaimFactory()

    assert browser.get(f"/claims/{query}").status_code == 200


def test_list_keeps_its_filters(browser: Client) -> None:
    claim = RegisteredClaimFactory()
    RegisteredClaimFactory()

    response = browser.get(f"/claims/?kind=continuing&claimant={claim.claimant_id}")

    assert list(response.context["page_obj"]) == [claim]
    assert f'<option value="{claim.claimant_id}" selected>' in text_of(response)


def test_filters_that_could_not_be_read_are_named_and_the_others_hold(browser: Client) -> None:
    claim = RegisteredClaimFactory(topics=["trade"])
    RegisteredClaimFactory(topics=["war"])

    response = browser.get(
        "/claims/", {"kind": SCRIPT, "due_from": "2024-02-30", "publisher": "x", "topic": "trade"}
    )

    page = text_of(response)
    notice = re.search(r'role="alert">(.*?)</div>', page, re.DOTALL)
    assert notice
    assert words_of(notice[1]) == (
        "Not every filter could be read; the others hold. "
        f"Kind: Select a valid choice. {SCRIPT} is not one of the available choices. "
        "Publisher: Select a valid choice. That choice is not one of the available choices. "
        "Due from: Enter a valid date."
    )
    assert SCRIPT not in page
    assert list(response.context["page_obj"]) == [claim]
    assert applied(page) == [
        (
            "Topic: trade",
            "?kind=%3Cscript%3Ealert%281%29%3C%2Fscript%3E&publisher=x&due_from=2024-02-30",
        )
    ]


@pytest.mark.parametrize(
    "query", ["", "q=ports&tab=all&kind=event&order=due", "topic=&stake=&mine="]
)
def test_what_stands_in_the_page_by_itself_is_not_named_again(query: str, browser: Client) -> None:
    page = text_of(browser.get(f"/claims/?{query}"))

    assert applied(page) == []
    assert 'role="alert"' not in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("status=withdrawn", "State: Withdrawn"),
        ("topic=Black+Sea", "Topic: Black Sea"),
        ("topic=%3Cb%3E", "Topic: <b>"),
        ("hedge=very+likely", "Hedge: very likely"),
        ("stake=3", "Stake: high"),
        ("due_from=2024-02-03", "Due from: 3 Feb 2024"),
        ("due_to=2024-02-03", "Due to: 3 Feb 2024"),
        ("said_from=2024-02-03", "Said from: 3 Feb 2024"),
        ("said_to=2024-02-03", "Said to: 3 Feb 2024"),
        ("mine=on", "Handed to me"),
        ("publisher={publisher}", "Publisher: Port <Review>"),
        ("lexicon={lexicon}", "Lexicon: ICD 203 (v1)"),
    ],
)
def test_filter_out_of_sight_is_named_in_words(query: str, words: str, browser: Client) -> None:
    publisher = PublisherFactory(name="Port <Review>")
    claim = RegisteredClaimFactory(
        quote=QuoteFactory(document=DocumentFactory(publisher=publisher))
    )
    query = query.format(publisher=publisher.pk, lexicon=claim.lexicon_id)

    page = text_of(browser.get(f"/claims/?tab=all&{query}&page=2"))

    assert applied(page) == [(words, "?tab=all")]
    assert '<details class="more" open>' in page


def test_each_filter_is_taken_off_by_itself(browser: Client) -> None:
    page = text_of(browser.get("/claims/?stake=3&topic=war+%26+peace&q=ports&page=3&next=//evil"))

    assert applied(page) == [
        ("Topic: war & peace", "?q=ports&stake=3"),
        ("Stake: high", "?q=ports&topic=war+%26+peace"),
    ]


def test_menus_offer_whoever_said_and_published_something(browser: Client) -> None:
    claim = RegisteredClaimFactory(claimant=ClaimantFactory(name="Vera <Orlova>"))
    ClaimantFactory(name="Silent")
    PublisherFactory(name="Unread")

    page = text_of(browser.get("/claims/"))

    assert f'<option value="{claim.claimant_id}">Vera &lt;Orlova&gt;</option>' in page
    assert f'<option value="{claim.quote.document.publisher_id}">' in page
    assert "Silent" not in page
    assert "Unread" not in page


def test_chosen_claimant_is_offered_even_without_claims(browser: Client) -> None:
    silent = ClaimantFactory(name="Silent")

    page = text_of(browser.get(f"/claims/?claimant={silent.pk}"))

    assert f'<option value="{silent.pk}" selected>Silent</option>' in page


def test_claim_that_somebody_may_judge_is_not_in_their_list(sign_in: SignIn) -> None:
    both = UserFactory(username="both", roles=[Role.ANALYST, Role.REVIEWER])
    hidden, open_one = RegisteredClaimFactory(), RegisteredClaimFactory()
    AssignmentFactory(checkpoint=hidden.checkpoints.get())

    for query in ("", "tab=all", "q=ports", f"claimant={hidden.claimant_id}"):
        listed = list(sign_in(both).get(f"/claims/?{query}").context["page_obj"])
        assert listed == ([] if "claimant" in query else [open_one])


def test_list_takes_as_many_queries_for_three_rows_and_views_as_for_one(
    browser: Client, analyst: User
) -> None:
    publisher, claimant = PublisherFactory(), ClaimantFactory()

    def one_more() -> Claim:
        quote = QuoteFactory(document=DocumentFactory(publisher=publisher))
        draft = ClaimFactory(quote=quote, claimant=claimant, topics=["trade"], stake=3)
        name = f"View {draft.pk}"
        save_view(name=name, query="kind=event", by=analyst)
        by = UserFactory(roles=[Role.ANALYST])
        save_view(name=name, query="kind=event", by=by, is_shared=True)
        return hand_over(claim=draft, to=analyst, by=by)

    query = (
        f"tab=drafts&q=trade&kind=continuing&claimant={claimant.pk}&publisher={publisher.pk}"
        f"&lexicon={one_more().lexicon_id}&status=draft&topic=trade&hedge=likely&stake=3"
        "&due_from=2020-01-01&due_to=2030-01-01&said_from=2020-01-01&said_to=2030-01-01&mine=on"
        "&order=due"
    )
    counts = []
    for rows in (1, 3):
        with CaptureQueriesContext(connection) as captured:
            response = browser.get(f"/claims/?{query}")
        assert (len(response.context["page_obj"]), len(response.context["views"])) == (
            rows,
            2 * rows,
        )
        assert len(applied(text_of(response))) == 11
        counts.append(len(captured))
        one_more()
        one_more()

    assert counts[0] == counts[1]


def test_kept_view_holds_the_filters_and_leads_back_to_them(browser: Client, analyst: User) -> None:
    response = browser.post(
        "/claims/views/", {"name": "War", "query": "tab=drafts&kind=&topic=war&page=3"}, follow=True
    )

    assert response.redirect_chain == [("/claims/?tab=drafts&topic=war", 302)]
    view = SavedView.objects.get()
    assert (view.owner, view.name, view.query) == (analyst, "War", "tab=drafts&topic=war")
    assert not view.is_shared
    page = text_of(response)
    assert "Kept as “War”." in page
    # It is the one that stands in the page.
    assert ("tone-accent", "War") in [
        (tone, words_of(inside)) for tone, _, inside in CHIP.findall(page)
    ]


def test_view_is_shared_where_that_is_ticked(browser: Client) -> None:
    browser.post("/claims/views/", {"name": "War", "query": "topic=war", "is_shared": "1"})

    assert SavedView.objects.get().is_shared


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", ""),
        ("//evil.example/?q=ports", ""),
        ("https://evil.example/?kind=event", ""),
        ("topic=war#//evil.example", "topic=war%23%2F%2Fevil.example"),
        ("next=//evil.example&kind=event", "kind=event"),
        (
            "kind=event\r\nLocation: //evil.example",
            "kind=event%0D%0ALocation%3A+%2F%2Fevil.example",
        ),
        ("q=%00ports%00&topic=%20%00", "q=ports"),
        ("q=\0ports", "q=ports"),
        ("q=%22%3E%3Cscript%3E", "q=%22%3E%3Cscript%3E"),
        ("kind=event&kind=quantity", "kind=quantity"),
    ],
)
def test_query_that_tries_to_leave_the_page_is_kept_as_filters_alone(
    query: str, kept: str, browser: Client
) -> None:
    response = browser.post("/claims/views/", {"name": "Mine", "query": query})

    assert (response.status_code, response.url) == (302, f"/claims/?{kept}")
    assert SavedView.objects.get().query == kept
    assert "<script>" not in text_of(browser.get(response.url))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "Give the view a name."),
        ({"name": " \0 "}, "Give the view a name."),
        ({"name": "x" * 61}, "A view&#x27;s name has at most 60 characters."),
        ({"name": "Mine", "query": f"q={'x' * 999}"}, "These filters are too long to be kept."),
    ],
)
def test_view_that_cannot_be_kept_is_refused_in_words(
    values: dict[str, str], words: str, browser: Client
) -> None:
    response = browser.post("/claims/views/", {"query": "kind=event"} | values, follow=True)

    assert words in text_of(response)
    assert not SavedView.objects.exists()


def test_view_with_more_values_than_a_form_may_have_is_refused(browser: Client) -> None:
    query = "&".join(f"q{n}=x" for n in range(1001))

    response = browser.post("/claims/views/", {"name": "Mine", "query": query})

    assert response.status_code == 400
    assert not SavedView.objects.exists()


def test_name_of_a_view_is_never_run(browser: Client, colleague: User) -> None:
    save_view(name=SCRIPT, query='q="><script>', by=colleague, is_shared=True)

    page = text_of(browser.get("/claims/"))

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>" not in page
    assert 'href="/claims/?q=&quot;&gt;&lt;script&gt;"' in page


def test_views_of_colleagues_say_whose_they_are_and_offer_no_removal(
    browser: Client, analyst: User, colleague: User
) -> None:
    mine = save_view(name="Mine", query="kind=event", by=analyst)
    ours = save_view(name="Ours", query="kind=event", by=analyst, is_shared=True)
    theirs = save_view(name="Theirs", query="topic=war", by=colleague, is_shared=True)
    save_view(name="Private", query="topic=war", by=colleague)

    page = text_of(browser.get("/claims/"))

    chips = re.findall(r'<a class="chip" href="[^"]*">(.*?)</a>', page)
    assert [words_of(one) for one in chips] == ["Mine", "Ours shared", "Theirs by carl"]
    removals = {view.pk for view in SavedView.objects.all() if f"/views/{view.pk}/remove/" in page}
    assert removals == {mine.pk, ours.pk}
    assert theirs.pk not in removals


def test_own_view_is_removed(browser: Client, analyst: User) -> None:
    view = save_view(name="Mine <b>", query="", by=analyst)

    response = browser.post(f"/claims/views/{view.pk}/remove/", follow=True)

    assert response.redirect_chain == [("/claims/", 302)]
    assert "“Mine &lt;b&gt;” is removed." in text_of(response)
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("is_shared", [True, False])
def test_somebody_else_s_view_is_not_removed(
    is_shared: bool, browser: Client, colleague: User
) -> None:
    view = save_view(name="Theirs", query="", by=colleague, is_shared=is_shared)

    assert browser.post(f"/claims/views/{view.pk}/remove/").status_code == 404
    assert SavedView.objects.get() == view


def test_reader_keeps_views_of_their_own(reader: User, sign_in: SignIn) -> None:
    browser = sign_in(reader)

    browser.post("/claims/views/", {"name": "Mine", "query": "kind=event"})

    page = text_of(browser.get("/claims/?tab=drafts"))
    assert (SavedView.objects.get().owner, "Remove “Mine”" in page) == (reader, True)
    assert "With the ticked drafts" not in page


def test_stranger_neither_reads_the_list_nor_keeps_a_view(stranger: User, sign_in: SignIn) -> None:
    browser = sign_in(stranger)

    assert browser.get("/claims/").status_code == 403
    assert browser.post("/claims/views/", {"name": "Mine", "query": ""}).status_code == 403
    assert not SavedView.objects.exists()
