"""Reads a document for claims and stores what is proposed: once per document, whoever asks."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.models import User
from accounts.services import record
from claims.extraction.propose import propose
from claims.extraction.types import Entry, HedgeRange, Horizon, Proposal
from claims.models import Claim, Extraction, Lexicon, ModelExtraction
from claims.services.claims import add_checkpoints
from claims.services.quotes import quote_exactly, said_on
from sources.models import Claimant, Document
from sources.services import claimant_named


@transaction.atomic
def propose_claims(*, document: Document, by: User | None = None) -> list[Claim]:
    """The claims found in a document, best first, each with its quote, in status proposed.

    A document is read once: whoever asks again, or at the same time, gets the same claims. Dates
    count from the day it was published, or else captured. Raises Lexicon.DoesNotExist where no
    lexicon is active.
    """
    # Another reader of the same document waits here, then finds it read.
    Document.objects.select_for_update(no_key=True).get(pk=document.pk)
    if not Extraction.objects.filter(document=document).exists():
        _read(document, by)
    claims = Claim.objects.filter(quote__document=document).select_related("quote", "claimant")
    return list(claims.order_by("-rank", "pk"))


def _read(document: Document, by: User | None) -> None:
    lexicon = Lexicon.objects.active()
    proposals = propose(
        document.text,
        lexicon=entries_of(lexicon),
        said_on=said_on(document),
        author=document.author,
    )
    store_proposals(proposals, document=document, lexicon=lexicon, by=by)
    Extraction.objects.create(document=document, proposed=len(proposals))
    if settings.EXTRACTOR:
        # The rules answer at once; the worker asks the model about the same text afterwards.
        ModelExtraction.objects.create(document=document)
    record(by=by, verb="read for claims", on=document, proposed=len(proposals))


def entries_of(lexicon: Lexicon) -> list[Entry]:
    """Phrase, low, high of a lexicon, probabilities 0 to 1."""
    return [(one.phrase, float(one.low), float(one.high)) for one in lexicon.entries.all()]


def store_proposals(
    proposals: Sequence[Proposal], *, document: Document, lexicon: Lexicon, by: User | None
) -> None:
    """Makes proposed claims of what an extractor found in a document. Called inside a transaction."""
    day = said_on(document)
    claimants: dict[str, Claimant | None] = {}
    for proposal in proposals:
        speaker = (proposal.speaker or document.author)[:200]
        if speaker and speaker not in claimants:
            claimants[speaker] = claimant_named(speaker)
        _store(
            proposal,
            document=document,
            day=day,
            lexicon=lexicon,
            speaker=speaker,
            claimant=claimants.get(speaker),
            created_by=by,
        )


def _store(
    proposal: Proposal, *, document: Document, day: date, lexicon: Lexicon, **who: Any
) -> Claim:
    quote = quote_exactly(document=document, exact=proposal.quote, start=proposal.start)
    scored = proposal.class_ == "forecast"
    claim = Claim.objects.create(
        quote=quote,
        statement=proposal.statement or proposal.quote,
        said_on=day,
        kind=proposal.kind if scored else Claim.Kind.ASSESSMENT,
        condition=proposal.condition,
        reason=proposal.reason,
        rank=proposal.rank,
        status=Claim.Status.PROPOSED,
        **who,
        **_probability(proposal.hedge, lexicon if scored else None),
        **_dates(proposal.horizon, day, scored=scored),
    )
    if claim.due_on and proposal.horizon:
        days = {one for one in proposal.horizon.checkpoints if day < one <= claim.due_on}
        add_checkpoints(claim, sorted(days | {claim.due_on}))
    return claim


def _probability(hedge: HedgeRange | None, lexicon: Lexicon | None) -> dict[str, Any]:
    """The hedge as fields of a claim; an assessment (no lexicon) keeps the word alone."""
    if hedge is None:
        return {}
    word = {"hedge": hedge.phrase[:100]}
    if lexicon is None or hedge.low is None or hedge.high is None:
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
