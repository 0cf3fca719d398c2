"""Near copies meet and are told from stories that only look alike."""

import gzip
import hashlib
import json
import subprocess
import sys
import time
from itertools import combinations

import pytest

from sources.deduplication import bands, content_hash, same_story, url_key

TITLE = "Ministers agree to extend the grain corridor by sixty days"
SUMMARY = (
    "Ministers from both countries agreed on Tuesday to extend the grain corridor by sixty days, "
    "a spokesman said after talks in Geneva."
)
REWRITE = SUMMARY.replace("a spokesman said", "a spokeswoman told reporters")
CAPTION = "A guard stands at the gate of the ministry in the old town on a cold morning in March."


def test_content_hash_is_sha256_of_title_and_text():
    expected = hashlib.sha256("Title\nText é".encode()).hexdigest()
    assert content_hash("Title", "Text é") == expected


def test_content_hash_takes_text_with_lone_surrogates():
    assert content_hash("a", "\ud800") != content_hash("a", "")


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("", ""),
        ("  ", ""),
        ("https://www.Example.org/a/", "example.org/a"),
        ("http://example.org:80/a#top", "example.org/a"),
        ("https://example.org:443/a?utm_source=x&utm_medium=y&fbclid=1", "example.org/a"),
        ("https://example.org/a?b=2&a=1", "example.org/a?a=1&b=2"),
        ("https://example.org/a?id=7&id=8", "example.org/a?id=7&id=8"),
        ("https://example.org/Case?Q=A", "example.org/Case?Q=A"),
        ("https://example.org:8443/a", "example.org:8443/a"),
        ("https://example.org", "example.org"),
        ("example.org/a", "example.org/a"),
        ("https://example.org/a?empty=", "example.org/a?empty="),
        ("https://example.org/%D0%B0", "example.org/%D0%B0"),
        ("https://example.org/?q=%E9&&r=é", "example.org?q=%E9&r=é"),
        ("http://[broken/a", "http://[broken/a"),
        ("http://example.org:port/a", "http://example.org:port/a"),
    ],
)
def test_url_key_keeps_only_what_tells_pages_apart(url, key):
    assert url_key(url) == key


def test_url_key_of_a_key_is_itself():
    key = url_key("https://www.example.org/a/?b=2&a=%20x")
    assert url_key(key) == key


def test_bands_are_at_most_twelve_signed_64_bit_integers():
    found = bands(TITLE, SUMMARY)
    assert len(found) == 12
    assert all(isinstance(band, int) and -(2**63) <= band < 2**63 for band in found)


def test_bands_of_no_words_are_none():
    assert bands("", " — ") == []


def test_bands_are_the_same_in_another_process():
    code = "import sys; from sources.deduplication import bands; print(bands(*sys.argv[1:]))"
    command = [sys.executable, "-c", code, TITLE, SUMMARY]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert json.loads(printed) == bands(TITLE, SUMMARY)


def test_bands_do_not_hang_on_case_or_punctuation():
    assert bands(TITLE.upper(), SUMMARY) == bands(TITLE + "!", SUMMARY.replace(",", ""))


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        (TITLE, ""),
        (TITLE, REWRITE),
        (f"{TITLE} – live", SUMMARY),
        ("Deal reached on corridor for grain exports", SUMMARY),
    ],
)
def test_copies_share_a_band_and_are_the_same_story(title, summary):
    assert set(bands(TITLE, SUMMARY)) & set(bands(title, summary))
    assert same_story(TITLE, SUMMARY, title, summary)
    assert same_story(title, summary, TITLE, SUMMARY)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Live updates", "Fighting near the dam."), ("Live updates", "Vote count begins.")),
        (("Morning briefing", ""), ("Morning briefing", "")),
        (("Market note 0012", SUMMARY), ("Market note 0013", SUMMARY)),
        (
            ("Explosion in the port leaves 3 dead", "Officials said that 3 people died."),
            ("Explosion in the port leaves 30 dead", "Officials said that 30 people died."),
        ),
        (
            ("Bus crash on the mountain road", "The police said that 3 people died in the crash."),
            ("Bus crash on the mountain road", "The police said that 30 people died in the crash."),
        ),
        (
            ("Strong earthquake strikes northern Chile at night", ""),
            ("Strong earthquake strikes northern Peru at night", ""),
        ),
        (
            (
                "Strong earthquake strikes Chile",
                "A strong earthquake struck Chile at night, no damage was seen.",
            ),
            (
                "Strong earthquake strikes Peru",
                "A strong earthquake struck Peru at night, no damage was seen.",
            ),
        ),
        (("Bank shares fall sharply", CAPTION), ("Holes in the watchmakers' trade", CAPTION)),
        (("Alpha rises on profit", "BRIEF"), ("Beta falls on loss", "BRIEF")),
        ((TITLE, SUMMARY), ("", "")),
    ],
)
def test_different_stories_stay_apart(one, other):
    assert not same_story(*one, *other)
    assert not same_story(*other, *one)


def test_short_title_with_the_same_summary_is_the_same_story():
    assert same_story("Corridor extended", SUMMARY, "Corridor extended", REWRITE)


def test_number_that_only_one_title_names_does_not_part_a_story():
    assert same_story(TITLE, SUMMARY, f"{TITLE} after 2 rounds", SUMMARY)


def test_scripts_without_spaces_are_compared_by_character():
    title, summary = (
        "両国は穀物回廊の延長で合意した",
        "両国は火曜日に穀物回廊を延長することで合意したと報道官が述べた",
    )
    other = summary.replace("報道官が述べた", "報道官が語った")
    assert set(bands(title, summary)) & set(bands(title, other))
    assert same_story(title, summary, title, other)
    assert not same_story(title, summary, "首相が辞任を表明した", "首相は記者会見で辞任を表明した")


@pytest.fixture
def full_day(shared):
    """Title and summary of every row of one real day."""
    with gzip.open(shared / "data/news/full_day_2023-03-20.jsonl.gz", "rt") as file:
        rows = [json.loads(line) for line in file]
    return [(row["title"], row["description"] or "") for row in rows]


def test_real_day_is_gathered_fast_and_bands_miss_nothing_titles_show(full_day):
    start = time.process_time()
    found = [set(bands(*row)) for row in full_day]
    assert time.process_time() - start < 2
    by_title: dict[str, list[int]] = {}
    for place, (title, _) in enumerate(full_day):
        by_title.setdefault(title, []).append(place)
    pairs = [
        pair
        for places in by_title.values()
        for pair in combinations(places, 2)
        if same_story(*full_day[pair[0]], *full_day[pair[1]])
    ]
    assert len(pairs) > 50
    assert all(found[one] & found[other] for one, other in pairs)
