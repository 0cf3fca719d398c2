"""Lists of feeds: read, written, brought in and given out."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import AuditEntry, User
from sources.importing import ImportFileError, Problem
from sources.models import Feed, Publisher
from sources.opml import MAX_BYTES, Outline, read_opml, write_opml
from sources.services import add_feeds, listed_feeds
from tests.factories.sources import FeedFactory, PublisherFactory

LIST = b"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.1"><head><title>Subscriptions</title></head><body>
  <outline text="News"><outline title="Asia">
    <outline type="rss" text="Harbour &amp; port" xmlUrl="https://harbour.example/feed.xml"/>
    <outline type="rss" text="The wire" xmlurl="feed://wire.example/rss"/>
  </outline></outline>
  <outline text="A page" htmlUrl="https://page.example/"/>
  <outline text="Files" xmlUrl="file:///etc/passwd"/>
  <outline text="Again" xmlUrl="https://harbour.example/feed.xml"/>
  <outline xmlUrl="feed:https://quiet.example/atom"/>
</body></opml>"""
BOMB = b"""<!DOCTYPE opml [<!ENTITY a "aaaaaaaa">]>
<opml><body><outline xmlUrl="https://a.example/" text="&a;"/></body></opml>"""


def test_nested_outlines_are_read_in_their_order_and_bad_ones_named() -> None:
    assert read_opml(LIST) == [
        Outline("https://harbour.example/feed.xml", "Harbour & port", row=1),
        Outline("http://wire.example/rss", "The wire", row=2),
        Problem(
            3,
            "xmlUrl",
            "Files: file:///etc/passwd is left out. "
            "file:///etc/passwd is not an http or https address.",
        ),
        Outline("https://harbour.example/feed.xml", "Again", row=4),
        Outline("https://quiet.example/atom", row=5),
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (BOMB, "XML bomb"),
        (b"", "no XML that can be read"),
        (b"<opml><body>", "no XML that can be read"),
        (b"\xff\xfe\x00", "no XML that can be read"),
        (b"<rss><channel/></rss>", "no OPML list"),
        (b"<opml/>", "No outline of this list has an address"),
        (b"<opml><body><outline text='Empty' xmlUrl=' '/></body></opml>", "No outline"),
        (b" " * (MAX_BYTES + 1), "larger than 5 MB"),
    ],
)
def test_what_is_no_list_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(ImportFileError, match=words):
        read_opml(data)


def test_outlines_nested_without_end_are_read() -> None:
    deep = (
        b"<outline>" * 50_000
        + b'<outline xmlUrl="https://deep.example/"/>'
        + b"</outline>" * 50_000
    )

    assert read_opml(b"<opml><body>" + deep + b"</body></opml>") == [
        Outline("https://deep.example/", row=1)
    ]


def test_what_is_written_is_read_again() -> None:
    outlines = [
        Outline("https://a.example/f?x=1&y=2", 'Ports & "quays" <b>', "Harbour Review", 30, row=1),
        Outline("https://b.example/f", "Морские вести", "Harbour Review", 15, True, row=2),
        Outline("https://c.example/f", "Wire", "The Wire", 1440, row=3),
    ]

    assert read_opml(write_opml(outlines, title="Feeds")) == [
        Outline(**vars(one) | {"name": 'Ports & "quays"' if one.row == 1 else one.name})
        for one in outlines
    ]


@pytest.mark.django_db
def test_a_list_is_added_without_what_is_known(analyst: User) -> None:
    FeedFactory(url="http://wire.example/rss")
    known = PublisherFactory(name="Harbour Review", domain="harbour.example")

    added = add_feeds(rows=read_opml(LIST), by=analyst)

    assert [(feed.name, feed.url) for feed in added.added] == [
        ("Harbour & port", "https://harbour.example/feed.xml"),
        ("quiet.example", "https://quiet.example/atom"),
    ]
    assert (added.known, [problem.row for problem in added.problems]) == (2, [3])
    assert Feed.objects.get(name="Harbour & port").publisher == known
    assert AuditEntry.objects.filter(verb="added", by=analyst).count() == 2
    assert add_feeds(rows=read_opml(LIST), by=analyst).added == []


@pytest.mark.django_db
def test_many_feeds_cost_no_more_queries_than_few_and_are_asked_one_after_the_other(
    django_assert_num_queries,
) -> None:
    def rows(first: int, last: int) -> list[Outline | Problem]:
        return [Outline(f"https://host{n}.example/feed") for n in range(first, last)]

    with django_assert_num_queries(9):
        add_feeds(rows=rows(0, 2), by=None)
    with django_assert_num_queries(9):
        add_feeds(rows=rows(2, 202), by=None)

    times = set(Feed.objects.values_list("next_poll_at", flat=True))
    assert len(times) == 202
    assert (max(times) - min(times)).total_seconds() < 900


@pytest.mark.django_db
def test_an_install_takes_the_list_of_another(tmp_path: Path, capsys) -> None:
    FeedFactory(name="Harbour", url="https://h.example/f", every_minutes=45)
    FeedFactory(name="Wire", url="https://w.example/f", is_active=False)
    before = list(listed_feeds())

    call_command("export_feeds")
    path = tmp_path / "feeds.opml"
    path.write_text(capsys.readouterr().out)
    Feed.objects.all().delete()
    Publisher.objects.all().delete()
    call_command("import_feeds", str(path))

    assert list(listed_feeds()) == before
    assert capsys.readouterr().out.splitlines() == [
        "Harbour · https://h.example/f",
        "Wire · https://w.example/f",
        "2 added, 0 known already, 0 left out.",
    ]


@pytest.mark.django_db
def test_the_command_names_what_it_leaves_out_and_what_it_cannot_read(
    tmp_path: Path, capsys
) -> None:
    path = tmp_path / "list.opml"
    path.write_bytes(LIST)
    call_command("import_feeds", str(path))

    printed = capsys.readouterr()
    assert "row 3, xmlUrl: Files: file:///etc/passwd is left out." in printed.err
    assert printed.out.endswith("3 added, 1 known already, 1 left out.\n")
    path.write_bytes(BOMB)
    with pytest.raises(CommandError, match=r"list\.opml: .*XML bomb"):
        call_command("import_feeds", str(path))
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_feeds", str(tmp_path / "none.opml"))
