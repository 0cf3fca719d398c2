"""The columns of an exported table of claims; an import knows them by the same names."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.utils import timezone

from claims.models import Checkpoint, Claim

type Cell = str | int | Decimal | date | datetime | None

# Said where a draft has no source of its probability, so that an import does not look for one.
NO_SOURCE = "none"


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name, with its unit, and what it holds of a claim."""

    name: str
    cell: Callable[[Claim], Cell]


def exported(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """These claims, in their order, with everything that the columns need; the texts left out."""
    days = Checkpoint.objects.filter(claim=OuterRef("pk")).order_by("due_on").values("due_on")
    return (
        claims.select_related(
            "claimant", "base_rate", "lexicon", "registered_by", "quote__document__publisher"
        )
        .defer("quote__document__text", "search")
        .annotate(checkpoint_days=ArraySubquery(days))
    )


def _percent(probability: Decimal | None) -> Decimal | None:
    """A probability of 0 to 1 in percent, without idle zeros."""
    return None if probability is None else Decimal(f"{probability * 100:.1f}".removesuffix(".0"))


def _published_on(claim: Claim) -> date | None:
    at = claim.quote.document.published_at
    return at and timezone.localdate(at)


COLUMNS = (
    Column("number", lambda claim: claim.pk),
    Column("status", lambda claim: claim.status),
    Column("claimant", lambda claim: claim.claimant.name if claim.claimant else ""),
    Column("speaker", lambda claim: claim.speaker),
    Column("said on", lambda claim: claim.said_on),
    Column("kind", lambda claim: claim.kind),
    Column("topics", lambda claim: ", ".join(claim.topics)),
    Column("stake", lambda claim: claim.stake),
    Column("quote", lambda claim: claim.quote.exact),
    Column("statement", lambda claim: claim.statement),
    Column("condition", lambda claim: claim.condition),
    Column("hedge", lambda claim: claim.hedge),
    Column("lexicon", lambda claim: str(claim.lexicon or "")),
    Column("probability from", lambda claim: claim.probability_source or NO_SOURCE),
    Column("low (%)", lambda claim: _percent(claim.probability_low)),
    Column("high (%)", lambda claim: _percent(claim.probability_high)),
    Column(
        "base rate (%)",
        lambda claim: _percent(claim.base_rate.probability if claim.base_rate else None),
    ),
    Column(
        "reference class", lambda claim: claim.base_rate.reference_class if claim.base_rate else ""
    ),
    Column("base rate source", lambda claim: claim.base_rate.source if claim.base_rate else ""),
    Column("horizon", lambda claim: claim.horizon),
    Column("opens", lambda claim: claim.opens_on),
    Column("earliest", lambda claim: claim.due_earliest),
    Column("due", lambda claim: claim.due_on),
    Column("latest", lambda claim: claim.due_latest),
    Column(
        "checkpoints",
        lambda claim: ", ".join(day.isoformat() for day in claim.checkpoint_days),  # type: ignore[attr-defined]
    ),
    Column("held if", lambda claim: claim.held_if),
    Column("failed if", lambda claim: claim.failed_if),
    Column("metric", lambda claim: claim.metric),
    Column("threshold", lambda claim: claim.threshold),
    Column("judged", lambda claim: claim.get_judged_display()),
    Column("document title", lambda claim: claim.quote.document.title),
    Column("document author", lambda claim: claim.quote.document.author),
    Column(
        "publisher",
        lambda claim: claim.quote.document.publisher.name if claim.quote.document.publisher else "",
    ),
    Column("address", lambda claim: claim.quote.document.url),
    Column("published on", _published_on),
    Column("registered at (UTC)", lambda claim: claim.registered_at),
    Column("registered by", lambda claim: str(claim.registered_by or "")),
    Column("content hash", lambda claim: claim.content_hash),
)
