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
# Python's codecs for names and escapes; the first takes time in the square of the length.
_NOT_FOR_TEXTS = frozenset({"punycode", "idna", "utf-7", "unicode_escape", "raw_unicode_escape"})
# A symbol between two letters, as in "by³o", is a letter of some other code page.
_STRAY = re.compile(
    r"[^\W\d_](?![’‘·\xad\xa0–—…])[^\x00-\x7f\w](?=[^\W\d_])|[^\W\d_][¹²³](?=[^\W\d_])"
)


def decoded(data: bytes, *, name: str, declared: str = "") -> str:
    """The characters of a file; `declared` is the encoding it names itself, if any.

    Raises CaptureError for binary data and for an encoding that cannot be told.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded_as(data.removeprefix(mark), encoding, name)
    _refuse_zero_bytes(data, name)
    for encoding in ("utf-8", declared, "cp1252"):
        text = _attempt(data, encoding)
        if text is not None and (encoding != "cp1252" or _reads_as_western(text)):
            return text
    if _is_mostly_controls(data):
        raise CaptureError(f"{name} is a binary file, not text.")
    raise CaptureError(
        f"{name} is not in an encoding we can tell: save it as UTF-8 "
        "(or as UTF-16 with a byte order mark)."
    )


def _refuse_zero_bytes(data: bytes, name: str) -> None:
    zeros = data.count(0)
    if zeros and max(data[::2].count(0), data[1::2].count(0)) > len(data) * 0.4:
        raise CaptureError(f"{name} looks like UTF-16 without a byte order mark: save it as UTF-8.")
    if zeros:
        raise CaptureError(f"{name} is a binary file, not text.")


def _decoded_as(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise CaptureError(
            f"{name} begins as {encoding.upper()} but is broken at byte {error.start}."
        ) from error


def _attempt(data: bytes, encoding: str) -> str | None:
    if not encoding or encoding.lower() in _NOT_FOR_TEXTS:
        return None
    try:
        return data.decode(encoding)
    # LookupError also for what is a codec but no text encoding.
    except (ValueError, LookupError):
        return None


def _reads_as_western(text: str) -> bool:
    """Whether text read as cp1252 looks like prose: little outside ASCII, nothing stray."""
    foreign = sum(character > "\x7f" for character in text)
    return foreign <= len(text) * 0.15 and not _CONTROLS.search(text) and not _STRAY.search(text)


def _is_mostly_controls(data: bytes) -> bool:
    controls = sum(byte < 32 and byte not in b"\t\n\r\f" for byte in data)
    return controls > len(data) * 0.01
