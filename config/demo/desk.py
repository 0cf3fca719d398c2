"""Loads the demonstration desk through the services, as its people would have done it.

Every step looks whether it was done before, so that a load that was broken off is finished by the next.
"""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from claims import services as claims
from claims.models import Checkpoint, Claim, Evidence
from config.demo.cast import enrol
from config.demo.commentaries import COMMENTARIES, Commentary, Plan
from config.demo.facts import FACTS, GRADES, Fact
from reports.models import Report, ReportSchedule
from reports.services import add_schedule, publish_report
from reviews import services as reviews
from reviews.models import Assignment, Review
from reviews.outcomes import Confidence
from sources import services as sources
from sources.capture import captured_from_text
from sources.importing import Item
from sources.models import Document, Event, EventReport, Publisher

REPORT_TITLE = "Russia and China: claims due 2024 to mid-2026"
PERIOD = (date(2024, 1, 1), date(2026, 6, 30))
PUBLISHED = date(2026, 7, 6)
# Events of these days are left to triage, and from here on nothing that was suggested is rejected.
UNTRIAGED = (date(2025, 5, 1), date(2025, 12, 31))

type Cast = dict[str, User]


def load() -> bool:
    """Loads the desk; False where it was loaded before."""
    if Report.objects.filter(title=REPORT_TITLE).exists():
        return False
    cast = enrol()
    registered = [pair for one in COMMENTARIES for pair in _read(one, cast)]
    by_key = {plan.key: claim for plan, claim in registered if claim.is_registered}
    events = _receive(cast)
    while claims.match_waiting_events():
        pass
    for claim in claims.unmatched_claims():
        claims.match_registered_claim(claim=claim)
    for fact in FACTS:
        _triage(fact, events[fact.title], by_key, cast)
    _judge([(plan, claim) for plan, claim in registered if plan.grades], cast)
    reviews.open_due_checkpoints()
    _report(cast)
    return True


def _read(commentary: Commentary, cast: Cast) -> list[tuple[Plan, Claim]]:
    """Captures a commentary, and does with its claims what is planned."""
    ada = cast["ada"]
    document = sources.capture_document(
        captured=captured_from_text(commentary.text),
        origin=Document.Origin.PASTE,
        by=ada,
        publisher=sources.publisher_for(commentary.publisher),
        title=commentary.title,
        author=commentary.author,
        published_on=commentary.published_on,
        at=_morning(commentary.published_on),
    )
    if commentary.plans:
        _know_claimant(commentary, ada)
    claims.propose_claims(document=document, by=ada)
    return [(plan, _carry_out(plan, document, commentary, ada)) for plan in commentary.plans]


def _know_claimant(commentary: Commentary, by: User) -> None:
    if sources.claimant_named(commentary.claimant) is None:
        sources.add_claimant(name=commentary.claimant, affiliation=commentary.affiliation, by=by)


def _carry_out(plan: Plan, document: Document, commentary: Commentary, by: User) -> Claim:
    done = Claim.objects.filter(quote__document=document, statement=plan.statement).first()
    if done and done.is_registered:
        return done
    claim = done or _claim_with(plan.words, document, by)
    claim = claims.save_draft(
        claim=claim,
        by=by,
        changes=_changes(plan, claim),
        claimant=commentary.claimant,
        base_rate=_base_rate(plan),
        checkpoints=plan.checkpoints or ([] if plan.due_on else _dates_of(claim)),
    )
    if plan.held_if or plan.kind == Claim.Kind.ASSESSMENT:
        day_after = _morning(commentary.published_on + timedelta(days=1))
        claim = claims.register_claim(claim=claim, by=by, at=day_after)
    return claim


def _claim_with(words: str, document: Document, by: User) -> Claim:
    """The proposal whose quote holds these words; made by hand where the reader has none left."""
    place = document.text.index(words)
    found = Claim.objects.proposals().filter(
        quote__document=document, quote__start__lte=place, quote__end__gte=place + len(words)
    )
    return found.first() or claims.make_claim(document=document, exact=words, start=place, by=by)


def _changes(plan: Plan, claim: Claim) -> dict[str, Any]:
    plain = ("statement", "kind", "held_if", "failed_if", "condition", "metric", "threshold")
    changes: dict[str, Any] = {name: getattr(plan, name) for name in plain}
    changes["topics"] = list(plan.topics)
    if plan.kind == Claim.Kind.ASSESSMENT:
        return changes | dict.fromkeys(
            (
                *("probability_low", "probability_high"),
                *("opens_on", "due_earliest", "due_on", "due_latest"),
            )
        )
    if plan.kind == Claim.Kind.CONTINUING:
        changes["judged"] = Claim.Judged.THROUGHOUT
    return changes | _probability(plan, claim) | _horizon(plan, claim)


def _probability(plan: Plan, claim: Claim) -> dict[str, Any]:
    if plan.low:
        return {
            "probability_source": Claim.ProbabilitySource.DECLARED,
            "probability_low": Decimal(plan.low),
            "probability_high": Decimal(plan.high),
        }
    return {
        "hedge": claim.hedge,
        "probability_source": claim.probability_source,
        "probability_low": claim.probability_low,
        "probability_high": claim.probability_high,
    }


def _horizon(plan: Plan, claim: Claim) -> dict[str, Any]:
    if plan.due_on is None:
        return {}
    continuing = plan.kind == Claim.Kind.CONTINUING
    year_later = claim.said_on.replace(year=claim.said_on.year + 1)
    return {
        "opens_on": claim.said_on,
        "due_earliest": min(year_later, plan.due_on) if continuing else plan.due_on,
        "due_on": plan.due_on,
        "due_latest": plan.due_on + timedelta(days=31),
    }


def _base_rate(plan: Plan) -> dict[str, Any] | None:
    if plan.base_rate is None:
        return None
    reference_class, probability, source = plan.base_rate
    return {
        "reference_class": reference_class,
        "probability": Decimal(probability),
        "source": source,
    }


def _dates_of(claim: Claim) -> list[date]:
    return list(claim.checkpoints.values_list("due_on", flat=True))


def _receive(cast: Cast) -> dict[str, Event]:
    """The facts as events, by the title of their report; their publishers graded."""
    items = [
        Item(
            row=row,
            title=fact.title,
            summary=fact.summary,
            published_at=_morning(fact.on),
            occurred_on=fact.on,
            publisher=fact.publisher,
            language="en",
        )
        for row, fact in enumerate(FACTS, start=1)
    ]
    sources.receive_items(items, by=cast["ada"])
    for name, (reliability, reason) in GRADES.items():
        publisher = Publisher.objects.get(name=name)
        if not publisher.grades.exists():
            sources.grade_publisher(
                publisher=publisher, reliability=reliability, reason=reason, by=cast["lena"]
            )
    # By their documents: on a desk that has news already, a fact may have joined another's event.
    reports = EventReport.objects.filter(document__title__in=[fact.title for fact in FACTS])
    return {one.document.title: one.event for one in reports.select_related("document", "event")}


def _triage(fact: Fact, event: Event, by_key: dict[str, Claim], cast: Cast) -> None:
    """Links a fact to the claims it bears on, and rejects what else was suggested for it."""
    if UNTRIAGED[0] <= fact.on <= UNTRIAGED[1]:
        return
    ada, at = cast["ada"], _morning(fact.on + timedelta(days=1))
    decided = Evidence.objects.of_one(event.pk).exclude(status=Evidence.Status.SUGGESTED)
    known = set(decided.values_list("claim_id", flat=True))
    for key, stance in fact.bears_on.items():
        claim = by_key.get(key)
        if claim and claim.pk not in known:
            claims.link_evidence(
                claim=claim, event=event, stance=stance, credibility=2, by=ada, at=at
            )
    if fact.on > UNTRIAGED[0]:
        return
    for evidence in Evidence.objects.suggested().of_one(event.pk):
        claims.reject_evidence(evidence=evidence, by=ada, at=at)


def _judge(planned: list[tuple[Plan, Claim]], cast: Cast) -> None:
    """Goes through the checkpoints by date, and has each judged as it falls due."""
    steps = [
        (checkpoint, pair, plan.settled_as)
        for plan, claim in planned
        for checkpoint, pair in zip(claim.checkpoints.order_by("due_on"), plan.grades, strict=False)
    ]
    for checkpoint, pair, settled_as in sorted(steps, key=_by_date):
        reviews.open_due_checkpoints(on=checkpoint.due_on)
        for username, outcome in zip(("rita", "rolf"), pair, strict=True):
            _review(checkpoint, outcome, cast[username])
        if settled_as:
            _settle(checkpoint, settled_as, cast["lena"])


def _by_date(step: tuple[Checkpoint, tuple[str, str], str]) -> tuple[date, int]:
    """The order in which the queue leases."""
    return step[0].due_on, step[0].pk


@transaction.atomic
def _review(checkpoint: Checkpoint, outcome: str, by: User) -> None:
    """One review ten days after the checkpoint; in one step, so that no lease runs out meanwhile."""
    if Review.objects.filter(assignment__checkpoint=checkpoint, assignment__reviewer=by).exists():
        return
    at = _morning(checkpoint.due_on + timedelta(days=10))
    seat = reviews.lease_next(by=by, at=at)
    if seat is None or seat.checkpoint_id != checkpoint.pk:
        raise RuntimeError(f"The demonstration expected {checkpoint} to be next, not {seat}.")
    _submit(seat, outcome, by, at)


@transaction.atomic
def _settle(checkpoint: Checkpoint, outcome: str, by: User) -> None:
    seats = Assignment.objects.for_adjudication().filter(checkpoint=checkpoint)
    seat = seats.unfinished().first()
    if seat:
        at = _morning(checkpoint.due_on + timedelta(days=14))
        _submit(reviews.take_adjudication(assignment=seat, by=by, at=at), outcome, by, at)


def _submit(seat: Assignment, outcome: str, by: User, at: datetime) -> None:
    claim = seat.checkpoint.claim
    reviews.submit_review(
        assignment=seat,
        by=by,
        outcome=outcome,
        confidence=Confidence.MODERATE,
        reason=_reason(claim, outcome),
        leaned_on=Evidence.objects.accepted(until=seat.checkpoint.due_on).filter(claim=claim),
        at=at + timedelta(minutes=20),
    )


def _reason(claim: Claim, outcome: str) -> str:
    """What a reviewer would write: which side of the test the linked evidence meets."""
    sides = {
        "held": "Every part of the test is met: ",
        "mostly_held": "Met but for a part that matters little: ",
        "mixed": "As much for it as against it, measured by the test: ",
        "mostly_failed": "Only a part of the test is met: ",
    }
    return sides.get(outcome, "The test for failure is met: ") + (
        claim.failed_if if outcome == "failed" else claim.held_if
    )


def _report(cast: Cast) -> None:
    lena = cast["lena"]
    if not ReportSchedule.objects.exists():
        add_schedule(
            title="Russia and China", every=ReportSchedule.Every.QUARTER, next_on=_next(), by=lena
        )
    publish_report(
        by=lena,
        period_start=PERIOD[0],
        period_end=PERIOD[1],
        title=REPORT_TITLE,
        at=_morning(PUBLISHED),
        is_public=True,
    )


def _next() -> date:
    """The first day of the next quarter: the quarter before it is what is published then."""
    today = timezone.localdate()
    return (today.replace(day=1) + relativedelta(months=3 - (today.month - 1) % 3)).replace(day=1)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), UTC)
