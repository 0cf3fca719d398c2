"""Text out of PDF files that carry a text layer."""

import io
import logging
from collections.abc import Iterator
from datetime import date

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError

from sources.capture.plain import cleaned, line
from sources.capture.types import MAX_AUTHOR, MAX_TITLE, Captured, CaptureError

MAX_PAGES = 500
# Pages may share one stream: a small file can hold any number of words.
MAX_CHARACTERS = 10_000_000
_ENCRYPTED = "{name} is an encrypted PDF: remove its password first."

# It reports every small fault of every file; what matters reaches people as CaptureError.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def captured(data: bytes, *, name: str) -> Captured:
    """The text layer of a PDF, pages parted by a blank line. Raises CaptureError."""
    try:
        reader = PdfReader(io.BytesIO(data))
        _refuse_closed(reader, name)
        text = cleaned("\n\n".join(_pages(reader, name)))
        title, author, published_on = _described(reader)
    except CaptureError:
        raise
    except (DependencyError, FileNotDecryptedError) as error:
        raise CaptureError(_ENCRYPTED.format(name=name)) from error
    except LimitReachedError as error:
        raise CaptureError(f"{name} unpacks to more than we read from one PDF.") from error
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
        raise CaptureError(_ENCRYPTED.format(name=name))
    if len(reader.pages) > MAX_PAGES:
        raise CaptureError(
            f"{name} has {len(reader.pages)} pages; at most {MAX_PAGES} are read at once."
        )


def _pages(reader: PdfReader, name: str) -> Iterator[str]:
    characters = 0
    for page in reader.pages:
        text = page.extract_text()
        characters += len(text)
        if characters > MAX_CHARACTERS:
            raise CaptureError(f"{name} holds more than {MAX_CHARACTERS:,} characters.")
        yield text


def _described(reader: PdfReader) -> tuple[str, str, date | None]:
    said = reader.metadata
    if said is None:
        return "", "", None
    try:
        created = said.creation_date
    except ValueError:
        created = None
    return (
        line(said.title or "", at_most=MAX_TITLE),
        line(said.author or "", at_most=MAX_AUTHOR),
        created.date() if created else None,
    )
