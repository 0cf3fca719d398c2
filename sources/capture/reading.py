"""One door for files: looks at the content and hands it to the reader of that format."""

import re

from sources.capture import docx, html, pdf
from sources.capture.encoding import decoded
from sources.capture.plain import cleaned, with_head
from sources.capture.types import MAX_BYTES, Captured, CaptureError

_OTHER_FORMATS = (
    (b"{\\rtf", "an RTF file: save it as DOCX, PDF or plain text"),
    (b"\xd0\xcf\x11\xe0", "an old Office file: save it as DOCX or PDF"),
    (b"\x1f\x8b", "a gzip archive: unpack it first"),
)
_MARKUP = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<meta\s|<article[\s>]|<title[\s>]",
    re.IGNORECASE,
)


def captured_from_file(data: bytes, *, name: str, media_type: str = "") -> Captured:
    """The text of an uploaded or fetched file; `media_type` is what the sender called it.

    Raises CaptureError in words that name the file.
    """
    name = name or "The file"
    if not data.strip(b"\0 \t\r\n"):
        raise CaptureError(f"{name} is empty.")
    if len(data) > MAX_BYTES:
        raise CaptureError(f"{name} is larger than {MAX_BYTES // 2**20} MB.")
    if b"%PDF-" in data[:1024]:
        return pdf.captured(data, name=name)
    if data.startswith(b"PK\x03\x04"):
        return docx.captured(data, name=name)
    _refuse_other_formats(data, name)
    if _is_html(data, media_type):
        return html.captured(data, name=name, media_type=media_type)
    return _captured_plain(data, name=name, media_type=media_type)


def _refuse_other_formats(data: bytes, name: str) -> None:
    for magic, said in _OTHER_FORMATS:
        if data.startswith(magic):
            raise CaptureError(f"{name} is {said}.")
    head = _head(data)
    if head.startswith(b"<?xml") and not _MARKUP.search(head):
        raise CaptureError(f"{name} is an XML file (a feed?), not a document.")


def _head(data: bytes) -> bytes:
    """The beginning without byte order mark, and without the zero bytes of UTF-16."""
    return data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")


def _is_html(data: bytes, media_type: str) -> bool:
    head = _head(data)
    declared = media_type.partition(";")[0].strip().lower()
    if declared in {"text/html", "application/xhtml+xml"}:
        return head.startswith(b"<")
    return head.startswith(b"<") and bool(_MARKUP.search(head))


def _captured_plain(data: bytes, *, name: str, media_type: str) -> Captured:
    _, _, charset = media_type.lower().partition("charset=")
    text = cleaned(decoded(data, name=name, declared=charset.partition(";")[0].strip(" \"'")))
    if not text:
        raise CaptureError(f"{name} is empty.")
    markdown = name.lower().endswith((".md", ".markdown")) or "text/markdown" in media_type
    return with_head(Captured(text=text, media_type="text/markdown" if markdown else "text/plain"))
