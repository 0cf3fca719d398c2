"""Who is reading a long document just now, and how far they have come."""

from datetime import datetime, timedelta
from time import monotonic

from django.utils import timezone

from claims.extraction.types import Progress
from claims.models import ExtractionProgress
from sources.models import Document

# Seconds between two notes of how far the reading has come.
PAUSE = 1.0
# A reader who noted nothing for so long was killed.
SILENCE = timedelta(seconds=30)


def begin_reading(*, document: Document, at: datetime | None = None) -> bool:
    """Takes a document for reading; False where another worker is at it, and gives signs of life."""
    now = at or timezone.now()
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
