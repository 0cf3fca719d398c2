"""Publishers are found by name or host, and graded with a history."""

import pytest

from accounts.models import User
from sources.models import Publisher
from sources.services import grade_publisher, publisher_for
from sources.services.publishers import host_of
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
def test_an_unknown_one_is_made_once() -> None:
    made = publisher_for("http://feeds.harbour.example/top")

    assert (made.name, made.domain, made.reliability) == ("harbour.example", "harbour.example", "F")
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
