"""What is made sure of before a feed is parsed: that it is one, and that parsing it will end."""

import contextlib
import re
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

import defusedxml.sax
from defusedxml.common import DefusedXmlException

from sources.importing.types import FeedError

MAX_BYTES = 10 * 2**20
# The parser searches the lines before the first element, and long words in names of authors,
# in time that grows with the square of their length.
MAX_PROLOGUE = 8000
MAX_WORD = 2000
# An entry that is read takes far more memory than the seven bytes of an empty one.
MAX_ENTRIES = 50_000
TOO_MANY = f"The feed has more than {MAX_ENTRIES:,} entries."
_PAGE = re.compile(
    r"(<\?xml[^>]*>\s*)?(?:<!--(?>.*?-->)\s*)*+<(!doctype\s+html|html[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_ENTITY = re.compile(r"<!\s*ENTITY", re.IGNORECASE)
# Python would read these codecs too, in time that grows with the square of the length.
_ENDLESS = re.compile(r"(?:charset|encoding)\s*=\s*[\"']?\s*(?:punycode|idna)", re.IGNORECASE)
_ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)\b", re.IGNORECASE)
_ELEMENT = re.compile(r"<\w")


_WORD = re.compile(rb"(?:[\w.+-]\0{0,3})++")


def start_of(data: bytes) -> str:
    """The beginning as text, whatever its encoding. Raises FeedError when there is none."""
    if len(data) > MAX_BYTES:
        raise FeedError(f"The feed is larger than {MAX_BYTES // 2**20} MB.")
    # Without the zero bytes UTF-16 and UTF-32 read like ASCII.
    start = data[: 1024 * 1024].replace(b"\0", b"").decode("latin-1")
    start = start.removeprefix("ï»¿").lstrip("\xfe\xff \t\r\n\f")
    if not start:
        raise FeedError("The feed is empty.")
    return start


def is_page(start: str) -> bool:
    """Whether it begins as a web page does."""
    return _PAGE.match(start) is not None


def refuse_what_is_no_feed(data: bytes, start: str, content_type: str) -> None:
    """Raises FeedError for a page, for what is no XML, for too many entries and for endless encodings."""
    if is_page(start):
        raise FeedError("This is a web page (HTML), not a feed.")
    if not start.startswith("<"):
        raise FeedError("The answer is not XML, so it is no RSS or Atom feed.")
    first = _ELEMENT.search(start)
    if first is None or first.start() > MAX_PROLOGUE:
        raise FeedError("This is XML but not RSS or Atom.")
    if sum(1 for _ in _ENTRY.finditer(data.replace(b"\0", b""))) > MAX_ENTRIES:
        raise FeedError(TOO_MANY)
    if _ENDLESS.search(f"{content_type} {start[:1000]}"):
        raise FeedError("The feed names an encoding that is none for texts.")


def refuse_entities(data: bytes, start: str) -> None:
    """Raises FeedError for XML that declares entities of its own."""
    first = _ELEMENT.search(start)
    declared = bool(_ENTITY.search(start, 0, first.start() if first else len(start)))
    try:
        # Broken XML may still be a usable feed: feedparser has its own lenient reader.
        with contextlib.suppress(SAXException, ValueError, LookupError):
            defusedxml.sax.parseString(data, ContentHandler())
    except DefusedXmlException:
        declared = True
    if declared:
        raise FeedError("The feed declares entities of its own (an XML bomb?) and is not read.")


def bounded(data: bytes) -> bytes:
    """The feed without leading space, its words cut at MAX_WORD bytes (whole characters)."""
    return _WORD.sub(lambda word: word[0][:MAX_WORD], data.lstrip(b" \t\r\n"))
