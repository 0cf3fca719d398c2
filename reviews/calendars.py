"""What falls due for one person, as a calendar that other programs read (RFC 5545).

One entry a day with a number: nothing in it tells which claims they are, so it is as blind as the queue.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from accounts.models import User
from reviews.board import MOST_OF_ALL, Line, coming, standing

AHEAD = timedelta(days=180)
# In bytes, without the line's end.
LONGEST_LINE = 75


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands under one day."""

    on: date
    summary: str


def entries(user: User, *, at: datetime | None = None) -> list[Entry]:
    """Today with what waits for this person, and each day of the next half year with what falls due.

    Never empty, since a calendar must hold something.
    """
    now = at or timezone.now()
    today = timezone.localdate(now)
    rows = coming(user, within=AHEAD, most=MOST_OF_ALL, at=now)
    days = Counter(row.since for row in rows)
    # The last day of a list that was cut off may hold more.
    cut = rows[-1].since if len(rows) > MOST_OF_ALL else None
    waiting = standing(Line.MINE, user, at=now)
    found = [Entry(today, _said(waiting.counted, "to judge"))] if waiting.rows else []
    found += [Entry(on, _said(f"{n}{'+' * (on == cut)}", "due")) for on, n in days.items()]
    return found or [Entry(today, "Nothing waits for you")]


def _said(count: str, what: str) -> str:
    return f"{count} checkpoint{'s' * (count != '1')} {what}"


def as_ical(found: Iterable[Entry], *, owner: User, url: str) -> bytes:
    """The entries as a calendar; `url` is where each leads."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Plumbline//Checkpoints//EN"]
    lines += ["X-WR-CALNAME:Plumbline checkpoints"]
    for one in found:
        day = f"{one.on:%Y%m%d}"
        lines += [
            "BEGIN:VEVENT",
            f"UID:{day}-{owner.pk}@plumbline",
            # Of the day, not of now: the same calendar is the same file.
            f"DTSTAMP:{day}T000000Z",
            f"DTSTART;VALUE=DATE:{day}",
            f"SUMMARY:{escaped(one.summary)}",
            f"URL:{url}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def escaped(text: str) -> str:
    """Text as the value of a property."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def folded(line: str) -> bytes:
    """A line with its end, broken into pieces that are short enough, and never within a letter."""
    pieces, piece = [], b""
    for letter in line:
        encoded = letter.encode()
        if len(piece) + len(encoded) > LONGEST_LINE:
            pieces.append(piece)
            piece = b" "
        piece += encoded
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
