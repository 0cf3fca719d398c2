"""Adds what a language model proposes to what the rules found: once per document, by the worker.

No transaction is open while the model is asked. A worker that asks has taken the document for as
long as the answer may take; if it dies, the next one takes it when that time is over.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.services import record
from claims.extraction.extractors import ExtractorError
from claims.extraction.merging import Place, new_among
from claims.extraction.model import ModelExtractor
from claims.extraction.types import Proposal
from claims.models import Claim, Lexicon, ModelExtraction
from claims.services.proposals import entries_of, store_proposals
from claims.services.quotes import said_on
from sources.models import Document

MOST_ATTEMPTS = 5
# Four times as long before each further try: 1, 4, 16 and 64 minutes.
FIRST_PAUSE = timedelta(minutes=1)
# Beyond the longest time that an answer may take.
SLACK = timedelta(minutes=1)

logger = logging.getLogger(__name__)


def ask_model_next(*, at: datetime | None = None) -> bool:
    """Asks the language model about the text that waits longest; False where there is none.

    Also False where another text is with the model: one at a time leaves the worker hands for other
    work. A model that does not answer is asked again later, five times in all.
    """
    if not settings.EXTRACTOR:
        return False
    extractor = ModelExtractor(**settings.EXTRACTOR)
    taken = _take(extractor, at or timezone.now())
    if taken is None:
        return False
    if taken.attempts > MOST_ATTEMPTS:
        _give_up(taken, "The worker was ended each time it asked.", at)
        return True
    lexicon = Lexicon.objects.active()
    try:
        proposals = _asked(extractor, taken.document, lexicon)
    except ExtractorError as error:
        _put_off(taken, f"The language model {extractor.model} failed: {error}.", at)
    else:
        _store(taken, proposals, lexicon, extractor.model, at)
    return True


def _take(extractor: ModelExtractor, now: datetime) -> ModelExtraction | None:
    """Leaves the next text to us; None where none waits or somebody was quicker."""
    if ModelExtraction.objects.under_way(now).exists():
        return None
    found = ModelExtraction.objects.waiting(now).select_related("document").first()
    if found is None:
        return None
    until = now + timedelta(seconds=extractor.longest(found.document.text)) + SLACK
    taken = ModelExtraction.objects.waiting(now).filter(pk=found.pk)
    if taken.update(taken_until=until, attempts=F("attempts") + 1) != 1:
        return None
    found.refresh_from_db(fields=["taken_until", "attempts"])
    return found


def _asked(extractor: ModelExtractor, document: Document, lexicon: Lexicon) -> list[Proposal]:
    return extractor(
        document.text,
        lexicon=entries_of(lexicon),
        said_on=said_on(document),
        author=document.author,
    )


@transaction.atomic
def _store(
    taken: ModelExtraction,
    proposals: list[Proposal],
    lexicon: Lexicon,
    model: str,
    at: datetime | None,
) -> None:
    # First the document, in the order of whoever corrects it, then the row.
    document = Document.objects.select_for_update(no_key=True).get(pk=taken.document_id)
    if not _is_still_ours(taken):
        return
    if (document.author, said_on(document)) != (taken.document.author, said_on(taken.document)):
        _leave(taken)
        return
    new = new_among(proposals, known=_known(document))
    store_proposals(new, document=document, lexicon=lexicon, by=None)
    taken.proposed, taken.last_error = len(new), ""
    _finish(taken, at)
    counts = {"proposed": len(new), "known": len(proposals) - len(new)}
    record(by=None, verb="read by a language model", on=document, model=model, **counts)
    logger.info("Document %s: %s new proposals of %s", document.pk, len(new), model)


def _leave(taken: ModelExtraction) -> None:
    """Leaves the text for another try, which is no failed one: what was found has an old author or day."""
    taken.taken_until, taken.attempts = None, taken.attempts - 1
    taken.save(update_fields=["taken_until", "attempts"])


def _known(document: Document) -> list[Place]:
    """Where claims of the document stand, whoever found them and whatever became of them."""
    claims = Claim.objects.filter(quote__document=document)
    return [
        Place(start, end, "assessment" if kind == Claim.Kind.ASSESSMENT else "forecast")
        for start, end, kind in claims.values_list("quote__start", "quote__end", "kind")
    ]


def _put_off(taken: ModelExtraction, error: str, at: datetime | None) -> None:
    if taken.attempts >= MOST_ATTEMPTS:
        _give_up(taken, error, at)
        return
    logger.warning("Document %s is asked about again later: %s", taken.document_id, error)
    pause = FIRST_PAUSE * 4 ** (taken.attempts - 1)
    with transaction.atomic():
        if _is_still_ours(taken):
            taken.last_error, taken.taken_until = error, None
            taken.due_at = (at or timezone.now()) + pause
            taken.save(update_fields=["last_error", "taken_until", "due_at"])


@transaction.atomic
def _give_up(taken: ModelExtraction, error: str, at: datetime | None) -> None:
    if not _is_still_ours(taken):
        return
    logger.error("Document %s is not asked about any more: %s", taken.document_id, error)
    taken.last_error = error
    _finish(taken, at)
    record(by=None, verb="not read by a language model", on=taken.document, reason=error)


def _is_still_ours(taken: ModelExtraction) -> bool:
    """Whether nobody took the text because our time was over. Locks the row if so."""
    ours = ModelExtraction.objects.filter(
        pk=taken.pk, attempts=taken.attempts, finished_at=None
    ).select_for_update(no_key=True)
    return ours.first() is not None


def _finish(taken: ModelExtraction, at: datetime | None) -> None:
    taken.finished_at, taken.taken_until = at or timezone.now(), None
    taken.save(update_fields=["proposed", "last_error", "finished_at", "taken_until"])
