"""From a record with field names of any make to an item, or to the problem with it."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from urllib.parse import urlsplit

from sources.importing.dates import DateError, moment
from sources.importing.types import MAX_SUMMARY, MAX_TITLE, Item, Problem
from sources.importing.wording import one_line, plain

# The first name that a record fills wins.
TITLE = ("title", "headline", "event")
PUBLISHED = (
    "date_published",
    "published_at",
    "published",
    "pubdate",
    "date",
    "timestamp",
    "datepublished",
    "publishedat",
    "publication_date",
    "datetime",
    "created_at",
    "day",
    "event_date",
)
SUMMARY = (
    "description",
    "summary",
    "content_text",
    "content",
    "content_html",
    "text",
    "body",
    "notes",
    "eventtext",
)
URL = ("link", "url", "external_url", "href", "source_url", "sourceurl")
PUBLISHER = ("publisher", "source", "feed", "outlet")
LANGUAGE = ("language", "lang")
OCCURRED = ("occurred_on", "event_date")
AUTHOR = ("author", "authors", "byline", "creator")
MAX_URL = 2000
MAX_NAME = 300
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8}){0,2}")
_INNER = ("name", "title", "url", "href", "value")


def item_from(record: Mapping[str, object], row: int, *, at: datetime) -> Item | Problem:
    """The item a record describes. `at` is now: dates may lie at most two days after it."""
    fields = {field_name(name): value for name, value in record.items()}
    name, title = _first(fields, TITLE)
    title = plain(title, at_most=MAX_TITLE)
    if not title:
        return Problem(row, name, "is missing")
    name, written = _first(fields, PUBLISHED)
    if not written:
        return Problem(row, name, "is missing")
    try:
        published_at = moment(written, at=at)
        name, written = _first(fields, OCCURRED)
        occurred_on = moment(written, at=at).date() if written else None
    except DateError as error:
        return Problem(row, name, str(error))
    return _item(fields, row, title, published_at, occurred_on)


def field_name(name: object) -> str:
    """A field's name as we compare it: lower case, words parted by underscores."""
    return re.sub(r"[\s:.-]+", "_", str(name).strip().lower())


def _item(
    fields: Mapping[str, object],
    row: int,
    title: str,
    published_at: datetime,
    occurred_on: date | None,
) -> Item:
    return Item(
        row=row,
        title=title,
        summary=plain(_first(fields, SUMMARY)[1], at_most=MAX_SUMMARY),
        published_at=published_at,
        url=web_address(_first(fields, URL)[1]),
        publisher=one_line(_first(fields, PUBLISHER)[1])[:MAX_NAME],
        language=_language(_first(fields, LANGUAGE)[1]),
        occurred_on=occurred_on,
        author=plain(_first(fields, AUTHOR)[1], at_most=MAX_NAME),
    )


def _first(fields: Mapping[str, object], names: tuple[str, ...]) -> tuple[str, str]:
    """The first field that says something, as (name, words); (a name to blame, "") if none."""
    for name in names:
        said = _said(fields.get(name)).strip()
        if said:
            return name, said
    return next((name for name in names if name in fields), names[0]), ""


def _said(value: object) -> str:
    """The words in a value: files nest names and languages in lists and objects."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, list):
        return _said(value[0]) if value and not isinstance(value[0], list) else ""
    if isinstance(value, dict):
        inner = (value[name] for name in _INNER if isinstance(value.get(name), str))
        return next(inner, "")
    return ""


def _number(value: float) -> str:
    try:
        return f"{value:.3f}".removesuffix(".000") if isinstance(value, float) else str(value)
    except ValueError:  # more digits than Python prints
        return ""


def web_address(written: str) -> str:
    """A web address as given; "" for anything else, such as a script."""
    written = one_line(written)
    try:
        parts = urlsplit(written)
    except ValueError:
        return ""
    # Counted in bytes, as the database does in an index.
    short = len(written.encode()) <= MAX_URL
    usable = parts.scheme in {"http", "https"} and parts.netloc and short
    return written if usable and " " not in written else ""


def _language(written: str) -> str:
    written = written.strip()
    return written if _LANGUAGE.fullmatch(written) and len(written) <= 16 else ""
