"""Publishers are found by name or host, and graded with a history."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from accounts.locks import Lock, hold
from accounts.models import AuditEntry, User
from sources.models import Document, Feed, Publisher, PublisherGrade
from sources.services import (
    PublisherProblem,
    edit_publisher,
    grade_publisher,
    merge_publishers,
    part_publisher,
    publisher_for,
    remove_publishers,
)
from sources.services.publishers import host_of, publishers_for
from tests.factories.accounts import UserFactory
from tests.factories.sources import DocumentFactory, FeedFactory, PublisherFactory


@pytest.mark.parametrize(
    ("words", "host"),
    [
        ("https://www.harbour.example/news", "harbour.example"),
        ("http://feeds.harbour.example/top", "harbour.example"),
        ("rss.harbour.example", "harbour.example"),
        ("harbour.example", "harbour.example"),
        ("m.example", "m.example"),
        ("Harbour Review", ""),
        ("Harbour Inc.", ""),
        ("http://[broken", ""),
        ("", ""),
    ],
)
def test_host_of_an_address_or_bare_host(words: str, host: str) -> None:
    assert host_of(words) == host


@pytest.mark.django_db
def test_a_known_publisher_is_found_by_name_and_by_host() -> None:
    known = PublisherFactory(name="Harbour Review", domain="harbour.example")

    assert publisher_for("harbour review") == known
    assert publisher_for("https://www.harbour.example/a") == known
    assert Publisher.objects.count() == 1


@pytest.mark.django_db
def test_many_are_found_or_made_in_as_many_queries_as_few() -> None:
    known = PublisherFactory(name="Harbour Review", domain="harbour.example")
    bare = PublisherFactory(name="bare.example", domain="")

    def queries(words: list[str]) -> int:
        with CaptureQueriesContext(connection) as captured:
            publishers_for(words)
        return len(captured)

    found = publishers_for(
        [
            "harbour  REVIEW",
            "https://www.harbour.example/a",
            "bare.example",
            "New",
            "NEW",
            "x.example",
        ]
    )

    assert found["harbour  REVIEW"] == found["https://www.harbour.example/a"] == known
    assert found["bare.example"] == bare
    assert found["New"] == found["NEW"]
    assert (found["x.example"].name, found["x.example"].domain) == ("x.example", "x.example")
    assert Publisher.objects.count() == 4
    few, many = (
        [f"{count} {number}" for number in range(count)]
        + [f"{count}-{number}.example" for number in range(count)]
        for count in (1, 50)
    )
    assert queries(few) == queries(many)


@pytest.mark.django_db
def test_an_unknown_one_is_made_once() -> None:
    made = publisher_for("http://feeds.harbour.example/top")

    assert (made.name, made.domain, made.reliability) == ("harbour.example", "harbour.example", "")
    assert publisher_for("harbour.example") == made


@pytest.mark.django_db
def test_an_empty_name_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a name"):
        publisher_for("  ")


@pytest.mark.django_db
def test_a_grade_is_kept_with_its_reason(lead: User) -> None:
    publisher = PublisherFactory()

    grade_publisher(publisher=publisher, reliability="B", reason="Corrects in public.", by=lead)
    grade_publisher(publisher=publisher, reliability="C", reason="Two errors stood.", by=lead)

    publisher.refresh_from_db()
    assert publisher.reliability == "C"
    assert set(publisher.grades.values_list("reliability", "reason", "by")) == {
        ("B", "Corrects in public.", lead.pk),
        ("C", "Two errors stood.", lead.pk),
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("reliability", "reason", "words"),
    [("G", "So.", "from A, completely reliable, to F"), ("A", " ", "Say why")],
)
def test_a_grade_off_the_scale_or_without_reason_is_refused(
    lead: User, reliability: str, reason: str, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        grade_publisher(
            publisher=PublisherFactory(), reliability=reliability, reason=reason, by=lead
        )


@pytest.mark.django_db
def test_publisher_that_nobody_graded_is_told_from_one_that_cannot_be_judged(lead: User) -> None:
    publisher = PublisherFactory()
    assert (publisher.graded, publisher.grade_label) == ("not graded yet", "not graded yet")

    grade_publisher(publisher=publisher, reliability="F", reason="Too new.", by=lead)

    publisher.refresh_from_db()
    assert publisher.graded == "grade F, cannot be judged"
    assert publisher.grade_label == "F · reliability cannot be judged"


@pytest.mark.django_db
def test_name_and_host_are_set_right_with_both_readings_in_the_audit(lead: User) -> None:
    publisher = PublisherFactory(name="harbour.example", domain="harbour.example")

    edit_publisher(
        publisher=publisher, name=" Harbour  Review ", domain="https://www.harbour.example", by=lead
    )

    publisher.refresh_from_db()
    assert (publisher.name, publisher.domain) == ("Harbour Review", "harbour.example")
    entry = AuditEntry.objects.get()
    assert entry.detail["before"]["name"] == "harbour.example"
    assert entry.detail["after"]["name"] == "Harbour Review"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "domain", "words"),
    [
        (" ", "", "needs a name"),
        ("Mine", "no host", "is not a host name"),
        ("THE WIRE", "", "The Wire has this name or host"),
        ("Mine", "wire.example", "The Wire has this name or host"),
    ],
)
def test_edit_that_cannot_be_is_refused_in_words(
    name: str, domain: str, words: str, lead: User
) -> None:
    PublisherFactory(name="The Wire", domain="wire.example")

    with pytest.raises(PublisherProblem, match=words):
        edit_publisher(publisher=PublisherFactory(), name=name, domain=domain, by=lead)


@pytest.mark.django_db
def test_publisher_that_is_another_one_shares_its_grade_feeds_and_what_arrives(lead: User) -> None:
    first = PublisherFactory(name="Harbour Review", domain="harbour.example")
    other = PublisherFactory(name="Harbor Review", domain="old.example")
    third = PublisherFactory(merged_into=other)
    feed = FeedFactory(publisher=other)
    grade_publisher(publisher=first, reliability="B", reason="Corrects in public.", by=lead)

    merge_publishers(publisher=other, into=first, by=lead)
    merge_publishers(publisher=other, into=first, by=lead)
    grade_publisher(publisher=other, reliability="C", reason="Two errors stood.", by=lead)

    names = Publisher.objects.exclude(pk=first.pk)
    assert set(names.values_list("pk", "merged_into", "reliability")) == {
        (other.pk, first.pk, "C"),
        (third.pk, first.pk, "C"),
    }
    assert publisher_for("https://old.example/a") == publisher_for("harbor review") == first
    feed.refresh_from_db()
    assert feed.publisher == first
    assert first.grades.count() == 2


@pytest.mark.django_db(transaction=True)
def test_publishers_become_one_while_a_feed_of_one_is_being_stored() -> None:
    first, other = PublisherFactory(), PublisherFactory()
    feed = FeedFactory(publisher=other)
    lead = UserFactory()

    def merge() -> None:
        try:
            merge_publishers(publisher=other, into=first, by=lead)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Feed.objects.select_for_update(no_key=True).get(pk=feed.pk)
            merging = pool.submit(merge)
            _await_somebody_who_waits()
            DocumentFactory(publisher=other, feed=feed)
        merging.result()

    feed.refresh_from_db()
    assert feed.publisher == first


def _await_somebody_who_waits() -> None:
    waiting = "SELECT 1 FROM pg_locks WHERE NOT granted"
    until = time.monotonic() + 5
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(waiting)
            if cursor.fetchone():
                return
            time.sleep(0.01)
    pytest.fail("nobody waits")


@pytest.mark.django_db
def test_publishers_that_are_two_after_all_part_with_their_own_grades(lead: User) -> None:
    first, other = PublisherFactory(), PublisherFactory(name="Other")
    grade_publisher(publisher=first, reliability="B", reason="Corrects in public.", by=lead)
    grade_publisher(publisher=other, reliability="E", reason="Made things up.", by=lead)
    merge_publishers(publisher=other, into=first, by=lead)

    parted = part_publisher(publisher=other, by=lead)

    assert (parted.merged_into, parted.reliability) == (None, "E")
    assert publisher_for("Other") == other
    assert part_publisher(publisher=other, by=lead) == other


@pytest.mark.django_db
def test_publisher_is_not_another_name_of_itself(lead: User) -> None:
    first = PublisherFactory()
    other = PublisherFactory(merged_into=first)

    for publisher, into in ((first, first), (first, other)):
        with pytest.raises(PublisherProblem, match="are one already"):
            merge_publishers(publisher=publisher, into=into, by=lead)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", ["edit", "grade"])
def test_documents_are_stored_while_a_publisher_is_graded_or_edited(change: str) -> None:
    publisher, lead = PublisherFactory(), UserFactory()

    def store() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '3s'")
            DocumentFactory(publisher=publisher)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        if change == "grade":
            grade_publisher(publisher=publisher, reliability="B", reason="Corrects.", by=lead)
        else:
            edit_publisher(publisher=publisher, name=publisher.name, domain="new.example", by=lead)
        pool.submit(store).result()

    assert Document.objects.get().publisher == publisher


@pytest.mark.django_db
def test_only_what_nothing_leans_on_is_removed(lead: User) -> None:
    unused = PublisherFactory(name="Slip", domain="slip.example")
    in_use = {
        DocumentFactory().publisher,
        FeedFactory().publisher,
        PublisherGrade.objects.create(
            publisher=PublisherFactory(), reliability="C", reason="So."
        ).publisher,
    }
    first = PublisherFactory()
    names = {first, PublisherFactory(merged_into=first)}

    assert list(Publisher.objects.unused()) == [unused]
    assert remove_publishers(found=Publisher.objects.all(), by=lead) == 1
    assert remove_publishers(found=Publisher.objects.all(), by=lead) == 0

    assert set(Publisher.objects.all()) == in_use | names
    entry = AuditEntry.objects.get(verb="removed", by=lead)
    assert (entry.object_id, entry.detail) == (
        *(unused.pk, {"name": "Slip", "domain": "slip.example"}),
    )


@pytest.mark.django_db
def test_of_the_unused_only_those_asked_for_are_removed(lead: User) -> None:
    PublisherFactory(name="Slip")
    kept = PublisherFactory(name="The Wire")

    assert remove_publishers(found=Publisher.objects.matching("slip"), by=lead) == 1

    assert list(Publisher.objects.all()) == [kept]


@pytest.mark.django_db(transaction=True)
def test_publisher_of_a_document_that_is_just_being_stored_stays() -> None:
    publisher, lead = PublisherFactory(), UserFactory()

    def remove() -> int:
        try:
            return remove_publishers(found=Publisher.objects.all(), by=lead)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            hold(Lock.DOCUMENTS)
            DocumentFactory(publisher=publisher)
            removing = pool.submit(remove)
            _await_somebody_who_waits()
        assert removing.result() == 0

    assert Publisher.objects.get() == publisher


@pytest.mark.django_db
def test_another_name_says_which_publisher_it_is() -> None:
    first = PublisherFactory()
    other = PublisherFactory(merged_into=first)

    assert [(one.standing, one.standing_id) for one in (first, other)] == [(first, first.pk)] * 2
    assert list(Publisher.objects.standing()) == [first]
    assert set(Publisher.objects.one_with(first.pk)) == {first, other}
