"""Who said it is taken out of what a reviewer reads."""

import pytest

from reviews.masking import masked, names_of
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
