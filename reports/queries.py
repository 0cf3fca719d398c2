"""Reads of the reports room: which claims a report covers, and how they stood at its cut-off."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Coalesce

from claims.models import Checkpoint, Claim, Imputation, Lexicon, LexiconEntry
from claims.readings import NEEDED
from reports.models import Report, ReportedClaim
from reports.scoring.figures import track_record
from reports.scoring.lexicons import Table
from reports.scoring.rows import Row, Source
from reviews.models import Assignment, Review, Verdict
from reviews.outcomes import GRADES, Outcome
from sources.models import Claimant

Standing = ReportedClaim.Standing
ENDED = {
    Claim.Status.WITHDRAWN: Standing.WITHDRAWN,
    Claim.Status.SUPERSEDED: Standing.SUPERSEDED,
    Claim.Status.DUPLICATE: Standing.DUPLICATE,
}
READ_FROM = {
    Claim.ProbabilitySource.LEXICON: Source.LEXICON,
    Claim.ProbabilitySource.DECLARED: Source.DECLARED,
}


@dataclass(frozen=True)
class Due:
    """A claim of a cohort with what a report keeps of it beside its row."""

    row: Row
    claimant_name: str
    due_on: date
    checkpoint: int | None


def scoreable(*, cutoff: datetime, claimants: Sequence[Claimant] | None = None) -> QuerySet[Claim]:
    """Claims that were registered by the cut-off and can be scored, of these claimants where given."""
    claims = Claim.objects.filter(registered_at__lte=cutoff).exclude(kind=Claim.Kind.ASSESSMENT)
    return claims if claimants is None else claims.filter(claimant__in=claimants)


def registered_counts(
    *, cutoff: datetime, claimants: Sequence[Claimant] | None = None
) -> dict[int, int]:
    """How many scoreable claims each claimant had registered by the cut-off, by claimant's key."""
    counted = scoreable(cutoff=cutoff, claimants=claimants).order_by().values("claimant")
    return dict(counted.annotate(n=Count("pk")).values_list("claimant", "n"))


def cohort(
    *,
    cutoff: datetime,
    period_start: date | None = None,
    period_end: date | None = None,
    claimants: Sequence[Claimant] | None = None,
) -> list[Due]:
    """Every scoreable claim that fell due in the period, by key, as it stood at the cut-off.

    Due, not resolved: events come early only one way. Nothing that falls due after the cut-off is in it.
    """
    claims = scoreable(cutoff=cutoff, claimants=claimants).filter(due_on__lte=_day(cutoff))
    if period_start:
        claims = claims.filter(due_on__gte=period_start)
    if period_end:
        claims = claims.filter(due_on__lte=period_end)
    return [_due(claim, cutoff) for claim in _with_verdicts(claims, cutoff)]


def gradings(due: list[Due], *, cutoff: datetime) -> list[list[int]]:
    """How many reviewers gave each grade, one row per checkpoint: as they were before adjudication.

    Only checkpoints with a verdict: agreement over a few open ones would tell the blind grades.
    """
    checkpoints = [one.checkpoint for one in due if one.checkpoint]
    # Of what is judged again too: until it has its next verdict, the new grades are not counted.
    judged = Verdict.objects.filter(
        checkpoint=OuterRef("assignment__checkpoint"), at__gte=OuterRef("at"), at__lte=cutoff
    )
    counted = (
        Review.objects.filter(
            Exists(judged),
            assignment__checkpoint__in=checkpoints,
            assignment__role=Assignment.Role.REVIEW,
            outcome__in=GRADES,
            at__lte=cutoff,
        )
        .order_by()
        .values_list("assignment__checkpoint", "outcome")
        .annotate(n=Count("pk"))
    )
    table: dict[int, list[int]] = {}
    for checkpoint, outcome, n in counted:
        table.setdefault(checkpoint, [0] * len(GRADES))[GRADES.index(outcome)] = n
    return [table[checkpoint] for checkpoint in sorted(table)]


def newest_tables() -> list[Table]:
    """The newest version of every lexicon that is stored, published tables and the desk's own, by key."""
    newest = Lexicon.objects.order_by("slug", "-version").distinct("slug")
    return _tables(sorted(newest.values_list("pk", "name", "version")))


def tables_of(report: Report) -> list[Table]:
    """The versions that a report was rescored under, in its order and named as it names them.

    None for a report that was published before there were any.
    """
    recorded = report.figures.get("lexicons", [])
    return _tables([(one["lexicon"], one["name"], one["version"]) for one in recorded])


def claimants_with_claims(*, words: str = "", cutoff: datetime) -> QuerySet[Claimant]:
    """Claimants with at least one scoreable claim, by name; those with `words` in it where given."""
    claims = scoreable(cutoff=cutoff).filter(claimant=OuterRef("pk"))
    claimants = Claimant.objects.filter(name__icontains=words) if words else Claimant.objects.all()
    return claimants.filter(Exists(claims)).order_by("name")


def track_records(
    claimants: Sequence[Claimant], *, cutoff: datetime
) -> list[tuple[Claimant, dict[str, Any]]]:
    """The track record of each claimant over everything due by the cut-off, in their order."""
    rows: dict[int, list[Row]] = defaultdict(list)
    for one in cohort(cutoff=cutoff, claimants=claimants):
        rows[one.row.claimant].append(one.row)
    registered = registered_counts(cutoff=cutoff, claimants=claimants)
    return [
        (one, track_record(rows[one.pk], registered=registered.get(one.pk, 0))) for one in claimants
    ]


def claims_with_verdicts(*, claimant: Claimant) -> QuerySet[Claim]:
    """The registered claims of a claimant, the latest due first, with `verdict`: the final one that stands."""
    verdicts = Verdict.objects.standing().filter(checkpoint=OuterRef("checkpoint"))
    return (
        Claim.objects.ledger()
        .filter(claimant=claimant)
        .annotate(checkpoint=_final_checkpoint())
        .annotate(verdict=Subquery(verdicts.values("outcome")[:1]))
        .order_by(F("due_on").desc(nulls_last=True), "-pk")
    )


def listed_reports() -> QuerySet[Report]:
    """Reports, newest first, with `overall` alone of their figures."""
    return Report.objects.defer("figures").annotate(overall=KeyTransform("overall", "figures"))


def reported_names(report: Report) -> dict[int, str]:
    """The names of a report's claimants as they were, by key."""
    rows = report.claims.order_by("claimant_id").distinct("claimant_id")
    return dict(rows.values_list("claimant", "claimant_name"))


def _tables(lexicons: Sequence[tuple[int, str, int]]) -> list[Table]:
    """These lexicons, (key, name, version), with their entries, which never change."""
    entries: dict[int, list[tuple[str, float, float]]] = defaultdict(list)
    rows = LexiconEntry.objects.filter(lexicon__in=[key for key, _, _ in lexicons]).order_by("pk")
    for key, phrase, low, high in rows.values_list("lexicon", "phrase", "low", "high"):
        entries[key].append((phrase, float(low), float(high)))
    return [Table(key, name, version, tuple(entries[key])) for key, name, version in lexicons]


def _day(moment: datetime) -> date:
    # Not the install's time zone, which may change before a report is made again.
    return moment.astimezone(UTC).date()


def _final_checkpoint() -> Subquery:
    """The key of a claim's final checkpoint, or of its latest where none is final."""
    checkpoints = Checkpoint.objects.filter(claim=OuterRef("pk"))
    return Subquery(checkpoints.order_by("-is_final", "-due_on").values("pk")[:1])


def _with_verdicts(claims: QuerySet[Claim], cutoff: datetime) -> Iterable[Mapping[str, Any]]:
    """Plain values, since a cohort can hold a hundred thousand claims."""
    verdicts = Verdict.objects.filter(checkpoint=OuterRef("checkpoint"), at__lte=cutoff)
    readings = Imputation.objects.filter(claim=OuterRef("pk"), at__lte=OuterRef("registered_at"))
    counted = readings.order_by().values("claim").annotate(n=Count("pk")).values("n")
    return (
        claims.annotate(checkpoint=_final_checkpoint())
        .annotate(
            verdict=Subquery(verdicts.order_by("-at", "-pk").values("outcome")[:1]),
            value=Subquery(verdicts.order_by("-at", "-pk").values("value")[:1]),
            first_judged_at=Subquery(verdicts.order_by("at", "pk").values("at")[:1]),
            readings=Coalesce(Subquery(counted), 0),
        )
        .order_by("pk")
        .values(
            "pk", "claimant", "claimant__name", "quote__document", "hedge", "lexicon",
            "probability_source", "readings", "probability_low", "probability_high",
            "base_rate__probability", "due_on", "status", "ended_at", "checkpoint", "verdict",
            "value", "first_judged_at",
        )
        .iterator(chunk_size=5000)
    )  # fmt: skip


def _due(claim: Mapping[str, Any], cutoff: datetime) -> Due:
    standing = _standing(claim, cutoff)
    value = claim["value"] if standing == Standing.SCORED else None
    row = Row(
        claim=claim["pk"],
        claimant=claim["claimant"],
        cluster=claim["quote__document"],
        hedge=claim["hedge"],
        low=float(claim["probability_low"]),
        high=float(claim["probability_high"]),
        base_rate=float(claim["base_rate__probability"]),
        standing=standing.value,
        outcome=None if value is None else float(value),
        source=_source(claim),
        lexicon=claim["lexicon"],
    )
    return Due(
        row=row,
        claimant_name=claim["claimant__name"],
        due_on=claim["due_on"],
        checkpoint=claim["checkpoint"],
    )


def _source(claim: Mapping[str, Any]) -> Source:
    """How its range came about, as of registration: nobody can read a registered claim."""
    source, readings = claim["probability_source"], claim["readings"]
    if source == Claim.ProbabilitySource.IMPUTED and readings:
        return Source.TWO_READERS if readings >= NEEDED else Source.ONE_READER
    return READ_FROM.get(source, Source.UNSTATED)


def _standing(claim: Mapping[str, Any], cutoff: datetime) -> ReportedClaim.Standing:
    ended, status = claim["ended_at"], claim["status"]
    if status in ENDED and ended and ended <= cutoff:
        first = claim["first_judged_at"]
        # Nobody escapes a verdict by withdrawing after it; a duplicate would count twice.
        if status == Claim.Status.DUPLICATE or first is None or first > ended:
            return ENDED[status]
    verdict = claim["verdict"]
    if verdict is None:
        return Standing.UNRESOLVED
    return Standing.SCORED if verdict in GRADES else Standing(Outcome(verdict).value)
