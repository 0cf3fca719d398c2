"""Who has the turn in a transcript, and who wrote a text."""

import pytest

from claims.extraction.authors import stated_author
from claims.extraction.sentences import sentences
from claims.extraction.speakers import voices


def speakers(text: str, author: str = "") -> list[str]:
    return [voice.speaker for voice in voices(text, sentences(text), author)]


def author_of(text: str) -> str:
    return stated_author(text, sentences(text))


def test_turn_lasts_until_the_next_label() -> None:
    text = (
        "MODERATOR: With me is Professor Helen Achter.\n\nACHTER: It won’t hold. It will fall.\n\n"
        "GEN. SOW: I think it will hold. We are ready."
    )

    assert speakers(text) == ["Moderator"] + ["Helen Achter"] * 2 + ["Sow"] * 2


def test_answers_are_those_of_the_person_introduced() -> None:
    text = (
        "Professor Ines Vega runs a lab at the University of Port Maren.\n\nQ: Will it hold?\n\n"
        "A: Probably. It will be close.\n\nQ: And then?\n\nA: It may end."
    )

    assert [one for one in speakers(text) if one != "Q"][1:] == ["Ines Vega"] * 3


def test_name_that_comes_again_before_a_colon_has_the_turn() -> None:
    text = "Interviewer: And oil?\nSara Lind: It will fall.\nInterviewer: And gas?\nSara Lind: It will rise."

    assert speakers(text) == ["Interviewer", "Sara Lind"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "RISKS: Growth may slow.\n\nOUTLOOK: Rates will fall.",
        "Bull Case: Rates will fall.\nBear Case: Rates will rise.\nBull Case: It ends.",
        "Warning: Rates will fall.\n\nShares rose.",
    ],
)
def test_heading_before_a_colon_has_no_turn(text: str) -> None:
    assert set(speakers(text, author="Desk")) == {"Desk"}


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("Bank holds\nBy Lena Okafor\nRates will fall.", "Lena Okafor"),
        ("Bank holds\nBy Lena Okafor, economics editor\nRates will fall.", "Lena Okafor"),
        ("Cut to Hold\nAnalyst: Pauline Berg\nRates will fall.", "Pauline Berg"),
        ("Bank holds\nWritten by Lena Okafor\nRates will fall.", "Lena Okafor"),
        ("Weekly\nCaldera Securities Research\nWe expect two cuts.", "Caldera Securities Research"),
        ("Weekly\nCaldera Securities Research\nRates will fall.", ""),
        ("By Friday it ends.\nRates will fall.", ""),
    ],
)
def test_author_is_read_from_the_first_lines(text: str, author: str) -> None:
    assert author_of(text) == author


def test_author_is_read_from_the_note_below_the_text() -> None:
    text = "A title\n\nOne.\n\nTwo.\n\nThree.\n\nFour.\n\nTobias Krell is a senior fellow at the Lake Institute."

    assert author_of(text) == "Tobias Krell"
    assert author_of(text.replace("Two.", "Tobias Krell said so.")) == ""
