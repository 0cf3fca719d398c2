"""The shipped tables say what was published, and their words stand in order of strength."""

import csv
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from statistics import median, quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.lexicons import (
    ICD_203,
    IPCC,
    KENT,
    LEXICONS,
    NATO,
    PHIA,
    SURVEY_46,
    LexiconTable,
)

type Ranges = dict[str, tuple[Decimal, Decimal]]

# From the weakest; words of one line are not compared.
STRENGTH = [
    ("almost no chance", "remote chance", "exceptionally unlikely"),
    ("extremely unlikely",),
    ("very unlikely", "highly unlikely"),
    ("slight chance", "little chance", "improbable"),
    ("unlikely",),
    ("probably not",),
    ("realistic possibility", "about even", "even chance", "roughly even chance"),
    ("better than even",),
    ("likely", "probable", "probably"),
    ("very good chance",),
    ("very likely", "highly likely"),
    ("extremely likely",),
    ("almost certain", "virtually certain"),
]
WORDS = {word: strength for strength, words in enumerate(STRENGTH) for word in words}
# What the words of the raw answers are called in the tables.
SPELLINGS = {"almost certainly": "almost certain"}


def ranges(table: LexiconTable) -> Ranges:
    """The ranges of a table in percent, by phrase."""
    return {
        phrase: (100 * Decimal(str(low)), 100 * Decimal(str(high)))
        for phrase, low, high in table.entries
    }


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("table", "file", "count"),
    [
        (ICD_203, "yardstick_us_nic.csv", 8),
        (PHIA, "yardstick_uk.csv", 8),
        (NATO, "yardstick_nato.csv", 5),
        (IPCC, "yardstick_ipcc.csv", 9),
    ],
    ids=lambda value: value.slug if isinstance(value, LexiconTable) else None,
)
def test_table_is_as_published(table: LexiconTable, file: str, count: int, shared: Path) -> None:
    published = {
        row["term"].lower(): (Decimal(row["low"]), Decimal(row["high"]))
        for row in rows(shared / "data" / "verbal_probability" / file)
    }

    ours = ranges(table)
    assert len(published) == count
    assert {phrase: ours.get(phrase) for phrase in published} == published


@pytest.mark.parametrize(
    ("table", "file"),
    [
        (ICD_203, "yardstick_us_nic.csv"),
        (PHIA, "yardstick_uk.csv"),
        (NATO, "yardstick_nato.csv"),
        (IPCC, "yardstick_ipcc.csv"),
    ],
    ids=lambda value: value.slug if isinstance(value, LexiconTable) else None,
)
def test_table_has_no_range_that_was_not_published(
    table: LexiconTable, file: str, shared: Path
) -> None:
    published = {
        (Decimal(row["low"]), Decimal(row["high"]))
        for row in rows(shared / "data" / "verbal_probability" / file)
    }

    assert set(ranges(table).values()) == published


def test_survey_of_46_is_the_middle_half_of_its_raw_answers(shared: Path) -> None:
    answers = rows(shared / "data" / "verbal_probability" / "probly.csv")

    ours = ranges(SURVEY_46)
    for heading in answers[0]:
        low, _, high = quantiles(
            (Decimal(row[heading]) for row in answers), n=4, method="inclusive"
        )
        middle = tuple(end.quantize(Decimal(1), ROUND_HALF_UP) for end in (low, high))
        assert ours[SPELLINGS.get(heading.lower(), heading.lower())] == middle, heading
    assert (len(answers), len(answers[0])) == (46, 17)


def test_kents_ranges_are_his_centres_give_or_take() -> None:
    kent = ranges(KENT)

    words = ("remote", "unlikely", "about even", "likely", "almost certain")
    assert [kent[word] for word in words] == [
        (centre - off, centre + off)
        for centre, off in ((7, 5), (30, 10), (50, 10), (75, 12), (93, 6))
    ]


def test_strength_of_words_is_what_5174_people_make_of_them(shared: Path) -> None:
    given_by_people: dict[str, list[float]] = defaultdict(list)
    for row in rows(shared / "data" / "verbal_probability" / "absolute_judgements.csv"):
        given_by_people[row["term"].lower()].append(float(row["probability"]))

    # People read “realistic possibility” as 60%, PHIA as 40 to 50%.
    known = [word for word in WORDS if word in given_by_people and word != "realistic possibility"]
    medians = [median(given_by_people[word]) for word in known]
    assert len(known) == 13
    assert medians == sorted(medians)


@given(st.data())
def test_stronger_word_never_has_a_lower_middle(data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(LEXICONS))
    known = {phrase: low + high for phrase, low, high in table.entries if phrase in WORDS}
    words = st.sampled_from(sorted(known))
    one, other = sorted((data.draw(words), data.draw(words)), key=WORDS.__getitem__)

    assert WORDS[one] == WORDS[other] or known[one] <= known[other]


@pytest.mark.parametrize("table", LEXICONS, ids=lambda table: table.slug)
def test_every_range_is_a_range_of_probability(table: LexiconTable) -> None:
    assert [row for row in table.entries if not 0 <= row[1] <= row[2] <= 1] == []


@pytest.mark.parametrize("table", LEXICONS, ids=lambda table: table.slug)
def test_phrase_stands_once_in_lower_case(table: LexiconTable) -> None:
    phrases = [phrase for phrase, _, _ in table.entries]

    assert phrases == list(dict.fromkeys(phrase.lower().strip() for phrase in phrases))


@pytest.mark.parametrize("table", LEXICONS, ids=lambda table: table.slug)
def test_table_names_its_source(table: LexiconTable) -> None:
    assert len(table.source) > 60
