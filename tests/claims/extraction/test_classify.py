"""One sentence at a time: a forecast, an assessment, or nothing to register."""

import pytest

from claims.extraction.types import HedgeRange
from tests.claims.extraction.reading import read


@pytest.mark.parametrize(
    "sentence",
    [
        "Turkey is poised to sign by 2027.",
        "Diaz predicts a recession in 2027.",
        "The Fund projects inflation to slow to 3% by 2027.",
        "There is a real risk that the truce collapses.",
        "There is little chance of a deal before the summit.",
        "A breakthrough appears improbable.",
        "Two countries are on course for a treaty.",
        "Expect the yuan to weaken further.",
        "Odds of a default stand at 30%.",
        "He sees trade doubling by 2030.",
        "The war could spill over.",
        "Prospects for peace remain dim.",
        "The coming years promise closer ties.",
        '"I don\'t expect any change," Diaz said.',
        "A second term would bring tariffs, Diaz warned.",
        "Neither side is likely to yield.",
        "A strike is not expected before the summer.",
        "A verdict is expected in June.",
        "A default is not excluded in the coming years.",
        "A truce is less and less probable.",
        "A truce is less likely than before.",
        "It is quite possible that the bill fails.",
        "A cut in June seems a safe bet.",
        "A cut in June is anything but certain.",
        "It remains doubtful whether the pact will hold.",
        "It is a coin toss whether the pact will hold.",
        "The danger of a coup is real.",
        "I would bet on a Labour win in May.",
        "Nobody expects the Fed to cut in June.",
        "My guess is that Labour wins in May.",
        "I suspect Labour wins in May.",
        "Diaz sees the euro at 1.20 by December.",
        "Diaz sees unemployment above 5% by the end of 2027.",
        "The bank should cut rates twice next year.",
        "The bank should cut rates twice next year, Diaz says.",
        "Prices should double by 2030.",
        "We should know by June.",
    ],
)
def test_sentence_about_what_is_to_come_is_a_forecast(sentence: str) -> None:
    assert [one.class_ for one in read(sentence)] == ["forecast"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Diaz argues that fear drives the alliance.",
        "The visit is widely seen as a signal.",
        "Sanctions have strengthened the axis, Diaz contends.",
        "According to Diaz, China is closer to Russia than to Europe.",
        "Diaz describes the relationship as stable.",
        "In Diaz’s view, trust is the basis of the pact.",
        "Military ties have deepened, experts note.",
        "The pact rests on mutual respect, Diaz says.",
        "My guess is that she is right.",
        "Diaz argues that the bank should cut rates next year.",
    ],
)
def test_sentence_that_judges_what_is_is_an_assessment(sentence: str) -> None:
    assert [one.class_ for one in read(sentence)] == ["assessment"]


@pytest.mark.parametrize(
    ("sentence", "hedge"),
    [
        ("Diaz doubts that the pact will hold.", "doubts"),
        ("Diaz does not think that the pact will hold.", "does not think"),
        ("Diaz hopes that the pact will hold.", "hopes"),
    ],
)
def test_who_doubts_or_hopes_gives_no_number(sentence: str, hedge: str) -> None:
    (only,) = read(sentence)

    assert only.hedge == HedgeRange(hedge, None, None)


@pytest.mark.parametrize("verb", ["doubts that", "does not think that", "denies that"])
def test_denial_stays_in_the_statement(verb: str) -> None:
    (only,) = read(f"Diaz {verb} the pact will hold.")

    assert only.statement == f"Diaz {verb} the pact will hold."


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \r\n\t",
        "…",
        "?!",
        "Will rates fall?",
        "Rates will fall in 2027\n\nThe bank met.",
        "This article will examine the figures.",
        "Attribution: Ferro, an economist.",
        "The chips were likely made in 2024.",
        "Rates were expected and fell.",
        "They are alliances that could constrain the state.",
        "Rates could not be changed.",
        "He would have stayed.",
        "The pact can be signed here.",
        "Had rates risen, shares would not be so high.",
        "In a poll of likely voters, most were content.",
        "It remains to be seen whether the deal will hold.",
        "Sign up and you will receive our letter.",
        "The government should act next year.",
        "The government should double its aid by 2030.",
        "The bank should cut rates next year to avoid a slump.",
        "You should be at home by Christmas.",
        "Whether the deal will hold is unclear.",
        "It is not clear what will happen.",
        "It is unclear whether a deal is likely.",
        "A verdict was expected in June.",
    ],
)
def test_nothing_is_proposed_where_nothing_is_claimed(text: str) -> None:
    assert read(text) == []
