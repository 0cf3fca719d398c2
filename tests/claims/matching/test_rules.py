"""What analysts add to a claim: words that bar it, let it in or raise it, names, languages."""

from datetime import date, timedelta
from typing import Any

import pytest

from claims.matching import Index, Item, Target

DAY = date(2024, 1, 12)
GAS = "Gas deliveries through the northern pipeline will rise."
NO_BOUND = -1.0


def item(title: str, language: str = "en") -> Item:
    return Item(1, title, "", DAY, language)


def scores(title: str, language: str = "en", **rules: Any) -> dict[int, float]:
    """Scores of a claim with rules (2) beside one of the same words without (1)."""
    index = Index.build([Target(1, "1", GAS), Target(2, "2", GAS, **rules)])
    found = index.rank([item(title, language)], threshold=NO_BOUND)
    return {one.target_id: one.score for one in found}


@pytest.mark.parametrize(
    ("title", "rules", "taken"),
    [
        ("Gas pipelines deliver more", {"must": ("pipeline",)}, True),
        ("Gas ships deliver more", {"must": ("pipeline",)}, False),
        ("Gas ships deliver more", {"must": ("gas", "pipeline")}, False),
        ("The central bank met", {"must": ("central bank",)}, True),
        ("The bank is central", {"must": ("central bank",)}, False),
        ("Gas ships deliver more", {"must": ("",)}, True),
        ("Gas pipeline explodes", {"never": ("explode",)}, False),
        ("Gas pipeline works", {"never": ("explode",)}, True),
        ("The central bank met", {"never": ("bank central",)}, True),
        ("The central bank met", {"never": ("central bank", "gas")}, False),
        ("Beijing buys gas", {"must": ("China",), "aliases": (("China", "Beijing"),)}, True),
        ("Delhi buys gas", {"must": ("China",), "aliases": (("China", "Beijing"),)}, False),
    ],
)
def test_must_and_never_bar_the_claim(title: str, rules: dict[str, Any], *, taken: bool) -> None:
    found = scores(title, **rules)

    assert set(found) == ({1, 2} if taken else {1})
    if taken:
        assert found[1] == found[2]


def test_more_of_what_should_be_there_raises_the_claim() -> None:
    wished = {"should": ("northern gas", "Tuesday")}

    none, one, both = (
        scores(title, **wished)
        for title in ("Gas flows", "Northern gas flows", "Northern gas flows on Tuesday")
    )

    assert none[1] == none[2]
    assert one[1] < one[2]
    assert one[2] - one[1] < both[2] - both[1]


def test_other_name_counts_as_the_name() -> None:
    claim = "Russia and China sign a contract."
    index = Index.build(
        [Target(1, "1", claim), Target(2, "2", claim, aliases=(("China", "Middle Kingdom"),))]
    )

    found = index.rank([item("The Middle Kingdom signs")], threshold=NO_BOUND)
    named = index.rank([item("China of the Middle Kingdom signs")], threshold=NO_BOUND)

    assert [one.target_id for one in found] == [2, 1]
    assert found[0].score > found[1].score
    assert named[0].score == named[1].score


@pytest.mark.parametrize(
    ("language", "taken"), [("pl", True), ("PL-pl", True), ("en-US", False), ("", True)]
)
def test_claim_of_some_languages_takes_events_in_them(language: str, *, taken: bool) -> None:
    found = scores("Gas pipelines", language, languages=frozenset({"pl", "de"}))

    assert (2 in found) == taken


def test_rule_finds_a_claim_that_no_word_or_meaning_brings_near() -> None:
    others = [Target(number, str(number), f"Gas pipeline {number} opens") for number in range(300)]
    ruled = Target(1000, "r", "The orchestra tours.", must=("Gas",), should=("pipeline",))
    index = Index.build([*others, ruled])

    found = index.rank([item("Gas pipeline opens")], threshold=NO_BOUND, top=400)

    assert 1000 in {one.target_id for one in found}


def test_rules_let_nothing_in_outside_the_window() -> None:
    late = Target(1, "1", GAS, opens_on=DAY + timedelta(1), must=("gas",), should=("gas",))

    assert Index.build([late]).rank([item("Gas")], threshold=NO_BOUND) == []


@pytest.mark.parametrize(
    "title",
    [
        "普京和习近平在北京会晤讨论天然气管道",
        "بوتين وشي يلتقيان في بكين",
        "Przelotny deszcz i możliwe burze to nie wszystko",
    ],
)
def test_event_of_a_language_that_the_vectors_do_not_know_suggests_nothing(title: str) -> None:
    claims = [
        Target(1, "1", "Gas deliveries through the northern pipeline will rise."),
        Target(2, "2", "普京将继续执政。"),
        Target(3, "3", "Rząd podniesie podatki w przyszłym roku."),
    ]

    assert Index.build(claims).rank([item(title, "")]) == []
