"""Text out of what people paste and upload; the content decides the format, not the name."""

from sources.capture.plain import captured_from_text
from sources.capture.reading import captured_from_file
from sources.capture.types import MAX_BYTES, Captured, CaptureError

__all__ = ["MAX_BYTES", "CaptureError", "Captured", "captured_from_file", "captured_from_text"]
