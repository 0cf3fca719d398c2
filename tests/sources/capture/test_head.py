"""What the first lines of a plain text say about it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.capture import captured_from_file, captured_from_text
from sources.capture.head import Head, head_of

BODY = "The harbours are busy again. Nobody knows what comes after that."
DAY = date(2026, 10, 20)


@pytest.mark.parametrize(
    ("lines", "head"),
    [
        (
            "The Arctic waits\nBy Lena Strand\n20 October 2026",
            Head("The Arctic waits", "Lena Strand", DAY),
        ),
        ("By Lena Strand\n\nOctober 20, 2026", Head("", "Lena Strand", DAY)),
        ("The Arctic waits\n2026-10-20", Head("The Arctic waits", "", DAY)),
        (
            "The Arctic waits\nPublished on Tuesday, 20 Oct 2026",
            Head("The Arctic waits", "", DAY),
        ),
        (
            "The Arctic waits\nBy Lena Strand and Ivo van der Berg",
            Head("The Arctic waits", "Lena Strand and Ivo van der Berg", None),
        ),
        ("By Lena Strand | 20 October 2026", Head("", "Lena Strand", DAY)),
        ("BY LENA STRAND, OSLO", Head("", "LENA STRAND", None)),
        (
            "A letter\nA subtitle of some length\nBy Ødegård Åse",
            Head("A letter", "Ødegård Åse", None),
        ),
    ],
)
def test_heading_names_title_author_and_day(lines: str, head: Head) -> None:
    assert head_of(f"{lines}\n\n{BODY}") == head


@pytest.mark.parametrize(
    "text",
    [
        "",
        BODY,
        f"The Arctic waits\n\n{BODY}",
        "By the end of 2027 the pact will have collapsed.",
        "By Friday Moscow Must Answer, and it will not.",
        "By contrast, China waits.",
        f"{BODY}\nThe treaty was signed on 20 October 2026",
        f"{BODY} " * 3 + "\nBy Lena Strand said\n",
        "The Arctic waits\n45 October 2026\n" + BODY,
        "The Arctic waits\n20 October 0026\n" + BODY,
    ],
)
def test_text_without_a_heading_says_nothing(text: str) -> None:
    assert head_of(text) == Head()


def test_paste_and_file_take_what_their_first_lines_say() -> None:
    text = f"The Arctic waits\nBy Lena Strand\n20 October 2026\n\n{BODY}"

    for captured in (captured_from_text(text), captured_from_file(text.encode(), name="a.txt")):
        assert (captured.title, captured.author, captured.published_on) == (
            "The Arctic waits",
            "Lena Strand",
            DAY,
        )
        assert captured.text == text


@given(st.text(max_size=400))
def test_any_text_has_a_heading_of_its_own_words_or_none(text: str) -> None:
    head = head_of(text)

    flat = " ".join(text.split())
    assert head.author in flat
    assert head.title in flat
