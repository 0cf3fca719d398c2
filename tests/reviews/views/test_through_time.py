"""The evidence of a claim on its page: sentence, drawing, filter, table, ratios, estimate."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from claims.models import Claim, Evidence
from claims.services import link_evidence, set_likelihood_ratio
from sources.services import mark_event
from tests.benchmarks.ledger import add_evidence
from tests.benchmarks.wording import DAY
from tests.factories.claims import RegisteredClaimFactory
from tests.factories.sources import DocumentFactory, EventFactory, PublisherFactory

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]
TEXTS = (
    "The harbour master of the northern port signed a new customs treaty on Monday morning.",
    "Rail freight over the eastern border fell for the third month in a row, figures show.",
    "Both governments opened a joint school for pilots of river barges near the delta.",
)


@pytest.fixture
def claim() -> Claim:
    return RegisteredClaimFactory()


def link(
    claim: Claim, by: User, stance: int, text: str = TEXTS[0], day: int = 12, **more: object
) -> Evidence:
    """Evidence of a day of January 2024, reported in this text by a publisher of its own."""
    grade = str(more.pop("grade", ""))
    report = DocumentFactory(
        text=f"{text} {day}", title="", publisher=PublisherFactory(reliability=grade)
    )
    event = EventFactory(occurred_on=date(2024, 1, day), report=report)
    return link_evidence(claim=claim, event=event, stance=stance, by=by, **more)


def rows_of(client: Client, claim: Claim, query: str) -> list[int]:
    page = client.get(f"{claim.get_absolute_url()}?view=table&{query}")
    return [row["link"].pk for row in page.context["rows"]]


def test_sentence_counts_sides_sources_and_copies(
    sign_in: SignIn, reader: User, analyst: User, claim: Claim
) -> None:
    client = sign_in(reader)
    assert "No event is linked to it yet." in client.get(claim.get_absolute_url()).text
    link(claim, analyst, 2, TEXTS[0])
    link(claim, analyst, 1, TEXTS[0], day=13)
    link(claim, analyst, -1, TEXTS[1], day=14)
    link(claim, analyst, 0, TEXTS[2], day=15)
    # The same words weeks later are no copy.
    link(claim, analyst, 1, TEXTS[1], day=31)

    page = client.get(claim.get_absolute_url())

    assert page.context["evidence_in_words"] == (
        "3 for it, 1 against, 1 either way, from at most 3 independent sources; "
        "1 is a copy of another. Nothing since 31 Jan 2024."
    )


def test_filter_narrows_rows_drawing_and_sentence(
    sign_in: SignIn, reader: User, analyst: User, claim: Claim
) -> None:
    first = link(claim, analyst, 2, TEXTS[0], grade="A", credibility=1)
    copy = link(claim, analyst, 1, TEXTS[0], day=13, grade="C")
    against = link(claim, analyst, -1, TEXTS[1], day=20, credibility=4)
    client = sign_in(reader)

    assert rows_of(client, claim, "side=for") == [first.pk, copy.pk]
    assert rows_of(client, claim, "side=against") == [against.pk]
    assert rows_of(client, claim, "grade=A") == [first.pk]
    assert rows_of(client, claim, "grade=none") == [against.pk]
    assert rows_of(client, claim, "credibility=none") == [copy.pk]
    assert rows_of(client, claim, "credibility=4") == [against.pk]
    assert rows_of(client, claim, "independent=on") == [first.pk, against.pk]
    assert rows_of(client, claim, "since=2024-01-13&until=2024-01-19") == [copy.pk]

    page = client.get(f"{claim.get_absolute_url()}?side=against&since=soon")
    assert [mark["anchor"] for mark in page.context["hung"]["marks"]] == [f"e{against.pk}"]
    assert "Shown are the 1 of 3 that match the filter." in page.text
    assert "From: Enter a valid date." in page.text


def test_every_mark_leads_to_its_row_and_says_what_it_stands_for(
    sign_in: SignIn, reader: User, analyst: User, claim: Claim
) -> None:
    one = link(claim, analyst, -2, credibility=2)

    page = sign_in(reader).get(claim.get_absolute_url())

    (mark,) = page.context["hung"]["marks"]
    assert mark["title"] == (
        f"12 Jan 2024: {one.event.title} · strongly undermines · credibility 2 · 1 report"
    )
    assert f'href="#e{one.pk}" aria-label=' in page.text
    assert f'<li id="e{one.pk}" class="ev against w-3">' in page.text


def test_a_long_line_has_pages_and_its_marks_lead_to_them(
    sign_in: SignIn, reader: User, analyst: User, claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reviews.through_time.PER_PAGE", 2)
    links = [link(claim, analyst, 1, TEXTS[n], day=10 + n) for n in range(3)]
    client = sign_in(reader)

    pages = [client.get(f"{claim.get_absolute_url()}?page={n}") for n in (1, 2)]

    numbers = [[row["number"] for row in page.context["line"] if "number" in row] for page in pages]
    assert numbers == [[links[0].pk, links[1].pk], [links[2].pk]]
    kinds = [{row["kind"] for row in page.context["line"]} - {"year"} for page in pages]
    assert kinds == [{"said", "evidence"}, {"evidence", "checkpoint", "today"}]
    assert f'href="?page=2#e{links[2].pk}"' in pages[0].text


def test_thousands_of_links_are_drawn_in_a_bounded_page(
    sign_in: SignIn, reader: User, claim: Claim
) -> None:
    add_evidence([claim], 3_000, accepted=True)

    page = sign_in(reader).get(claim.get_absolute_url())

    (mark,) = page.context["hung"]["marks"]
    assert (mark["count"], mark["title"]) == (
        "999+",
        f"3000 links for the claim, {DAY:%-d %b %Y} to {DAY:%-d %b %Y}",
    )
    assert "3000 for it, 0 against" in page.text
    assert "(of the 500 newest links)" in page.text
    assert len(page.content) < 200_000


def test_estimate_is_drawn_from_base_rate_and_ratios_of_independent_evidence_only(
    sign_in: SignIn, reader: User, analyst: User, claim: Claim
) -> None:
    client = sign_in(reader)
    first = link(claim, analyst, 2, TEXTS[0])
    assert client.get(claim.get_absolute_url()).context["estimate"] is None
    copy = link(claim, analyst, 2, TEXTS[0], day=13)
    early = link(claim, analyst, 1, TEXTS[1])
    early.event.occurred_on = date(2020, 1, 1)
    early.event.save()
    gone = link(claim, analyst, 1, TEXTS[2])
    mark_event(event=gone.event, kind="retracted", words="It never happened.", by=analyst)
    for one in (first, copy, early, gone):
        set_likelihood_ratio(evidence=one, ratio=Decimal(4), by=analyst)

    page = client.get(f"{claim.get_absolute_url()}?view=table")

    # .62 / .38 · 4 = 6.53
    assert (page.context["estimate"]["prior"], page.context["estimate"]["now"]) == ("62%", "87%")
    assert "Our running estimate: 87%" in page.text
    assert {row["link"].pk: row["left_out"] for row in page.context["rows"]} == {
        first.pk: "",
        copy.pk: "a copy",
        early.pk: "outside the window",
        gone.pk: "retracted",
    }


def test_ratio_is_given_on_the_row_and_what_is_wrong_is_named(
    sign_in: SignIn, analyst: User, reader: User, claim: Claim
) -> None:
    one = link(claim, analyst, 1)
    url = reverse("evidence_ratio", args=[one.pk])
    client = sign_in(analyst)

    answer = client.post(url, {"ratio": "2,5"})
    assert answer.headers["location"] == f"{claim.get_absolute_url()}#e{one.pk}"
    one.refresh_from_db()
    assert one.likelihood_ratio == Decimal("2.5")

    for typed, words in (("much", "“much” is no number."), ("0.5", "speaks against the claim")):
        assert words in client.post(url, {"ratio": typed}, follow=True).text
    assert sign_in(reader).post(url, {"ratio": "2"}).status_code == 403
    client.post(url, {"ratio": ""})
    one.refresh_from_db()
    assert one.likelihood_ratio is None
