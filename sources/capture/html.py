"""The main text of web pages, and the pages that only stand in its way."""

import re
from datetime import date

import nh3
import trafilatura
from trafilatura.settings import Document

from sources.capture.encoding import decoded
from sources.capture.plain import cleaned, line
from sources.capture.types import MAX_AUTHOR, MAX_PUBLISHER, MAX_TITLE, Captured, CaptureError

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
# Only on short pages: an article may well write about captchas.
_OBSTACLES = (
    (
        re.compile(
            r"captcha|are you (a )?(robot|human)|verify(ing)? (that )?you are (a )?human|"
            r"unusual traffic|checking your browser|just a moment|attention required|"
            r"access denied|pardon our interruption|bot detection|ddos protection",
            re.IGNORECASE,
        ),
        "is a check for robots (captcha), not the page: save it in your browser and upload that.",
    ),
    (
        re.compile(
            r"(enable|turn on|requires?|without|activate|need) (\w+ )?java ?script|"
            r"java ?script (is|must be|needs to be|has to be) ",
            re.IGNORECASE,
        ),
        'only says "enable JavaScript": save the page in your browser and upload that.',
    ),
    (
        re.compile(
            r"subscribe (now )?to (continue|read|keep|unlock)|(for|to) subscribers( only)?\b|"
            r"subscribers? only|already a subscriber|(log|sign) in to (continue|read)|"
            r"register to (continue|read)|to continue reading|free articles",
            re.IGNORECASE,
        ),
        "is a paywall, not the article: paste the text you may read instead.",
    ),
)
# Characters. A stub says less than this; an article of more is one, whatever else it says.
STUB = 1500
SENTENCE_OR_TWO = 300
_LANGUAGE = re.compile(
    r"<html\b[^>]*?\blang\s*=\s*[\"']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)", re.IGNORECASE
)
SEEN = 200_000
# The time that finding the main text takes grows with the page.
MAX_CHARACTERS = 5_000_000
# Pictures and fonts that a browser saved into the page.
_EMBEDDED = re.compile(r"data:[\w/+.-]{1,80};base64,[A-Za-z0-9+/=]*")
# A few words without one are a menu or a caption.
_SENTENCE_END = re.compile(r"[.!?…。！？।؟։]")


def captured(data: bytes, *, name: str, media_type: str = "") -> Captured:
    """The article of an HTML page: text, title, author, date. Raises CaptureError."""
    page = decoded(data, name=name, declared=_declared(data, media_type))
    page = _EMBEDDED.sub("", page)
    if len(page) > MAX_CHARACTERS:
        raise CaptureError(
            f"{name} has more than {MAX_CHARACTERS:,} characters of HTML: paste the text instead."
        )
    found = trafilatura.bare_extraction(
        page,
        with_metadata=True,
        include_comments=False,
        # Only dates the page states: a search would take one out of the text or the copyright.
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    said = found.as_dict() if isinstance(found, Document) else {}
    text = cleaned(said.get("text") or "")
    _refuse_obstacles(page, text, name)
    if len(text) <= SENTENCE_OR_TWO and not _SENTENCE_END.search(text):
        raise CaptureError(f"{name} is an HTML page without a main text.")
    return Captured(
        text=text,
        title=line(said.get("title") or "", at_most=MAX_TITLE),
        author=line(said.get("author") or "", at_most=MAX_AUTHOR),
        publisher=line(said.get("sitename") or "", at_most=MAX_PUBLISHER),
        language=said.get("language") or _language(page),
        media_type="text/html",
        published_on=_day(said.get("date")),
    )


def _declared(data: bytes, media_type: str) -> str:
    match = _CHARSET.search(media_type.encode()) or _CHARSET.search(data[:4096])
    return match[1].decode("ascii", "replace") if match else ""


def _refuse_obstacles(page: str, text: str, name: str) -> None:
    if len(text) > STUB:
        return
    # Around a short article stand offers to sign in; only without one they are the page.
    seen = text if len(text) > SENTENCE_OR_TWO else nh3.clean(page[:SEEN], tags=set())
    for pattern, message in _OBSTACLES:
        if pattern.search(seen):
            raise CaptureError(f"{name} {message}")


def _language(page: str) -> str:
    match = _LANGUAGE.search(page, 0, 10_000)
    return match[1][:16] if match else ""


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written or "")
    except ValueError:
        return None
