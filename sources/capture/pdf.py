"""Text out of PDF files that carry a text layer."""

import io
import logging
from datetime import date

from pypdf import PdfReader

from sources.capture.plain import cleaned
from sources.capture.types import Captured, CaptureError

MAX_PAGES = 500

# It reports every small fault of every file; what matters reaches people as CaptureError.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def captured(data: bytes, *, name: str) -> Captured:
    """The text layer of a PDF, pages parted by a blank line. Raises CaptureError."""
    try:
        reader = PdfReader(io.BytesIO(data))
        _refuse_closed(reader, name)
        text = cleaned("\n\n".join(page.extract_text() for page in reader.pages))
        title, author, published_on = _described(reader)
    except CaptureError:
        raise
    except Exception as error:
        raise CaptureError(f"{name} is a broken PDF.") from error
    if not text:
        raise CaptureError(
            f"{name} is a PDF without a text layer (a scan?): run text recognition on it first."
        )
    return Captured(
        text=text,
        title=title,
        author=author,
        media_type="application/pdf",
        published_on=published_on,
    )


def _refuse_closed(reader: PdfReader, name: str) -> None:
    if reader.is_encrypted and not reader.decrypt(""):
        raise CaptureError(f"{name} is an encrypted PDF: remove its password first.")
    if len(reader.pages) > MAX_PAGES:
        raise CaptureError(
            f"{name} has {len(reader.pages)} pages; at most {MAX_PAGES} are read at once."
        )


def _described(reader: PdfReader) -> tuple[str, str, date | None]:
    said = reader.metadata
    if said is None:
        return "", "", None
    try:
        created = said.creation_date
    except ValueError:
        created = None
    return (
        cleaned(said.title or ""),
        cleaned(said.author or ""),
        created.date() if created else None,
    )
