"""Dates as files write them, and what is said of those that cannot be used."""

from datetime import UTC, datetime

import pytest

from sources.importing.dates import DateError, moment

NOW = datetime(2023, 3, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2023-03-20", "2023-03-20T00:00:00"),
        ("2023-3-5", "2023-03-05T00:00:00"),
        ("2023/03/20", "2023-03-20T00:00:00"),
        ("2023-03-20 23:06:33+00:00", "2023-03-20T23:06:33"),
        ("2023-03-20T23:06:33Z", "2023-03-20T23:06:33"),
        ("2023-03-20T23:06:33.250Z", "2023-03-20T23:06:33.250000"),
        ("2023-03-20 23:06:33 UTC", "2023-03-20T23:06:33"),
        ("2023-03-20 23:06:33 +0200", "2023-03-20T21:06:33"),
        ("2023-03-20T01:00:00+05:30", "2023-03-19T19:30:00"),
        ("2023-03-20 23:06", "2023-03-20T23:06:00"),
        ("20230320", "2023-03-20T00:00:00"),
        ("20230320140500", "2023-03-20T14:05:00"),
        ("Mon, 20 Mar 2023 10:00:00 GMT", "2023-03-20T10:00:00"),
        ("Mon, 20 Mar 2023 10:00:00 -0500", "2023-03-20T15:00:00"),
        ("20 Mar 2023 10:00 EST", "2023-03-20T15:00:00"),
        ("20 March 2023", "2023-03-20T00:00:00"),
        ("March 20, 2023", "2023-03-20T00:00:00"),
        ("20.03.2023", "2023-03-20T00:00:00"),
        ("3/20/2023", "2023-03-20T00:00:00"),
        ("03/03/2023", "2023-03-03T00:00:00"),
        (1679306400, "2023-03-20T10:00:00"),
        ("1679306400000", "2023-03-20T10:00:00"),
        (1679306400.5, "2023-03-20T10:00:00.500000"),
        ("1900-01-01", "1900-01-01T00:00:00"),
        ("2023-03-23T12:00Z", "2023-03-23T12:00:00"),
    ],
)
def test_date_is_read_as_a_moment_in_utc(written, iso):
    assert moment(written, at=NOW) == datetime.fromisoformat(iso).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("2023-02-30", "there is no such day as 2023-02-30"),
        ("2023-13-01T00:00:00Z", "there is no such day as 2023-13-01T00:00:00Z"),
        ("20230230", "there is no such day as 20230230"),
        ("0000-01-01", "there is no such day as 0000-01-01"),
        ("30/02/2023", "there is no such day as 30/02/2023"),
        (
            "Thu, 30 Feb 2023 10:00:00 GMT",
            "there is no such day or time as Thu, 30 Feb 2023 10:00:00 GMT",
        ),
        ("1899-12-31", "1899-12-31 lies before 1900"),
        ("2023-03-23T12:01Z", "2023-03-23T12:01Z lies in the future"),
        ("9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59-14:00 is no date of our calendar"),
        ("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+14:00 is no date of our calendar"),
        ("99999999999999999999", "99999999999999999999 is no date of our calendar"),
    ],
)
def test_impossible_date_is_named(written, message):
    with pytest.raises(DateError) as caught:
        moment(written, at=NOW)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "written", ["yesterday", "2023", "12", "-5", "2023-03-20T25:00", "Monday", "nan", "0x10", "²"]
)
def test_date_in_no_known_form_comes_with_advice(written):
    with pytest.raises(DateError, match="is not a date we can read; write it like 2023-03-20"):
        moment(written, at=NOW)


def test_date_that_reads_two_ways_is_not_guessed():
    with pytest.raises(DateError, match="03/04/2023 can be read two ways"):
        moment("03/04/2023", at=NOW)


def test_long_nonsense_is_cut_in_the_message():
    with pytest.raises(DateError) as caught:
        moment("x" * 10_000, at=NOW)
    assert len(str(caught.value)) < 150
