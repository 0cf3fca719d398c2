"""Who is reading a long document just now, and how far they have come."""

from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction
from django.utils import timezone

from claims.extraction.types import Progress
from claims.models import ExtractionProgress
from claims.queries import was_read
from sources.models import Document

# Seconds between two notes of how far the reading has come.
PAUSE = 1.0
# A reader who noted nothing for so long was killed.
SILENCE = timedelta(seconds=30)


@transaction.atomic
def begin_reading(*, document: Document, at: datetime | None = None) -> bool:
    """Takes a document for reading; False where it is read, or another worker is at it.

    A worker that gives no sign of life is at nothing.
    """
    now = at or timezone.now()
    # Who stores what was found locks the document too, and then takes our row away: none is left over.
    free = Document.objects.select_for_update(no_key=True, skip_locked=True).only("pk")
    if free.filter(pk=document.pk).first() is None or was_read(document):
        return False
    taken, made = ExtractionProgress.objects.get_or_create(document=document, defaults={"at": now})
    if made:
        return True
    silent = ExtractionProgress.objects.filter(pk=taken.pk, at__lte=now - SILENCE)
    return silent.update(at=now, done=0, total=0) == 1


def note_progress(document: Document) -> Progress:
    """Notes how far the reading of a document has come: the first time at once, then each second."""
    noted = float("-inf")

    def note(done: int, total: int) -> None:
        nonlocal noted
        if monotonic() - noted >= PAUSE:
            noted = monotonic()
            ExtractionProgress.objects.filter(document=document).update(
                done=done, total=total, at=timezone.now()
            )

    return note
