"""Filters of the list kept under a name."""

from django.db import transaction

from accounts.models import User
from accounts.services import record
from claims.models import SavedView
from claims.validators import ClaimProblem


@transaction.atomic
def save_view(*, name: str, query: str, by: User, is_shared: bool = False) -> SavedView:
    """Keeps a query string of the list under a name; the same name of the same person is replaced.

    Raises ClaimProblem without a name, and for a query longer than the list could read.
    """
    name = " ".join(name.split())
    if not name:
        raise ClaimProblem("Give the view a name.")
    if len(name) > 60:
        raise ClaimProblem("A view's name has at most 60 characters.")
    if len(query) > 1000:
        raise ClaimProblem("These filters are too long to be kept.")
    view, _ = SavedView.objects.update_or_create(
        owner=by, name=name, defaults={"query": query, "is_shared": is_shared}
    )
    record(by=by, verb="saved", on=view, name=name, query=query, shared=is_shared)
    return view


@transaction.atomic
def remove_view(*, view: SavedView, by: User) -> None:
    """Removes a person's own view."""
    if view.owner_id != by.pk:
        raise ClaimProblem("Only its owner removes a view.")
    record(by=by, verb="removed", on=view, name=view.name)
    view.delete()
