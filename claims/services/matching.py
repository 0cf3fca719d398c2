"""Compares events with claims and suggests evidence: each event, and each claim, exactly once.

What was compared is noted in the same transaction as its suggestions, so a killed worker loses and
doubles nothing. An event that is locked here by one worker is passed over by the others. A claim
registered while a batch runs misses that batch, but is then compared with all stored events, the
batch's among them. A claim whose words were set while a batch runs is compared when that is over.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import batched

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.locks import Lock, hold
from claims.matching import WEIGHTS, Index, Suggestion, Target
from claims.models import Claim, ClaimWords, Evidence, Matching
from claims.models.evidence import ONE
from claims.services.index import item_of, open_claims_index, targets_of
from claims.services.learning import weights_in_use
from claims.services.noise import cut_to_a_week
from sources.models import Event, EventReport

STORED_EVENTS_BATCH = 2000


def match_waiting_events(*, limit: int = 200) -> int:
    """Compares the next events that nobody compared yet with every open claim, in one transaction.

    Returns how many events were taken: 0 where none wait or other workers hold those that do.
    """
    with transaction.atomic():
        hold(Lock.WEIGHTS, shared=True)
        hold(Lock.OLD_INDEX, shared=True)
        events = _take_waiting(limit)
        if not events:
            return 0
        made = _suggest(open_claims_index(), events)
        counts = _counted(made)
        Matching.objects.bulk_create(
            Matching(event=event, suggested=counts.get(event.pk, 0)) for event in events
        )
    return len(events)


def _take_waiting(limit: int) -> list[Event]:
    """Locks events without a Matching row. What became part of another one waits until it stands again.

    The lock leaves foreign keys to the event free. A worker that finished between the look and the
    lock shows in the second look, which sees what is committed by then.
    """
    unmatched = ~Exists(Matching.objects.filter(event=OuterRef("pk")))
    events = list(
        Event.objects.standing()
        .filter(unmatched)
        .order_by("pk")
        .select_for_update(skip_locked=True, no_key=True)[:limit]
    )
    done = set(
        Matching.objects.filter(event__in=[event.pk for event in events]).values_list(
            "event_id", flat=True
        )
    )
    return [event for event in events if event.pk not in done]


def match_registered_claim(*, claim: Claim, at: datetime | None = None) -> int:
    """Compares a registered claim with the stored events of its window, once; again where its words
    were set since. What was suggested before is then scored anew, and what is barred or not likely
    enough by then is no suggestion any more, where nobody ever decided on it.

    Returns how many suggestions were new; 0 for a claim that was compared before or does not stand.
    """
    if ClaimWords.objects.filter(claim=claim).exists():
        with transaction.atomic():
            hold(Lock.OLD_INDEX)
    with transaction.atomic():
        hold(Lock.WEIGHTS, shared=True)
        # Leaves foreign keys to the claim free, for workers that store evidence meanwhile; a worker
        # that compares it already is not waited for.
        free = unmatched_claims().select_for_update(no_key=True, skip_locked=True)
        locked = free.filter(pk=claim.pk).first()
        if locked is None:
            return 0
        (target,) = targets_of([locked])
        index = Index.build([target], weights_in_use())
        _score_anew(locked, index)
        found = sum(len(_suggest(index, batch)) for batch in _stored_events(target))
        locked.matched_at = at or timezone.now()
        locked.save(update_fields=["matched_at"])
    return found


def _score_anew(claim: Claim, index: Index) -> None:
    """Scores what waits for a claim and was never decided on; removes what is no suggestion any more.

    The claim is locked, so nobody decides on any of it meanwhile.
    """
    waiting = Evidence.objects.never_decided().filter(claim=claim)
    found = waiting.select_related("event").order_by("pk").iterator(STORED_EVENTS_BATCH)
    for batch in batched(found, STORED_EVENTS_BATCH):
        ranked = index.rank([item_of(one.event) for one in batch])
        fresh = {one.item_id: one for one in ranked}
        waiting.filter(pk__in=[one.pk for one in batch if one.event_id not in fresh]).delete()
        kept = [one for one in batch if one.event_id in fresh]
        for one in kept:
            _take_over(one, fresh[one.event_id])
        Evidence.objects.bulk_update(kept, ["score", "measures", "passage", "reason"], 1000)
    cut_to_a_week([claim.pk])


def _take_over(evidence: Evidence, suggestion: Suggestion) -> None:
    evidence.score, evidence.measures = suggestion.score, list(suggestion.measures)
    evidence.passage, evidence.reason = suggestion.passage, suggestion.reason


def compare_stale_claims_again() -> int:
    """Has the sweep compare claims again for which something waits that other measures than those in
    use scored, as before an upgrade. Returns how many claims."""
    stale = Q(measures=None) | ~Q(measures__len=len(WEIGHTS))
    claims = Evidence.objects.never_decided().filter(stale).values("claim")
    compared = Claim.objects.filter(status=Claim.Status.REGISTERED, matched_at__isnull=False)
    return compared.filter(pk__in=claims).update(matched_at=None)


def unmatched_claims() -> QuerySet[Claim]:
    """Registered claims that are still to be compared with the stored events."""
    return Claim.objects.filter(status=Claim.Status.REGISTERED, matched_at=None).order_by("pk")


def _stored_events(target: Target) -> Iterator[Sequence[Event]]:
    events = Event.objects.standing()
    if target.opens_on:
        events = events.filter(occurred_on__gte=target.opens_on)
    if target.closes_on:
        events = events.filter(occurred_on__lte=target.closes_on)
    return batched(events.order_by("pk").iterator(STORED_EVENTS_BATCH), STORED_EVENTS_BATCH)


def _suggest(index: Index, events: Sequence[Event]) -> list[Evidence]:
    """Stores what the index suggests for these standing events; what is linked already, also by what
    became part of them, stays as it is."""
    documents = _first_documents(events)
    suggestions = index.rank([item_of(event) for event in events if event.pk in documents])
    found = {one.item_id for one in suggestions}
    one_with = Event.objects.filter(Q(pk__in=found) | Q(merged_into__in=found))
    known = set(
        Evidence.objects.filter(event__in=one_with.values("pk")).values_list("claim_id", ONE)
    )
    fresh = [one for one in suggestions if (one.target_id, one.item_id) not in known]
    made = Evidence.objects.bulk_create(
        [_evidence(one, documents[one.item_id]) for one in fresh],
        batch_size=1000,
        ignore_conflicts=True,
    )
    cut_to_a_week({one.target_id for one in fresh})
    return made


def _first_documents(events: Sequence[Event]) -> dict[int, int]:
    """Event to the document that reported it first."""
    reports = EventReport.objects.filter(event__in=[event.pk for event in events])
    return dict(reports.order_by("-pk").values_list("event_id", "document_id"))


def _evidence(one: Suggestion, document_id: int) -> Evidence:
    return Evidence(
        claim_id=one.target_id,
        event_id=one.item_id,
        document_id=document_id,
        passage=one.passage,
        score=one.score,
        reason=one.reason,
        measures=list(one.measures),
    )


def _counted(made: list[Evidence]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for evidence in made:
        counts[evidence.event_id] = counts.get(evidence.event_id, 0) + 1
    return counts
