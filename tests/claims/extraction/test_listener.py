"""Pronouns, offices and bodies are whoever the text has named before."""

import pytest

from claims.extraction.sentences import sentences
from claims.extraction.speakers import voices


def speakers(text: str, author: str = "") -> list[str]:
    return [voice.speaker for voice in voices(text, sentences(text), author)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Erik Sand, a spokesman, pointed at the tunnel. He said it will fail.", "Erik Sand"),
        ("Toyoda’s president, Koji Abe, defended it. It works, he said.", "Koji Abe"),
        ("Dahl’s colleague Jonas Brandt disputes it. “It will fail,” he says.", "Jonas Brandt"),
        ("Ida Moor is bolder: she thinks it will fail.", "Ida Moor"),
        ("Her successor, Ida Moor, is bolder: she thinks it will fail.", "Ida Moor"),
        ("Ida Moor works in Port Maren. She thinks it will fail.", "Ida Moor"),
        ("Moscow warned that it will end. Ida Moor left. She said it will fail.", "Ida Moor"),
    ],
)
def test_he_or_she_is_whom_the_text_is_about(text: str, speaker: str) -> None:
    assert speakers(text)[-1] == speaker


def test_he_and_she_are_kept_apart_by_what_the_text_calls_them() -> None:
    text = (
        "Mr Karl Roth left. Ms Ida Moor stayed. She said rates will fall. "
        "He said rates will rise. She thinks not."
    )

    assert speakers(text)[2:] == ["Ida Moor", "Karl Roth", "Ida Moor"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Finance Minister Karl Aune met Ida Moor. The minister said it will end.", "Karl Aune"),
        ("Ida Moor, a trader, met Karl Aune. The trader said it will end.", "Ida Moor"),
        ("It rained. The defence minister said it will end.", "The defence minister"),
    ],
)
def test_office_is_whoever_holds_it_in_the_text(text: str, speaker: str) -> None:
    assert speakers(text)[-1] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The Lake Bank met. The bank says it will end.", "Lake Bank"),
        ("The Energy Bureau met. The Paris-based agency said it will end.", "Energy Bureau"),
        ("The Harbour Institute met on Tuesday. It expects growth to slow.", "Harbour Institute"),
        ("The Russian transport ministry objected. It maintains that it will open.", "The Russian transport ministry"),
        ("It will end, says Ostrava Metals. The company expects prices to rise.", "Ostrava Metals"),
        ("The Meridian Centre met. Its authors see a real risk of a clash.", "Meridian Centre"),
        ("Analysts at Merrow Bank cut their view. The krone may fall, they wrote.", "Analysts at Merrow Bank"),
        ("The central bank met. The army said it will end.", "The army"),
    ],
)  # fmt: skip
def test_body_is_the_one_that_the_text_names(text: str, speaker: str) -> None:
    assert speakers(text)[-1] == speaker


def test_this_paper_is_its_author_s_whoever_else_it_names() -> None:
    text = (
        "This paper argues that coercion works. The study finds it cheap. Ida Moor says rates fell."
    )

    assert speakers(text, author="Pacific Group")[:2] == ["Pacific Group", "Pacific Group"]


def test_sentence_right_behind_somebody_s_words_knows_whom_it_follows() -> None:
    text = "Salmon could follow, Hugo Stein says. Eels will not. The town has a beach."

    assert [one.follows for one in voices(text, sentences(text))] == ["", "Hugo Stein", ""]


def test_sentence_about_somebody_else_follows_nobody() -> None:
    text = "Salmon could follow, Hugo Stein says. Ida Moor will not be there."

    assert [one.follows for one in voices(text, sentences(text))] == ["", ""]


def test_two_speakers_of_one_sentence_have_a_part_each() -> None:
    text = "Rick Dolan said the bill will fail, while one aide said that it will pass."
    voice = voices(text, sentences(text))[0]
    second = text.index("one aide")

    assert voice.speaker_of(0, second - 8) == "Rick Dolan"
    assert voice.speaker_of(second, len(text)) == "One aide"
    assert voice.speaker_of(0, len(text)) == "Rick Dolan"


def test_quotation_in_single_marks_is_one_too() -> None:
    text = "‘The party’s over. Rates won’t fall,’ said Ida Moor. Shares rose."

    assert speakers(text) == ["Ida Moor", "Ida Moor", ""]
