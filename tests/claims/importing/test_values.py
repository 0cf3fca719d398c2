"""One cell at a time: what it is read as, or why it is not."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.importing import values
from claims.importing.values import CellError


@pytest.mark.parametrize(
    ("cell", "share"),
    [
        ("55", "0.55"),
        ("55%", "0.55"),
        ("55 %", "0.55"),
        ("55.5", "0.555"),
        ("55,5 %", "0.555"),
        ("0.55", "0.55"),
        ("0,5", "0.5"),
        ("0.55%", "0.0055"),
        ("1%", "0.01"),
        ("0", "0"),
        ("100", "1"),
        ("0.5%", "0.005"),
    ],
)
def test_percentage_is_read(cell: str, share: str) -> None:
    if Decimal(share) != round(Decimal(share), 3):
        with pytest.raises(CellError, match="finer than a tenth"):
            values.probability(cell)
    else:
        assert values.probability(cell) == Decimal(share)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("likely", "likely is not a percentage; write it like 55 or 55%"),
        ("-5", "-5 is not a percentage; write it like 55 or 55%"),
        ("1e1", "1e1 is not a percentage; write it like 55 or 55%"),
        ("٥٥x", "٥٥x is not a percentage; write it like 55 or 55%"),
        ("55-80", "55-80 is not a percentage; write it like 55 or 55%"),
        ("1", "1 may be 1% or a share of 100%; write it with its sign, in a spreadsheet as text"),
        ("1.0", "1 may be 1% or a share of 100%; write it with its sign, in a spreadsheet as text"),
        (
            "0.6 as a number",
            "0.6 may be 0.6% or 60%, which a spreadsheet keeps alike; write it as text, '0.6% or '60%",
        ),
        (
            "1 as a number",
            "1 may be 1% or 100%, which a spreadsheet keeps alike; write it as text, '1% or '100%",
        ),
        (
            "0.555 as a number",
            (
                "0.555 may be 0.555% or 55.5%, which a spreadsheet keeps alike; write it as text, "
                "'0.555% or '55.5%"
            ),
        ),
        ("101", "101 is more than 100%"),
        ("55.55", "55.55 is finer than a tenth of a percent"),
        ("0.5555", "0.5555 is finer than a tenth of a percent"),
    ],
)
def test_other_percentage_is_refused(cell: str, words: str) -> None:
    with pytest.raises(CellError) as refusal:
        values.probability(cell)
    assert str(refusal.value) == words


@given(st.integers(0, 1000))
def test_every_tenth_of_a_percent_is_read_with_its_sign(tenths: int) -> None:
    share = Decimal(tenths) / 1000

    assert values.probability(f"{share * 100:f}%") == share


@pytest.mark.parametrize("cell", ["2024-03-21", "2024-03-21 14:05:00", "2024-03-21T00:00:00+00:00"])
def test_day_is_read(cell: str) -> None:
    assert values.day(cell) == date(2024, 3, 21)


@pytest.mark.parametrize(
    "cell", ["2024-13-01", "2024-02-30", "21/03/2024", "20240321", "2024-W12-4", "soon", "2024-3-1"]
)
def test_no_day_is_refused(cell: str) -> None:
    with pytest.raises(CellError) as refusal:
        values.day(cell)
    assert str(refusal.value) == f"{cell} is not a date; write it like 2024-03-21"


@pytest.mark.parametrize("cell", ["0001-01-01", "1899-12-31", "2201-01-01", "9999-12-31"])
def test_day_of_a_year_that_nobody_means_is_refused(cell: str) -> None:
    with pytest.raises(CellError) as refusal:
        values.day(cell)
    assert str(refusal.value) == f"{cell} is not within the years 1900 to 2200"


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_every_day_is_read_as_it_is_written(day: date) -> None:
    assert values.day(day.isoformat()) == day


def test_days_come_in_order_and_once() -> None:
    found = values.days("2025-03-21; 2024-03-21, 2025-03-21\n2026-03-21")

    assert found == [date(2024, 3, 21), date(2025, 3, 21), date(2026, 3, 21)]


@pytest.mark.parametrize(
    ("read", "cell", "value"),
    [
        (values.kind, "Quantity", "quantity"),
        (values.judged, "at the due date", "at_due"),
        (values.judged, "THROUGHOUT", "throughout"),
        (values.source, "declared by the author", "declared"),
        (values.source, "lexicon", "lexicon"),
        (values.source, "none", ""),
        (values.stake, "3", 3),
        (values.stake, "Low", 1),
        (values.topics, "trade, , energy", ["trade", "energy"]),
    ],
)
def test_choice_is_read_in_any_case(read: object, cell: str, value: object) -> None:
    assert read(cell) == value  # type: ignore[operator]


@pytest.mark.parametrize(
    ("read", "cell", "words"),
    [
        (
            values.kind,
            "prophecy",
            "prophecy is none of event, quantity, continuing, conditional, comparison, assessment",
        ),
        (values.stake, "4", "4 is none of 1, 2, 3"),
        (
            values.judged,
            "never",
            "never is none of at the due date, throughout",
        ),
        (values.topics, "x" * 61, f"{'x' * 40}… is longer than 60 characters"),
    ],
)
def test_other_choice_is_refused(read: object, cell: str, words: str) -> None:
    with pytest.raises(CellError) as refusal:
        read(cell)  # type: ignore[operator]
    assert str(refusal.value) == words
