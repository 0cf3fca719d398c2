"""What a person may do: permissions in one enum, roles as readable lists, one check."""

from enum import StrEnum
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from accounts.roles import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class Permission(StrEnum):
    """Everything that is guarded, by name."""

    READ_LEDGER = "read the ledger"
    CAPTURE_DOCUMENTS = "capture documents"
    WRITE_CLAIMS = "write and register claims"
    MANAGE_SOURCES = "manage feeds, publishers and claimants"
    TRIAGE_EVIDENCE = "accept or reject evidence"
    REVIEW_CLAIMS = "review claims"
    ADJUDICATE = "adjudicate disagreements"
    MANAGE_LEXICONS = "manage lexicons"
    PUBLISH_REPORTS = "publish reports"
    READ_AUDIT = "read the audit log"
    MANAGE_USERS = "manage users"


ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.READER: frozenset({Permission.READ_LEDGER}),
    Role.ANALYST: frozenset(
        {
            Permission.READ_LEDGER,
            Permission.CAPTURE_DOCUMENTS,
            Permission.WRITE_CLAIMS,
            Permission.MANAGE_SOURCES,
            Permission.TRIAGE_EVIDENCE,
        }
    ),
    Role.REVIEWER: frozenset({Permission.READ_LEDGER, Permission.REVIEW_CLAIMS}),
    Role.LEAD: frozenset(
        {
            Permission.READ_LEDGER,
            Permission.MANAGE_SOURCES,
            Permission.MANAGE_LEXICONS,
            Permission.ADJUDICATE,
            Permission.PUBLISH_REPORTS,
            Permission.READ_AUDIT,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.READ_LEDGER,
            Permission.MANAGE_SOURCES,
            Permission.MANAGE_LEXICONS,
            Permission.READ_AUDIT,
            Permission.MANAGE_USERS,
        }
    ),
}


def permissions_of(roles: list[str]) -> frozenset[Permission]:
    """Everything that people holding these roles may do."""
    return frozenset().union(*(ROLE_PERMISSIONS[Role(role)] for role in roles))


def require(user: "User | AnonymousUser", permission: Permission) -> "User":
    """The signed-in user, where they hold the permission.

    Raises PermissionDenied, naming what is not allowed, for anybody else.
    """
    if user.is_authenticated and user.can(permission):
        return user
    raise PermissionDenied(f"Your roles do not allow you to {permission}.")
