"""Registered claims with all that hangs on them, in any number and in few statements."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Func, QuerySet, TextField

from accounts.roles import Role
from claims.models import Checkpoint, Claim, Evidence
from reviews.models import Assignment, Review, Verdict
from reviews.outcomes import GRADE_VALUES, GRADES, Confidence
from sources.models import Claimant, Document, Event, EventReport, Quote
from tests.benchmarks.wording import DAY, statement
from tests.factories.accounts import UserFactory
from tests.factories.claims import BaseRateFactory, ClaimFactory, LexiconFactory
from tests.factories.reviews import JUDGED
from tests.factories.sources import SAID, ClaimantFactory, DocumentFactory

BATCH = 2000
CLAIMS_OF_A_DOCUMENT = 10
HASH = Func(
    "statement",
    template="encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')",
    output_field=TextField(),
)


def add_claims(count: int, *, due_on: date, first: int = 0) -> QuerySet[Claim]:
    """Registers so many claims of 20 claimants, ten to a document, each with its final checkpoint."""
    claimants = [ClaimantFactory(name=f"Claimant {first} {n}") for n in range(20)]
    quotes = _quotes(count, first)
    shared = {"lexicon": LexiconFactory(), "base_rate": BaseRateFactory()}
    made = Claim.objects.bulk_create(
        (
            _claim(quotes[n // CLAIMS_OF_A_DOCUMENT], claimants[n % 20], first + n, due_on, shared)
            for n in range(count)
        ),
        batch_size=BATCH,
    )
    Checkpoint.objects.bulk_create(
        (Checkpoint(claim=claim, due_on=due_on, is_final=True) for claim in made),
        batch_size=BATCH,
    )
    claims = Claim.objects.filter(pk__gte=made[0].pk, pk__lte=made[-1].pk).order_by("pk")
    registrar = UserFactory(username="registrar")
    claims.update(
        status="registered", registered_at=SAID, registered_by=registrar, content_hash=HASH
    )
    return claims


def _quotes(count: int, first: int) -> list[Quote]:
    needed = -(-count // CLAIMS_OF_A_DOCUMENT)
    documents = Document.objects.bulk_create(
        (
            DocumentFactory.build(title=f"Commentary {first} {n}", publisher=None)
            for n in range(needed)
        ),
        batch_size=BATCH,
    )
    return Quote.objects.bulk_create(
        (Quote(document=one, exact=one.text[:30], start=0, end=30) for one in documents),
        batch_size=BATCH,
    )


def _claim(
    quote: Quote, claimant: Claimant, number: int, due_on: date, shared: dict[str, object]
) -> Claim:
    return ClaimFactory.build(
        quote=quote,
        claimant=claimant,
        statement=statement(number),
        due_earliest=due_on,
        due_on=due_on,
        due_latest=due_on,
        **shared,
    )


def add_evidence(claims: Sequence[Claim], count: int, *, accepted: bool = False) -> None:
    """So many new events, each linked to one of the claims in turn."""
    first = Event.objects.count()
    documents = Document.objects.bulk_create(
        (
            DocumentFactory.build(title=f"Report {first} {n}", origin="file", publisher=None)
            for n in range(count)
        ),
        batch_size=BATCH,
    )
    events = Event.objects.bulk_create(
        (
            Event(title=f"Event {first} {n}", occurred_on=DAY, first_reported_at=JUDGED)
            for n in range(count)
        ),
        batch_size=BATCH,
    )
    EventReport.objects.bulk_create(
        (EventReport(event=e, document=d) for e, d in zip(events, documents, strict=True)),
        batch_size=BATCH,
    )
    Evidence.objects.bulk_create(
        (
            Evidence(
                claim=claims[n % len(claims)],
                event=event,
                document=documents[n],
                passage="Trade grew.",
                score=0.5 + n / count / 2,
                **(_decided() if accepted else {}),
            )
            for n, event in enumerate(events)
        ),
        batch_size=BATCH,
    )


def _decided() -> dict[str, object]:
    analyst = UserFactory(username="decider")
    return {"status": "accepted", "stance": 1, "decided_at": JUDGED, "decided_by": analyst}


def add_seats(claims: QuerySet[Claim], *, state: str = "open") -> list[Assignment]:
    """Two seats at the final checkpoint of each claim, open or done by two reviewers."""
    sitting: dict[int, dict[str, object]] = {1: {}, 2: {}}
    if state == "done":
        for seat in sitting:
            reviewer = UserFactory(username=f"judge {seat}", roles=[Role.REVIEWER])
            sitting[seat] = {
                "reviewer": reviewer,
                "leased_at": JUDGED,
                "lease_expires_at": JUDGED + timedelta(hours=1),
            }
    checkpoints = Checkpoint.objects.filter(claim__in=claims).order_by("pk")
    return Assignment.objects.bulk_create(
        (
            Assignment(checkpoint=checkpoint, seat=seat, state=state, **fields)
            for checkpoint in checkpoints
            for seat, fields in sitting.items()
        ),
        batch_size=BATCH,
    )


def judge(claims: QuerySet[Claim]) -> None:
    """Two reviews and a verdict on each claim; every tenth pair of reviewers disagreed by a step."""
    seats = add_seats(claims, state="done")
    Review.objects.bulk_create(
        (
            Review(
                assignment=seat,
                outcome=GRADES[(n // 2 + (n % 20 == 1)) % len(GRADES)],
                confidence=Confidence.HIGH,
                reason="By the yearly figures.",
                at=JUDGED,
            )
            for n, seat in enumerate(seats)
        ),
        batch_size=BATCH,
    )
    Verdict.objects.bulk_create(
        (
            Verdict(
                checkpoint_id=seat.checkpoint_id,
                outcome=GRADES[n % len(GRADES)],
                value=float(GRADE_VALUES[GRADES[n % len(GRADES)]]),
                basis=Verdict.Basis.AGREEMENT,
                at=JUDGED,
            )
            for n, seat in enumerate(seats[::2])
        ),
        batch_size=BATCH,
    )
