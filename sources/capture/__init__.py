"""Text out of what people paste and upload; the content decides the format, not the name."""

from sources.capture.plain import captured_from_text
from sources.capture.reading import captured_from_file
from sources.capture.types import MAX_AUTHOR, MAX_BYTES, MAX_TITLE, Captured, CaptureError

__all__ = [
    "MAX_AUTHOR",
    "MAX_BYTES",
    "MAX_TITLE",
    "CaptureError",
    "Captured",
    "captured_from_file",
    "captured_from_text",
]
