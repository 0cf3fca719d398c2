"""Feeds as publishers send them, and what only pretends to be one."""

import contextlib
import json
import time

import pytest

from sources.importing import FeedError, Item, ParsedFeed, parse_feed
from tests.sources.importing.reading import DAY, NOW

RSS_ITEM = (
    "<item><title>Ministers &amp;amp; envoys agree</title>"
    "<description>&lt;p&gt;They &lt;b&gt;agreed&lt;/b&gt;.&lt;/p&gt;</description>"
    "<link>https://example.org/agree</link><author>Ada Example</author>"
    "<pubDate>Mon, 20 Mar 2023 00:00:00 GMT</pubDate></item>"
)
RSS = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>The Wire</title>'
    f"<language>en</language>{RSS_ITEM}</channel></rss>"
)
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de">
<title type="html">The &lt;i&gt;Wire&lt;/i&gt;</title>
<entry><title>Eins</title><link href="https://example.org/1"/>
<updated>2023-03-20T00:00:00Z</updated><content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml"><p>Erster Satz.</p><p>Zweiter.</p></div></content></entry>
</feed>"""
BOMB = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
<rss version="2.0"><channel><item><title>&c;</title></item></channel></rss>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY file SYSTEM "file:///etc/passwd">]>
<rss version="2.0"><channel><item><title>&file;</title></item></channel></rss>"""


def parsed(text: str | bytes, **options: str) -> ParsedFeed:
    data = text.encode() if isinstance(text, str) else text
    return parse_feed(data, at=NOW, **options)


def test_rss_entry_becomes_an_item_in_plain_text():
    assert parsed(RSS) == ParsedFeed(
        title="The Wire",
        items=[
            Item(
                row=1,
                title="Ministers & envoys agree",
                summary="They agreed.",
                published_at=DAY,
                url="https://example.org/agree",
                language="en",
                author="Ada Example",
            )
        ],
        problems=[],
    )


def test_atom_entry_takes_its_date_from_updated_and_its_text_from_content():
    feed = parsed(ATOM)
    assert feed.title == "The Wire"
    (item,) = feed.items
    assert (item.title, item.summary, item.published_at) == ("Eins", "Erster Satz. Zweiter.", DAY)
    assert item.url == "https://example.org/1"


def test_json_feed_is_a_feed_too():
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Wire",
        "items": [
            {
                "id": "1",
                "url": "https://example.org/1",
                "title": "One",
                "content_html": "<p>Text</p>",
                "date_published": "2023-03-20T00:00:00Z",
                "authors": [{"name": "Ada"}],
            },
            {"id": "2", "title": "Two"},
        ],
    }
    found = parsed(json.dumps(feed), content_type="application/feed+json")
    assert found.title == "The Wire"
    assert found.items == [Item(1, "One", "Text", DAY, url="https://example.org/1", author="Ada")]
    assert [str(problem) for problem in found.problems] == ["row 2, date_published: is missing"]


def test_bad_entries_are_named_and_good_ones_kept():
    bad = "<item><title>A</title><pubDate>Thu, 30 Feb 2023 00:00:00 GMT</pubDate></item><item/>"
    found = parsed(RSS.replace(RSS_ITEM, bad + RSS_ITEM))
    assert [item.row for item in found.items] == [3]
    assert [str(problem) for problem in found.problems] == [
        "row 1, published: there is no such day or time as Thu, 30 Feb 2023 00:00:00 GMT",
        "row 2, title: is missing",
    ]


def test_feed_without_entries_is_an_empty_feed():
    assert parsed(RSS.replace(RSS_ITEM, "")) == ParsedFeed(title="The Wire", items=[], problems=[])


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (RSS.replace("utf-8", "iso-8859-1").replace("agree</t", "\xe9</t").encode("latin-1"), ""),
        (RSS.replace("utf-8", "utf-16").replace("agree</t", "\xe9</t").encode("utf-16"), ""),
        (b"\xef\xbb\xbf \n" + RSS.replace("agree</t", "\xe9</t").encode(), ""),
        (
            RSS.replace(' encoding="utf-8"', "").replace("agree</t", "\xe9</t").encode("cp1252"),
            "application/rss+xml; charset=windows-1252",
        ),
    ],
)
def test_encoding_is_taken_from_feed_or_header(data, content_type):
    assert parsed(data, content_type=content_type).items[0].title == "Ministers & envoys é"


def test_feed_cut_off_in_the_middle_still_gives_its_whole_entries():
    cut = RSS.removesuffix("</channel></rss>") + "<item><title>Half"
    assert parsed(cut).items[0].title == "Ministers & envoys agree"


def test_publishers_script_never_reaches_the_item():
    evil = RSS.replace("They", "&lt;script&gt;alert(1)&lt;/script&gt;They").replace(
        "https://example.org/agree", "javascript:alert(1)"
    )
    (item,) = parsed(evil).items
    assert (item.summary, item.url) == ("They agreed.", "")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The feed is empty."),
        (b" \r\n\0", "The feed is empty."),
        (b"Not found", "The answer is not XML, so it is no RSS or Atom feed."),
        (b"\x89PNG", "The answer is not XML, so it is no RSS or Atom feed."),
        (
            b"<!DOCTYPE html><html><body>Hello</body></html>",
            "This is a web page (HTML), not a feed.",
        ),
        (
            RSS.replace("utf-8", "Punycode").encode(),
            "The feed names an encoding that is none for texts.",
        ),
        (b'<?xml version="1.0"?><svg/>', "This is XML but not RSS or Atom."),
        (b'{"items": ', "The feed is not JSON: Expecting value in line 1."),
        (b" " * (10 * 2**20 + 1), "The feed is larger than 10 MB."),
        (BOMB.encode(), "The feed declares entities of its own (an XML bomb?) and is not read."),
        (
            BOMB.encode("utf-16"),
            "The feed declares entities of its own (an XML bomb?) and is not read.",
        ),
        (
            BOMB.replace("</rss>", "").encode(),
            "The feed declares entities of its own (an XML bomb?) and is not read.",
        ),
        (OUTSIDE.encode(), "The feed declares entities of its own (an XML bomb?) and is not read."),
    ],
)
def test_what_is_no_feed_says_so(data, words):
    with pytest.raises(FeedError) as caught:
        parsed(data)
    assert str(caught.value) == words


def test_address_given_as_feed_is_never_opened(tmp_path):
    file = tmp_path / "feed.xml"
    file.write_text(RSS)
    with pytest.raises(FeedError, match="not XML"):
        parsed(str(file))


@pytest.mark.parametrize(
    "data",
    [
        "\n" * 200_000 + RSS,
        RSS.replace("?><", "?>" + "\n" * 200_000 + "<", 1),
        RSS.replace("Ada Example", "a." * 200_000),
        RSS.replace("Ada Example", "a." * 200_000).replace("utf-8", "utf-16").encode("utf-16"),
        RSS.replace("They", "<!--" * 200_000),
        RSS.replace("They", "<b>" * 20_000),
    ],
)
def test_feed_made_to_take_for_ever_is_done_at_once(data):
    start = time.process_time()
    with contextlib.suppress(FeedError):
        parsed(data)
    assert time.process_time() - start < 3


def test_long_address_of_an_entry_is_kept_whole():
    address = "https://example.org/" + "a1B2" * 400
    assert parsed(RSS.replace("https://example.org/agree", address)).items[0].url == address


def test_xml_bombs_are_refused(shared):
    folder = shared / "data/hostile_input/defusedxml/xmltestdata"
    for path in folder.iterdir():
        with pytest.raises(FeedError):
            parse_feed(path.read_bytes())
