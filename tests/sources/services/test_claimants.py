"""Claimants are found by any of their names."""

from typing import Any

import pytest

from accounts.models import AuditEntry, User
from sources.models import Claimant, ClaimantAlias
from sources.services import add_claimant, claimant_named, claimants_named
from tests.factories.sources import ClaimantFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["Ilya Orlov", "ilya  orlov ", "I. Orlov", "i. orlov"])
def test_found_by_name_or_alias_in_any_case(name: str) -> None:
    orlov = ClaimantFactory(name="Ilya Orlov")
    ClaimantAlias.objects.create(claimant=orlov, name="I. Orlov")

    assert claimant_named(name) == orlov


@pytest.mark.parametrize("name", ["", "  ", "Orlov", "Marta Quist"])
def test_nobody_is_guessed(name: str) -> None:
    ClaimantFactory(name="Ilya Orlov")

    assert claimant_named(name) is None


def test_a_name_goes_before_an_alias_of_somebody_else() -> None:
    first = ClaimantFactory(name="Ilya Orlov")
    ClaimantAlias.objects.create(claimant=first, name="Orlov")
    second = ClaimantFactory(name="Orlov")

    assert claimant_named("orlov") == second


def test_adding_a_name_that_is_there_gives_the_one_that_has_it(analyst: User) -> None:
    orlov = add_claimant(name=" Ilya  Orlov", affiliation="Institute", by=analyst)

    assert (orlov.name, orlov.affiliation) == ("Ilya Orlov", "Institute")
    assert add_claimant(name="ilya orlov", by=analyst) == orlov
    assert Claimant.objects.count() == AuditEntry.objects.filter(verb="added").count() == 1


def test_many_are_found_in_two_queries(django_assert_num_queries: Any) -> None:
    orlov, ona = ClaimantFactory(name="Ilya Orlov"), ClaimantFactory(name="Ona")
    ClaimantAlias.objects.create(claimant=orlov, name="I. Orlov")
    ClaimantAlias.objects.create(claimant=orlov, name="ONA")

    with django_assert_num_queries(2):
        found = claimants_named(["i.  orlov", "Ilya Orlov", "Ona", "Nobody", " ", ""])

    assert found == {"i. orlov": orlov, "ilya orlov": orlov, "ona": ona}
