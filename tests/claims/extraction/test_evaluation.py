"""Extraction against marked claims: what counts as found, what as read the same, on small cases."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from claims.extraction.evaluation import Evaluation, Found, evaluate, same_hedge, same_speaker
from claims.extraction.gold import read_gold
from claims.extraction.lexicons import ICD_203
from claims.extraction.types import HedgeRange

SAID = date(2026, 4, 9)
HERE = Path(__file__).parent
RAIN = "Anna Roth says that rain is likely by 2030."
GRAIN = "Prices of grain will rise in the coming years."


def claim(quote: str, class_: str = "forecast", **words: str) -> dict[str, Any]:
    return {"quote": quote, "class": class_} | words


def evaluated(text: str, *claims: dict[str, Any]) -> Evaluation:
    articles, problems = read_gold([json.dumps({"text": text, "claims": claims}).encode()])
    assert problems == []
    return evaluate(articles, lexicon=ICD_203.entries, today=SAID)


def test_claim_found_and_read_the_same_is_right_in_every_part() -> None:
    marked = claim(RAIN, speaker="Roth", hedge="LIKELY", horizon="by 2030")

    assert evaluated(RAIN, marked).as_dict() == {
        "forecast": {"precision": 1.0, "recall": 1.0, "f1": 1.0},
        "assessment": {"precision": None, "recall": None, "f1": None},
        "speaker": 1.0,
        "hedge": 1.0,
        "horizon": 1.0,
    }


def test_missed_claim_lowers_recall_and_unmarked_proposal_precision() -> None:
    text = f"{RAIN} {GRAIN} The bridge was opened in March."
    opened = claim("The bridge was opened in March.")
    result = evaluated(text, claim(RAIN, speaker="Anna Roth", hedge="certain"), opened)

    assert result.found["forecast"] == Found(matched=1, proposed=2, marked=2)
    assert result.as_dict()["forecast"] == {"precision": 0.5, "recall": 0.5, "f1": 0.5}
    assert [result.accuracy(part) for part in ("speaker", "hedge", "horizon")] == [1.0, 0.0, 0.0]


def test_claim_of_the_other_class_is_no_match() -> None:
    result = evaluated(RAIN, claim(RAIN, "assessment"))

    assert result.found == {"forecast": Found(0, 1, 0), "assessment": Found(0, 0, 1)}
    assert result.accuracy("speaker") is None


def test_two_marks_on_one_proposal_count_once() -> None:
    assert evaluated(RAIN, claim(RAIN), claim("rain is likely")).found["forecast"] == Found(1, 1, 2)


def test_larger_overlap_is_taken_first() -> None:
    marked = (claim("rain is likely", speaker="Nobody"), claim(RAIN, speaker="Roth"))

    assert evaluated(RAIN, *marked).accuracy("speaker") == 1.0


@pytest.mark.parametrize(("beyond", "matched"), [(14, 1), (15, 0)])
def test_spans_must_share_half_of_the_shorter(beyond: int, matched: int) -> None:
    # The mark takes the last 14 letters of the proposal, and so many more after them.
    after = "Xy" * 20
    text = f"{RAIN}\n\n{after}"
    start = len(RAIN) - 14
    marked = text[start : len(RAIN) + beyond]

    assert evaluated(text, claim(marked)).found["forecast"].matched == matched


def test_quote_given_twice_stands_for_both_its_places() -> None:
    articles, _ = read_gold(
        [json.dumps({"text": "So be it. So be it.", "claims": [claim("So be it.")] * 2}).encode()]
    )

    assert [one.start for one in articles[0].claims] == [0, 10]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Roth", "Anna Roth", True),
        ("Dr Anna Roth", "roth", True),
        ("the central bank", "The central bank", True),
        ("Anna Roth", "Peter Roth", False),
        ("Anna", "Anna Roth", False),
        ("", "Roth", False),
        ("", "", True),
    ],
)
def test_speaker_is_the_same_by_name_or_surname(one: str, other: str, same: bool) -> None:
    assert same_speaker(one, other) is same
    assert same_speaker(other, one) is same


@pytest.mark.parametrize(
    ("words", "hedge", "same"),
    [
        ("Very Likely", HedgeRange("very likely", 0.8, 0.95), True),
        ("likely", HedgeRange("very likely", 0.8, 0.95), False),
        ("bound to", HedgeRange("is bound to", None, None), True),
        ("", None, True),
        ("likely", None, False),
        ("", HedgeRange("likely", 0.55, 0.8), False),
        ("", HedgeRange("will", 0.95, 0.99, unhedged=True), True),
        ("will", HedgeRange("will", 0.95, 0.99, unhedged=True), True),
        ("60 per cent", HedgeRange("a 60 per cent chance", 0.6, 0.6, stated=True), True),
        ("", HedgeRange("a 60 per cent chance", 0.6, 0.6, stated=True), False),
    ],
)
def test_hedge_is_the_same_by_its_words(words: str, hedge: HedgeRange | None, same: bool) -> None:
    assert same_hedge(words, hedge) is same


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"{", "is not JSON"),
        (b"\xff", "is not UTF-8"),
        (b"[]", "is not an object"),
        (b'{"claims": []}', "“text” is missing or empty"),
        (b'{"text": 5, "claims": []}', "“text” is not a string"),
        (b'{"text": "So."}', "“claims” is not a list"),
        (b'{"text": "So.", "claims": [1]}', "“claims[0]” is not an object"),
        (b'{"text": "So.", "claims": [], "said_on": "May"}', "“said_on” is not a date such as"),
        (b'{"text": "So.", "claims": [], "author": 1}', "“author” is not a string"),
        (
            b'{"text": "So.", "claims": [{"quote": "No.", "class": "forecast"}]}',
            "“claims[0].quote” is not in its text: “No.”",
        ),
        (b'{"text": "So.", "claims": [{"quote": "So."}]}', "“claims[0].class” is neither"),
        (
            b'{"text": "So.", "claims": [{"quote": "So.", "class": "forecast", "hedge": 1}]}',
            "“claims[0].hedge” is not a string",
        ),
        (
            b'{"text": "So.", "claims": [{"quote": "So.", "class": "forecast", "conditional": 1}]}',
            "“claims[0].conditional” is neither true nor false",
        ),
    ],
)
def test_bad_line_is_named_with_its_field_and_the_good_ones_are_read(
    line: bytes, problem: str
) -> None:
    good = b'{"text": "So.", "claims": [], "author": "Kim", "said_on": "2026-04-09"}'
    articles, problems = read_gold([good, b"", line, good])

    assert [(one.author, one.said_on) for one in articles] == [("Kim", SAID)] * 2
    assert len(problems) == 1
    assert problems[0].startswith(f"line 3: {problem}")


@pytest.mark.parametrize(("name", "count"), [("gold.jsonl", 112), ("gold_aside.jsonl", 24)])
def test_own_articles_are_all_readable(name: str, count: int) -> None:
    with (HERE / name).open("rb") as lines:
        articles, problems = read_gold(lines)

    assert problems == []
    assert len(articles) == count
