"""Calendars as text: entries, escaping, folding."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from reviews import calendars
from reviews.calendars import Entry, as_ical, entries, escaped, folded
from reviews.services import open_due_checkpoints
from tests.factories.claims import RegisteredClaimFactory

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = date(2026, 11, 24)


def due_in(days: int, **fields: object) -> None:
    on = TODAY + timedelta(days=days)
    RegisteredClaimFactory(due_on=on, due_latest=on, **fields)


@pytest.mark.django_db
def test_days_hold_what_falls_due_and_today_what_waits(reviewer: User) -> None:
    due_in(-3)
    open_due_checkpoints(on=TODAY)
    for days in (2, 2, 180, 181):
        due_in(days)
    due_in(5, registered_by=reviewer)

    assert entries(reviewer, at=NOW) == [
        Entry(TODAY, "1 checkpoint to judge"),
        Entry(date(2026, 11, 26), "2 checkpoints due"),
        Entry(date(2027, 5, 23), "1 checkpoint due"),
    ]


@pytest.mark.django_db
def test_a_lead_reads_what_falls_due_for_all(lead: User) -> None:
    due_in(5, registered_by=lead)

    assert entries(lead, at=NOW) == [Entry(date(2026, 11, 29), "1 checkpoint due")]


@pytest.mark.django_db
def test_an_empty_calendar_holds_one_entry(reviewer: User) -> None:
    assert entries(reviewer, at=NOW) == [Entry(TODAY, "Nothing waits for you")]


@pytest.mark.django_db
def test_a_calendar_that_is_cut_off_says_so(
    reviewer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendars, "MOST_OF_ALL", 2)
    for days in (1, 2, 2, 3):
        due_in(days)

    assert [one.summary for one in entries(reviewer, at=NOW)] == [
        "1 checkpoint due",
        "2+ checkpoints due",
    ]


def test_a_calendar_as_text() -> None:
    body = as_ical([Entry(TODAY, "2 due")], owner=User(pk=7), url="https://desk.example/b/")

    assert body.decode() == "\r\n".join(
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Plumbline//Checkpoints//EN",
            "X-WR-CALNAME:Plumbline checkpoints",
            "BEGIN:VEVENT",
            "UID:20261124-7@plumbline",
            "DTSTAMP:20261124T000000Z",
            "DTSTART;VALUE=DATE:20261124",
            "SUMMARY:2 due",
            "URL:https://desk.example/b/",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [("a, b; c", r"a\, b\; c"), ("a\\b", r"a\\b"), ("a\r\nb\nc", r"a\nb\nc"), ("a: b", "a: b")],
)
def test_escaping(text: str, value: str) -> None:
    assert escaped(text) == value


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("a" * 75, [b"a" * 75]),
        ("a" * 76, [b"a" * 75, b" a"]),
        ("a" * 150, [b"a" * 75, b" " + b"a" * 74, b" a"]),
        # An umlaut is two bytes and is not cut in two.
        ("a" * 74 + "üb", [b"a" * 74, " üb".encode()]),
        ("", [b""]),
    ],
)
def test_folding(line: str, pieces: list[bytes]) -> None:
    assert folded(line) == b"\r\n".join(pieces) + b"\r\n"
    assert all(len(piece) <= 75 for piece in folded(line).split(b"\r\n"))


def test_the_clock_of_these_tests_is_the_desk_s() -> None:
    assert timezone.localdate(NOW) == TODAY
