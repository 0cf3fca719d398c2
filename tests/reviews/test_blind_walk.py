"""A reviewer follows every link there is, and reads nothing that tells too much about what they judge."""

import re
from collections import deque
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission
from accounts.services import make_calendar_address, make_token
from claims.models import Claim
from claims.services import accept_evidence
from reports.services import publish_report
from reviews.digests import mail_to
from reviews.models import Assignment, Verdict
from reviews.services import (
    appeal_verdict,
    lease_next,
    open_due_checkpoints,
    save_draft,
    submit_review,
    take_adjudication,
)
from sources.models import ClaimantAlias
from tests.factories.claims import EvidenceFactory, RegisteredClaimFactory
from tests.factories.reviews import VerdictFactory
from tests.factories.sources import (
    ClaimantFactory,
    DocumentFactory,
    EventFactory,
    PublisherFactory,
    QuoteFactory,
)

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]

STATEMENT = "Herring landings at Omar double."
# Told together with the claim, any of these tells who said or published it.
NAMES = ("zebulon", "quirk", "z. q.", "gazette of tessel", "tessel-gazette", "plover institute")
# What the other reviewer wrote and found.
VOTE = "The harbour master counted thrice."
MOST_PAGES = 400


@pytest.fixture
def claim(analyst: User, lead: User) -> Claim:
    """A claim whose claimant, text and evidence all name the source, with an earlier verdict."""
    claimant = ClaimantFactory(name="Zebulon Quirk", affiliation="Plover Institute")
    ClaimantAlias.objects.create(claimant=claimant, name="Z. Q.")
    publisher = PublisherFactory(name="Gazette of Tessel", domain="tessel-gazette.example")
    text = "By Z. Quirk of the Plover Institute. Herring will likely double, Zebulon Quirk (zebulonquirk.example) says."
    document = DocumentFactory(
        text=text, author="Zebulon Quirk", publisher=publisher, title="Quirk on herring",
        url="https://tessel-gazette.example/quirk", url_key="tessel-gazette.example/quirk",
    )  # fmt: skip
    claim = RegisteredClaimFactory(
        claimant=claimant,
        speaker="Quirk",
        statement=STATEMENT,
        held_if="Quirk's own count doubles.",
        quote=QuoteFactory(document=document, exact="Herring will likely double"),
        earlier=[date(2025, 3, 21)],
    )
    # Another claim of his that nobody has to judge: his name stands in the ledger by itself.
    RegisteredClaimFactory(
        claimant=claimant,
        statement="Cod stays away.",
        quote__document__publisher=publisher,
        due_on=date(2090, 1, 1),
        due_latest=date(2090, 1, 1),
    )
    title = "Zebulon Quirk visits Omar"
    report = DocumentFactory(
        origin="file", title=title, text="Quirk saw herring.", publisher=publisher
    )
    evidence = EvidenceFactory(
        claim=claim, event=EventFactory(title=title, report=report), passage="Quirk saw herring."
    )
    accept_evidence(evidence=evidence, stance=2, by=analyst)
    VerdictFactory(checkpoint=claim.checkpoints.order_by("due_on")[0], outcome="mixed", value="0.5")
    open_due_checkpoints(on=timezone.localdate())
    Assignment.objects.filter(checkpoint__due_on=date(2025, 3, 21)).delete()
    publish_report(
        by=lead, period_start=date(2020, 1, 1), period_end=date(2024, 1, 1), title="Early years",
        is_public=True,
    )  # fmt: skip
    return claim


@pytest.fixture
def voted(claim: Claim, second_reviewer: User) -> str:
    """What the other reviewer found is stored."""
    seat = lease_next(by=second_reviewer)
    assert seat is not None
    submit_review(
        assignment=seat, by=second_reviewer, outcome="mostly_failed", confidence=3, reason=VOTE
    )
    return VOTE


def pages(client: Client, *starts: str) -> Iterator[tuple[str, str]]:
    """Address and text of every answer that links, forms' addresses and parts lead to."""
    seen, waiting = set(starts), deque(starts)
    while waiting:
        assert len(seen) < MOST_PAGES, "the walk does not end"
        url = waiting.popleft()
        answer = client.get(url)
        if answer.status_code in {301, 302}:
            found = [answer.headers["location"]]
        else:
            body = answer.getvalue().decode(errors="replace")
            yield url, body
            found = re.findall(r'(?:href|src|action|hx-get)="([^"]*)"', body)
        for link in map(unescape, found):
            whole = urlsplit(urljoin(url, link))
            target = f"{whole.path}?{whole.query}" if whole.query else whole.path
            if not whole.netloc and target not in seen and _leads_on(whole.path):
                seen.add(target)
                waiting.append(target)


def _leads_on(path: str) -> bool:
    return not path.startswith(("/static/", "/sign-out", "/admin")) and not path.endswith(".ico")


def told_together(body: str) -> set[str]:
    """The names that stand in one answer with the claim's words."""
    flat = " ".join(unescape(body).split()).lower()
    if STATEMENT.lower() not in flat and "herring will likely double" not in flat:
        return set()
    return {name for name in NAMES if name in flat}


def test_no_page_tells_who_said_it_or_what_another_found(
    claim: Claim, voted: str, reviewer: User, sign_in: SignIn
) -> None:
    seat = lease_next(by=reviewer)
    assert seat is not None
    save_draft(assignment=seat, by=reviewer, reason="So far.")
    addresses = ["/", seat.get_absolute_url(), claim.get_absolute_url()]
    addresses += [f"/documents/{claim.quote.document_id}/", f"/claimants/{claim.claimant_id}/"]
    addresses += [reverse("claims_export"), f"/claims/?q={STATEMENT.partition(' ')[0]}"]

    walked = dict(pages(sign_in(reviewer), *addresses))

    assert len(walked) > 30
    assert {
        "/reviews/board/",
        "/reviews/board/mine/",
        "/reviews/calendar/",
        "/reviews/mail/",
    } <= set(walked)
    assert STATEMENT in walked[seat.get_absolute_url()]
    assert {url: names for url, body in walked.items() if (names := told_together(body))} == {}
    assert [url for url, body in walked.items() if voted in body] == []
    judging = [body for url, body in walked.items() if url.startswith("/reviews/")]
    # Neither are links that lead to whoever said or published it.
    for body in judging:
        assert not re.search(r'="[^"]*/(?:claimants|publishers|documents|events)/\d', body)
        assert "Verdicts before this one" not in body


def test_the_walk_sees_what_a_reader_sees(claim: Claim, reader: User, sign_in: SignIn) -> None:
    walked = dict(pages(sign_in(reader), "/"))

    assert "zebulon" in told_together(walked[claim.get_absolute_url()])


def test_no_answer_of_the_api_tells_it(
    claim: Claim, voted: str, reviewer: User, client: Client
) -> None:
    _, secret = make_token(
        name="all", scopes=[Permission.READ_LEDGER, Permission.REVIEW_CLAIMS], days=1, by=reviewer
    )
    schema = client.get(
        "/api/v1/schema/?format=json", headers={"Authorization": f"Bearer {secret}"}
    )
    paths = [path for path in schema.json()["paths"] if "{" not in path]
    assert paths

    for path in paths:
        answer = client.get(path, headers={"Authorization": f"Bearer {secret}"})
        body = answer.getvalue().decode()
        assert told_together(body) == set(), path
        assert voted not in body


def test_no_mail_is_sent_on_the_way(claim: Claim, voted: str) -> None:
    assert mail.outbox == []


def test_no_calendar_tells_it(
    claim: Claim, voted: str, reviewer: User, lead: User, client: Client
) -> None:
    for user in (reviewer, lead):
        secret = make_calendar_address(by=user)
        body = client.get(reverse("reviews:calendar_feed", args=[secret])).text.lower()

        assert "1 checkpoint to judge" in body or user == lead
        assert [one for one in (*NAMES, STATEMENT.lower(), voted.lower()) if one in body] == []


def test_no_mail_of_what_waits_tells_it(
    claim: Claim, voted: str, reviewer: User, lead: User
) -> None:
    for user in (reviewer, lead):
        sent = mail_to(user)
        assert sent is not None
        (html,) = sent.alternatives
        whole = f"{sent.subject} {sent.body} {html.content} {sent.extra_headers}".lower()

        assert "waiting for a second reviewer" in whole
        assert [one for one in (*NAMES, STATEMENT.lower(), voted.lower()) if one in whole] == []


def test_an_adjudicator_reads_reasons_and_no_vote_nor_name(
    claim: Claim, voted: str, reviewer: User, lead: User, sign_in: SignIn
) -> None:
    seat = lease_next(by=reviewer)
    assert seat is not None
    words = "Rolf is wrong, it mostly held: Quirk counted. Rita"
    submit_review(assignment=seat, by=reviewer, outcome="held", confidence=3, reason=words)
    adjudication = Assignment.objects.for_adjudication().get(checkpoint=seat.checkpoint)
    client = sign_in(lead)
    client.post(reverse("adjudication_take", args=[adjudication.pk]))

    page = client.get(adjudication.get_absolute_url()).text

    assert VOTE in page
    assert "[the source] is wrong, it [a grade]: [the source] counted. [the source]" in page
    walked = pages(client, adjudication.get_absolute_url(), reverse("adjudications"), "/")
    for url, body in walked:
        assert told_together(body) == set(), url
        assert "mostly failed" not in body.partition("What the reviewers wrote")[2][:2000]


def test_no_page_tells_who_said_it_to_a_lead_who_decides_an_appeal(
    claim: Claim, lead: User, reader: User, sign_in: SignIn
) -> None:
    verdict = Verdict.objects.get()
    words = "Zebulon Quirk of the Plover Institute says so himself."
    appeal = appeal_verdict(verdict=verdict, by=reader, words=words)
    seat = take_adjudication(assignment=appeal.seat, by=lead)
    addresses = ["/", reverse("reviews:appeals"), seat.get_absolute_url(), claim.get_absolute_url()]

    walked = dict(pages(sign_in(lead), *addresses))

    assert len(walked) > 30
    assert STATEMENT in walked[seat.get_absolute_url()]
    assert {url: names for url, body in walked.items() if (names := told_together(body))} == {}
    assert [url for url, body in walked.items() if words in unescape(body)] == []
