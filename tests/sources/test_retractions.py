"""Heads by which a newsroom takes a story back or corrects it."""

import pytest

from sources.retractions import Told, told_by


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Retraction: Ports open in March", Told(True, "Ports open in March")),
        ("RETRACTED ARTICLE: On trade", Told(True, "On trade")),
        ("Notice of retraction: On trade", Told(True, "On trade")),
        ("Correction: Ports open in March", Told(False, "Ports open in March")),
        ("Correction (March 3): Ports", Told(False, "Ports")),
        ("CORRECTED-Oil falls 2 percent", Told(False, "Oil falls 2 percent")),
        ("UPDATE 2-CORRECTED-Oil falls", Told(False, "Oil falls")),
        ("Correction to our story “Ports open”", Told(False, "Ports open")),
        ("Editor's note: Ports open", Told(False, "Ports open")),
        ("Editors’ Note: Ports open", Told(False, "Ports open")),
        ("Erratum: On trade", Told(False, "On trade")),
        ("Berichtigung: Häfen offen", Told(False, "Häfen offen")),
    ],
)
def test_head_is_read_with_the_story_it_names(title: str, told: Told) -> None:
    assert told_by(title) == told


@pytest.mark.parametrize(
    "title",
    [
        "Correction or crash? Stocks fall again",
        "Correction – or worse – ahead, analysts say",
        "Corrections officers strike in three states",
        "Correct answers to last week's quiz",
        "Minister demands retraction: spokesman",
        "Retraction of troops begins",
        "Editor in chief resigns",
        "The newspaper issued a correction: ports are open",
        "",
    ],
)
def test_other_titles_tell_nothing(title: str) -> None:
    assert told_by(title) is None
