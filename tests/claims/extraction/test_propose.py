"""From text to proposals: what is claimed, by whom, how surely, by when, and where it stands."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction.lexicons import ICD_203
from claims.extraction.propose import propose
from tests.claims.extraction import articles
from tests.claims.extraction.reading import SAID, read


def gist(text: str, author: str = "") -> list[tuple[str, str, str, str]]:
    """Class, kind, speaker and statement of each."""
    return [(one.class_, one.kind, one.speaker, one.statement) for one in read(text, author)]


def test_news_report_that_predicts_nothing_has_no_claims() -> None:
    assert read(articles.NEWS) == []


def test_central_bank_article() -> None:
    assert gist(articles.CENTRAL_BANK) == [
        ("forecast", "event", "Anna Roth", "The bank will cut rates before September 2026."),
        (
            "forecast",
            "quantity",
            "Anna Roth",
            "Services inflation is very likely to stay above 4% this year.",
        ),
        ("forecast", "continuing", "Anna Roth", "That will keep the committee cautious."),
        ("forecast", "event", "Tomas Lind", "He does not expect a recession."),
        ("forecast", "quantity", "The finance ministry", "Growth will reach 1.8% in 2027."),
        (
            "forecast",
            "event",
            "Analysts at Norden Bank",
            "Analysts at Norden Bank see a 60% chance of a cut by June 2026.",
        ),
    ]


def test_hedges_and_dates_of_the_central_bank_article() -> None:
    assert [
        (one.hedge and (one.hedge.low, one.hedge.high), one.horizon and one.horizon.due)
        for one in read(articles.CENTRAL_BANK)
    ] == [
        ((0.95, 0.99), date(2026, 8, 31)),
        ((0.80, 0.95), date(2026, 12, 31)),
        ((0.95, 0.99), None),
        ((None, None), None),
        ((0.95, 0.99), date(2027, 12, 31)),
        ((0.60, 0.60), date(2026, 6, 30)),
    ]


def test_election_article() -> None:
    assert gist(articles.ELECTION) == [
        (
            "forecast",
            "event",
            "Peter Hallam",
            articles.ELECTION.partition(", said")[0] + ".",
        ),
        (
            "forecast",
            "conditional",
            "Peter Hallam",
            "If turnout falls below 60%, the Liberals will lose at least ten seats.",
        ),
        (
            "assessment",
            "assessment",
            "Peter Hallam",
            "The party has lost its base because it ignored the small towns.",
        ),
        ("assessment", "assessment", "Maria Dosta", "The polls understate the Greens."),
        ("forecast", "quantity", "Maria Dosta", "The Greens may well double their share."),
    ]
    assert read(articles.ELECTION)[1].condition == "If turnout falls below 60%"


def test_technology_article() -> None:
    assert gist(articles.TECHNOLOGY) == [
        (
            "forecast",
            "event",
            "The firm",
            "Its factory in Dresden will open in the first quarter of 2028.",
        ),
        ("forecast", "event", "Ines Vega", "Without cooling, it probably won’t work."),
        ("forecast", "event", "", "Rivals are expected to follow in the coming months."),
    ]


def test_column_is_its_author_s() -> None:
    assert gist(articles.COLUMN, author="Jo Lind") == [
        ("forecast", "event", "Jo Lind", "Prices will fall over the next two years."),
        (
            "assessment",
            "assessment",
            "Jo Lind",
            "The market is driven by fear rather than by wages.",
        ),
        ("forecast", "event", "Jo Lind", "The council's plan could help."),
        ("forecast", "event", "Jo Lind", "It is almost certain to be late."),
    ]


def test_account_of_an_argument_is_that_of_the_person_it_names() -> None:
    assert gist(articles.ACCOUNT, author="Desk") == [
        (
            "forecast",
            "conditional",
            "Ferro",
            "As long as the two ministers stay in office, the pact will hold.",
        ),
        ("assessment", "assessment", "Ferro", "Trust between them drives the talks."),
        ("assessment", "assessment", "Ferro", "Their meetings have become longer."),
        ("assessment", "assessment", "Ferro", "Both sides are drawing closer."),
        ("forecast", "event", "Ferro", "A treaty is very unlikely."),
        ("forecast", "event", "Ferro", "The direction of policy points toward shared rules."),
        (
            "forecast",
            "continuing",
            "Ferro",
            "Long-term prospects point to steady trade between the ports.",
        ),
    ]


def test_two_forecasts_of_one_sentence_are_two_proposals_with_a_quote_each() -> None:
    first, second = read("Rates will fall in 2027, but prices are likely to rise.")

    assert (first.quote, second.quote) == (
        "Rates will fall in 2027",
        "prices are likely to rise.",
    )
    assert second.hedge is not None
    assert second.hedge.phrase == "likely"
    assert second.horizon is None


def test_one_forecast_of_a_sentence_quotes_all_of_it() -> None:
    (only,) = read("Rates fell in March, but they will rise in 2027.")

    assert only.quote == "Rates fell in March, but they will rise in 2027."
    assert only.statement == "They will rise in 2027."


def test_statement_is_tidy_where_an_attribution_was_taken_out() -> None:
    statements = [
        read(text)[0].statement
        for text in (
            "“Rates will fall, and soon,” he added.",
            "Rates, Roth argues, will fall by May.",
            "The bank said that, in time, rates will fall.",
            "But Roth thinks that rates will fall.",
        )
    ]

    assert statements == [
        "Rates will fall, and soon.",
        "Rates will fall by May.",
        "In time, rates will fall.",
        "Rates will fall.",
    ]


def test_date_of_the_condition_is_not_that_of_the_outcome() -> None:
    (only,) = read("If Diaz wins in November, taxes will rise by 2028.")

    assert only.condition == "If Diaz wins in November"
    assert only.horizon is not None
    assert only.horizon.text == "by 2028"


def test_dated_and_measurable_claims_come_first() -> None:
    found = propose(articles.CENTRAL_BANK, lexicon=ICD_203.entries, said_on=SAID)

    assert [one.rank for one in found] == sorted((one.rank for one in found), reverse=True)
    assert found[0].statement == "Services inflation is very likely to stay above 4% this year."


def test_reading_twice_proposes_the_same() -> None:
    for text in articles.ALL:
        assert read(text) == read(text)


def test_line_ends_of_windows_change_nothing_but_the_places() -> None:
    for text in articles.ALL:
        assert gist(text.replace("\n", "\r\n")) == gist(text)


@pytest.mark.parametrize(
    "text",
    [
        "Prices\u00a0will\u2009fall by\u00a02028.",
        "\ufeffPrices will fall by 2028.",
        "Prices will \U0001f4c9 fall by 2028.",
        "Prices will fall\u200b by 2028.",
        "Prices \ud800 will fall by 2028.",
        "Les prix — Zoë Müller says — will fall by 2028.",
    ],
)
def test_odd_characters_leave_the_quote_in_its_place(text: str) -> None:
    (only,) = read(text)

    assert text[only.start : only.end] == only.quote
    assert only.class_ == "forecast"


words = st.sampled_from(
    [
        *("Roth", "Anna Roth", "he", "said", "argues", "that", "will", "won’t", "likely", "not"),
        *("“", "”", '"', ",", ".", "?", ";", ":", "\n", "\r\n", "while", "if", "as long as", "and"),
        *("prices", "fall", "by 2028", "in the coming years", "60%", "chance", "The report", "Dr."),
        *("according to", "in his view", "\u2028", "\ud800", "’", "()", "by the end of"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.text() | st.lists(words, max_size=40).map(" ".join))
def test_every_quote_of_any_text_stands_exactly_at_its_place(text: str) -> None:
    for one in read(text):
        assert text[one.start : one.end] == one.quote != ""
        assert one.statement
        assert 0 <= one.rank <= 1
        assert one.horizon is None or (
            one.horizon.opens_on <= one.horizon.earliest <= one.horizon.due <= one.horizon.latest
        )


@pytest.mark.parametrize(
    "text",
    [
        " ".join([articles.CENTRAL_BANK.replace("\n", " ")] * 1_500),
        "word " * 200_000,
        "Word " * 200_000,
        "“" * 200_000,
        "will, " * 200_000,
        ("a" * 1_400 + ".\n") * 200,
        ("The analysts " * 100 + ".\n") * 200,
        ("1 to 2 " * 180 + ".\n") * 200,
        ("A" * 1_400 + "\n") * 200,
        ("Anna Roth, who ran it, " * 60 + "said so.\n") * 200,
        ("In Berlin " * 140 + "Roth said.\n") * 200,
        "‘a’b " * 60_000,
        "A-" * 100_000,
        "Anna-" * 60_000,
        "ROTH: It will fall.\n" * 12_000,
        " ".join(
            f"Mr Ada Nx{number} left. She said the minister will go." for number in range(4_000)
        ),
        " ".join(
            f"The Alpha{number} Bank met. The bank says it will end." for number in range(4_000)
        ),
    ],
    ids=[
        *("article", "word", "name", "quotation", "comma", "letters", "group", "figures"),
        *("capitals", "apposition", "place", "marks", "hyphens", "names"),
        *("transcript", "people", "bodies"),
    ],
)
def test_very_long_text_is_read_in_seconds(text: str) -> None:
    start = time.perf_counter()

    read(text)

    # Measured at one to six seconds; a quadratic step would take minutes.
    assert time.perf_counter() - start < 30
