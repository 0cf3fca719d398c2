"""Claims are told what became of what they lean on, once, and nobody else is."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from claims.models import Claim, ClaimNotice, Evidence, NoticeTold
from claims.notices import (
    documents_leaned_on,
    evidence_leaning_on,
    notices_of,
    notices_since,
    notices_under,
    standing_of,
    told_to,
)
from claims.services import (
    accept_evidence,
    register_claim,
    reject_evidence,
    see_notice,
    tell_of_notices,
    undo_evidence,
    watch_leaned_on_pages,
)
from claims.tasks import tell_of_notices as task
from sources.models import Document, Notice, PageWatch
from sources.services import mark_document, mark_event, merge_events, take_back_notice, watch_page
from tests.factories.claims import ClaimFactory, EvidenceFactory, RegisteredClaimFactory
from tests.factories.sources import DocumentFactory, EventFactory, QuoteFactory

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
KEY = "harbour.example/outlook"


def version(previous: Document | None = None, **fields: object) -> Document:
    """A version of one page, fetched."""
    wanted = {"origin": "capture", "url_key": KEY, "url": f"https://{KEY}", "previous": previous}
    return DocumentFactory(**wanted | fields)


def changed(before: Document, after: Document) -> Notice:
    return Notice.objects.create(kind="changed", document=before, newer=after, at=AT)


def told() -> set[tuple[Claim, Notice]]:
    """Whom the sweep told of what."""
    tell_of_notices(at=AT)
    return {(one.claim, one.notice) for one in ClaimNotice.objects.all()}


def linked(by: User, **fields: object) -> Evidence:
    return accept_evidence(evidence=EvidenceFactory(**fields), stance=1, by=by)


def test_claims_that_quote_a_changed_text_are_told(analyst: User) -> None:
    first = version()
    second = version(first)
    third = version(second)
    on_first, on_second, on_third = (
        RegisteredClaimFactory(quote=QuoteFactory(document=one)) for one in (first, second, third)
    )
    draft = ClaimFactory(quote=on_first.quote)
    ClaimFactory(quote=on_first.quote, status=Claim.Status.DROPPED)
    RegisteredClaimFactory()

    notice = changed(second, third)

    # Who quotes the newest version knew of the change.
    assert told() == {(claim, notice) for claim in (on_first, on_second, draft)}
    assert on_third not in Claim.objects.filter(told__isnull=False)


def test_claims_whose_evidence_leans_on_an_event_are_told(analyst: User) -> None:
    evidence = linked(analyst)
    EvidenceFactory(event=evidence.event)
    reject_evidence(evidence=EvidenceFactory(event=evidence.event), by=analyst)
    undo_evidence(evidence=linked(analyst, event=evidence.event), by=analyst)

    notice = mark_event(event=evidence.event, kind="retracted", words="Made up.", by=analyst)

    assert told() == {(evidence.claim, notice)}
    assert list(evidence_leaning_on(notice)) == [evidence]


def test_claims_whose_evidence_leans_on_a_merged_event_are_told(analyst: User) -> None:
    evidence = linked(analyst)
    merged = EventFactory(merged_into=evidence.event)

    notice = mark_event(event=merged, kind="retracted", words="Made up.", by=analyst)

    assert told() == {(evidence.claim, notice)}


def test_claims_linked_to_what_became_part_of_an_event_are_told_of_the_whole(
    analyst: User,
) -> None:
    evidence = linked(analyst)
    whole = EventFactory()
    merge_events(event=evidence.event, into=whole, by=analyst)

    notice = mark_event(event=whole, kind="retracted", words="Made up.", by=analyst)

    assert told() == {(evidence.claim, notice)}
    evidence = Evidence.objects.get()
    assert notices_under([evidence]) == {evidence.pk: [notice]}
    assert list(notices_of(evidence.claim)) == [notice]


def test_claims_whose_evidence_was_read_in_a_text_are_told(analyst: User) -> None:
    report = version(origin="feed")
    evidence = linked(analyst, event=EventFactory(report=report))
    EventFactory(report=DocumentFactory())

    notice = mark_document(document=report, kind="corrected", words="Three ports.", by=analyst)

    assert told() == {(evidence.claim, notice)}
    assert notices_under([evidence]) == {evidence.pk: [notice]}


def test_notice_is_laid_once_and_again_for_ten_minutes(analyst: User) -> None:
    evidence = EvidenceFactory()
    notice = mark_event(event=evidence.event, kind="retracted", words="No.", by=analyst, at=AT)
    assert tell_of_notices(at=AT) == 0
    Evidence.objects.filter(pk=evidence.pk).update(
        status="accepted", stance=1, decided_by=analyst, decided_at=AT
    )

    assert tell_of_notices(at=AT + timedelta(minutes=11)) == 0
    assert tell_of_notices(at=AT + timedelta(minutes=9)) == 1
    assert tell_of_notices(at=AT + timedelta(minutes=9)) == 0
    assert NoticeTold.objects.get().notice == notice


def test_what_was_noted_before_is_told_to_whoever_leans_on_it_later(analyst: User) -> None:
    event = EventFactory()
    notice = mark_event(event=event, kind="retracted", words="Made up.", by=analyst)
    first = version()
    change = changed(first, version(first))

    linked(analyst, event=event)
    claim = register_claim(claim=ClaimFactory(quote=QuoteFactory(document=first)), by=analyst)

    assert set(claim.told.values_list("notice", flat=True)) == {change.pk}
    assert ClaimNotice.objects.get(notice=notice).claim == Evidence.objects.get().claim


def test_mark_that_was_taken_back_is_told_only_to_who_had_looked_at_it(
    analyst: User, colleague: User
) -> None:
    event = EventFactory()
    looked, not_looked = linked(analyst, event=event), linked(analyst, event=event)
    notice = mark_event(event=event, kind="retracted", words="Made up.", by=analyst, at=AT)
    tell_of_notices(at=AT)
    see_notice(told=ClaimNotice.objects.get(claim=looked.claim), by=analyst, at=AT)

    taken = take_back_notice(notice=notice, words="Another event.", by=colleague, at=AT)
    tell_of_notices(at=AT)

    assert [(one.claim, one.notice) for one in told_to(colleague)] == [(looked.claim, taken)]
    assert not not_looked.claim.told.filter(notice=taken).exists()


def test_first_look_is_the_one_that_is_kept(analyst: User, colleague: User) -> None:
    evidence = linked(analyst)
    mark_event(event=evidence.event, kind="retracted", words="Made up.", by=analyst)
    task()
    told = ClaimNotice.objects.get()

    see_notice(told=told, by=analyst, at=AT)
    seen = see_notice(told=told, by=colleague)

    assert (seen.seen_by, seen.seen_at) == (analyst, AT)
    assert not told_to(analyst).exists()


def test_who_was_told_after_a_moment_is_known_to_rooms_above(analyst: User) -> None:
    evidence = linked(analyst)
    mark_event(event=evidence.event, kind="retracted", words="Made up.", by=analyst, at=AT)
    tell_of_notices(at=AT)

    assert [one.claim for one in notices_since(AT - timedelta(seconds=1))] == [evidence.claim]
    assert list(notices_since(AT)) == []


def test_many_pieces_of_evidence_are_asked_for_in_one_query(
    analyst: User, django_assert_num_queries
) -> None:
    evidence = [linked(analyst, event=EventFactory()) for _ in range(3)]
    for one in evidence:
        mark_event(event=one.event, kind="retracted", words="No.", by=analyst)
    loaded = list(Evidence.objects.select_related("document", "event").order_by("pk"))

    with django_assert_num_queries(1):
        found = notices_under(loaded)

    assert {pk: len(notices) for pk, notices in found.items()} == {one.pk: 1 for one in evidence}


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        (
            "New head.\n\nOrlov argues that trade between the two\nports is likely to grow in the coming years.",
            True,
        ),
        ("Orlov argues that trade between the two ports may grow.", False),
    ],
)
def test_whether_quoted_words_still_stand_is_known(text: str, stands: bool) -> None:
    first = version()
    claim = ClaimFactory(quote=QuoteFactory(document=first))
    assert standing_of(claim) is None
    second = version(first, text=text)

    standing = standing_of(claim)

    assert standing
    assert (standing.version, standing.stands) == (second, stands)
    assert standing.before == ("New head. Orlov argues that " if stands else "")


def test_what_is_leaned_on_is_watched_and_what_is_not_any_more_rests(analyst: User) -> None:
    quoted = version(origin="page", url_key="a.example/1", url="https://a.example/1")
    RegisteredClaimFactory(quote=QuoteFactory(document=quoted))
    report = version(origin="feed", url_key="a.example/2", url="https://a.example/2")
    evidence = linked(analyst, event=EventFactory(report=report))
    version(origin="feed", url_key="a.example/3", url="https://a.example/3")
    assert set(PageWatch.objects.values_list("url_key", flat=True)) == {"a.example/2"}

    assert watch_leaned_on_pages() == 1
    assert watch_leaned_on_pages() == 0

    assert set(documents_leaned_on()) >= {quoted, report}
    assert PageWatch.objects.filter(is_active=True).count() == 2
    undo_evidence(evidence=evidence, by=analyst)
    watch_leaned_on_pages()
    assert PageWatch.objects.get(is_active=False).url_key == "a.example/2"
    watch_page(document=report)
    assert PageWatch.objects.get(url_key="a.example/2").is_active


@pytest.fixture
def long_ago() -> datetime:
    """A moment whose notices are not laid before claims again by themselves."""
    return timezone.now() - timedelta(days=30)


def laid_again() -> set[tuple[Claim, Notice]]:
    """Whom the sweep told of what by now."""
    tell_of_notices()
    return {(one.claim, one.notice) for one in ClaimNotice.objects.all()}


def test_who_leans_on_the_event_that_a_retracted_one_became_part_of_is_told(
    analyst: User, long_ago: datetime
) -> None:
    retracted, standing = linked(analyst), linked(analyst)
    notice = mark_event(
        event=retracted.event, kind="retracted", words="No.", by=analyst, at=long_ago
    )
    tell_of_notices(at=long_ago)
    assert laid_again() == {(retracted.claim, notice)}

    merge_events(event=retracted.event, into=standing.event, by=analyst)

    assert laid_again() == {(retracted.claim, notice), (standing.claim, notice)}
    assert tell_of_notices() == 0
    assert NoticeTold.objects.get().claims == 2


def test_who_leans_on_what_became_part_of_a_retracted_event_is_told_through_a_chain(
    analyst: User, long_ago: datetime
) -> None:
    first, second = linked(analyst), linked(analyst)
    retracted, apart = EventFactory(), linked(analyst)
    notice = mark_event(event=retracted, kind="retracted", words="No.", by=analyst, at=long_ago)
    tell_of_notices(at=long_ago)

    merge_events(event=first.event, into=second.event, by=analyst)
    assert laid_again() == set()
    merge_events(event=second.event, into=retracted, by=analyst)

    assert laid_again() == {(first.claim, notice), (second.claim, notice)}
    assert not apart.claim.told.exists()


def test_merger_tells_nobody_of_a_mark_that_was_taken_back(
    analyst: User, long_ago: datetime
) -> None:
    evidence, retracted = linked(analyst), EventFactory()
    notice = mark_event(event=retracted, kind="retracted", words="No.", by=analyst, at=long_ago)
    take_back_notice(notice=notice, words="It holds.", by=analyst, at=long_ago)
    tell_of_notices(at=long_ago)

    merge_events(event=retracted, into=evidence.event, by=analyst)

    assert laid_again() == set()


def test_each_later_merger_is_laid_before_claims_anew(analyst: User, long_ago: datetime) -> None:
    early, late, retracted = linked(analyst), linked(analyst), EventFactory()
    notice = mark_event(event=retracted, kind="retracted", words="No.", by=analyst, at=long_ago)
    tell_of_notices(at=long_ago)
    merge_events(event=early.event, into=retracted, by=analyst)
    again = timezone.now()
    assert tell_of_notices(at=again) == 1
    assert NoticeTold.objects.get().at == again

    merge_events(event=late.event, into=retracted, by=analyst)

    assert laid_again() == {(early.claim, notice), (late.claim, notice)}


def test_what_nobody_was_told_of_goes_before_what_is_laid_again(analyst: User) -> None:
    evidence = linked(analyst)
    old = mark_event(event=evidence.event, kind="corrected", words="Old.", by=analyst, at=AT)
    tell_of_notices(at=AT)
    new = mark_event(event=evidence.event, kind="retracted", words="New.", by=analyst, at=AT)

    assert tell_of_notices(at=AT, limit=1) == 1
    assert set(evidence.claim.told.values_list("notice", flat=True)) == {old.pk, new.pk}
