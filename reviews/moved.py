"""What moved under verdicts since they were given: the evidence that they leaned on, or should have known.

A verdict leans on the evidence that its reviews name; where none names any, on all that was accepted then
of what had happened by its checkpoint. Links to events that are one by now count as one.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from claims.models import Claim, ClaimNotice, Evidence, EvidenceDecision
from claims.notices import notices_under
from reviews.models import Reopening, Review, Verdict
from sources.models import Notice

# A page that is gone says nothing else than when it was captured.
MOVING = (Notice.Kind.CHANGED, *Notice.MARKED)


@dataclass(frozen=True, slots=True)
class Move:
    """Why a verdict is judged again, with the piece of evidence and the notice where there is one."""

    cause: str
    reason: str
    evidence: Evidence
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class _Links:
    """The links of one claim that anybody ever decided on, with every decision in its order."""

    links: list[Evidence]
    decisions: dict[int, list[EvidenceDecision]]

    def then(self, one: Evidence, at: datetime) -> EvidenceDecision | None:
        """The decision that stood at a moment, where it was an acceptance."""
        before = [each for each in self.decisions[one.pk] if each.at <= at]
        accepted = before and before[-1].status == Evidence.Status.ACCEPTED
        return before[-1] if accepted else None

    def accepted(self) -> list[Evidence]:
        """What is linked now."""
        return [one for one in self.links if one.status == Evidence.Status.ACCEPTED]


def perhaps_moved() -> QuerySet[Verdict]:
    """Standing verdicts of standing claims, not reopened, under which anything happened since; each with
    its `round`."""
    decided = EvidenceDecision.objects.filter(
        evidence__claim=OuterRef("checkpoint__claim"), at__gt=OuterRef("at")
    )
    told = ClaimNotice.objects.filter(
        claim=OuterRef("checkpoint__claim"), told_at__gt=OuterRef("at")
    )
    standing = Verdict.objects.standing().filter(
        Q(Exists(decided)) | Q(Exists(told)),
        reopening=None,
        checkpoint__claim__status=Claim.Status.REGISTERED,
    )
    return with_round(standing).select_related("checkpoint__claim").order_by("pk")


def with_round(verdicts: QuerySet[Verdict]) -> QuerySet[Verdict]:
    """Verdicts with the number of the round that made each."""
    until = Verdict.objects.filter(checkpoint=OuterRef("checkpoint"), pk__lte=OuterRef("pk"))
    counted = until.order_by().values("checkpoint").annotate(n=Count("pk")).values("n")
    return verdicts.annotate(round=Subquery(counted))


def moves(verdicts: Sequence[Verdict]) -> dict[int, Move]:
    """The first thing that moved under each of these verdicts of `perhaps_moved`, by its number; in a fixed
    number of queries."""
    links = _links_of({one.checkpoint.claim_id for one in verdicts})
    named = _named_by(verdicts)
    notices = notices_under([one for each in links.values() for one in each.links])
    found = {
        verdict.pk: _move(verdict, links[verdict.checkpoint.claim_id], named[verdict.pk], notices)
        for verdict in verdicts
    }
    return {number: move for number, move in found.items() if move}


def _links_of(claims: Collection[int]) -> dict[int, _Links]:
    decisions: dict[int, list[EvidenceDecision]] = defaultdict(list)
    of_claims = EvidenceDecision.objects.filter(evidence__claim__in=claims)
    for decision in of_claims.order_by("at", "pk"):
        decisions[decision.evidence_id].append(decision)
    links = Evidence.objects.filter(pk__in=decisions).select_related("event", "document")
    found = {claim: _Links([], decisions) for claim in claims}
    for one in links.defer("document__text").order_by("pk"):
        found[one.claim_id].links.append(one)
    return found


def _named_by(verdicts: Sequence[Verdict]) -> dict[int, set[int]]:
    """The evidence that the reviews behind each verdict name."""
    rows = (
        Review.objects.filter(
            assignment__checkpoint__in=[one.checkpoint_id for one in verdicts],
            leaned_on__isnull=False,
        )
        .order_by()
        .values_list("assignment__checkpoint", "assignment__round", "leaned_on")
    )
    by_round: dict[tuple[int, int], set[int]] = defaultdict(set)
    for checkpoint, number, evidence in rows:
        by_round[checkpoint, number].add(evidence)
    return {one.pk: by_round[one.checkpoint_id, one.round] for one in verdicts}  # type: ignore[attr-defined]


def _move(
    verdict: Verdict, claim: _Links, named: set[int], notices: dict[int, list[Notice]]
) -> Move | None:
    due = verdict.checkpoint.due_on
    known = [
        one for one in claim.links if claim.then(one, verdict.at) and one.event.occurred_on <= due
    ]
    leaned = [one for one in claim.links if one.pk in named] or known
    return (
        _noticed(verdict, leaned, notices)
        or _linked_otherwise(verdict, leaned, claim)
        or _accepted_since(verdict, known, claim)
    )


def _noticed(
    verdict: Verdict, leaned: Sequence[Evidence], notices: dict[int, list[Notice]]
) -> Move | None:
    for one in leaned:
        for notice in notices.get(one.pk, ()):
            if notice.kind in MOVING and not notice.is_suggestion and notice.at > verdict.at:
                words = f": {notice.words}" if notice.words else ""
                said = f"{notice.get_kind_display().lower()}, {_day(notice.at)}{words}"
                return Move(Reopening.Cause.CHANGED, f"“{one.event.title}”: {said}", one, notice)
    return None


def _linked_otherwise(verdict: Verdict, leaned: Sequence[Evidence], claim: _Links) -> Move | None:
    linked = {one.event.standing_id: one for one in claim.accepted()}
    for one in leaned:
        now, then = linked.get(one.event.standing_id), claim.then(one, verdict.at)
        if now is None:
            said = f"“{one.event.title}” is not linked any more"
            return Move(Reopening.Cause.DETACHED, said, one)
        if then and _side(then.stance) != _side(now.stance):
            said = f"“{one.event.title}” is linked on another side now"
            return Move(Reopening.Cause.CHANGED, said, one)
    return None


def _accepted_since(verdict: Verdict, known: Sequence[Evidence], claim: _Links) -> Move | None:
    """What is linked since, had happened by the checkpoint and was published before its day."""
    due, before = verdict.checkpoint.due_on, {one.event.standing_id for one in known}
    for one in claim.accepted():
        published = timezone.localdate(one.document.published_at or one.document.captured_at)
        is_new = one.event.standing_id not in before and one.event.occurred_on <= due
        if is_new and published < due and claim.decisions[one.pk][-1].at > verdict.at:
            said = f"“{one.event.title}”, published {published:%-d %B %Y}, was linked since"
            return Move(Reopening.Cause.ACCEPTED, said, one)
    return None


def _side(stance: int | None) -> int:
    return ((stance or 0) > 0) - ((stance or 0) < 0)


def _day(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%-d %B %Y}"
