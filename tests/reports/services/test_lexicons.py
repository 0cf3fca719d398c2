"""Reports under other lexicons: which versions are used, and that a recomputation uses them again."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from claims.models import Lexicon
from claims.services import activate_lexicon, edit_lexicon, make_house_lexicon
from reports.models import Report
from reports.services import publish_report, recompute
from reviews.outcomes import Outcome
from tests.factories.claims import LexiconEntryFactory, LexiconFactory
from tests.factories.sources import ClaimantFactory
from tests.reports.ledger import CUTOFF, MARCH, desk, judged_claim

pytestmark = pytest.mark.django_db

HELD, FAILED = Outcome.HELD, Outcome.FAILED


def lexicon(slug: str, *, version: int = 1, likely: tuple[str, str] | None = None) -> Lexicon:
    """A published lexicon that has “likely” or nothing at all."""
    made = LexiconFactory(
        slug=slug, version=version, name=slug.upper(), is_active=(slug, version) == ("icd-203", 1)
    )
    if likely:
        low, high = map(Decimal, likely)
        LexiconEntryFactory(lexicon=made, phrase="likely", low=low, high=high)
    return made


def published() -> Report:
    return publish_report(by=None, **MARCH, at=CUTOFF)


def used(report: Report) -> list[tuple[str, int]]:
    return [(one["name"], one["version"]) for one in report.figures["lexicons"]]


def test_a_report_scores_its_claims_again_under_each_lexicon() -> None:
    lexicon("icd-203", likely=("0.55", "0.80"))
    phia = lexicon("phia", likely=("0.55", "0.75"))
    lexicon("empty")
    desk(ClaimantFactory(), [HELD, HELD, HELD, HELD, FAILED, None])

    own, other, empty = published().figures["lexicons"]

    assert (other["lexicon"], other["name"], other["version"]) == (phia.pk, "PHIA", 1)
    assert (own["rescored"], own["changed"], own["difference"]["value"]) == (5, 0, 0)
    assert (other["rescored"], other["changed"], other["not_in_lexicon"]) == (5, 5, 0)
    assert (empty["rescored"], empty["changed"], empty["not_in_lexicon"]) == (0, 0, 5)
    # Likely by PHIA is .65 ± .1, so .1225 + .2² / 12 where it held and .4225 + .2² / 12 where not.
    assert other["score"]["value"] == pytest.approx(0.1825 + 0.04 / 12, abs=1e-8)
    assert other["improvement"]["value"] == pytest.approx(
        (4 * 0.38**2 + 0.62**2) / 5 - 0.1825 - 0.04 / 12, abs=1e-8
    )
    assert other["difference"]["low"] < other["difference"]["value"] < other["difference"]["high"]


def test_the_figures_as_registered_stand_under_the_same_lexicon_to_the_last_digit() -> None:
    lexicon("icd-203", likely=("0.55", "0.80"))
    desk(ClaimantFactory(), [HELD, HELD, Outcome.MIXED, HELD, FAILED, None])

    figures = published().figures

    [own] = figures["lexicons"]
    assert own["improvement"] == figures["overall"]["improvement"]
    assert own["score"] == figures["overall"]["score"]


def test_the_newest_version_of_each_lexicon_is_used_and_every_one_of_the_desks_own(
    lead: User,
) -> None:
    icd = lexicon("icd-203", likely=("0.55", "0.80"))
    lexicon("phia", likely=("0.55", "0.75"))
    lexicon("phia", version=2, likely=("0.60", "0.75"))
    first = make_house_lexicon(base=icd, name="Ours", by=lead)
    edit_lexicon(lexicon=first, entries=[("likely", Decimal("0.6"), Decimal("0.8"))], by=lead)
    make_house_lexicon(base=icd, name="Theirs", by=lead)

    assert used(published()) == [("ICD-203", 1), ("PHIA", 2), ("Ours", 2), ("Theirs", 1)]


def test_claims_of_an_older_version_are_scored_again_under_its_newest() -> None:
    lexicon("icd-203", likely=("0.55", "0.80"))
    desk(ClaimantFactory(), [HELD])
    lexicon("icd-203", version=2, likely=("0.60", "0.80"))

    [newest] = published().figures["lexicons"]

    assert (newest["version"], newest["changed"]) == (2, 1)
    assert newest["score"]["value"] == pytest.approx(0.3**2 + 0.2**2 / 12, abs=1e-8)


def test_a_hedge_read_by_rule_is_scored_again_by_the_same_rule() -> None:
    lexicon("icd-203", likely=("0.55", "0.80"))
    lexicon("phia", likely=("0.60", "0.90"))
    judged_claim(
        FAILED,
        hedge="not likely",
        probability_low=Decimal("0.20"),
        probability_high=Decimal("0.45"),
    )

    own, other = published().figures["lexicons"]

    assert (own["rescored"], own["changed"]) == (1, 0)
    # The complement of 60 to 90% is 10 to 40%.
    assert (other["rescored"], other["changed"]) == (1, 1)
    assert other["score"]["value"] == pytest.approx(0.25**2 + 0.3**2 / 12, abs=1e-8)


def test_declared_and_read_ranges_stay() -> None:
    lexicon("phia", likely=("0.60", "0.90"))
    for source in ("declared", "imputed", ""):
        judged_claim(HELD, lexicon=None, probability_source=source)

    [other] = published().figures["lexicons"]

    assert (other["rescored"], other["not_in_lexicon"], other["not_by_lexicon"]) == (0, 0, 3)
    assert other["difference"]["value"] == 0


def test_lexicons_that_come_or_change_later_change_no_published_figure(lead: User) -> None:
    icd = lexicon("icd-203", likely=("0.55", "0.80"))
    house = make_house_lexicon(base=icd, name="Ours", by=lead)
    desk(ClaimantFactory(), [HELD, HELD, HELD, HELD, FAILED])
    report = published()

    edited = edit_lexicon(
        lexicon=house, entries=[("likely", Decimal("0.9"), Decimal("0.9"))], by=lead
    )
    lexicon("phia", likely=("0.55", "0.75"))
    activate_lexicon(lexicon=edited, by=lead)
    Lexicon.objects.filter(pk=icd.pk).update(name="Intelligence Community Directive 203")

    assert recompute(report) == report.figures
    assert used(report) == [("ICD-203", 1), ("Ours", 1)]
    assert used(published()) == [
        ("Intelligence Community Directive 203", 1),
        ("Ours", 2),
        ("PHIA", 1),
    ]


def test_a_report_without_lexicons_recomputes() -> None:
    judged_claim(HELD, lexicon=None, probability_source="declared")

    report = published()

    assert report.figures["lexicons"] == []
    assert recompute(report) == report.figures


def test_lexicons_and_their_entries_take_two_queries_however_many_there_are(
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    desk(ClaimantFactory(), [HELD])
    for slugs in (("phia",), ("nato", "kent")):
        for slug in slugs:
            lexicon(slug, likely=("0.6", "0.9"))
        with django_assert_num_queries(13):
            published()
