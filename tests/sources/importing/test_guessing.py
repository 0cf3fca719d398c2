"""Columns of unknown tables: what they may hold, what is doubtful, and what a plan makes of them."""

import io
from datetime import UTC, date, datetime

import pytest

from sources.importing import Item, Record, read_items
from sources.importing.guessing import date_cells, guessed, lack_zone, same_columns
from sources.importing.plans import kept, plan_of
from tests.sources.importing.reading import NOW

ROWS = [
    {
        "No": "17",
        "Wann": "03/04/2022",
        "Was": "Two ports open a ferry line",
        "Wo": "https://a.example/1",
    },
    {
        "No": "18",
        "Wann": "05/04/2022",
        "Was": "Rains flood the valley again",
        "Wo": "https://a.example/2",
    },
]
COLUMNS = {"title": "Was", "published": "Wann", "url": "Wo", "id": "No"}


def records(rows=ROWS):
    return [Record(number, row) for number, row in enumerate(rows, start=2)]


def read(text: str, columns: dict[str, str] = COLUMNS, **how: object) -> list[object]:
    plan = plan_of(kept(columns, namespace="file-x", **how))
    return list(read_items(io.BytesIO(text.encode()), name="a.csv", plan=plan, at=NOW))


def test_columns_are_guessed_by_what_stands_in_them():
    assert guessed(records(), at=NOW) == {"url": "Wo", "published": "Wann", "title": "Was"}


def test_names_that_are_known_go_before_what_stands_there():
    rows = [{"headline": "A", "Text": "One long line of words", "Day": "2022-03-01", "link": "x"}]
    assert guessed(records(rows), at=NOW) == {
        "title": "headline",
        "summary": "Text",
        "published": "Day",
        "url": "link",
    }


def test_nothing_is_guessed_where_nothing_is_told():
    assert guessed(records([{"a": "1", "b": ""}]), at=NOW) == {}


def test_cells_of_both_columns_of_dates_are_looked_at_as_far_as_they_hold_something():
    rows = [{"A": "2022-04-03", "B": ""}, {"A": " 1 ", "B": "2022-04-04"}]
    columns = {"published": "A", "occurred": "B", "title": "C"}
    assert date_cells(records(rows), columns) == ["2022-04-03", "1", "2022-04-04"]


@pytest.mark.parametrize(
    ("cells", "lacking"),
    [(["2022-04-03T10:00Z", "2022-04-03 10:00"], True), (["2022-04-03T10:00Z", "soon"], False)],
)
def test_zone_is_asked_where_a_time_names_none(cells, lacking):
    assert lack_zone(cells, at=NOW) is lacking


@pytest.mark.parametrize(
    ("day_first", "day"), [(True, date(2022, 4, 3)), (False, date(2022, 3, 4))]
)
def test_plan_says_which_column_holds_what_and_how_dates_are_read(day_first, day):
    text = "No,Wann,Was,title\n17,03/04/2022,Two ports open a ferry line,not this\n"
    assert read(text, {**COLUMNS, "url": ""}, day_first=day_first) == [
        Item(
            row=2,
            title="Two ports open a ferry line",
            summary="",
            published_at=datetime(day.year, day.month, day.day, tzinfo=UTC),
            external_id="file-x:17",
        )
    ]


def test_date_against_the_plan_is_a_problem_named_by_its_own_column():
    (problem,) = read("Wann,Was\n03/20/2022,Rain\n", day_first=True)
    assert str(problem) == "row 2, Wann: there is no such day as 03/20/2022"


def test_time_without_a_zone_is_one_of_the_plans_and_a_day_stays_that_day():
    text = "Wann,Was\n2022-04-03 01:30,A\n2022-04-03,B\n2022-04-03T01:30Z,C\n03.04.2022 01:30,D\n"
    found = read(text, zone="Europe/Athens", day_first=True)
    assert [one.published_at.isoformat() for one in found] == [
        "2022-04-02T22:30:00+00:00",
        "2022-04-03T00:00:00+00:00",
        "2022-04-03T01:30:00+00:00",
        "2022-04-02T22:30:00+00:00",
    ]


def test_day_it_happened_is_the_day_where_the_time_was_written():
    text = "Wann,Was,Tag\n2022-04-03 12:00,A,2022-04-02 01:30\n"
    (item,) = read(text, {**COLUMNS, "occurred": "Tag"}, zone="Europe/Athens")
    assert item.occurred_on == date(2022, 4, 2)


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"title": "Was"}, "Choose the column of: Published."),
        ({}, "Choose the column of: Title, Published."),
        ({**COLUMNS, "colour": "x"}, "colour is no field of an event; title, published, "),
    ],
)
def test_plan_without_what_it_needs_is_refused_in_words(columns, words):
    with pytest.raises(ValueError, match=words):
        kept(columns)


def test_columns_are_the_same_in_any_order_and_case():
    assert same_columns(["Was", "Wann ist"]) == same_columns(["wann_ist", "WAS"])
