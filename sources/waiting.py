"""How long to wait before a feed is asked again: arithmetic alone."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

# A feed in trouble is asked less and less often, but at least once a day; nor does a server decide
# on more than that.
LONGEST_PAUSE = timedelta(days=1)


def asked_to_wait(header: str, *, at: datetime) -> timedelta | None:
    """What a Retry-After header (seconds, or a date) asks for, a day at most; None where it says nothing."""
    text = header.strip()
    if re.fullmatch("[0-9]{1,9}", text):
        return min(timedelta(seconds=int(text)), LONGEST_PAUSE)
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return min(max(until - at, timedelta()), LONGEST_PAUSE)


def backed_off(every: timedelta, failures: int) -> timedelta:
    """The pause after so many failures in a row: twice as long each time, a day at most."""
    return min(every * 2 ** min(failures, 12), LONGEST_PAUSE)


def strayed(pause: timedelta, jitter: float, chance: float) -> timedelta:
    """The pause, longer or shorter by up to `jitter` of itself; `chance` lies between 0 and 1."""
    return pause * (1 + jitter * (2 * chance - 1))
