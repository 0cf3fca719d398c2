"""Versions side by side, marks on documents and events, and what changed under claims."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from claims.models import ClaimNotice, Evidence
from claims.services import accept_evidence, prune_old_documents, tell_of_notices
from reviews.services import open_due_checkpoints
from sources.models import Document, Event, Notice
from sources.services import mark_document, mark_event
from tests.factories.claims import EvidenceFactory, RegisteredClaimFactory
from tests.factories.sources import DocumentFactory, EventFactory, QuoteFactory

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]

KEY = "harbour.example/outlook"
SAID = "Orlov argues that trade between the two ports is likely to grow in the coming years."


@pytest.fixture
def browser(analyst: User, sign_in: SignIn) -> Client:
    return sign_in(analyst)


def version(previous: Document | None = None, **fields: object) -> Document:
    """A version of one page, fetched."""
    wanted = {"origin": "capture", "url_key": KEY, "url": f"https://{KEY}", "previous": previous}
    return DocumentFactory(**wanted | fields)


def one_line(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def linked(by: User, event: Event | None = None, **fields: object) -> Evidence:
    evidence = EvidenceFactory(event=event or EventFactory(), **fields)
    return accept_evidence(evidence=evidence, stance=1, by=by)


def retracted(by: User, event: Event | None = None) -> Evidence:
    """Evidence for a claim whose event was retracted since."""
    evidence = linked(by, event)
    mark_event(event=evidence.event, kind="retracted", words="The photo is old.", by=by)
    tell_of_notices()
    return evidence


def test_suggestion_says_that_its_event_was_retracted(browser: Client, analyst: User) -> None:
    suggested = EvidenceFactory()
    mark_event(event=suggested.event, kind="retracted", words="The photo is old.", by=analyst)

    page = one_line(browser.get("/inbox/"))
    assert "Retracted" in page


def test_document_shows_where_it_was_taken_and_its_versions(browser: Client) -> None:
    first = version(
        origin="feed",
        asked_url="https://short.example/1",
        headers={"ETag": '"<v1>"', "Content-Language": "en"},
    )
    second = version(first, text=f"{SAID} So it was.")

    page = one_line(browser.get(first.get_absolute_url()))

    assert "https://short.example/1" in page
    assert "&quot;&lt;v1&gt;&quot;" in page
    assert f"/documents/{second.pk}/compare/{first.pk}/" in page
    assert "Full text <a" in page


def test_versions_are_compared_word_by_word_as_text(browser: Client) -> None:
    first = version(text="Trade will grow.")
    second = version(first, text="Trade <b>will</b> shrink.", title=first.title)

    page = one_line(browser.get(f"/documents/{second.pk}/compare/{first.pk}/"))

    assert (
        'class="differs">Trade <del>will grow.</del><ins>&lt;b&gt;will&lt;/b&gt; shrink.</ins>'
        in page
    )


def test_texts_that_are_no_versions_of_each_other_are_not_compared(browser: Client) -> None:
    first, other = version(), version(url_key="elsewhere.example")

    assert browser.get(f"/documents/{first.pk}/compare/{other.pk}/").status_code == 404
    assert browser.get(f"/documents/{first.pk}/compare/{first.pk}/").status_code == 404


def test_document_is_marked_and_the_mark_taken_back(browser: Client) -> None:
    document = version()
    values = {"kind": "retracted", "words": "The <i>figures</i> were made up."}

    page = one_line(browser.post(f"/documents/{document.pk}/mark/", values, follow=True))
    assert "Marked as retracted." in page
    assert "The &lt;i&gt;figures&lt;/i&gt; were made up." in page
    notice = Notice.objects.get()
    page = one_line(
        browser.post(f"/notices/{notice.pk}/take-back/", {"words": "They hold."}, follow=True)
    )

    assert "Taken back." in page
    assert "made up" not in page


def test_event_is_marked_and_shows_it(browser: Client) -> None:
    event = EventFactory()
    values = {"kind": "corrected", "words": "Three ports.", "url": "https://harbour.example/note"}

    page = one_line(browser.post(f"/events/{event.pk}/mark/", values, follow=True))

    assert "Three ports." in page
    assert 'href="https://harbour.example/note" rel="noopener noreferrer nofollow"' in page


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"kind": "retracted"}, "Not marked. Why: This field is required."),
        ({"words": "Wrong."}, "Not marked. It is: This field is required."),
        (
            {"kind": "retracted", "words": "No.", "url": "javascript:alert(1)"},
            "Not marked. Address of the notice: Enter a valid URL.",
        ),
    ],
)
def test_mark_that_is_not_whole_is_refused_in_words(
    values: dict[str, str], words: str, browser: Client
) -> None:
    page = one_line(browser.post(f"/events/{EventFactory().pk}/mark/", values, follow=True))

    assert words in page
    assert not Notice.objects.exists()


def test_change_stands_in_the_list_until_somebody_has_seen_it(
    browser: Client, analyst: User, colleague: User, sign_in: SignIn
) -> None:
    evidence = retracted(analyst)
    told = ClaimNotice.objects.get()
    assert "1 change under claims" in one_line(browser.get("/inbox/"))
    page = one_line(browser.get("/changes/"))
    assert "The photo is old." in page
    assert evidence.claim.get_absolute_url() in page

    answer = sign_in(colleague).post(f"/changes/{told.pk}/seen/", {"back": "claim"}, follow=True)

    assert "seen by carl" in one_line(answer)
    assert "Nothing changed" in one_line(browser.get("/changes/"))


def test_seen_row_goes_without_the_page(browser: Client, analyst: User) -> None:
    retracted(analyst)
    told = ClaimNotice.objects.get()

    answer = browser.post(f"/changes/{told.pk}/seen/", headers={"HX-Request": "true"})

    assert answer.content == b""
    told.refresh_from_db()
    assert told.seen_by == analyst


def test_change_under_a_claim_to_be_judged_blind_is_not_told_to_who_may_judge_it(
    analyst: User, second_reviewer: User, sign_in: SignIn
) -> None:
    second_reviewer.roles = ["reviewer", "analyst"]
    second_reviewer.save()
    browser = sign_in(second_reviewer)
    evidence = retracted(analyst)
    told = ClaimNotice.objects.get()
    assert evidence.claim.statement in one_line(browser.get("/changes/"))

    open_due_checkpoints()

    assert "Nothing changed" in one_line(browser.get("/changes/"))
    assert "under claims" not in one_line(browser.get("/inbox/"))
    assert browser.post(f"/changes/{told.pk}/seen/").status_code == 403
    assert {work.label: work.count for work in browser.get("/").context["work"]}[
        "changes under your claims"
    ] == 0


def test_claim_shows_what_changed_and_whether_its_words_still_stand(
    browser: Client, analyst: User
) -> None:
    first = version()
    claim = RegisteredClaimFactory(quote=QuoteFactory(document=first))
    second = version(first, text="Orlov now argues that nothing grows.")
    Notice.objects.create(kind="changed", document=first, newer=second)
    tell_of_notices()

    page = one_line(browser.get(claim.get_absolute_url()))

    assert "The quoted words do not stand any more" in page
    assert "The page changed:" in page
    assert f"/documents/{first.pk}/compare/{second.pk}/" in page


def test_words_that_still_stand_are_shown_where_they_stand(browser: Client) -> None:
    first = version()
    claim = RegisteredClaimFactory(quote=QuoteFactory(document=first))
    version(first, text=f"New head. {SAID}")

    page = one_line(browser.get(claim.get_absolute_url()))

    assert "The quoted words still stand in" in page
    assert "New head. Orlov argues that <mark" in page


def test_accepted_evidence_tells_how_its_capture_goes_and_what_was_noted(
    browser: Client, analyst: User
) -> None:
    report = version(origin="feed")
    evidence = linked(analyst, EventFactory(report=report))
    assert "The full text is being captured." in one_line(browser.get("/inbox/?tab=accepted"))
    full = version(report, text="The whole story.")
    mark_document(document=report, kind="corrected", words="Three ports.", by=analyst)

    page = one_line(browser.get("/inbox/?tab=accepted"))

    assert f'Full text <a href="{full.get_absolute_url()}">' in page
    assert "Corrected: <a" in page
    assert evidence.document == report


def test_three_accepted_links_cost_no_more_queries_than_one(
    browser: Client, analyst: User, django_assert_num_queries: Any
) -> None:
    retracted(analyst)
    with django_assert_num_queries(7):
        browser.get("/inbox/?tab=accepted")
    for _ in range(2):
        retracted(analyst)
    with django_assert_num_queries(7):
        browser.get("/inbox/?tab=accepted")


def test_three_changes_cost_no_more_queries_than_one(
    browser: Client, analyst: User, django_assert_num_queries: Any
) -> None:
    retracted(analyst)
    with django_assert_num_queries(5):
        browser.get("/changes/")
    for _ in range(2):
        retracted(analyst)
    with django_assert_num_queries(5):
        browser.get("/changes/")


def test_event_whose_texts_were_pruned_says_so_and_keeps_its_count(browser: Client) -> None:
    document = version(origin="feed", captured_at="2020-01-01T00:00Z")
    event = EventFactory(report=document)
    prune_old_documents(older_than=timedelta(days=90))

    page = one_line(browser.get(event.get_absolute_url()))

    assert "1 report whose text was pruned, last on" in page
    assert document.publisher.name in page
    assert "independent" not in page
