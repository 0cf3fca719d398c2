"""Publishers are found by name or host, and graded with a history."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from sources.models import Publisher
from sources.services import grade_publisher, publisher_for
from sources.services.publishers import host_of, publishers_for
from tests.factories.sources import PublisherFactory


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
