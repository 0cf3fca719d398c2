"""What the worker does for claims. Each task looks in the database for what is to be done."""

import logging
from datetime import timedelta
from time import monotonic

from celery import shared_task
from django.conf import settings

from claims import services
from claims.models import Claim, ClaimImport, Lexicon
from claims.queries import unread_articles
from sources.models import Document

# A sweep comes every 5 seconds; a longer one would only hold a worker from other work.
LONGEST_SWEEP = 50
# Of a thousand documents each.
MOST_BATCHES = 100

logger = logging.getLogger(__name__)


@shared_task
def extract_waiting_documents() -> None:
    """Proposes claims from articles that nobody read yet."""
    keys = list(unread_articles().values_list("pk", flat=True)[:100])
    if keys:
        # Without one none can be read, which is not to be held against the texts.
        Lexicon.objects.active()
    for key in keys:
        _read(Document.objects.get(pk=key))


@shared_task
def ask_language_model() -> None:
    """Asks the language model, where one is set, about texts that the rules have read."""
    until = monotonic() + LONGEST_SWEEP
    while monotonic() < until and services.ask_model_next():
        pass


@shared_task
def match_waiting_events() -> None:
    """Compares waiting events with the open claims, and claims that missed the stored events."""
    until = monotonic() + LONGEST_SWEEP
    while monotonic() < until and services.match_waiting_events():
        pass
    for claim in services.unmatched_claims()[:100]:
        if monotonic() < until:
            _match(claim)


@shared_task
def match_claim(claim_id: int) -> None:
    """Compares one newly registered claim with the stored events of its window."""
    services.match_registered_claim(claim=Claim.objects.get(pk=claim_id))


@shared_task
def take_back_event_imports() -> None:
    """Goes on with every import of events that is being taken back."""
    services.take_back_event_imports(seconds=LONGEST_SWEEP)


@shared_task
def learn() -> None:
    """Learns from what was decided, where enough was since the last time; has what older measures
    scored scored anew."""
    services.learn()
    services.compare_stale_claims_again()


@shared_task
def tell_of_notices() -> None:
    """Lays what became of texts and events before the claims that lean on them."""
    services.tell_of_notices()


@shared_task
def watch_leaned_on_pages() -> None:
    """Watches the pages that claims and evidence lean on, and were missed."""
    services.watch_leaned_on_pages()


@shared_task
def prune_old_documents() -> None:
    """Removes old texts on which nothing leans, where the install is set to; a bounded number at once."""
    if settings.PRUNE_AFTER_DAYS:
        age = timedelta(days=settings.PRUNE_AFTER_DAYS)
        pruned = services.prune_old_documents(older_than=age, batches=MOST_BATCHES)
        logger.info("%s documents pruned", pruned.documents)


@shared_task
def run_waiting_imports() -> None:
    """Goes on with every imported table that is being checked or stored."""
    until = monotonic() + LONGEST_SWEEP
    for claim_import in ClaimImport.objects.at_work():
        try:
            _work(claim_import, until)
        except Exception:  # one table that breaks must not hold up the others
            logger.exception("Import %s could not be worked on", claim_import.pk)


@shared_task
def run_import(import_id: int) -> None:
    """Goes on with one imported table."""
    _work(ClaimImport.objects.get(pk=import_id), monotonic() + LONGEST_SWEEP)


def _read(document: Document) -> None:
    if not services.begin_reading(document=document):
        return
    try:
        services.propose_claims(document=document, progress=services.note_progress(document))
    except Exception as error:  # one unreadable article must not hold up the others
        logger.exception("Document %s could not be read for claims", document.pk)
        services.put_off_reading(document=document, error=error)


def _work(claim_import: ClaimImport, until: float) -> None:
    while services.work_on_import(claim_import=claim_import) and monotonic() < until:
        pass


def _match(claim: Claim) -> None:
    try:
        services.match_registered_claim(claim=claim)
    except Exception:  # one claim that breaks must not hold up the others
        logger.exception("Claim %s could not be compared with the events", claim.pk)
