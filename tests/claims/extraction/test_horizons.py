"""The words that say by when become dates, counted from the day they were said."""

from datetime import date

import pytest

from claims.extraction.horizons import find_horizon
from claims.extraction.types import Horizon

SAID = date(2026, 4, 9)


def due(text: str) -> tuple[str, date] | None:
    found = find_horizon(text, SAID)
    return (found.text, found.due) if found else None


def test_coming_years_are_due_at_three_checked_at_one_and_rescored_at_five() -> None:
    assert find_horizon("Trade will grow in the coming years.", SAID) == Horizon(
        text="in the coming years",
        opens_on=SAID,
        earliest=date(2027, 4, 9),
        due=date(2029, 4, 9),
        latest=date(2031, 4, 9),
        checkpoints=(date(2027, 4, 9), date(2029, 4, 9), date(2031, 4, 9)),
    )


def test_long_term_is_ten_years_with_a_look_halfway() -> None:
    horizon = find_horizon("The long-term outlook is good.", SAID)

    assert horizon is not None
    assert horizon.due == date(2036, 4, 9)
    assert horizon.checkpoints == (date(2031, 4, 9), date(2036, 4, 9))


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("It opens by 2028.", "by 2028", date(2028, 12, 31)),
        ("It stays until at least 2030.", "until at least 2030", date(2030, 12, 31)),
        ("It opens as soon as this summer.", "as soon as this summer", date(2026, 8, 31)),
        ("It slips into 2028.", "into 2028", date(2028, 12, 31)),
        ("Rations are halved from May.", "from May", date(2026, 5, 31)),
        ("They vote this November.", "this November", date(2026, 11, 30)),
        ("It ends within eighteen months.", "within eighteen months", date(2027, 10, 9)),
        ("It opens by March 2028.", "by March 2028", date(2028, 3, 31)),
        ("It opens before March 2028.", "before March 2028", date(2028, 2, 29)),
        ("It opens by the end of May.", "by the end of May", date(2026, 5, 31)),
        ("It opens on 12 June 2026.", "on 12 June 2026", date(2026, 6, 12)),
        ("It opens on June 12, 2026.", "on June 12, 2026", date(2026, 6, 12)),
        ("It opens in 2027.", "in 2027", date(2027, 12, 31)),
        ("It opens in early 2027.", "in early 2027", date(2027, 4, 30)),
        ("It opens in Q2 2027.", "in Q2 2027", date(2027, 6, 30)),
        (
            "It opens in the first quarter of 2028.",
            "in the first quarter of 2028",
            date(2028, 3, 31),
        ),
        ("It opens by the 2030s.", "by the 2030s", date(2039, 12, 31)),
        ("It opens next year.", "next year", date(2027, 12, 31)),
        ("It opens this year.", "this year", date(2026, 12, 31)),
        ("It opens tomorrow.", "tomorrow", date(2026, 4, 10)),
        ("It opens within five years.", "within five years", date(2031, 4, 9)),
        ("It opens in the next 18 months.", "in the next 18 months", date(2027, 10, 9)),
        ("It opens by the end of the decade.", "by the end of the decade", date(2029, 12, 31)),
        ("It holds throughout the decade.", "throughout the decade", date(2029, 12, 31)),
        ("It opens over the next decade.", "over the next decade", date(2036, 4, 9)),
        ("It opens in the coming weeks.", "in the coming weeks", date(2026, 7, 9)),
        ("It opens in the coming months.", "in the coming months", date(2027, 4, 9)),
        ("It opens in the near future.", "near future", date(2028, 4, 9)),
    ],
)
def test_words_become_the_last_day_they_allow(text: str, words: str, day: date) -> None:
    assert due(text) == (words, day)


def test_span_of_two_counts_is_earliest_at_the_first_and_due_at_the_second() -> None:
    horizon = find_horizon("It opens within two to three years.", SAID)

    assert horizon is not None
    assert (horizon.earliest, horizon.due) == (date(2028, 4, 9), date(2029, 4, 9))


def test_year_opens_with_its_first_day() -> None:
    horizon = find_horizon("It opens in 2027.", SAID)

    assert horizon is not None
    assert (horizon.opens_on, horizon.checkpoints) == (date(2027, 1, 1), (date(2027, 12, 31),))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "It opens soon.",
        "It opened in 2019.",
        "It opened by March 2026.",
        "It opened two years ago.",
        "It opens on 31 February 2027.",
        "It opens within 999 decades.",
        "Sales of 2,027 units were made.",
    ],
)
def test_no_horizon_where_no_time_to_come_is_named(text: str) -> None:
    assert find_horizon(text, SAID) is None
