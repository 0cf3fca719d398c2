"""Marks of retraction and correction: by people, taken back by a further row, and out of streams."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from accounts.models import AuditEntry, User
from sources.importing import Item
from sources.models import Document, Event, EventReport, Notice
from sources.services import (
    NoticeProblem,
    lay_retraction,
    mark_document,
    mark_event,
    receive_items,
    take_back_notice,
    waiting_retractions,
)
from sources.tasks import lay_retractions
from tests.factories.sources import DocumentFactory, EventFactory, PublisherFactory

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
PAGES = count()
TITLE = "The ministry opens two ports to the north"


def report(title: str, publisher: object, **fields: object) -> Document:
    return DocumentFactory(
        origin=Document.Origin.FEED,
        title=title,
        text="",
        publisher=publisher,
        **{"captured_at": AT, "url_key": f"a.example/{next(PAGES)}"} | fields,
    )


def event_of(*documents: Document) -> Event:
    event = EventFactory(title=documents[0].title, report=documents[0])
    for document in documents[1:]:
        EventReport.objects.create(event=event, document=document)
    return event


def test_event_is_marked_with_reason_and_address(analyst: User) -> None:
    event = EventFactory()
    wanted = {
        "event": event,
        "kind": "retracted",
        "words": " The photo is old. ",
        "url": "https://harbour.example/note",
        "by": analyst,
    }

    notice = mark_event(**wanted, at=AT)

    assert (notice.kind, notice.event, notice.words) == ("retracted", event, "The photo is old.")
    assert mark_event(**wanted) == notice
    assert AuditEntry.objects.get().verb == "marked retracted"


def test_text_is_marked_in_its_newest_version_with_the_event_it_alone_reports(
    analyst: User,
) -> None:
    older = report(TITLE, None, url_key="harbour.example/a")
    newer = report("Newer", None, url_key="harbour.example/a", previous=older)
    event = event_of(older)

    notice = mark_document(document=older, kind="corrected", words="Three ports.", by=analyst)

    assert (notice.document, notice.event) == (newer, event)


def test_event_that_others_report_too_is_not_retracted_with_one_text(analyst: User) -> None:
    first = report(TITLE, None)
    event_of(first, report(TITLE, PublisherFactory()))

    notice = mark_document(document=first, kind="retracted", words="Made up.", by=analyst)

    assert notice.event is None


@pytest.mark.parametrize(
    ("kind", "words", "problem"),
    [("vanished", "Gone.", "retracted or corrected"), ("retracted", "  ", "Say why")],
)
def test_mark_without_kind_or_reason_is_refused(
    kind: str, words: str, problem: str, analyst: User
) -> None:
    with pytest.raises(NoticeProblem, match=problem):
        mark_event(event=EventFactory(), kind=kind, words=words, by=analyst)


def test_mark_is_taken_back_by_a_further_row(analyst: User, colleague: User) -> None:
    notice = mark_event(event=EventFactory(), kind="retracted", words="Made up.", by=analyst)

    taken = take_back_notice(notice=notice, words="It was another event.", by=colleague)

    assert (taken.takes_back, taken.event, taken.by) == (notice, notice.event, colleague)
    assert take_back_notice(notice=notice, words="Again.", by=analyst) == taken
    assert not Notice.objects.standing().exists()
    assert Notice.objects.count() == 2


@pytest.mark.parametrize("words", ["", " \n"])
def test_mark_is_not_taken_back_without_a_reason(words: str, analyst: User) -> None:
    notice = mark_event(event=EventFactory(), kind="retracted", words="Made up.", by=analyst)

    with pytest.raises(NoticeProblem, match="Say why"):
        take_back_notice(notice=notice, words=words, by=analyst)


def test_what_was_found_is_not_taken_back(analyst: User) -> None:
    found = Notice.objects.create(kind="changed", document=DocumentFactory())

    with pytest.raises(NoticeProblem, match="Only what was marked"):
        take_back_notice(notice=found, words="No.", by=analyst)


def laid(document: Document) -> tuple[str, Document | None, Event | None, bool]:
    assert list(waiting_retractions()) == [document]
    notice = lay_retraction(document=document)
    assert not waiting_retractions().exists()
    assert lay_retraction(document=document) == notice
    return notice.kind, notice.document, notice.event, notice.is_suggestion


def test_retraction_gathered_with_the_same_publishers_report_marks_it() -> None:
    publisher = PublisherFactory()
    first, item = report(TITLE, publisher), report(f"Retraction: {TITLE}", publisher)
    event = event_of(first, item)

    assert laid(item) == ("retracted", first, event, False)


def test_correction_by_one_publisher_marks_its_report_not_the_event_others_report() -> None:
    publisher = PublisherFactory()
    other, first = report(TITLE, PublisherFactory()), report(TITLE, publisher)
    item = report(f"Correction: {TITLE}", publisher)
    event_of(other, first, item)

    assert laid(item) == ("corrected", first, None, False)


def test_correction_gathered_with_others_only_is_a_suggestion() -> None:
    other = report(TITLE, PublisherFactory())
    later = report(f"CORRECTED-{TITLE}", PublisherFactory())
    event = event_of(other, later)

    assert laid(later) == ("corrected", None, event, True)


def test_correction_by_itself_suggests_the_report_whose_story_it_names() -> None:
    publisher = PublisherFactory()
    first = report(TITLE, publisher)
    event = event_of(first)
    event_of(report("Rain in the south", publisher))
    event_of(report(TITLE, publisher, captured_at=AT - timedelta(days=40)))
    item = report(f"Correction: {TITLE} coast", publisher)
    event_of(item)

    assert laid(item) == ("corrected", first, event, True)


def test_correction_that_names_two_stories_alike_or_none_stands_by_itself() -> None:
    publisher = PublisherFactory()
    for _ in range(2):
        event_of(report(TITLE, publisher))
    item = report(f"Correction: {TITLE}", publisher)
    event_of(item)

    assert laid(item) == ("corrected", None, None, True)


def test_hostile_address_of_an_item_is_not_linked_to() -> None:
    item = report("Retraction: All of it", None, url="javascript:alert(1)")
    event_of(item)

    assert lay_retraction(document=item).url == ""


def test_retractions_are_found_as_they_arrive() -> None:
    publisher = PublisherFactory()
    items = [
        Item(row=row, title=title, summary="", published_at=AT, url=f"https://a.example/{row}")
        for row, title in enumerate([TITLE, "Rain in the south", "Retraction: Something else"])
    ]
    receive_items(items, by=None, publisher=publisher)

    lay_retractions()
    lay_retractions()

    assert Notice.objects.get().source.title == "Retraction: Something else"
