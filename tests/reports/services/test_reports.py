import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.models import AuditEntry, User
from claims.models import Claim
from reports.models import ReportedClaim
from reports.services import ReportProblem, preview, publish_report, recompute
from reviews.models import Verdict
from reviews.outcomes import Outcome
from tests.factories.claims import RegisteredClaimFactory
from tests.factories.sources import ClaimantFactory
from tests.reports.ledger import CUTOFF, JUDGED, MARCH, desk, judged_claim, verdict_on

pytestmark = pytest.mark.django_db

HELD, FAILED = Outcome.HELD, Outcome.FAILED


def standings(report_claims: list[Claim], **options: object) -> list[str]:
    report = publish_report(by=None, **MARCH, **({"at": CUTOFF} | options))
    found = dict(report.claims.values_list("claim", "standing"))
    return [found.get(claim.pk, "absent") for claim in report_claims]


def test_a_report_keeps_period_cutoff_seed_version_and_publisher(lead: User) -> None:
    report = publish_report(by=lead, **MARCH, title="March", at=CUTOFF, is_public=True)

    assert (report.number, report.title, report.is_public) == (1, "March", True)
    assert (report.period_start, report.period_end) == (date(2026, 3, 1), date(2026, 3, 31))
    assert (report.cutoff, report.published_at) == (CUTOFF, CUTOFF)
    assert report.seed == 1
    # The version and a digest of the arithmetic, which changes with every change of it.
    assert re.fullmatch(rf"{re.escape(settings.VERSION)}\+[0-9a-f]{{12}}", report.code_version)
    assert report.published_by == lead


def test_a_report_is_audited(lead: User) -> None:
    judged_claim()

    report = publish_report(by=lead, **MARCH, at=CUTOFF)

    entry = AuditEntry.objects.get(verb="published", object_id=report.pk)
    assert entry.by == lead
    assert entry.detail == {"number": 1, "claims": 1}


def test_numbers_run_on_and_an_untitled_report_is_named_by_its_period() -> None:
    publish_report(by=None, **MARCH, at=CUTOFF)
    second = publish_report(by=None, **MARCH, at=CUTOFF)

    assert second.number == 2
    assert second.title == "Claims due 1 March 2026 to 31 March 2026"


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ReportProblem, match="end on or after"):
        publish_report(by=None, period_start=date(2026, 3, 2), period_end=date(2026, 3, 1))


def test_a_row_carries_the_figures_of_its_claim() -> None:
    claim = judged_claim(HELD)

    row = publish_report(by=None, **MARCH, at=CUTOFF).claims.get()

    assert (row.claim, row.claimant, row.claimant_name) == (
        claim,
        claim.claimant,
        claim.claimant.name,
    )
    assert (row.standing, row.hedge, row.due_on) == ("scored", "likely", date(2026, 3, 21))
    assert row.cluster == claim.quote.document_id
    assert (row.low, row.high, row.base_rate, row.outcome) == (0.55, 0.80, 0.62, 1.0)
    assert row.score == pytest.approx(0.110833, abs=1e-6)
    assert row.improvement == pytest.approx(0.38**2 - 0.110833, abs=1e-6)


@pytest.mark.parametrize(
    ("outcome", "standing"),
    [
        (None, "unresolved"),
        (Outcome.MIXED, "scored"),
        (Outcome.NOT_YET, "not_yet"),
        (Outcome.TOO_VAGUE, "too_vague"),
        (Outcome.CONDITION_NOT_MET, "condition_not_met"),
        (Outcome.UNVERIFIABLE, "unverifiable"),
    ],
)
def test_standing_follows_the_verdict(outcome: Outcome | None, standing: str) -> None:
    assert standings([judged_claim(outcome)]) == [standing]


def test_a_verdict_after_the_cutoff_is_not_in_it() -> None:
    assert standings([judged_claim(HELD)], at=JUDGED - timedelta(seconds=1)) == ["unresolved"]


def test_a_verdict_at_the_cutoff_is_in_it() -> None:
    assert standings([judged_claim(HELD)], at=JUDGED) == ["scored"]


def test_the_verdict_that_stood_at_the_cutoff_counts_even_if_superseded_later() -> None:
    claim = judged_claim(None)
    first = verdict_on(claim, HELD)
    verdict_on(claim, FAILED, supersedes=first, at=CUTOFF + timedelta(days=1))

    earlier = publish_report(by=None, **MARCH, at=CUTOFF)
    later = publish_report(by=None, **MARCH, at=CUTOFF + timedelta(days=2))

    assert (earlier.claims.get().outcome, later.claims.get().outcome) == (1.0, 0.0)


def first_of(claim: Claim) -> Claim:
    """A registered claim that says the same, due at another time."""
    return RegisteredClaimFactory(claimant=claim.claimant)


@pytest.mark.parametrize("status", ["withdrawn", "superseded", "duplicate"])
def test_a_claim_that_ended_unjudged_stands_as_it_ended(status: str) -> None:
    claim = judged_claim(None)
    first = first_of(claim) if status == "duplicate" else None
    Claim.objects.filter(pk=claim.pk).update(status=status, ended_at=JUDGED, duplicate_of=first)

    assert standings([claim]) == [status]
    assert standings([claim], at=JUDGED - timedelta(seconds=1)) == ["unresolved"]


def test_nobody_escapes_a_verdict_by_withdrawing_after_it() -> None:
    claim = judged_claim(FAILED)
    Claim.objects.filter(pk=claim.pk).update(
        status="withdrawn", ended_at=JUDGED + timedelta(days=1)
    )

    assert standings([claim]) == ["scored"]


def test_a_duplicate_never_counts_twice_even_judged() -> None:
    claim = judged_claim(HELD)
    Claim.objects.filter(pk=claim.pk).update(
        status="duplicate", ended_at=JUDGED + timedelta(days=1), duplicate_of=first_of(claim)
    )

    assert standings([claim]) == ["duplicate"]


def test_only_claims_due_in_the_period_are_in_it() -> None:
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1)]
    claims = [judged_claim(HELD, due_on=day) for day in days]

    assert standings(claims) == ["absent", "scored", "scored", "absent"]


def test_assessments_drafts_and_claims_registered_later_are_not_in_it() -> None:
    assessment = RegisteredClaimFactory(kind=Claim.Kind.ASSESSMENT)
    later = RegisteredClaimFactory(registered_at=CUTOFF + timedelta(days=1))

    assert standings([assessment, later]) == ["absent", "absent"]


def test_a_claim_not_yet_due_at_the_cutoff_is_not_in_it() -> None:
    assert standings([judged_claim(None)], at=datetime(2026, 3, 20, tzinfo=UTC)) == ["absent"]


def test_a_cutoff_never_lies_ahead() -> None:
    report = publish_report(by=None, **MARCH, at=timezone.now() + timedelta(days=1))

    assert report.cutoff <= timezone.now()


def test_recomputing_gives_the_same_figures_after_later_changes() -> None:
    claims = desk(ClaimantFactory(), [HELD, HELD, FAILED, Outcome.MIXED, HELD, None])
    report = publish_report(by=None, **MARCH, at=CUTOFF)
    report.refresh_from_db()
    before = report.figures

    verdict_on(claims[5], FAILED, at=CUTOFF + timedelta(days=1))
    first = claims[0].checkpoints.get()
    verdict_on(
        claims[0], FAILED, supersedes_id=_verdict_of(first.pk), at=CUTOFF + timedelta(days=2)
    )
    Claim.objects.filter(pk=claims[1].pk).update(
        status="withdrawn", ended_at=CUTOFF + timedelta(days=3)
    )
    RegisteredClaimFactory(registered_at=CUTOFF + timedelta(days=1))

    assert recompute(report) == before
    assert publish_report(by=None, **MARCH, at=CUTOFF + timedelta(days=9)).figures != before


def _verdict_of(checkpoint: int) -> int:
    return Verdict.objects.get(checkpoint=checkpoint).pk


def test_an_empty_period_is_published_without_figures() -> None:
    report = publish_report(by=None, **MARCH, at=CUTOFF)

    assert report.figures["overall"]["improvement"]["value"] is None
    assert report.figures["overall"]["improvement"]["reason"] == "no claim is scored yet"
    assert report.figures["claimants"] == []
    assert not ReportedClaim.objects.exists()


def test_a_preview_is_the_funnel_and_writes_nothing() -> None:
    desk(ClaimantFactory(), [HELD, None])

    counts = preview(**MARCH, at=CUTOFF)

    assert (counts["registered"], counts["due"], counts["scored"]) == (2, 2, 1)
    assert not ReportedClaim.objects.exists()


def test_publishing_takes_as_many_queries_for_three_claims_as_for_one(
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    desk(ClaimantFactory(), [HELD])
    with django_assert_num_queries(13):
        publish_report(by=None, **MARCH, at=CUTOFF)
    desk(ClaimantFactory(), [HELD, FAILED])
    with django_assert_num_queries(13):
        publish_report(by=None, **MARCH, at=CUTOFF)
