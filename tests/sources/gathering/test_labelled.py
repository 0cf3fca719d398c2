"""Reports that people sorted, read line by line; bad lines are named."""

import json
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sources.gathering.labelled import Labelled, read_labelled

ROW = {
    "id": "n1",
    "title": "Ports agree",
    "text": "They said so.",
    "date": "2026-03-02T08:00:00Z",
    "source": "The Wire",
    "group": "g1",
}


def lines(*rows: dict[str, Any]) -> list[bytes]:
    return [json.dumps(row).encode() + b"\n" for row in rows]


def test_a_line_is_a_report() -> None:
    assert read_labelled(lines(ROW)) == (
        [
            Labelled(
                "n1",
                "Ports agree",
                "They said so.",
                datetime(2026, 3, 2, 8, tzinfo=UTC),
                "The Wire",
                "g1",
            )
        ],
        [],
    )


def test_reports_come_in_the_order_of_their_dates() -> None:
    later = ROW | {"id": "n2", "date": "2026-03-03"}

    reports, _ = read_labelled(lines(later, ROW))

    assert [one.id for one in reports] == ["n1", "n2"]


def test_markup_is_read_as_words() -> None:
    row = ROW | {"title": "<b>Ports</b> &amp; bays", "text": "<p>They said&nbsp;so.</p>"}

    [report], _ = read_labelled(lines(row))

    assert (report.title, report.text) == ("Ports & bays", "They said so.")


def test_numbers_are_labels_too() -> None:
    reports, problems = read_labelled(
        lines(ROW | {"id": 1, "group": 0}, ROW | {"id": 2, "group": 0})
    )

    assert ([(one.id, one.group) for one in reports], problems) == ([("1", "0"), ("2", "0")], [])


def test_without_a_title_the_text_stands_for_it() -> None:
    [report], _ = read_labelled(lines(ROW | {"title": ""}))

    assert report.title == "They said so."


def test_without_a_group_a_report_stands_alone_even_under_the_same_id() -> None:
    row = {name: ROW[name] for name in ("id", "title", "date")}

    one, other = read_labelled(lines(row, row | {"group": None}))[0]

    assert one.group != other.group
    assert (one.text, one.source) == ("", "")


def test_bad_lines_are_named_and_the_others_are_read() -> None:
    bad = [
        b"nonsense\n",
        b"\xff\xfe\n",
        b"[1, 2]\n",
        b"[" * 100_000,
        *lines(
            ROW | {"title": "", "text": " "},
            {"id": "x", "title": "Ports"},
            ROW | {"date": "the day before"},
            ROW | {"title": ["Ports"]},
        ),
    ]

    reports, problems = read_labelled([*lines(ROW), b"\n", *bad, *lines(ROW)])

    assert len(reports) == 2
    assert problems == [
        "line 3: is not JSON in UTF-8",
        "line 4: is not JSON in UTF-8",
        "line 5: is not a JSON object",
        "line 6: is not JSON in UTF-8",
        "line 7: title and text are missing",
        "line 8: date is missing",
        "line 9: the day before is not a date we can read; write it like 2023-03-20 or 2023-03-20T14:05:00Z",
        "line 10: title is neither words nor a number",
    ]


def test_a_byte_order_mark_is_passed_over() -> None:
    assert len(read_labelled([b"\xef\xbb\xbf" + lines(ROW)[0]])[0]) == 1


@given(st.lists(st.binary(max_size=40), max_size=5))
def test_whatever_is_read_each_line_is_a_report_or_named(read: list[bytes]) -> None:
    reports, problems = read_labelled(read)

    assert len(reports) + len(problems) == sum(bool(line.strip()) for line in read)
