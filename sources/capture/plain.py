"""Plain text and Markdown: newlines and control characters set right, all else kept as it is."""

import re
from dataclasses import replace

from sources.capture.head import head_of
from sources.capture.types import MAX_BYTES, Captured, CaptureError

# C0 and C1 controls save tab and newline, the byte order mark, and lone surrogates.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ud800-\udfff]")


def cleaned(text: str) -> str:
    """The text with LF newlines and without control characters; blank edges are cut."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    return _CONTROLS.sub("", text).strip()


def line(text: str, *, at_most: int) -> str:
    """The text on one line, cut at `at_most` characters: a title or a name."""
    return " ".join(cleaned(text).split())[:at_most].rstrip()


def captured_from_text(text: str) -> Captured:
    """Pasted text as a capture. Raises CaptureError when there is nothing in it."""
    if len(text) > MAX_BYTES:
        raise CaptureError(f"The pasted text is larger than {MAX_BYTES // 2**20} MB.")
    text = cleaned(text)
    if not text:
        raise CaptureError("The pasted text is empty.")
    return with_head(Captured(text=text, media_type="text/plain"))


def with_head(captured: Captured) -> Captured:
    """The same with what its first lines say about it."""
    head = head_of(captured.text)
    return replace(captured, title=head.title, author=head.author, published_on=head.published_on)
