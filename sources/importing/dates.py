"""Dates as files write them: ISO 8601, RFC 822, epoch seconds, and plain calendar forms."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from sources.importing.wording import one_line

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=2)
_CALENDAR = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"\d{8}(\d{6})?")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_RFC_822 = re.compile(r"(?:[A-Za-z]{3,9}\.?,\s*)?\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{2,4}\s+\d{1,2}:\d")
_WRITTEN = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%d-%b-%Y", "%a, %d %b %Y")
ADVICE = "write it like 2023-03-20 or 2023-03-20T14:05:00Z"


class DateError(ValueError):
    """A date that cannot be used; the message says why."""


class UnreadableDate(DateError):
    """A date in a form we do not know."""


def moment(value: object, *, at: datetime) -> datetime:
    """The moment a value names, in UTC; a date without a time is its first moment.

    Raises DateError for what is no date, before 1900, or more than two days after `at`.
    """
    written = one_line(str(value))
    try:
        found = _read(written)
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except OverflowError as error:
        raise DateError(f"{_short(written)} is no date of our calendar") from error
    if found < EARLIEST:
        raise DateError(f"{_short(written)} lies before 1900")
    if found > at + AHEAD:
        raise DateError(f"{_short(written)} lies in the future")
    return found


def _read(written: str) -> datetime:
    if _is_number(written) and not _COMPACT.fullmatch(written):
        return _from_epoch(written)
    for reader in (_from_iso, _from_rfc_822, _from_slashes, _from_words):
        found = reader(written)
        if found is not None:
            return found
    raise UnreadableDate(f"{_short(written)} is not a date we can read; {ADVICE}")


def _is_number(written: str) -> bool:
    return re.fullmatch(r"-?\d{1,20}(\.\d+)?", written) is not None


def _from_epoch(written: str) -> datetime:
    seconds = float(written)
    # Seconds of our century have ten digits, milliseconds thirteen.
    if abs(seconds) >= 1e11:
        seconds /= 1000
    if abs(seconds) < 1e8:
        raise DateError(f"{written} is not a date we can read; {ADVICE}")
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OSError) as error:
        raise DateError(f"{written} is no date of our calendar") from error


def _from_iso(written: str) -> datetime | None:
    match = _CALENDAR.match(written)
    if match:
        _day_exists(*(int(part) for part in match.groups()), written=written)
        year, month, day = match.groups()
        written = f"{year}-{month:0>2}-{day:0>2}{written[match.end() :]}"
        written = re.sub(r"\s*(UTC|GMT|Z)$", "Z", written)
        written = re.sub(r"\s+([+-]\d\d:?\d\d)$", r"\1", written)
    elif _COMPACT.fullmatch(written):
        _day_exists(int(written[:4]), int(written[4:6]), int(written[6:8]), written=written)
        written = f"{written[:8]}T{written[8:]}" if len(written) > 8 else written
    else:
        return None
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None


def _from_rfc_822(written: str) -> datetime | None:
    if not _RFC_822.match(written):
        return None
    try:
        return parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError) as error:
        raise DateError(f"there is no such day or time as {_short(written)}") from error


def _from_slashes(written: str) -> datetime | None:
    match = _SLASHED.fullmatch(written)
    if not match:
        return None
    first, second, year = (int(part) for part in match.groups())
    if first <= 12 and second <= 12 and first != second:
        raise DateError(f"{written} can be read two ways; {ADVICE}")
    day, month = (first, second) if first > 12 else (second, first)
    _day_exists(year, month, day, written=written)
    return datetime(year, month, day, tzinfo=UTC)


def _from_words(written: str) -> datetime | None:
    for form in _WRITTEN:
        try:
            return datetime.strptime(written, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def _day_exists(year: int, month: int, day: int, *, written: str) -> None:
    try:
        datetime(year, month, day, tzinfo=UTC)
    except ValueError as error:
        raise DateError(f"there is no such day as {_short(written)}") from error


def _short(written: str) -> str:
    return f"{written[:40]}…" if len(written) > 40 else written
