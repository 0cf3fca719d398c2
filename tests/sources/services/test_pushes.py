"""Items that scripts push: stored once by key, changed ones as versions, the good rest kept."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connections
from django.utils import timezone

from accounts.models import User
from sources.models import Document, Event, EventReport, PushedItem
from sources.services import Outcome, prune_documents, push_items
from tests.factories.sources import DocumentFactory
from tests.scripts import ITEM

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 1, 13, tzinfo=UTC)
OTHER = {
    "key": "cms-2",
    "title": "Farmers of the valley count their worst harvest in ten years",
    "published_at": "2024-01-12",
    "summary": "Hail and drought took half of the wheat, says the union of farmers.",
}
CHANGED = ITEM | {"summary": "The agreement of the two ports takes effect in the autumn."}


def push(by: User, *records: object) -> list[Outcome]:
    return push_items(records=records, by=by, at=NOW)


def statuses(outcomes: list[Outcome]) -> list[str]:
    return [str(one.status) for one in outcomes]


def stored() -> tuple[int, int, int]:
    return Document.objects.count(), Event.objects.count(), EventReport.objects.count()


def test_a_pushed_item_becomes_a_document_and_an_event(analyst: User) -> None:
    [outcome] = push(analyst, ITEM)

    document, event = Document.objects.get(), Event.objects.get()
    assert outcome == Outcome("cms-1", outcome.status, event.pk, document.pk)
    assert outcome.status == "created"
    assert (document.origin, document.captured_by, document.language) == ("push", analyst, "en")
    assert (document.title, document.text) == (ITEM["title"], ITEM["summary"])
    assert document.publisher.name == "Harbour Review"
    assert PushedItem.objects.values_list("owner", "key", "document").get() == (
        *(analyst.pk, "cms-1"),
        document.pk,
    )


def test_the_same_batch_again_stores_nothing_new(analyst: User) -> None:
    first = push(analyst, ITEM, OTHER)
    before = stored()
    again = push(analyst, ITEM, OTHER)

    assert statuses(first) == ["created", "created"]
    assert statuses(again) == ["known", "known"]
    assert [(one.event, one.document) for one in again] == [
        (one.event, one.document) for one in first
    ]
    assert stored() == before == (2, 2, 2)


def test_a_copy_under_another_key_joins_the_event(analyst: User) -> None:
    copy = ITEM | {"key": "cms-9", "publisher": "Wire", "summary": ITEM["summary"] + " So it says."}
    first, second = push(analyst, ITEM, copy)

    assert statuses([first, second]) == ["created", "joined"]
    assert (second.event, stored()) == (first.event, (2, 1, 2))


@pytest.mark.parametrize("url", ["", "https://harbour.example/4711"])
def test_other_words_under_a_key_are_a_new_version_of_its_document(analyst: User, url: str) -> None:
    [first] = push(analyst, ITEM | {"url": url})
    [second] = push(analyst, CHANGED | {"url": url})
    [again] = push(analyst, CHANGED | {"url": url})

    newest = Document.objects.get(pk=second.document)
    assert (second.status, newest.previous_id) == ("updated", first.document)
    assert (second.event, stored()) == (first.event, (2, 1, 2))
    assert (again.status, again.document) == ("known", second.document)


def test_an_item_whose_address_changed_with_its_words_follows_by_its_key(analyst: User) -> None:
    here, there = "https://harbour.example/sign", "https://harbour.example/agree"
    [first] = push(analyst, ITEM | {"url": here})
    # What else now stands at the old address must not follow the same document.
    moved, usurper = push(
        analyst, CHANGED | {"url": there}, OTHER | {"url": here, "title": "Quite another thing"}
    )

    assert Document.objects.get(pk=moved.document).previous_id == first.document
    assert Document.objects.get(pk=usurper.document).previous_id is None


def test_words_that_come_back_are_known_and_what_follows_them_is_stored(analyst: User) -> None:
    first, second = *push(analyst, ITEM), *push(analyst, CHANGED)
    [back] = push(analyst, ITEM)
    [third] = push(analyst, ITEM | {"summary": "It takes effect at once, say the two ports."})

    assert (back.status, back.document) == ("known", first.document)
    assert third.status in {"joined", "created"}
    assert len({first.document, second.document, third.document}) == 3


def test_two_keys_of_one_document_part_when_one_changes(analyst: User) -> None:
    first, twin = push(analyst, ITEM, ITEM | {"key": "twin"})
    changed, other = push(analyst, CHANGED, ITEM | {"key": "twin", "summary": "Nothing is signed."})

    assert statuses([first, twin]) == ["created", "known"]
    assert twin.document == first.document
    followers = Document.objects.filter(previous=first.document).values_list("pk", flat=True)
    assert len(followers) == 1
    assert {changed.document, other.document} > set(followers)


def test_a_key_that_comes_twice_in_a_batch_ends_with_its_last_words(analyst: User) -> None:
    first, second, third = push(analyst, ITEM, CHANGED, CHANGED)

    assert statuses([first, second, third]) == ["created", "updated", "known"]
    assert Document.objects.get(pk=second.document).previous_id == first.document
    assert PushedItem.objects.get().document_id == second.document == third.document


def test_items_without_a_key_are_known_by_their_words(analyst: User) -> None:
    bare = {name: value for name, value in ITEM.items() if name != "key"}

    assert statuses(push(analyst, bare, bare, OTHER | {"key": None})) == [
        *("created", "known", "created"),
    ]
    assert statuses(push(analyst, bare)) == ["known"]
    assert not PushedItem.objects.exists()


def test_keys_belong_to_their_owner(analyst: User, colleague: User) -> None:
    [mine] = push(analyst, ITEM)
    [theirs] = push(colleague, OTHER | {"key": ITEM["key"]})

    assert (mine.status, theirs.status) == ("created", "created")
    assert Document.objects.filter(previous__isnull=False).count() == 0
    assert PushedItem.objects.count() == 2


def test_bad_items_are_named_in_their_place_and_the_rest_is_kept(analyst: User) -> None:
    bad = [
        *("text", None, 7, [ITEM]),
        OTHER | {"title": " \x00 "},
        OTHER | {"published_at": "31 February 2024"},
        *(OTHER | {"key": key} for key in ("", "x" * 201, "a\x00b", "a\ud800", " a", True, [1])),
    ]
    outcomes = push(analyst, *bad, ITEM)

    assert statuses(outcomes) == ["invalid"] * len(bad) + ["created"]
    assert [(one.problems[0].row, one.problems[0].field) for one in outcomes[:-1]] == [
        *((1, ""), (2, ""), (3, ""), (4, ""), (5, "title"), (6, "published_at")),
        *((row, "key") for row in range(7, 14)),
    ]
    assert stored() == (1, 1, 1)


def test_a_whole_number_is_a_key(analyst: User) -> None:
    push(analyst, ITEM | {"key": 4711})

    assert statuses(push(analyst, ITEM | {"key": "4711"})) == ["known"]


def test_what_a_file_brought_before_is_known(analyst: User) -> None:
    [outcome] = push(analyst, ITEM)
    PushedItem.objects.all().delete()
    assert statuses(push(analyst, ITEM)) == ["known"]
    assert PushedItem.objects.get().document_id == outcome.document


def test_an_article_that_is_pushed_gets_its_event(analyst: User) -> None:
    article = DocumentFactory(title=ITEM["title"], text=ITEM["summary"])

    [outcome] = push(analyst, ITEM)

    assert (outcome.status, outcome.document) == ("known", article.pk)
    assert Event.objects.get().pk == outcome.event


def test_a_merged_event_is_named_by_the_one_that_stands(analyst: User) -> None:
    first, second = push(analyst, ITEM, OTHER)
    Event.objects.filter(pk=second.event).update(merged_into=first.event)

    assert push(analyst, OTHER)[0].event == first.event


def test_as_many_queries_for_thirty_items_as_for_three(
    analyst: User, django_assert_max_num_queries
) -> None:
    def items(first: int, count: int) -> list[dict[str, str]]:
        words = [chr(97 + n % 26) * 3 + chr(97 + n // 26) * 3 for n in range(first, first + count)]
        return [
            ITEM | {"key": word, "title": f"{word} {word[::-1]} stands", "summary": ""}
            for word in words
        ]

    push(analyst, *items(0, 3))
    with django_assert_max_num_queries(33):
        assert set(statuses(push(analyst, *items(100, 3)))) == {"created"}
    with django_assert_max_num_queries(33):
        assert set(statuses(push(analyst, *items(200, 30)))) == {"created"}


def test_what_was_pruned_is_known_by_its_words_and_changes_by_its_key(analyst: User) -> None:
    [first] = push(analyst, ITEM)
    assert prune_documents(before=timezone.now() + timedelta(days=1), by=None).documents == 1

    [again] = push(analyst, ITEM)
    assert again == Outcome("cms-1", again.status, first.event, None)
    assert (again.status, stored()) == ("known", (0, 1, 0))
    assert PushedItem.objects.get().document is None

    [changed] = push(analyst, CHANGED)
    assert PushedItem.objects.get().document_id == changed.document


@pytest.mark.django_db(transaction=True)
def test_one_key_pushed_at_once_is_stored_once(analyst: User) -> None:
    together = Barrier(4)

    def run(number: int) -> list[Outcome]:
        together.wait()
        try:
            return push(analyst, ITEM, OTHER) if number % 2 else push(analyst, OTHER, ITEM)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        outcomes = [one for answer in pool.map(run, range(4)) for one in answer]

    assert sorted(statuses(outcomes)) == ["created"] * 2 + ["known"] * 6
    assert stored() == (2, 2, 2)
    assert PushedItem.objects.count() == 2
