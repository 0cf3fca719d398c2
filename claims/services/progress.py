"""Who is reading a document just now, how far they have come, and what becomes of one that fails."""

import logging
from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction
from django.utils import timezone

from accounts.services import record
from claims.extraction.types import Progress
from claims.models import ExtractionProgress
from claims.queries import was_read
from sources.models import Document

# Seconds between two notes of how far the reading has come.
PAUSE = 1.0
# A reader who noted nothing for so long was killed.
SILENCE = timedelta(seconds=30)
# So many more characters take a second longer in silence: before the first sentence, and while what
# was found is stored.
PER_SECOND = 50_000
MOST_ATTEMPTS = 5
# Four times as long before each further try: 1, 4, 16 and 64 minutes.
FIRST_PAUSE = timedelta(minutes=1)
ENDED = "The worker that read it last was ended, or silent for too long."

logger = logging.getLogger(__name__)


@transaction.atomic
def begin_reading(*, document: Document, at: datetime | None = None) -> bool:
    """Takes a document for reading; False where it is read, or not to be read now.

    That is while another worker is at it and gives signs of life, and after a try that failed: for a
    while, or for good after the fifth.
    """
    now = at or timezone.now()
    # Who stores what was found locks the document too, and then takes our row away: none is left over.
    free = Document.objects.select_for_update(no_key=True, skip_locked=True).only("pk")
    if free.filter(pk=document.pk).first() is None or was_read(document):
        return False
    row, _ = ExtractionProgress.objects.get_or_create(document=document, defaults={"due_at": now})
    if ExtractionProgress.objects.left_alone(now).filter(pk=row.pk).exists():
        return False
    if row.attempts >= MOST_ATTEMPTS:
        _give_up(row, ENDED, now)
        return False
    row.due_at, row.attempts = now + _patience(document), row.attempts + 1
    row.done = row.total = 0
    row.save()
    return True


def note_progress(document: Document) -> Progress:
    """Notes how far the reading of a document has come: the first time at once, then each second."""
    noted = float("-inf")
    patience = _patience(document)

    def note(done: int, total: int) -> None:
        nonlocal noted
        if monotonic() - noted >= PAUSE:
            noted = monotonic()
            ExtractionProgress.objects.filter(document=document).update(
                done=done, total=total, due_at=timezone.now() + patience
            )

    return note


@transaction.atomic
def put_off_reading(*, document: Document, error: Exception, at: datetime | None = None) -> None:
    """Leaves a document whose reading failed for another try later, or gives it up after the fifth."""
    now = at or timezone.now()
    rows = ExtractionProgress.objects.select_for_update(of=("self",), no_key=True)
    row = rows.filter(document=document).first()
    if row is None:
        return  # somebody read it meanwhile
    # No more than the sort: the words may tell readers what is none of their business.
    row.last_error = (
        f"Reading it broke off with {type(error).__name__}; the worker's log says more."
    )
    row.done = row.total = 0
    if row.attempts >= MOST_ATTEMPTS:
        _give_up(row, row.last_error, now)
        return
    row.due_at = now + FIRST_PAUSE * 4 ** (row.attempts - 1)
    row.save()


def _give_up(row: ExtractionProgress, error: str, now: datetime) -> None:
    logger.error("Document %s is not read for claims any more: %s", row.document_id, error)
    row.last_error, row.given_up_at = error, now
    row.save()
    record(by=None, verb="not read for claims", on=row.document, reason=error)


def _patience(document: Document) -> timedelta:
    """How long a reader of a document may be silent."""
    return SILENCE + timedelta(seconds=len(document.text) // PER_SECOND)
