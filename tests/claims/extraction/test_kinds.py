"""The kind of a forecast decides how it will be judged; its condition is kept apart."""

import pytest

from claims.extraction.kinds import condition_of, kind_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The minister will resign.", "event"),
        ("The plant will open on 12 June 2028.", "event"),
        ("Inflation will fall to 2% by May.", "quantity"),
        ("Oil will average $80 a barrel.", "quantity"),
        ("The party will lose at least ten seats, 12 of them in towns.", "quantity"),
        ("Demand will double.", "quantity"),
        ("Exports will grow faster than imports.", "comparison"),
        ("The pact will remain in force.", "continuing"),
        ("Trade will continue.", "continuing"),
        ("A treaty remains unlikely.", "continuing"),
        ("If rates fall, shares will rise to 100.", "conditional"),
        ("Unless taxes rise, the pact will remain.", "conditional"),
    ],
)
def test_kind_of_a_forecast(text: str, kind: str) -> None:
    assert kind_of(text, "forecast") == kind


def test_assessment_is_its_own_kind() -> None:
    assert kind_of("If rates fall, shares rise to 100.", "assessment") == "assessment"


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("If rates fall, shares will rise.", "If rates fall"),
        ("Shares will rise if rates fall.", "if rates fall"),
        ("Shares will rise, unless rates rise too.", "unless rates rise too"),
        ("As long as both stay, the pact will hold.", "As long as both stay"),
        ("Should rates fall, shares will rise.", "Should rates fall"),
        ("Provided that rates fall, shares will rise.", "Provided that rates fall"),
        ("If food, fuel and rents rise, the bank will act.", "If food, fuel and rents rise"),
    ],
)
def test_condition_is_kept_with_its_conjunction(text: str, condition: str) -> None:
    assert condition_of(text) == condition


@pytest.mark.parametrize(
    "text",
    ["", "Rates will fall.", "Even if rates fall, he will stay.", "It will look as if he won."],
)
def test_no_condition_is_found_where_none_is_made(text: str) -> None:
    assert condition_of(text) == ""
