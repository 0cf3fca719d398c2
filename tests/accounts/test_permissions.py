"""What each role may do, and how a refusal reads."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.permissions import ROLE_PERMISSIONS, Permission, permissions_of, require
from accounts.roles import Role

pytestmark = pytest.mark.django_db


def test_every_role_has_its_permissions() -> None:
    assert set(ROLE_PERMISSIONS) == set(Role)


def test_every_permission_is_held_by_some_role() -> None:
    assert permissions_of(Role.values) == frozenset(Permission)


def test_two_roles_together_allow_what_either_allows() -> None:
    both = permissions_of([Role.ANALYST, Role.REVIEWER])

    assert both == ROLE_PERMISSIONS[Role.ANALYST] | ROLE_PERMISSIONS[Role.REVIEWER]


def test_require_gives_the_user_when_allowed(analyst: User) -> None:
    assert require(analyst, Permission.WRITE_CLAIMS) == analyst


def test_require_refuses_in_words_when_not_allowed(reader: User) -> None:
    with pytest.raises(PermissionDenied, match="write and register claims"):
        require(reader, Permission.WRITE_CLAIMS)


def test_require_refuses_somebody_without_roles(stranger: User) -> None:
    with pytest.raises(PermissionDenied):
        require(stranger, Permission.READ_LEDGER)


def test_require_refuses_somebody_not_signed_in() -> None:
    with pytest.raises(PermissionDenied):
        require(AnonymousUser(), Permission.READ_LEDGER)


def test_require_refuses_a_deactivated_account(analyst: User) -> None:
    analyst.is_active = False

    with pytest.raises(PermissionDenied):
        require(analyst, Permission.WRITE_CLAIMS)


def test_unknown_role_is_refused_by_the_database(analyst: User) -> None:
    with pytest.raises(IntegrityError, match="user_roles_known"), transaction.atomic():
        User.objects.filter(pk=analyst.pk).update(roles=["emperor"])
