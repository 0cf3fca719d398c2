"""What a claim takes from its document: exact words as a quote, and the day they were said."""

from datetime import date

from django.utils import timezone

from claims.validators import QuoteNotFound
from sources.models import Document, Quote

# As much context on each side as lets a reader, or another program, find the place again.
CONTEXT = 60


def quote_exactly(*, document: Document, exact: str, start: int | None = None) -> Quote:
    """The quote of these words, made where it is not known yet.

    `start` counts characters of the document's text; without it the first place is taken where the
    words stand. Raises QuoteNotFound where they do not.
    """
    words = exact if start is not None else exact.strip()
    place = document.text.find(words) if start is None else start
    if not words or place < 0 or document.text[place : place + len(words)] != words:
        raise QuoteNotFound(
            "These words do not stand in the document. Copy them exactly, from one place."
        )
    end = place + len(words)
    quote, _ = Quote.objects.get_or_create(
        document=document,
        start=place,
        end=end,
        defaults={
            "exact": words,
            "prefix": document.text[max(0, place - CONTEXT) : place],
            "suffix": document.text[end : end + CONTEXT],
        },
    )
    return quote


def said_on(document: Document) -> date:
    """The day a document's claims were made, as far as it is known."""
    return timezone.localdate(document.published_at or document.captured_at)
