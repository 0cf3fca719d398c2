"""What the list of claims can be narrowed by, and what becomes of filters that make no sense."""

from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from claims.filters import ClaimFilter, listed_claims
from claims.models import Claim
from claims.queries import publishers_of_articles, tab_counts
from claims.services import hand_over
from tests.factories.claims import ClaimFactory, LexiconFactory, RegisteredClaimFactory
from tests.factories.sources import (
    ClaimantFactory,
    DocumentFactory,
    PublisherFactory,
    QuoteFactory,
)

pytestmark = pytest.mark.django_db


def listed(query: str, user: User) -> list[Claim]:
    """The claims that an address lists, in its order."""
    return list(listed_claims(QueryDict(query), user=user).qs)


def test_tabs_hold_claims_by_status_and_dropped_ones_in_none(analyst: User) -> None:
    registered = RegisteredClaimFactory()
    draft = ClaimFactory()
    proposed = ClaimFactory(status=Claim.Status.PROPOSED)
    ClaimFactory(status=Claim.Status.DROPPED)

    found = {tab: set(listed(f"tab={tab}", analyst)) for tab in tab_counts()}

    assert found == {
        "registered": {registered},
        "drafts": {draft},
        "proposed": {proposed},
        "all": {registered, draft, proposed},
    }
    assert tab_counts() == {"registered": 1, "drafts": 1, "proposed": 1, "all": 3}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"registered"}),
        ("tab=nonsense", {"registered"}),
        ("q=+", {"registered"}),
        ("q=ports", {"registered", "draft"}),
        ("q=ports&tab=drafts", {"draft"}),
    ],
)
def test_without_a_tab_it_is_what_is_registered_or_all_that_holds_the_words(
    query: str, found: set[str], analyst: User
) -> None:
    claims = {"registered": RegisteredClaimFactory(), "draft": ClaimFactory()}

    assert set(listed(query, analyst)) == {claims[name] for name in found}


def test_proposals_come_best_first_other_claims_newest_first(analyst: User) -> None:
    low, high = (ClaimFactory(status=Claim.Status.PROPOSED, rank=rank) for rank in (0.2, 0.9))

    assert listed("tab=proposed", analyst) == [high, low]
    assert listed("tab=all", analyst) == [high, low]
    ClaimFactory.create_batch(2, rank=0.5)
    numbers = [claim.pk for claim in listed("tab=all", analyst)]
    assert numbers == sorted(numbers, reverse=True)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("pipelines", {"gas"}),
        ("pipeline OR wheat", {"gas", "wheat"}),
        ("exports -gas", {"wheat"}),
        ('"gas exports"', {"gas"}),
        ("tonnes", {"wheat"}),
        ("orlova", {"wheat"}),
        ("Black Sea", {"wheat"}),
        ("copper", set()),
        ("'\"&|!(", set()),
    ],
)
def test_words_are_found_in_statement_test_names_and_topics(
    words: str, found: set[str], analyst: User
) -> None:
    claims = {
        "gas": ClaimFactory(statement="Gas exports rise by pipeline."),
        "wheat": ClaimFactory(
            statement="Wheat exports fall.",
            held_if="Fewer tonnes leave.",
            claimant=ClaimantFactory(name="Vera Orlova"),
            topics=["black sea"],
        ),
    }
    query = QueryDict(mutable=True)
    query["q"] = words

    assert set(listed(query.urlencode(), analyst)) == {claims[name] for name in found}


def one_of_each() -> dict[str, Claim]:
    """Two registered claims that differ in everything a filter asks for."""
    quote = QuoteFactory(document=DocumentFactory(publisher=PublisherFactory(name="Courier")))
    trade = RegisteredClaimFactory(
        quote=quote,
        claimant=ClaimantFactory(name="Orlov"),
        topics=["trade"],
        stake=3,
        said_on=date(2023, 3, 21),
    )
    war = RegisteredClaimFactory(
        kind=Claim.Kind.EVENT,
        hedge="very unlikely",
        lexicon=LexiconFactory(slug="phia", name="PHIA", is_active=False),
        topics=["war"],
        stake=1,
        said_on=date(2024, 1, 1),
        opens_on=date(2024, 1, 1),
        due_earliest=date(2027, 1, 1),
        due_on=date(2027, 1, 1),
        due_latest=date(2027, 1, 1),
    )
    return {"trade": trade, "war": war}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=event", "war"),
        ("claimant={trade.claimant_id}", "trade"),
        ("publisher={trade.quote.document.publisher_id}", "trade"),
        ("lexicon={war.lexicon_id}", "war"),
        ("topic=Trade", "trade"),
        ("hedge=Very+Unlikely", "war"),
        ("stake=3", "trade"),
        ("due_from=2027-01-01", "war"),
        ("due_to=2026-12-31", "trade"),
        ("said_from=2024-01-01", "war"),
        ("said_to=2023-12-31", "trade"),
        ("said_to=2023-12-31&stake=3&kind=continuing", "trade"),
    ],
)
def test_each_filter_narrows_the_list(query: str, found: str, analyst: User) -> None:
    claims = one_of_each()

    assert listed(query.format(**claims), analyst) == [claims[found]]


def test_filters_that_exclude_each_other_find_nothing(analyst: User) -> None:
    one_of_each()

    assert listed("stake=3&kind=event", analyst) == []


def test_state_is_a_filter_of_its_own(analyst: User) -> None:
    RegisteredClaimFactory()
    withdrawn = RegisteredClaimFactory()
    withdrawn.status = Claim.Status.WITHDRAWN
    withdrawn.save()

    assert listed("status=withdrawn", analyst) == [withdrawn]


def test_what_was_handed_to_me_is_mine(analyst: User, colleague: User) -> None:
    mine, theirs = ClaimFactory(), ClaimFactory()
    hand_over(claim=mine, to=analyst, by=colleague)
    hand_over(claim=theirs, to=colleague, by=analyst)

    assert listed("tab=drafts&mine=on", analyst) == [mine]
    assert listed("tab=drafts&mine=on", colleague) == [theirs]
    assert len(listed("tab=drafts", analyst)) == 2


@pytest.mark.parametrize(
    ("order", "found"), [("due", ["trade", "war"]), ("due_last", ["war", "trade"])]
)
def test_order_by_due_date_leaves_out_what_is_never_due(
    order: str, found: list[str], analyst: User
) -> None:
    claims = one_of_each()
    RegisteredClaimFactory(
        kind=Claim.Kind.ASSESSMENT,
        **dict.fromkeys(("opens_on", "due_earliest", "due_on", "due_latest")),
    )

    assert listed(f"order={order}", analyst) == [claims[name] for name in found]


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("kind=nonsense", ["kind"]),
        ("kind=%00&q=%00", ["q", "kind"]),
        ("claimant=x&due_from=2024-13-01", ["claimant", "due_from"]),
        ("claimant=99999999999999999999999", ["claimant"]),
        ("stake=7&order=sideways", ["stake", "order"]),
    ],
)
def test_filter_that_cannot_be_read_is_named_and_left_out(
    query: str, wrong: list[str], analyst: User
) -> None:
    claims = one_of_each()
    found = listed_claims(QueryDict(f"{query}&topic=trade&tab=all"), user=analyst)

    assert list(found.qs) == [claims["trade"]]
    assert list(found.errors) == wrong


def test_every_filter_together_takes_as_many_queries_however_many_rows(analyst: User) -> None:
    claims = one_of_each()
    query = (
        "q=trade&kind=continuing&stake=3&topic=trade&hedge=likely&due_from=2020-01-01"
        f"&claimant={claims['trade'].claimant_id}&order=due"
    )
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            listed(query, analyst)
        counts.append(len(captured))
        RegisteredClaimFactory.create_batch(3, claimant=claims["trade"].claimant, stake=3)

    assert counts == [4, 4]  # the claimant, whoever is called that, the few, and the list


def test_every_filter_has_a_label_for_people() -> None:
    assert {name for name, one in ClaimFilter.base_filters.items() if one.label == ""} == set()


def test_publishers_are_those_whose_texts_made_claims() -> None:
    PublisherFactory(name="Unread")
    courier = PublisherFactory(name="Courier")
    ClaimFactory(quote=QuoteFactory(document=DocumentFactory(publisher=courier)))

    assert list(publishers_of_articles()) == [courier]


def test_claims_narrowed_by_dates_come_in_their_order(analyst: User) -> None:
    claims = one_of_each()
    newest = RegisteredClaimFactory(said_on=date(2023, 5, 1), opens_on=date(2023, 5, 1))

    assert listed("due_from=2026-01-01", analyst) == [newest, claims["trade"], claims["war"]]
    assert listed("due_from=2026-01-01&order=due_last", analyst)[0] == claims["war"]
    assert listed("said_to=2026-01-01", analyst) == [claims["war"], newest, claims["trade"]]
