"""Reads of people."""

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.permissions import ROLE_PERMISSIONS, Permission
from accounts.roles import Role


def people_who_can(permission: Permission) -> QuerySet[User]:
    """Active people whose roles allow it, by name."""
    roles = [role for role, allowed in ROLE_PERMISSIONS.items() if permission in allowed]
    may = Q(roles__overlap=roles)
    if Role.ADMINISTRATOR in roles:
        may |= Q(is_superuser=True)
    return User.objects.filter(may, is_active=True).order_by("first_name", "last_name", "username")
