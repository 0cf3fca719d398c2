"""What others are said to expect, in the tense and with the verb in which a text tells it."""

import pytest

from tests.claims.extraction.reading import read


@pytest.mark.parametrize(
    ("text", "hedge", "unhedged"),
    [
        ("Roth said prices would fall in 2027.", "would", True),
        ("Roth said prices would probably fall in 2027.", "probably", False),
        ("Every village would have power by 2029, Roth said.", "would", True),
        ("Roth said a break was improbable without an accident.", "improbable", False),
        ("The bank forecasts growth of 2% in 2027.", "forecasts", False),
        ("We project two cuts in 2027.", "project", False),
        ("Ada Diaz predicted another one-year extension.", "predicted", False),
        ("The board now sees growth of 3.1 per cent in 2027.", "sees", False),
        ("The union predicts that prices will fall.", "will", True),
        ("A diplomat said he expected the truce to collapse.", "expected", False),
        ("If a deal looks likely, the bank will cut rates.", "will", True),
    ],
)
def test_forecast_has_the_hedge_that_the_text_uses(text: str, hedge: str, unhedged: bool) -> None:
    (found,) = read(text)

    assert found.class_ == "forecast"
    assert found.hedge is not None
    assert (found.hedge.phrase, found.hedge.unhedged) == (hedge, unhedged)


@pytest.mark.parametrize(
    "text",
    [
        "Rates can be cut by the summer.",
        "It is hard to imagine the town being an exception.",
        "A recession cannot be ruled out.",
        "The chances of a deal before June are slim.",
        "A cut looks increasingly likely this autumn.",
        "I would be surprised if he lasted until May.",
        "The home should be ready within six weeks.",
        "We expect two cuts.",
        "There is every chance that the minister resigns.",
    ],
)
def test_statement_that_looks_ahead_without_will_is_a_forecast(text: str) -> None:
    assert [one.class_ for one in read(text)] == ["forecast"]


@pytest.mark.parametrize(
    "text",
    [
        "Sodium cells are getting better faster than anyone expected.",
        "The fall is due to weak demand.",
        "The question is who will still be here.",
        "By the autumn we shall know.",
        "None of this means that she will lose.",
        "I do not think it has lost its nerve.",
    ],
)
def test_statement_that_predicts_nothing_is_no_forecast(text: str) -> None:
    assert [one for one in read(text) if one.class_ == "forecast"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Orders are weak because memory makers have stopped building.",
        "The French budget is the main risk.",
        "Holm attributes the decline to the collapse of the party.",
        "The bank says the slowdown is driven by weak exports.",
        "In our view, supply is not the main driver of prices.",
    ],
)
def test_reason_or_weight_that_is_given_is_an_assessment(text: str) -> None:
    assert [one.class_ for one in read(text)] == ["assessment"]


def test_claim_right_behind_somebody_s_words_goes_on_with_them() -> None:
    text = "Salmon could follow, Hugo Stein says. Eels will probably not."

    assert [one.speaker for one in read(text)] == ["Hugo Stein"] * 2
    assert [one.speaker for one in read(text, author="Jo Lind")] == ["Hugo Stein", "Jo Lind"]


def test_what_others_expect_goes_on_with_nobody_s_words() -> None:
    text = "Salmon could follow, Hugo Stein says. The river is expected to freeze."

    assert [one.speaker for one in read(text)] == ["Hugo Stein", ""]


def test_two_speakers_of_one_sentence_have_a_claim_each() -> None:
    text = "Rick Dolan said the bill will fail, but one aide said that it will pass."

    assert [one.speaker for one in read(text)] == ["Rick Dolan", "One aide"]
