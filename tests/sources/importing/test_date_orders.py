"""Which of day and month comes first: told by the whole column, asked where it cannot tell."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.importing.date_orders import DateOrder, date_order


@pytest.mark.parametrize(
    ("cells", "day_first", "asked", "reason"),
    [
        (
            ["03/04/2022", "soon", "25/04/2022"],
            True,
            False,
            "25/04/2022 can be read in no other way.",
        ),
        (["3.4.2022 10:00", "4.25.2022"], False, False, "4.25.2022 can be read in no other way."),
        (
            ["03/04/2022", "04/03/2022"],
            None,
            True,
            "03/04/2022 can be read both ways, and no date here tells which.",
        ),
        (
            ["25/04/2022", "03/04/2022", "04/25/2022"],
            None,
            True,
            (
                "The file writes both: 25/04/2022 with the day first, 04/25/2022 with the month "
                "first. Rows that do not fit are left out."
            ),
        ),
    ],
)
def test_one_date_beyond_the_twelfth_decides_and_none_or_both_do_not(
    cells, day_first, asked, reason
):
    told = date_order(cells)

    assert (told.day_first, told.is_asked, told.reason) == (day_first, asked, reason)
    assert told.matters


@pytest.mark.parametrize("cells", [[], ["2022-04-03"], ["03/03/2022"], ["25/25/2022", "1/2", "x"]])
def test_dates_that_read_one_way_whichever_comes_first_tell_and_ask_nothing(cells):
    assert date_order(cells) == DateOrder()
    assert not DateOrder().matters


@given(st.lists(st.dates(date(1990, 1, 1), date(2026, 1, 1)), min_size=1), st.booleans())
def test_column_that_is_written_one_way_is_never_told_the_other(days, day_first):
    form = "%d/%m/%Y" if day_first else "%m/%d/%Y"
    told = date_order(day.strftime(form) for day in days)

    assert told.day_first in {day_first, None}
    assert told.is_asked == (
        all(day.day <= 12 for day in days) and any(day.day != day.month for day in days)
    )
