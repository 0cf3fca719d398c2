"""Who may do what, found by query: always the same people as `User.can` says."""

import pytest

from accounts.models import User
from accounts.permissions import Permission
from accounts.queries import people_who_can
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("permission", Permission)
def test_the_query_finds_whoever_can(
    permission: Permission,
    analyst: User,
    reviewer: User,
    lead: User,
    reader: User,
    administrator: User,
    stranger: User,
) -> None:
    UserFactory(username="root", roles=[], is_superuser=True)
    UserFactory(username="left", roles=analyst.roles, is_active=False)

    found = set(people_who_can(permission))

    assert found == {one for one in User.objects.all() if one.can(permission)}
