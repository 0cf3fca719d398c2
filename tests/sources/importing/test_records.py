"""Fields of any make become items; what is wrong is named by row and field."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from sources.importing import Item, Problem
from sources.importing.wording import plain
from tests.sources.importing.reading import DAY, read, read_record

ITEM = Item(row=1, title="A title", summary="", published_at=DAY)


def test_row_of_a_news_stream_is_read_in_full():
    record = {
        "title": "Ministers agree",
        "description": "They agreed on Tuesday.",
        "link": "https://example.org/agree",
        "date_published": "2023-03-20 23:06:33+00:00",
        "source": "http://feeds.example.org/top",
        "language": "en-US",
        "author": "Ada Example",
    }
    assert read(json.dumps(record), name="day.jsonl") == [
        Item(
            row=1,
            title="Ministers agree",
            summary="They agreed on Tuesday.",
            published_at=datetime(2023, 3, 20, 23, 6, 33, tzinfo=UTC),
            url="https://example.org/agree",
            publisher="http://feeds.example.org/top",
            language="en-US",
            author="Ada Example",
        )
    ]


@pytest.mark.parametrize(
    ("fields", "changed"),
    [
        ({"Summary": "s"}, {"summary": "s"}),
        ({"content": "", "notes": "n"}, {"summary": "n"}),
        ({"URL": "https://example.org/"}, {"url": "https://example.org/"}),
        ({"link": "javascript:alert(1)"}, {"url": ""}),
        ({"link": "https://example.org/" + "a" * 2000}, {"url": ""}),
        ({"publisher": {"name": "The Example"}}, {"publisher": "The Example"}),
        ({"language": ["en", "fr"]}, {"language": "en"}),
        ({"language": "English, mostly"}, {"language": ""}),
        ({"authors": [{"name": "Ada"}, {"name": "Bo"}]}, {"author": "Ada"}),
        ({"author": None, "summary": True}, {}),
        ({"occurred_on": "2023-03-19"}, {"occurred_on": date(2023, 3, 19)}),
        ({"title": "", "headline": "From here"}, {"title": "From here"}),
        ({"title": 42}, {"title": "42"}),
        ({"date": "", "pubDate": "2023-03-20"}, {}),
        ({"date": None, "Published At": "2023-03-20"}, {}),
        ({"date": None, "timestamp": 1679270400}, {}),
    ],
)
def test_field_names_and_shapes_are_accepted_generously(fields, changed):
    assert read_record(**fields) == replace(ITEM, **changed)


def test_event_date_alone_is_both_when_it_happened_and_when_it_was_reported():
    (item,) = read('{"event": "A strike", "event_date": "2023-03-20"}', format="jsonl")
    assert (item.title, item.published_at, item.occurred_on) == ("A strike", DAY, DAY.date())


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": " "}, "row 1, title: is missing"),
        ({"title": "<b></b>"}, "row 1, title: is missing"),
        ({"title": ["", "b"]}, "row 1, title: is missing"),
        ({"date": None}, "row 1, date: is missing"),
        ({"date": "2023-02-30"}, "row 1, date: there is no such day as 2023-02-30"),
        (
            {"date_published": "2023-02-30"},
            "row 1, date_published: there is no such day as 2023-02-30",
        ),
        ({"date": "1850-01-01"}, "row 1, date: 1850-01-01 lies before 1900"),
        ({"date": "2024-01-01"}, "row 1, date: 2024-01-01 lies in the future"),
        ({"occurred_on": "2023-04-31"}, "row 1, occurred_on: there is no such day as 2023-04-31"),
    ],
)
def test_problem_names_row_and_field(fields, words):
    problem = read_record(**fields)
    assert isinstance(problem, Problem)
    assert str(problem) == words


def test_long_texts_are_cut():
    item = read_record(title="t" * 600, summary="s " * 20_000, author="a" * 400)
    assert (len(item.title), len(item.summary), len(item.author)) == (500, 19_999, 300)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("<p>One.</p><p>Two &amp; three</p>", "One. Two & three"),
        ("AT&T and R&amp;D", "AT&T and R&D"),
        ("a < b and 5 > 3", "a < b and 5 > 3"),
        ("&lt;b&gt;bold&lt;/b&gt; words", "bold words"),
        ("<script>alert(1)</script>Title<style>p{}</style>", "Title"),
        ("line\r\nbreak\tand\u00a0space", "line break and space"),
        ("nul\0bell\x07 half\ud83d", "nulbell half"),
        ("&nbsp;&#8217;&eacute;", "’é"),
        ("<img src=x onerror=alert(1)>Photo", "Photo"),
        ("<!-- hidden -->Shown", "Shown"),
    ],
)
def test_markup_and_entities_become_plain_text(written, read_as):
    assert plain(written, at_most=100) == read_as


def test_hostile_strings_become_items_without_tags_or_controls(shared):
    folder = shared / "data/hostile_input"
    strings = json.loads((folder / "blns/blns.json").read_text())
    payloads = (folder / "xss-payload-list/Intruder/xss-payload-list.txt").read_text()
    for string in [*strings, *payloads.splitlines()]:
        text = plain(string, at_most=500)
        assert len(text) <= 500
        assert "<script" not in text.lower()
        assert all(character.isprintable() or ord(character) > 127 for character in text)
