"""What a claim takes from its document: exact words as a quote, and the day they were said."""

from collections.abc import Collection
from datetime import date

from django.utils import timezone

from claims.validators import QuoteNotFound
from sources.models import Document, Quote

# As much context on each side as lets a reader, or another program, find the place again.
CONTEXT = 60

type Span = tuple[int, int]


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
        document=document, start=place, end=end, defaults=_words(document, place, end)
    )
    return quote


def quotes_at(*, document: Document, spans: Collection[Span]) -> dict[Span, Quote]:
    """The quotes of these spans (start, end) of a document, made where they are not known yet."""
    # Somebody may be making the same one by hand.
    Quote.objects.bulk_create(
        (
            Quote(document=document, start=start, end=end, **_words(document, start, end))
            for start, end in sorted(spans)
        ),
        batch_size=500,
        ignore_conflicts=True,
    )
    stored = Quote.objects.filter(document=document)
    found = {(quote.start, quote.end): quote for quote in stored}
    return {span: found[span] for span in spans}


def _words(document: Document, start: int, end: int) -> dict[str, str]:
    """The words of a span, with those around it."""
    return {
        "exact": document.text[start:end],
        "prefix": document.text[max(0, start - CONTEXT) : start],
        "suffix": document.text[end : end + CONTEXT],
    }


def said_on(document: Document) -> date:
    """The day a document's claims were made, as far as it is known."""
    return timezone.localdate(document.published_at or document.captured_at)
