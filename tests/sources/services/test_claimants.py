"""Claimants are found by any of their names."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, User
from sources.models import Claimant, ClaimantAlias
from sources.services import add_claimant, add_claimants, claimant_named, claimants_named
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


# What small letters Python and a database make of these differs, by version and locale.
UNUSUAL = ["İnan Yılmaz", "ΣΑΣ", "Weiß", "ǅemal", "Ŀuís", "ﬁnch", "Ω", "Ⅷ", "𐐀", "İ"]


@pytest.mark.parametrize("name", UNUSUAL)
def test_name_of_unusual_letters_is_found_as_it_was_added(name: str, analyst: User) -> None:
    added = add_claimant(name=name, by=analyst)

    assert claimants_named([name, f" {name}  "]) == {name: added, f" {name}  ": added}
    assert claimant_named(name) == added
    assert add_claimant(name=name, by=analyst) == added
    assert Claimant.objects.count() == 1


def test_every_spelling_that_the_database_takes_for_one_is_found(analyst: User) -> None:
    for name in UNUSUAL:
        add_claimant(name=name, by=analyst)
        for spelling in (name.lower(), name.upper(), name.title(), name.swapcase()):
            spelled = add_claimant(name=spelling, by=analyst)
            assert claimant_named(spelling) == spelled


def test_many_are_found_in_three_queries(django_assert_num_queries: Any) -> None:
    orlov, ona = ClaimantFactory(name="Ilya Orlov"), ClaimantFactory(name="Ona")
    ClaimantAlias.objects.create(claimant=orlov, name="I. Orlov")
    ClaimantAlias.objects.create(claimant=orlov, name="ONA")

    with django_assert_num_queries(3):
        found = claimants_named(["i.  orlov", "Ilya Orlov", "Ona", "Nobody", " ", ""])

    assert found == {"i.  orlov": orlov, "Ilya Orlov": orlov, "Ona": ona}


def test_many_are_added_with_an_audit_row_each(analyst: User) -> None:
    with CaptureQueriesContext(connection) as few:
        add_claimants(names=["Orlov"], by=analyst)
    with CaptureQueriesContext(connection) as many:
        found = add_claimants(names=["Ona  Berg", "ona berg", *UNUSUAL], by=analyst)

    assert len(few) == len(many)
    assert set(found) == {"Ona  Berg", "ona berg", *UNUSUAL}
    assert found["Ona  Berg"] == found["ona berg"]
    added = AuditEntry.objects.filter(verb="added", by=analyst)
    assert set(added.values_list("object_id", flat=True)) == set(
        Claimant.objects.values_list("pk", flat=True)
    )
    assert added.count() == Claimant.objects.count()


def test_of_many_those_that_somebody_added_meanwhile_are_used(analyst: User) -> None:
    ona = ClaimantFactory(name="Ona")

    found = add_claimants(names=["ONA", "Orlov"], by=analyst)

    assert found == {"ONA": ona, "Orlov": Claimant.objects.get(name="Orlov")}
    assert AuditEntry.objects.get(verb="added").object_id == found["Orlov"].pk
