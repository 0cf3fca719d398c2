"""The demonstration desk: loaded through the services, once, with work for every role."""

import pytest
from django.core.management import call_command

from accounts.models import AuditEntry, User
from claims.models import Claim, Evidence
from claims.services import load_lexicons
from config.demo import desk
from config.demo.cast import CAST
from config.demo.commentaries import COMMENTARIES
from config.work import work_for
from reports.models import Report, ReportSchedule
from reviews.models import Assignment, Verdict
from sources.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lexicons() -> None:
    load_lexicons()


@pytest.fixture
def demo() -> None:
    call_command("demo", verbosity=0)


def counts() -> dict[str, int]:
    models = (AuditEntry, Claim, Evidence, Event, Assignment, Verdict, Report, ReportSchedule, User)
    return {model.__name__: model.objects.count() for model in models}


def test_loading_again_changes_nothing(demo: None) -> None:
    before = counts()

    call_command("demo", verbosity=0)

    assert counts() == before


def test_every_planned_claim_stands_as_planned(demo: None) -> None:
    for plan in (plan for one in COMMENTARIES for plan in one.plans):
        claim = Claim.objects.get(statement=plan.statement)
        judgeable = plan.held_if or plan.kind == Claim.Kind.ASSESSMENT
        assert claim.status == ("registered" if judgeable else "draft"), plan.key
        assert claim.kind == plan.kind, plan.key


def test_work_waits_for_every_role_that_works(demo: None) -> None:
    people = User.objects.in_bulk([person.username for person in CAST], field_name="username")
    waiting = {
        name: {one.names[1]: one.count for one in work_for(user)} for name, user in people.items()
    }

    assert all(
        waiting["ada"][label] > 0
        for label in (
            "claims proposed from texts",
            "drafts to make judgeable",
            "events that may bear on a claim",
        )
    )
    assert waiting["rita"] == waiting["rolf"] == {"checkpoints to judge": 2}
    assert waiting["lena"]["disagreements to settle"] == 1
    assert waiting["rene"] == {}


def test_one_disagreement_is_settled_and_one_report_published(demo: None) -> None:
    assert Verdict.objects.filter(basis="adjudication").count() == 1
    report = Report.objects.get()
    assert report.figures["overall"]["funnel"]["scored"] == 6
    assert report.is_public


def test_evidence_stands_on_both_sides(demo: None) -> None:
    accepted = Evidence.objects.filter(status="accepted")

    assert accepted.filter(stance__gt=0).count() > 10
    assert accepted.filter(stance__lt=0).count() > 5


def test_a_load_broken_off_is_finished_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(desk, "_judge", broken)
        with pytest.raises(KeyboardInterrupt):
            call_command("demo", verbosity=0)
    half = counts()

    call_command("demo", verbosity=0)

    assert (half["Report"], half["Verdict"]) == (0, 0)
    after = counts()
    assert (after["Report"], after["Verdict"]) == (1, 10)
    assert after["Claim"] == half["Claim"]
    assert after["Event"] == half["Event"]
