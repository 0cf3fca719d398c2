"""From a record with field names of any make to an item, or to the problem with it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
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
# What an item holds, and the names it goes by. An identifier is only taken where somebody says so:
# "17" of one file is not "17" of another.
FIELDS: dict[str, tuple[str, ...]] = {
    "title": TITLE,
    "published": PUBLISHED,
    "summary": SUMMARY,
    "url": URL,
    "publisher": PUBLISHER,
    "language": LANGUAGE,
    "occurred": OCCURRED,
    "author": AUTHOR,
    "id": (),
}
NEEDED = ("title", "published")
MAX_URL = 2000
MAX_NAME = 300
MAX_ID = 200
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8}){0,2}")
_INNER = ("name", "title", "url", "href", "value")
_PLAIN_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?:/[!-~]*)?")


@dataclass(frozen=True)
class Plan:
    """Which fields of a record hold what; of several for one thing, the first that says something.

    Identifiers count within `namespace`. How dates are read: see `moment`.
    """

    columns: Mapping[str, Sequence[str]]
    day_first: bool | None = None
    zone: tzinfo = UTC
    namespace: str = ""

    def said(self, record: Mapping[str, object], field: str) -> tuple[str, str]:
        """The field that says something, as (name, words); (a name to blame, "") if none."""
        columns = self.columns.get(field, ())
        for column in columns:
            words = said(record.get(column))
            if words:
                return column, words
        return (columns or FIELDS[field] or (field,))[0], ""

    def moment(self, written: str, *, at: datetime) -> datetime:
        """The moment that words name. Raises DateError."""
        return moment(written, at=at, day_first=self.day_first, zone=self.zone)


@lru_cache(maxsize=32)
def plan_for(names: tuple[str, ...]) -> Plan:
    """The plan for a record with these fields, by what people call them."""
    known = {field_name(name): name for name in names}
    return Plan(
        {field: [known[name] for name in those if name in known] for field, those in FIELDS.items()}
    )


def item_from(
    record: Mapping[str, object], row: int, *, at: datetime, plan: Plan | None = None
) -> Item | Problem:
    """The item a record describes. `at` is now: dates may lie at most two days after it."""
    plan = plan or plan_for(tuple(record))
    name, title = plan.said(record, "title")
    title = plain(title, at_most=MAX_TITLE)
    if not title:
        return Problem(row, _shown(name), "is missing")
    name, written = plan.said(record, "published")
    if not written:
        return Problem(row, _shown(name), "is missing")
    try:
        published_at = plan.moment(written, at=at)
        name, occurred = plan.said(record, "occurred")
        same = occurred == written
        happened_at = published_at if same or not occurred else plan.moment(occurred, at=at)
    except DateError as error:
        return Problem(row, _shown(name), str(error))
    number = one_line(plan.said(record, "id")[1])[:MAX_ID]
    return Item(
        row=row,
        title=title,
        summary=plain(plan.said(record, "summary")[1], at_most=MAX_SUMMARY),
        published_at=published_at,
        url=web_address(plan.said(record, "url")[1]),
        publisher=one_line(plan.said(record, "publisher")[1])[:MAX_NAME],
        language=_language(plan.said(record, "language")[1]),
        occurred_on=happened_at.astimezone(plan.zone).date() if occurred else None,
        author=plain(plan.said(record, "author")[1], at_most=MAX_NAME),
        external_id=f"{plan.namespace}:{number}" if number else "",
    )


def field_name(name: object) -> str:
    """A field's name as we compare it: lower case, words parted by underscores."""
    return re.sub(r"[\s:.-]+", "_", str(name).strip().lower())


def _shown(name: str) -> str:
    """A field as its file names it, for a problem."""
    return one_line(name)[:60]


def said(value: object) -> str:
    """The words in a value: files nest names and languages in lists and objects."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, list):
        return said(value[0]) if value and not isinstance(value[0], list) else ""
    if isinstance(value, dict):
        inner = (value[name] for name in _INNER if isinstance(value.get(name), str))
        return next(inner, "").strip()
    return ""


def _number(value: float) -> str:
    try:
        return f"{value:.3f}".removesuffix(".000") if isinstance(value, float) else str(value)
    except ValueError:  # more digits than Python prints
        return ""


def web_address(written: str) -> str:
    """A web address as given; "" for anything else, such as a script."""
    if _PLAIN_ADDRESS.fullmatch(written):
        return written if len(written) <= MAX_URL else ""
    return _address(written)


def _address(written: str) -> str:
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
    return written if len(written) <= 16 and _LANGUAGE.fullmatch(written) else ""
