"""Words that analysts add, made sound: what is kept of them, and what is refused in words."""

import pytest

from claims.models.words import LONGEST_NAMES, LONGEST_PHRASE, MOST_PHRASES
from claims.phrases import cleaned_words
from claims.validators import ClaimProblem


def test_entries_are_trimmed_and_kept_once_whatever_their_capitals() -> None:
    assert cleaned_words(must=[" two  ports ", "Two Ports", "", "\0"]) == {
        "must": ["two ports"],
        "should": [],
        "never": [],
        "aliases": [],
        "languages": [],
    }


def test_names_are_written_one_way_and_languages_are_small() -> None:
    found = cleaned_words(aliases=["USA=United States,  America,america"], languages=["PL", "en"])

    assert found["aliases"] == ["USA = United States, America"]
    assert found["languages"] == ["pl", "en"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"must": ["!"]}, "Must be there: “!” holds no word that could be compared."),
        ({"should": ["x" * (LONGEST_PHRASE + 1)]}, f"is longer than {LONGEST_PHRASE} characters"),
        (
            {"never": [f"word {number}" for number in range(MOST_PHRASES + 1)]},
            f"Must not be there: {MOST_PHRASES + 1} are given, at most {MOST_PHRASES} fit.",
        ),
        ({"aliases": ["USA"]}, "write “USA” as a name, =, and its other names"),
        ({"aliases": ["USA ="]}, "write “USA =” as a name"),
        ({"aliases": ["= America"]}, "write “= America” as a name"),
        ({"aliases": ["a = b = c"]}, "write “a = b = c” as a name"),
        (
            {"aliases": ["USA = " + ", ".join(f"name {number:080}" for number in range(20))]},
            f"longer than {LONGEST_NAMES}",
        ),
        ({"languages": ["e"]}, "Languages: “e” is no code of a language"),
        ({"should": ["port"], "never": ["Ports"]}, "under “Should be there” and under"),
    ],
)
def test_what_is_unsound_is_named(values: dict[str, list[str]], words: str) -> None:
    with pytest.raises(ClaimProblem) as problem:
        cleaned_words(**values)

    assert words in str(problem.value)
