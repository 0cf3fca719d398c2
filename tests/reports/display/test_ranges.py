"""How ranges came about, in words."""

import pytest

from reports import display
from reports.models import ReportedClaim
from reports.scoring.rows import Source

NOTHING = dict.fromkeys((source.value for source in Source), 0)


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({"lexicon": 38, "one_reader": 3}, "3 of 41 ranges were read by one person alone."),
        ({"lexicon": 4, "one_reader": 1}, "1 of 5 ranges was read by one person alone."),
        ({"one_reader": 1}, "1 of 1 range was read by one person alone."),
        ({"two_readers": 9}, "None of 9 ranges was read by one person alone."),
        ({}, "No claim fell due, so there is no range."),
    ],
)
def test_how_many_one_person_read_alone(counts: dict[str, int], sentence: str) -> None:
    assert display.range_words({"ranges": NOTHING | counts})["sentence"] == sentence


def test_ways_are_named_in_order_and_left_out_where_no_range_came_about_so() -> None:
    words = display.range_words({"ranges": NOTHING | {"one_reader": 3, "lexicon": 38}})

    assert words["rows"] == [
        ("from the hedge, by a lexicon", 38),
        ("read by one person alone", 3),
    ]


def test_a_report_published_before_ranges_were_counted_says_so() -> None:
    assert display.range_words({}) == {
        "sentence": "How the ranges came about was not counted yet when this report was published.",
        "rows": [],
    }


def test_every_way_has_its_words() -> None:
    assert list(ReportedClaim.RangeSource.values) == [source.value for source in Source]
