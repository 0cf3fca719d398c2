"""A claim that names nobody is read with the beginning of its article; one that names somebody is not."""

from datetime import date

import numpy as np
import pytest

from claims.matching import Index, Item, Target
from claims.matching.features import claim_vectors
from claims.matching.types import LONGEST_SETTING

DAY = date(2024, 1, 12)
VAGUE = "The trajectory of cooperation is moving toward greater convergence in core areas."
NAMED = "Ties of Kazakhstan with Zaporizhzhia and Dushanbe grow closer in core areas."
GRAIN = "Ports on the southern coast load more wheat and barley each month. "


def target(number: int, text: str, setting: str = "") -> Target:
    return Target(number, text, text, setting=setting)


def test_event_of_what_the_article_is_about_comes_nearer_to_a_claim_that_names_nobody() -> None:
    index = Index.build([target(1, VAGUE), target(2, VAGUE, GRAIN), target(3, VAGUE, "Football.")])

    found = index.nearest([Item(1, "Wheat is loaded at the southern port", "", DAY)])[0]

    assert [one for one, _ in found] == [2, 1, 3]


def test_claim_that_names_somebody_stands_by_itself() -> None:
    alone, beside = claim_vectors([target(1, NAMED), target(2, NAMED, GRAIN)])

    assert beside == pytest.approx(alone, abs=1e-6)


def test_setting_moves_a_claim_and_keeps_its_length() -> None:
    alone, beside, (setting,) = (
        *claim_vectors([target(1, VAGUE), target(2, VAGUE, GRAIN)]),
        claim_vectors([target(3, GRAIN)]),
    )

    assert np.linalg.norm(beside) == pytest.approx(1, abs=1e-6)
    assert alone @ setting < beside @ setting < 1


@pytest.mark.parametrize("text", ["", "…", "普京和习近平在北京会晤讨论天然气管道"])
def test_claim_without_a_meaning_takes_none_from_its_setting(text: str) -> None:
    assert not claim_vectors([target(1, text, GRAIN)]).any()


def test_what_stands_far_from_the_beginning_does_not_count() -> None:
    begin = (GRAIN * 10)[:LONGEST_SETTING]

    short, long = claim_vectors([target(1, VAGUE, begin), target(2, VAGUE, begin + "Football.")])

    assert (short == long).all()


def test_claim_of_another_setting_takes_the_place_of_the_former() -> None:
    index = Index.build([target(1, VAGUE)])

    index.update([target(1, VAGUE, GRAIN)])

    assert index.targets == [target(1, VAGUE, GRAIN)]
