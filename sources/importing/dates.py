"""Dates as files write them: ISO 8601, RFC 822, epoch seconds, and plain calendar forms."""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime

from sources.importing.wording import one_line

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=2)
_CALENDAR = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"\d{8}(\d{6})?")
_SLASHED = re.compile(
    r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:[ T]+(\d{1,2}):(\d\d)(?::(\d\d))?)?", re.ASCII
)
_RFC_822 = re.compile(r"(?:[A-Za-z]{3,9}\.?,\s*)?\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{2,4}\s+\d{1,2}:\d")
_WRITTEN = (
    *("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%d-%b-%Y", "%d-%B-%Y"),
    "%a, %d %b %Y",
)
ADVICE = "write it like 2023-03-20 or 2023-03-20T14:05:00Z"


class DateError(ValueError):
    """A date that cannot be used; the message says why."""


class UnreadableDate(DateError):
    """A date in a form we do not know."""


class AmbiguousDate(DateError):
    """A date that names one day where the day is written first, and another where the month is."""


def moment(
    value: object, *, at: datetime, day_first: bool | None = None, zone: tzinfo = UTC
) -> datetime:
    """The moment a value names, in UTC; a date without a time is its first moment.

    A time without a zone is one of `zone`. `day_first` decides how 03/04/2023 is read; where it is
    None, that is refused. Raises DateError for what is no date, before 1900, or more than two days
    after `at`.
    """
    written = one_line(str(value))
    try:
        found = _quickly(written) or _read(written, day_first=day_first)
        found = _in_utc(found, written, zone)
    except OverflowError as error:
        raise DateError(f"{_short(written)} is no date of our calendar") from error
    if found < EARLIEST:
        raise DateError(f"{_short(written)} lies before 1900")
    if found > at + AHEAD:
        raise DateError(f"{_short(written)} lies in the future")
    return found


def two_numbers(value: object) -> tuple[int, int] | None:
    """The first two numbers of a date like 03/04/2023, of which one is the day; None for other forms."""
    match = _SLASHED.fullmatch(one_line(str(value)))
    return (int(match[1]), int(match[3])) if match else None


def _quickly(written: str) -> datetime | None:
    """What most files write; whatever it does not take is read with care."""
    if written[4:5] != "-" or written[7:8] != "-" or not written[:4].isdigit():
        return None
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None


def _in_utc(found: datetime, written: str, zone: tzinfo) -> datetime:
    if found.tzinfo is not None:
        return found.astimezone(UTC)
    if zone is UTC or (":" not in written and found == found.replace(hour=0, minute=0, second=0)):
        # A day stays that day wherever one is.
        return found.replace(tzinfo=UTC)
    return found.replace(tzinfo=zone).astimezone(UTC)


def _read(written: str, *, day_first: bool | None) -> datetime:
    if _is_number(written) and not _COMPACT.fullmatch(written):
        return _from_epoch(written)
    for reader in (_from_iso, _from_rfc_822):
        found = reader(written)
        if found is not None:
            return found
    found = _from_slashes(written, day_first=day_first) or _from_words(written)
    if found is None:
        raise UnreadableDate(f"{_short(written)} is not a date we can read; {ADVICE}")
    return found


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
        found = parsedate_to_datetime(written)
        # "-0000" is UTC from a machine that tells no zone.
        return found.replace(tzinfo=found.tzinfo or UTC)
    except (ValueError, TypeError, IndexError) as error:
        raise DateError(f"there is no such day or time as {_short(written)}") from error


def _from_slashes(written: str, *, day_first: bool | None) -> datetime | None:
    match = _SLASHED.fullmatch(written)
    if not match:
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if day_first is None:
        if first <= 12 and second <= 12 and first != second:
            raise AmbiguousDate(f"{written} can be read two ways; {ADVICE}")
        day_first = first > 12
    day, month = (first, second) if day_first else (second, first)
    _day_exists(year, month, day, written=written)
    hour, minute, seconds = (int(part or 0) for part in match.groups()[4:])
    try:
        return datetime(year, month, day, hour, minute, seconds)  # noqa: DTZ001 - its zone is asked later
    except ValueError as error:
        raise DateError(f"there is no such time as {_short(written)}") from error


def _from_words(written: str) -> datetime | None:
    for form in _WRITTEN:
        try:
            return datetime.strptime(written, form)  # noqa: DTZ007 - a day
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
