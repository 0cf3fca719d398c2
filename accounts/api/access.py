"""The access check of the API, the first line of each of its views."""

from django.core.exceptions import PermissionDenied
from rest_framework.request import Request

from accounts.models import ApiToken, User
from accounts.permissions import Permission, require


def allowed(request: Request, permission: Permission) -> User:
    """Whoever asks, where their roles hold the permission and so does the token they come with.

    Raises PermissionDenied, naming what is not allowed. A scope only narrows what the roles allow.
    """
    user = require(request.user, permission)
    if isinstance(request.auth, ApiToken) and not request.auth.allows(permission):
        raise PermissionDenied(f"The scopes of this token do not allow you to {permission}.")
    return user
