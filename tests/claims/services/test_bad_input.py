"""Claims and events that are hardly any: compared like others, and met by nothing that they do not name."""

from datetime import UTC, datetime

import pytest

from accounts.models import User
from claims.models import Evidence, Matching
from claims.services import match_registered_claim, match_waiting_events
from sources.models import Event
from sources.services import push_items
from tests.claims.events import far, near
from tests.factories.claims import RegisteredClaimFactory
from tests.factories.sources import EventFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2024, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "statement",
    ["Trade.", "…", "?", "\u200b", "🚢", "Handel", "x" * 30_000],
    ids=["a word", "dots", "mark", "no width", "picture", "another language", "no blank"],
)
def test_claim_of_hardly_a_word_is_compared_and_meets_nothing_that_is_far(statement: str) -> None:
    claim = RegisteredClaimFactory(statement=statement)
    far()
    match_waiting_events()

    assert match_registered_claim(claim=claim, at=NOW) == 0

    claim.refresh_from_db()
    assert claim.matched_at == NOW
    assert (Matching.objects.count(), Evidence.objects.count()) == (1, 0)


def test_claim_of_five_thousand_words_is_compared_by_its_first_ones() -> None:
    ports = "Trade between the two ports grows again. "
    first = RegisteredClaimFactory(statement=ports * 715)
    RegisteredClaimFactory(statement="The choir sang a carol at dusk. " * 715 + ports)
    event = near()
    far()

    assert match_waiting_events() == 2

    assert len(first.statement.split()) == 5_005
    assert list(Evidence.objects.values_list("claim", "event")) == [(first.pk, event.pk)]


@pytest.mark.parametrize("language", ["", "xx", "tlh-Latn", "EN", "???"])
def test_event_in_whatever_language_is_compared_by_its_words(language: str) -> None:
    claim = RegisteredClaimFactory()
    event = near(language=language)
    EventFactory(title="Orędzie", summary="Kibice świętują.", language=language)

    assert match_waiting_events() == 2

    assert list(Evidence.objects.values_list("claim", "event")) == [(claim.pk, event.pk)]


@pytest.mark.parametrize(
    ("title", "summary"), [(" ", "\n"), ("…", "— —"), ("?", "." * 5_000), ("🚢", "")]
)
def test_event_without_a_word_is_compared_once_and_meets_nothing(title: str, summary: str) -> None:
    RegisteredClaimFactory()
    RegisteredClaimFactory(statement="…")
    event = EventFactory(title=title, summary=summary)

    assert (match_waiting_events(), match_waiting_events()) == (1, 0)

    assert not Evidence.objects.exists()
    assert Matching.objects.get().event == event


def test_event_that_comes_twice_is_suggested_once(analyst: User) -> None:
    claim = RegisteredClaimFactory()
    story = {
        "title": "Trade between the two ports grows again",
        "summary": "Ships brought more goods than in any year before.",
        "published": "2024-01-12",
        "key": "wire-1",
    }

    push_items(records=[story, story], by=analyst)
    match_waiting_events()
    push_items(records=[story, story | {"key": "wire-2"}], by=analyst)
    match_waiting_events()
    match_registered_claim(claim=claim)

    assert Evidence.objects.suggested().get().claim == claim
    assert Event.objects.standing().count() == Matching.objects.count() == 1
