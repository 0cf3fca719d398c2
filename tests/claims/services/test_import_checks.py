"""What is said of the rows of a table before anything is stored: every problem, in exact words."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Claim, ClaimImport
from claims.services import load_lexicons
from claims.services.import_checks import judged
from sources.models import ClaimantAlias
from tests.claims.imports import ROW, checked, said
from tests.factories.sources import ClaimantFactory, DocumentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lexicons() -> None:
    load_lexicons()


def words_on(**cells: str) -> list[str]:
    """What is said of one row with these cells."""
    row = {**ROW, **{name.replace("_", " "): cell for name, cell in cells.items()}}
    return said(checked([row]))


def claim_of(**cells: str) -> Claim:
    """The claim that a row with these cells would be."""
    claim_import = checked([{**ROW, **{n.replace("_", " "): cell for n, cell in cells.items()}}])
    assert said(claim_import) == []
    return judged(list(claim_import.rows.all()), by=None)[0].claim


FULL_RANGE = {"low": "60", "high": "80"}
RATE = "a base rate needs its class, its figure and its source"
NOT_HTTP = "is no address such as https://example.org/article"


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"quote": ""}, "row 2, quote: the exact words are missing"),
        ({"claimant": ""}, "row 2, claimant: nobody is named, here or as the speaker"),
        ({"said_on": ""}, "row 2, said on: the day is missing"),
        (
            {"said_on": "yesterday"},
            "row 2, said on: yesterday is not a date; write it like 2024-03-21",
        ),
        ({"due": "2024-13-01"}, "row 2, due: 2024-13-01 is not a date; write it like 2024-03-21"),
        (
            {"due": "2023-03-21"},
            "row 2, due: The due date, 2023-03-21, must come after 2023-03-21, the day it was said",
        ),
        (
            {"due": "2024-03-21", "opens": "2023-03-21"},
            "row 2, due: Give all four dates of the horizon: opens, earliest, due, latest",
        ),
        (
            {
                "due": "2024-03-21",
                "opens": "2023-05-01",
                "earliest": "2024-04-01",
                "latest": "2025-01-01",
            },
            "row 2, due: The dates must run: opens, earliest, due, latest",
        ),
        ({"opens": "2023-03-21"}, "row 2, due: A horizon needs its due date"),
        (
            {"checkpoints": "2023-03-20", "due": "2024-03-21"},
            (
                "row 2, checkpoints: The last checkpoint, 2023-03-20, is the final one: it cannot come "
                "before the due date, 2024-03-21"
            ),
        ),
        (
            {"checkpoints": "2024-03-22", "due": "2024-03-21"},
            "row 2, checkpoints: The checkpoint 2024-03-22 comes after the latest date",
        ),
        (
            {"checkpoints": "2024-03-21, soon", "due": "2024-03-21"},
            "row 2, checkpoints: soon is not a date; write it like 2024-03-21",
        ),
        (
            {"kind": "prophecy"},
            (
                "row 2, kind: prophecy is none of event, quantity, continuing, conditional, comparison, "
                "assessment"
            ),
        ),
        ({"stake": "9"}, "row 2, stake: 9 is none of 1, 2, 3"),
        ({"judged": "x"}, "row 2, judged: x is none of at the due date, throughout"),
        (
            {"topics": "x" * 61},
            f"row 2, topics: {'x' * 40}… is longer than 60 characters",
        ),
        (
            {"low": "80", "high": "60"},
            "row 2, low: The probability range is upside down: its low end is above its high",
        ),
        ({"low": "60"}, "row 2, low: Give both ends of the probability range, or neither"),
        ({"low": "60", "high": "160"}, "row 2, high: 160 is more than 100%"),
        (
            {"low": "1", "high": "2"},
            "row 2, low: 1 may be 1% or a share of 100%; write it with its sign, in a spreadsheet as text",
        ),
        (
            {"hedge": "likely", "probability_from": "lexicon", **FULL_RANGE},
            (
                "row 2, low: By ICD 203 (v1), “likely” is 55% to 80%. To give another range, say that the "
                "author declared it"
            ),
        ),
        (
            {"probability_from": "imputed", **FULL_RANGE},
            (
                "row 2, probability from: nobody here has read this claim, so its range can not be one "
                "that was read; leave it empty, or say that the author declared it"
            ),
        ),
        (
            {"probability_from": "gut"},
            "row 2, probability from: gut is none of lexicon, declared, none",
        ),
        ({"lexicon": "Kent (v9)"}, "row 2, lexicon: “Kent (v9)” is none of the lexicons here"),
        ({"base_rate": "60"}, f"row 2, reference class: {RATE}"),
        ({"reference_class": "x", "base_rate_source": "y"}, f"row 2, base rate: {RATE}"),
        ({"reference_class": "x", "base_rate": "60"}, f"row 2, base rate source: {RATE}"),
        (
            {"reference_class": "x", "base_rate": "many", "base_rate_source": "y"},
            "row 2, base rate: many is not a percentage; write it like 55 or 55%",
        ),
        (
            {"held_if": "It grows.", "failed_if": "It grows."},
            "row 2, failed if: What would count as held and as failed cannot be the same",
        ),
        (
            {"hedge": "x" * 101},
            "row 2, hedge: Ensure this value has at most 100 characters (it has 101)",
        ),
        (
            {"speaker": "x" * 201},
            "row 2, speaker: Ensure this value has at most 200 characters (it has 201)",
        ),
        *(
            (
                {column: "长" * 10_001},
                (
                    f"row 2, {column.replace('_', ' ')}: Ensure this value has at most 10000 characters "
                    "(it has 10001)"
                ),
            )
            for column in ("statement", "held_if", "failed_if")
        ),
        (
            {"reference_class": "x" * 501, "base_rate": "60", "base_rate_source": "y"},
            "row 2, reference class: The reference class is longer than 500 characters",
        ),
        (
            {"reference_class": "x", "base_rate": "60", "base_rate_source": "y" * 501},
            "row 2, reference class: The source of a base rate is longer than 500 characters",
        ),
        (
            {"reference_class": "长" * 500, "base_rate": "60", "base_rate_source": "长" * 400},
            (
                "row 2, reference class: The reference class and its source are too long together. "
                "Shorten one"
            ),
        ),
        ({"claimant": "x" * 201}, "row 2, claimant: is longer than 200 characters"),
        ({"author": "x" * 301}, "row 2, document author: is longer than 300 characters"),
        ({"publisher": "x" * 201}, "row 2, publisher: is longer than 200 characters"),
        ({"url": "javascript:alert(1)"}, f"row 2, address: javascript:alert(1) {NOT_HTTP}"),
        ({"url": "http://[broken"}, f"row 2, address: http://[broken {NOT_HTTP}"),
        (
            {"published_on": "1.4.2024"},
            "row 2, published on: 1.4.2024 is not a date; write it like 2024-03-21",
        ),
    ],
)
def test_problem_is_named_by_row_and_column(cells: dict[str, str], words: str) -> None:
    assert words_on(**cells) == [words]


def test_every_problem_of_a_row_is_named_in_the_order_of_the_columns() -> None:
    found = words_on(quote="", said_on="x", kind="y", low="80", high="z", due="2020-01-01")

    assert [one.partition(":")[0] for one in found] == [
        "row 2, quote",
        "row 2, said on",
        "row 2, kind",
        "row 2, high",
    ]


def test_row_with_more_cells_than_the_header_is_named() -> None:
    data = b"quote,claimant,said on\na,b,2024-01-01,left over\na,b,2024-01-01,,\n"

    assert said(checked(data)) == ["row 2: has 4 cells where the header names 3"]


def test_least_that_a_row_may_say() -> None:
    claim = claim_of()

    assert (claim.statement, claim.kind, claim.said_on) == (
        ROW["quote"],
        "event",
        date(2023, 3, 21),
    )
    assert (claim.stake, claim.judged, claim.due_on, claim.probability_low) == (
        2,
        "at_due",
        None,
        None,
    )


def test_due_date_alone_is_the_whole_horizon() -> None:
    claim = claim_of(due="2024-03-21")

    assert (claim.opens_on, claim.due_earliest, claim.due_on, claim.due_latest) == (
        date(2023, 3, 21),
        *[date(2024, 3, 21)] * 3,
    )


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"hedge": "Likely"}, ("lexicon", "0.55", "0.80", "ICD 203 (v1)")),
        ({"hedge": "likely", "kind": "assessment"}, ("", None, None, None)),
        ({"hedge": "likely", "probability_from": "none"}, ("", None, None, None)),
        ({"hedge": "likely", **FULL_RANGE}, ("", "0.60", "0.80", None)),
        (
            {"hedge": "likely", "probability_from": "declared", **FULL_RANGE},
            ("declared", "0.60", "0.80", None),
        ),
        (
            {"hedge": "not likely", "probability_from": "lexicon", "low": "20", "high": "45"},
            ("lexicon", "0.20", "0.45", None),
        ),
        (
            {
                "hedge": "not likely",
                "probability_from": "lexicon",
                "low": "20",
                "high": "45",
                "lexicon": "ICD 203 (v1)",
            },
            ("lexicon", "0.20", "0.45", "ICD 203 (v1)"),
        ),
        ({"hedge": "perhaps, who knows"}, ("", None, None, None)),
    ],
)
def test_hedge_gives_the_range_as_on_the_form(
    cells: dict[str, str], expected: tuple[str | None, ...]
) -> None:
    claim = claim_of(**cells)

    source, low, high, lexicon = expected
    assert (claim.probability_source, claim.probability_low, claim.probability_high) == (
        source,
        low and Decimal(low),
        high and Decimal(high),
    )
    assert (str(claim.lexicon) if claim.lexicon else None) == lexicon


def test_claimant_is_found_by_name_or_alias_and_a_name_goes_first() -> None:
    orlov, other = ClaimantFactory(name="Ilya Orlov"), ClaimantFactory(name="Orlov")
    ClaimantAlias.objects.create(claimant=orlov, name="I. Orlov")
    ClaimantAlias.objects.create(claimant=orlov, name="orlov")

    assert claim_of(claimant="i.  ORLOV").claimant == orlov
    assert claim_of(claimant="orlov").claimant == other
    assert claim_of(claimant="", speaker="Ilya Orlov").claimant == orlov
    assert claim_of(claimant="Somebody").claimant is None


def queries_of_check(rows: int) -> int:
    DocumentFactory(text=f"{ROW['quote']} {rows}", title="Letter 0")
    with CaptureQueriesContext(connection) as queries:
        claim_import = checked(
            [
                {
                    **ROW,
                    "quote": f"Trade {number} will likely grow.",
                    "claimant": f"Person {number}",
                    "title": f"Letter {number}",
                    "url": f"https://ports.example/{number}",
                    "hedge": "likely",
                    "due": "2024-03-21",
                }
                for number in range(rows)
            ]
        )
    assert said(claim_import) == []
    return len(queries)


def test_check_asks_no_more_for_many_rows_than_for_one() -> None:
    assert queries_of_check(1) == queries_of_check(30) == queries_of_check(200)


def test_twenty_thousand_rows_are_checked_within_bounded_queries() -> None:
    lines = b"".join(
        b"Lot %d will likely be sold.,Person %d,2024-03-21,2025-03-21\n" % (number, number % 300)
        for number in range(20_000)
    )
    with CaptureQueriesContext(connection) as queries:
        claim_import = checked(b"quote,claimant,said on,due\n" + lines)

    assert (claim_import.status, claim_import.sound_count) == (
        ClaimImport.Status.CHECKED,
        20_000,
    )
    # A batch of 200 rows takes so many.
    assert len(queries) < 100 * 16
