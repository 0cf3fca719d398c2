"""Odds in figures are read as probabilities, whichever way they are put."""

import pytest

from claims.extraction.odds import stated_odds


@pytest.mark.parametrize(
    ("text", "phrase", "low", "high"),
    [
        ("There is a 40% risk of war.", "40% risk", 0.4, 0.4),
        ("We see less than a 20% chance of war.", "less than a 20% chance", 0.0, 0.2),
        ("There is at least a 70 percent probability of war.", "at least a 70 percent probability", 0.7, 1.0),
        ("It has roughly a one-in-three chance.", "roughly a one-in-three chance", 0.3333, 0.3333),
        ("He put the chances at one in five.", "chances at one in five", 0.2, 0.2),
        ("The chance is no more than one in ten.", "chance is no more than one in ten", 0.1, 0.1),
        ("The probability of a break above 5% is only 10%.", "probability of a break above 5% is only 10%", 0.1, 0.1),
        ("They put the odds of a vote at 3 to 1.", "odds of a vote at 3 to 1", 0.25, 0.25),
        ("There is a two-thirds chance of a cut.", "two-thirds chance", 0.6667, 0.6667),
        ("It has a quarter chance.", "a quarter chance", 0.25, 0.25),
        ("There is a fifty-fifty chance of a cut.", "fifty-fifty chance", 0.5, 0.5),
        ("It is a coin toss.", "coin toss", 0.5, 0.5),
        ("Slow squeeze (probability: 60%).", "probability: 60%", 0.6, 0.6),
    ],
)  # fmt: skip
def test_odds_have_their_range(text: str, phrase: str, low: float, high: float) -> None:
    found = stated_odds(text)

    assert found is not None
    assert (found.phrase, found.low, found.high, found.stated) == (phrase, low, high, True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Prices rose by 40%.",
        "Three in four voted.",
        "A third of voters stayed at home.",
        "It won 3 to 1.",
    ],
)
def test_figures_that_are_no_odds_are_left_alone(text: str) -> None:
    assert stated_odds(text) is None
