import csv
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from reports.models import Report
from reports.services import publish_report, recompute
from reviews.outcomes import Outcome
from tests.factories.claims import LexiconEntryFactory, LexiconFactory
from tests.factories.sources import ClaimantFactory
from tests.reports.ledger import CUTOFF, MARCH, desk, judged_claim

pytestmark = pytest.mark.django_db

HELD, FAILED = Outcome.HELD, Outcome.FAILED
PAGES = ("report", "csv", "lexicons_csv", "json")
SignIn = Callable[[User], Client]


def published(**options: Any) -> Report:
    return publish_report(by=None, **MARCH, **({"at": CUTOFF} | options))


def address(page: str, report: Report) -> str:
    return reverse(f"reports:{page}", args=[report.number])


def test_addresses() -> None:
    assert reverse("reports:report", args=[3]) == "/reports/3/"
    assert reverse("reports:csv", args=[3]) == "/reports/3/claims.csv"
    assert reverse("reports:lexicons_csv", args=[3]) == "/reports/3/lexicons.csv"
    assert reverse("reports:json", args=[3]) == "/reports/3/report.json"


def test_list_shows_each_report_with_its_figure_and_company(reader: User, sign_in: SignIn) -> None:
    desk(ClaimantFactory(), [HELD, FAILED])
    published(title="March", is_public=True)

    page = sign_in(reader).get("/reports/")

    assert page.status_code == 200
    text = page.content.decode()
    assert "1. March" in text
    assert "2 claims from 2 documents" in text
    assert "no interval below 5 documents" in text
    assert "public" in text


def test_empty_list_leads_a_lead_on_and_not_a_reader(
    lead: User, reader: User, sign_in: SignIn
) -> None:
    assert b"/reports/publish/" in sign_in(lead).get("/reports/").content
    assert b"/reports/publish/" not in sign_in(reader).get("/reports/").content


def test_report_page_shows_funnel_bounds_words_claimants_and_claims(
    reader: User, sign_in: SignIn
) -> None:
    ann = ClaimantFactory(name="Ann")
    claims = desk(ann, [HELD, HELD, HELD, HELD, FAILED, None, Outcome.TOO_VAGUE])

    page = sign_in(reader).get(address("report", published()))

    text = page.content.decode()
    assert page.status_code == 200
    for words in (
        "95% interval",
        "5 claims from 5 documents",
        "With 1 unresolved claim counted at their worst",
        "too vague",
        "likely, 55% to 80%",
        "not enough claims",
        "not ranked: 3 claimants with an interval are needed",
        "Ann",
    ):
        assert words in text
    assert all(claim.get_absolute_url() in text for claim in claims)


@pytest.mark.parametrize("page", PAGES)
def test_public_report_is_readable_without_signing_in(page: str, client: Client) -> None:
    judged_claim()

    assert client.get(address(page, published(is_public=True))).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_other_reports_send_people_to_sign_in(page: str, client: Client) -> None:
    url = address(page, published())

    assert client.get(url).headers["Location"] == f"/sign-in/?next={url}"


@pytest.mark.parametrize("page", PAGES)
def test_other_reports_are_for_readers_of_the_ledger(
    page: str, stranger: User, reader: User, reviewer: User, sign_in: SignIn
) -> None:
    url = address(page, published())

    assert sign_in(stranger).get(url).status_code == 403
    assert sign_in(reader).get(url).status_code == 200
    assert sign_in(reviewer).get(url).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_reports_that_are_not_there_are_not_found(page: str, client: Client) -> None:
    assert client.get(reverse(f"reports:{page}", args=[9])).status_code == 404


def test_public_page_leads_to_nothing_that_needs_signing_in(client: Client) -> None:
    claim = judged_claim()

    text = client.get(address("report", published(is_public=True))).content.decode()

    assert claim.statement in text
    assert claim.get_absolute_url() not in text
    assert "/claimants/" not in text


def test_csv_has_units_a_standing_per_claim_and_no_formula(client: Client) -> None:
    claimant = ClaimantFactory(name="=HYPERLINK(1)")
    judged_claim(HELD, claimant=claimant, statement="@SUM(A1), und Öl", hedge="+likely")
    judged_claim(None, claimant=claimant)

    response = client.get(address("csv", published(is_public=True)))

    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="report-1-claims.csv"' in response.headers["Content-Disposition"]
    rows = list(csv.DictReader(response.getvalue().decode("utf-8").splitlines()))
    assert [row["standing"] for row in rows] == ["scored", "unresolved"]
    first, second = rows
    assert (first["claimant"], first["statement"], first["hedge"]) == (
        "'=HYPERLINK(1)",
        "'@SUM(A1), und Öl",
        "'+likely",
    )
    assert (first["probability from (0 to 1)"], first["outcome (0 failed to 1 held)"]) == (
        "0.55",
        "1.0",
    )
    assert second["Brier score (0 best to 1 worst)"] == ""
    assert first["how the probability came about"] == "from the hedge, by a lexicon"


def test_page_says_what_other_lexicons_would_have_made_of_it(reader: User, sign_in: SignIn) -> None:
    LexiconEntryFactory(
        lexicon=LexiconFactory(slug="phia", name="PHIA", is_active=False),
        high=Decimal("0.75"),
    )
    desk(ClaimantFactory(), [HELD, HELD, HELD, HELD, FAILED])

    text = sign_in(reader).get(address("report", published())).content.decode()

    assert "Under other lexicons" in text
    # By hand: .1924 of the base rate, less .1825 + .2² / 12 by PHIA, or .175625 + .25² / 12 by ICD.
    assert "Read by PHIA (v1) instead, the improvement would be +0.007 (95% interval −0." in text
    assert "rather than +0.012." in text
    assert "5 rescored, 0 not in it, 0 not from a lexicon" in text
    assert "None of 5 ranges was read by one person alone." in text
    assert "from the hedge, by a lexicon" in text


def test_figures_under_other_lexicons_as_csv_have_units_and_no_formula(client: Client) -> None:
    LexiconEntryFactory(
        lexicon=LexiconFactory(slug="house-sum", name="=SUM(A1)", is_active=False),
        high=Decimal("0.75"),
    )
    desk(ClaimantFactory(), [HELD, FAILED])

    response = client.get(address("lexicons_csv", published(is_public=True)))

    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="report-1-lexicons.csv"' in response.headers["Content-Disposition"]
    rows = list(csv.DictReader(response.getvalue().decode("utf-8").splitlines()))
    assert [row["lexicon"] for row in rows] == ["'=SUM(A1)", "ICD 203"]
    first = rows[0]
    assert (first["version"], first["claims rescored"], first["documents"]) == ("1", "2", "2")
    assert first["Brier score (0 best to 1 worst)"] == "0.275833333"
    assert first["difference to the improvement as registered"] == "0.01"
    assert first["difference, 95% interval from"] == ""
    assert first["why there is no interval"] == "no interval below 5 documents"


def test_a_report_from_before_lexicons_and_ranges_were_counted_still_shows(client: Client) -> None:
    judged_claim()
    report = published(is_public=True)
    figures = report.figures
    del figures["lexicons"], figures["overall"]["ranges"]
    report.pk, report.number = None, 2
    report.save()

    page = client.get(address("report", report)).content.decode()
    lines = client.get(address("lexicons_csv", report)).getvalue().decode().splitlines()

    assert "not scored again under other lexicons yet" in page
    assert "How the ranges came about was not counted yet" in page
    assert len(lines) == 1
    assert recompute(report)["lexicons"] == []


def test_json_holds_figures_rows_and_what_a_recomputation_needs(client: Client) -> None:
    desk(ClaimantFactory(), [HELD, FAILED, None])
    report = published(is_public=True)

    found = client.get(address("json", report)).json()

    assert found["figures"] == recompute(report)
    assert (found["cutoff"], found["seed"], found["code_version"]) == (
        "2026-05-01T00:00:00+00:00",
        report.seed,
        report.code_version,
    )
    assert [row["standing"] for row in found["claims"]] == ["scored", "scored", "unresolved"]
    assert [row["range_source"] for row in found["claims"]] == ["lexicon"] * 3
    assert [one["name"] for one in found["figures"]["lexicons"]] == ["ICD 203"]


@pytest.mark.parametrize(
    ("page", "queries"), [("report", 6), ("csv", 4), ("lexicons_csv", 3), ("json", 4)]
)
def test_a_report_takes_as_many_queries_for_three_claims_as_for_one(
    page: str,
    queries: int,
    reader: User,
    sign_in: SignIn,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    browser = sign_in(reader)
    desk(ClaimantFactory(), [HELD])
    one = address(page, published())
    for _ in range(2):
        desk(ClaimantFactory(), [HELD])
    three = address(page, published())

    for url in (one, three):
        with django_assert_num_queries(queries):
            response = browser.get(url)
            assert b"".join(response)


def test_list_takes_as_many_queries_for_three_reports_as_for_one(
    reader: User, sign_in: SignIn, django_assert_num_queries: Callable[[int], Any]
) -> None:
    browser = sign_in(reader)
    for count in (1, 2):
        for _ in range(count):
            published()
        with django_assert_num_queries(4):
            browser.get("/reports/")
