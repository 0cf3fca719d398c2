"""Who said it is taken out of what a reviewer reads."""

import pytest

from reviews.blind import _end_of, _start_of
from reviews.masking import SOURCE, masked, names_of, without_grades
from sources.models import ClaimantAlias
from tests.factories.claims import RegisteredClaimFactory
from tests.factories.sources import ClaimantFactory, DocumentFactory, PublisherFactory, QuoteFactory


@pytest.mark.django_db
def test_every_name_of_the_source_is_known() -> None:
    claimant = ClaimantFactory(name="Ilya Orlov")
    ClaimantAlias.objects.create(claimant=claimant, name="I. S. Orlov")
    document = DocumentFactory(
        author="Marta Quist and Ben Ito",
        publisher=PublisherFactory(name="Harbour Review", domain="harbour.example"),
    )
    claim = RegisteredClaimFactory(
        claimant=claimant, speaker="Orlov", quote=QuoteFactory(document=document)
    )

    assert set(names_of(claim)) == {
        *("Ilya Orlov", "I. S. Orlov", "Orlov"),
        *("Ilya", "Marta Quist", "Marta", "Quist", "Ben Ito"),
        *("Harbour Review", "harbour.example"),
    }


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Orlov expects growth.", "[the source] expects growth."),
        ("Ilya Orlov, he says", "[the source], he says"),
        ("ORLOV’s reading", "[the source]’s reading"),
        ("The Orlovsky market grew.", "The Orlovsky market grew."),
        ("Nobody is named.", "Nobody is named."),
    ],
)
def test_names_go_as_whole_words(text: str, shown: str) -> None:
    assert masked(text, ["Ilya Orlov", "Orlov"]) == shown


def test_a_name_with_signs_of_a_pattern_is_taken_as_it_stands() -> None:
    assert masked("A.B. (Press) said so; AxBx too.", ["A.B. (Press)"]) == (
        "[the source] said so; AxBx too."
    )


def test_a_name_in_a_script_without_spaces_goes_wherever_it_stands() -> None:
    assert masked("外长王毅表示支持", ["王毅"]) == "外长[the source]表示支持"


def test_without_names_the_text_stays() -> None:
    assert masked("Orlov expects growth.", []) == "Orlov expects growth."


@pytest.mark.parametrize("shift", range(16))
def test_context_is_cut_within_no_mask(shift: int) -> None:
    mask = SOURCE
    text = f"{'x' * 400} {mask} {'word ' * 61}{'y' * shift}"
    before, after = _end_of(text), _start_of(text[::-1].replace(mask[::-1], mask))

    for shown in (before, after):
        assert shown.count("[") == shown.count("]")
        assert shown.replace(mask, "").count("source") == 0
        assert "…" in shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It mostly held.", "It [a grade]."),
        ("Too vague, or not yet?", "[a grade], or [a grade]?"),
        ("They upheld the household.", "They upheld the household."),
    ],
)
def test_words_of_grades_are_taken_out(text: str, shown: str) -> None:
    assert without_grades(text) == shown


@pytest.mark.parametrize(
    "text", ["Z. Orlov", "ilyaorlov", "Ilya-Orlov", "Ilya  Orlov", "Ilya\nOrlov", "ilya.orlov"]
)
def test_a_name_goes_in_addresses_too_and_with_initials(text: str) -> None:
    assert masked(f"by {text}.", ["Ilya Orlov", "Orlov", "Ilya"]) == "by [the source]."
