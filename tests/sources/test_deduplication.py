"""Whether two texts are the same: addresses, hashes, words and numbers."""

import hashlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.deduplication import content_hash, numbers, retold, url_key, words


def test_content_hash_is_sha256_of_title_and_text() -> None:
    expected = hashlib.sha256("Title\nText é".encode()).hexdigest()
    assert content_hash("Title", "Text é") == expected


def test_content_hash_takes_text_with_lone_surrogates() -> None:
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
def test_url_key_keeps_only_what_tells_pages_apart(url: str, key: str) -> None:
    assert url_key(url) == key


def test_url_key_of_a_key_is_itself() -> None:
    key = url_key("https://www.example.org/a/?b=2&a=%20x")
    assert url_key(key) == key


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        (" — … ! ", []),
        ("Ports, AGREE!", ["ports", "agree"]),
        ("Straße in São Paulo", ["strasse", "in", "são", "paulo"]),
        ("snake_case 3rd 1,200", ["snake", "case", "3rd", "1", "200"]),
        ("\ufb01re \uff21", ["fire", "a"]),
        ("両国は合意 today", ["両", "国", "は", "合", "意", "today"]),
        ("договор о зерне", ["договор", "о", "зерне"]),
    ],
)
def test_words_are_folded_and_scripts_without_spaces_count_by_character(
    text: str, found: list[str]
) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("none", set()),
        ("3 dead, 1,200 hurt at 18:30", {"3", "1,200", "18:30"}),
        ("rate of 4.5%.", {"4.5"}),
        ("2023-24", {"2023", "24"}),
        ("\uff13", {"3"}),
    ],
)
def test_numbers_are_told_as_written(text: str, found: set[str]) -> None:
    assert numbers(text) == found


STEPS = (
    "Ports in talks on freight",
    "Ports sign agreement on freight",
    "How the ports came to their agreement on freight",
)


def test_a_page_that_goes_on_with_its_story_tells_it_again() -> None:
    assert all(retold(*pair) for pair in pairwise(STEPS))


@pytest.mark.parametrize(
    "other", ["Central bank leaves its rate unchanged", "Fire in the old town"]
)
def test_a_page_with_other_news_does_not_tell_it_again(other: str) -> None:
    assert not any(retold(title, other) for title in STEPS)


@given(st.text(), st.text())
def test_what_was_told_is_told_again_from_either_side(one: str, other: str) -> None:
    assert retold(one, one)
    assert retold(one, other) == retold(other, one)
