"""Reads a document for claims and stores what is proposed: once per document, whoever asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.models import User
from accounts.services import record
from claims.extraction.propose import propose
from claims.extraction.types import Entry, HedgeRange, Horizon, Progress, Proposal
from claims.models import (
    Checkpoint,
    Claim,
    Extraction,
    ExtractionProgress,
    Lexicon,
    ModelExtraction,
)
from claims.queries import was_read
from claims.services.quotes import quotes_at, said_on
from sources.models import Document
from sources.services import claimants_named

BATCH = 500


@dataclass(frozen=True)
class _Read:
    """What was found in a document, and what the reading rested on."""

    document: Document
    day: date
    lexicon: Lexicon
    proposals: list[Proposal]


def propose_claims(
    *, document: Document, by: User | None = None, progress: Progress | None = None
) -> list[Claim]:
    """The claims found in a document, best first, each with its quote, in status proposed.

    A document is read once: whoever asks again, or at the same time, gets the same claims. Dates
    count from the day it was published, or else captured. It is read outside of any transaction of
    ours; `progress` hears of the sentences done and their number. Raises Lexicon.DoesNotExist where
    no lexicon is active.
    """
    while not was_read(document) and not _keep(_read(document, progress), by):
        pass  # corrected meanwhile: what was found rests on another author or day
    claims = Claim.objects.filter(quote__document=document).select_related("quote", "claimant")
    return list(claims.order_by("-rank", "pk"))


def _read(document: Document, progress: Progress | None) -> _Read:
    fresh = Document.objects.get(pk=document.pk)
    lexicon = Lexicon.objects.active()
    day = said_on(fresh)
    found = propose(
        fresh.text,
        lexicon=entries_of(lexicon),
        said_on=day,
        author=fresh.author,
        progress=progress,
    )
    return _Read(fresh, day, lexicon, found)


def entries_of(lexicon: Lexicon) -> list[Entry]:
    """Phrase, low, high of a lexicon, probabilities 0 to 1."""
    return [(one.phrase, float(one.low), float(one.high)) for one in lexicon.entries.all()]


@transaction.atomic
def _keep(read: _Read, by: User | None) -> bool:
    """Stores what was found; says whether the document is read now."""
    # Another reader of the same document waits here, then finds it read.
    locked = Document.objects.select_for_update(no_key=True).defer("text").get(pk=read.document.pk)
    if was_read(locked):
        return True
    if (locked.author, said_on(locked)) != (read.document.author, read.day):
        return False
    proposals = _undecided(read)
    _store(proposals, read, by)
    Extraction.objects.create(document=locked, proposed=len(proposals))
    ExtractionProgress.objects.filter(document=locked).delete()
    if settings.EXTRACTOR:
        # The rules answer at once; the worker asks the model about the same text afterwards.
        ModelExtraction.objects.create(document=locked)
    record(by=by, verb="read for claims", on=locked, proposed=len(proposals))
    return True


def _undecided(read: _Read) -> list[Proposal]:
    """The proposals but for words of which a claim was made, or dropped, before."""
    decided = list(
        Claim.objects.filter(quote__document=read.document).values_list(
            "quote__start", "quote__end"
        )
    )
    return [
        one
        for one in read.proposals
        if not any(start < one.end and one.start < end for start, end in decided)
    ]


def store_proposals(
    proposals: Sequence[Proposal], *, document: Document, lexicon: Lexicon, by: User | None
) -> None:
    """Makes proposed claims of what an extractor found in a document. Called inside a transaction."""
    _store(proposals, _Read(document, said_on(document), lexicon, list(proposals)), by)


def _store(proposals: Sequence[Proposal], read: _Read, by: User | None) -> None:
    claimants = claimants_named(_speaker(one, read.document) for one in proposals)
    quotes = quotes_at(document=read.document, spans={(one.start, one.end) for one in proposals})
    claims = [
        _claim(
            one,
            read,
            quote=quotes[one.start, one.end],
            claimant=claimants.get(_speaker(one, read.document)),
            created_by=by,
        )
        for one in proposals
    ]
    Claim.objects.bulk_create(claims, batch_size=BATCH)
    found = zip(proposals, claims, strict=True)
    checkpoints = [one for proposal, claim in found for one in _checkpoints(proposal, claim)]
    Checkpoint.objects.bulk_create(checkpoints, batch_size=BATCH)


def _speaker(proposal: Proposal, document: Document) -> str:
    return (proposal.speaker or document.author)[:200]


def _claim(proposal: Proposal, read: _Read, **who: Any) -> Claim:
    scored = proposal.class_ == "forecast"
    return Claim(
        statement=proposal.statement or proposal.quote,
        speaker=_speaker(proposal, read.document),
        said_on=read.day,
        kind=proposal.kind if scored else Claim.Kind.ASSESSMENT,
        condition=proposal.condition,
        reason=proposal.reason,
        rank=proposal.rank,
        status=Claim.Status.PROPOSED,
        **who,
        **_probability(proposal.hedge, read.lexicon, scored=scored),
        **_dates(proposal.horizon, read.day, scored=scored),
    )


def _checkpoints(proposal: Proposal, claim: Claim) -> list[Checkpoint]:
    """The checkpoints that the horizon of a proposal names, with its due date as the final one."""
    due = claim.due_on
    if due is None or proposal.horizon is None:
        return []
    days = {day for day in proposal.horizon.checkpoints if claim.said_on < day <= due} | {due}
    return [Checkpoint(claim=claim, due_on=day, is_final=day == due) for day in sorted(days)]


def _probability(hedge: HedgeRange | None, lexicon: Lexicon, *, scored: bool) -> dict[str, Any]:
    """The hedge as fields of a claim; an assessment keeps the word alone."""
    if hedge is None:
        return {}
    word = {"hedge": hedge.phrase[:100]}
    if not scored or hedge.low is None or hedge.high is None:
        return word
    source = Claim.ProbabilitySource
    return word | {
        "lexicon": None if hedge.stated else lexicon,
        "probability_source": source.DECLARED if hedge.stated else source.LEXICON,
        "probability_low": Decimal(str(hedge.low)).quantize(Decimal("0.001")),
        "probability_high": Decimal(str(hedge.high)).quantize(Decimal("0.001")),
    }


def _dates(horizon: Horizon | None, day: date, *, scored: bool) -> dict[str, Any]:
    """The horizon as fields of a claim; dates that had passed when it was said are left open."""
    if horizon is None:
        return {}
    words = {"horizon": horizon.text[:200]}
    if not scored or horizon.due <= day:
        return words
    return words | {
        "opens_on": horizon.opens_on,
        "due_earliest": horizon.earliest,
        "due_on": horizon.due,
        "due_latest": horizon.latest,
    }
