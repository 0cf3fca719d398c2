"""Bytes to characters, only where the encoding is known or beyond reasonable doubt."""

import codecs
import re

from sources.capture.types import CaptureError

# The longer marks come first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


def decoded(data: bytes, *, name: str, declared: str = "") -> str:
    """The characters of a file; `declared` is the encoding it names itself, if any.

    Raises CaptureError for binary data and for an encoding that cannot be told.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded_as(data.removeprefix(mark), encoding, name)
    if b"\0" in data:
        raise CaptureError(f"{name} is a binary file, not text.")
    for encoding in ("utf-8", declared, "cp1252"):
        text = _attempt(data, encoding)
        if text is not None and (encoding != "cp1252" or _reads_as_western(text)):
            return text
    if _is_mostly_controls(data):
        raise CaptureError(f"{name} is a binary file, not text.")
    raise CaptureError(
        f"{name} is not in a known encoding: save it as UTF-8 (or UTF-16 with a byte order mark)."
    )


def _decoded_as(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise CaptureError(
            f"{name} begins as {encoding.upper()} but is broken at byte {error.start}."
        ) from error


def _attempt(data: bytes, encoding: str) -> str | None:
    if not encoding:
        return None
    try:
        if not codecs.lookup(encoding)._is_text_encoding:  # noqa: SLF001 - no public name for it
            return None
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _reads_as_western(text: str) -> bool:
    """Whether text read as cp1252 looks like prose: few letters outside ASCII, no controls."""
    foreign = sum(character > "\x7f" for character in text)
    return not _CONTROLS.search(text) and foreign <= len(text) * 0.15


def _is_mostly_controls(data: bytes) -> bool:
    controls = sum(byte < 32 and byte not in b"\t\n\r\f" for byte in data)
    return controls > len(data) * 0.01
