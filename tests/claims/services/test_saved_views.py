"""Filters of the list kept under a name."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry, User
from accounts.roles import Role
from claims.models import SavedView
from claims.services import remove_view, save_view
from claims.validators import ClaimProblem
from tests.claims.services.test_concurrency import at_once
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def kept() -> list[tuple[str, str, str, bool]]:
    """Every view: owner, name, query and whether it is shared."""
    return list(SavedView.objects.values_list("owner__username", "name", "query", "is_shared"))


def names_for(user: User) -> list[str]:
    return [view.name for view in SavedView.objects.for_user(user)]


def test_view_keeps_a_query_under_a_name(analyst: User) -> None:
    view = save_view(name="Ports", query="kind=event&topic=ports", by=analyst)

    assert kept() == [("ada", "Ports", "kind=event&topic=ports", False)]
    assert view.get_absolute_url() == "/claims/?kind=event&topic=ports"
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.by, entry.object_type, entry.object_id) == (
        *("saved", analyst, "claims.savedview"),
        view.pk,
    )
    assert entry.detail == {"name": "Ports", "query": "kind=event&topic=ports", "shared": False}


def test_view_without_filters_is_the_whole_list(analyst: User) -> None:
    assert save_view(name="All", query="", by=analyst).query == ""


@pytest.mark.parametrize("name", ["  Ports \n of  the\tnorth ", "Ports of the north"])
def test_spaces_of_a_name_are_made_single(name: str, analyst: User) -> None:
    assert save_view(name=name, query="", by=analyst).name == "Ports of the north"


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "'; DROP TABLE claims; --", "🙂"])
def test_name_is_kept_as_it_was_written(name: str, analyst: User) -> None:
    assert save_view(name=name, query="", by=analyst).name == name


def test_same_name_of_the_same_person_is_replaced(analyst: User) -> None:
    first = save_view(name="Ports", query="kind=event", by=analyst)

    again = save_view(name=" Ports ", query="kind=quantity", by=analyst, is_shared=True)

    assert again == first
    assert kept() == [("ada", "Ports", "kind=quantity", True)]
    assert AuditEntry.objects.filter(verb="saved", object_id=first.pk).count() == 2


def test_view_is_shared_no_more_where_it_is_saved_without(analyst: User) -> None:
    save_view(name="Ports", query="kind=event", by=analyst, is_shared=True)

    assert not save_view(name="Ports", query="kind=event", by=analyst).is_shared


def test_same_name_of_somebody_else_stays(analyst: User, colleague: User) -> None:
    save_view(name="Ports", query="kind=event", by=analyst, is_shared=True)
    save_view(name="Ports", query="kind=quantity", by=colleague)

    assert sorted(kept()) == [
        ("ada", "Ports", "kind=event", True),
        ("carl", "Ports", "kind=quantity", False),
    ]


@pytest.mark.parametrize(
    ("name", "query", "words"),
    [
        ("", "kind=event", "Give the view a name."),
        (" \n\t", "kind=event", "Give the view a name."),
        ("x" * 61, "kind=event", "A view's name has at most 60 characters."),
        ("Ports", "q=" + "x" * 999, "These filters are too long to be kept."),
    ],
)
def test_view_that_cannot_be_kept_is_refused_in_words(
    name: str, query: str, words: str, analyst: User
) -> None:
    with pytest.raises(ClaimProblem) as problem:
        save_view(name=name, query=query, by=analyst)

    assert str(problem.value) == words
    assert kept() == []
    assert not AuditEntry.objects.exists()


def test_longest_name_and_query_are_kept(analyst: User) -> None:
    name, query = "x" * 60, "q=" + "y" * 998

    save_view(name=f" {name} ", query=query, by=analyst)

    assert kept() == [("ada", name, query, False)]


def test_person_sees_their_own_views_before_those_that_others_share(
    analyst: User, colleague: User, reader: User
) -> None:
    save_view(name="War", query="topic=war", by=analyst)
    save_view(name="Grain", query="topic=grain", by=colleague, is_shared=True)
    save_view(name="Ports", query="topic=ports", by=colleague)

    assert names_for(analyst) == ["War", "Grain"]
    assert names_for(colleague) == ["Grain", "Ports"]
    assert names_for(reader) == ["Grain"]


def test_removed_view_is_gone_and_the_audit_says_which(analyst: User) -> None:
    view, other = (save_view(name=name, query="", by=analyst) for name in ("Ports", "War"))
    number = view.pk

    remove_view(view=view, by=analyst)

    assert list(SavedView.objects.all()) == [other]
    entry = AuditEntry.objects.get(verb="removed")
    assert (entry.object_type, entry.object_id, entry.by) == ("claims.savedview", number, analyst)
    assert entry.detail == {"name": "Ports"}


def test_view_is_removed_by_nobody_else(analyst: User, lead: User) -> None:
    view = save_view(name="Ports", query="", by=analyst, is_shared=True)

    with pytest.raises(ClaimProblem, match=r"^Only its owner removes a view\.$"):
        remove_view(view=view, by=lead)

    assert SavedView.objects.get() == view
    assert not AuditEntry.objects.filter(verb="removed").exists()


def test_database_keeps_a_name_once_for_each_person(analyst: User, colleague: User) -> None:
    SavedView.objects.create(owner=analyst, name="Ports")
    SavedView.objects.create(owner=colleague, name="Ports")

    with pytest.raises(IntegrityError, match="saved_view_name_once"), transaction.atomic():
        SavedView.objects.create(owner=analyst, name="Ports")
    with pytest.raises(IntegrityError, match="saved_view_named"), transaction.atomic():
        SavedView.objects.create(owner=analyst, name="")


@pytest.mark.usefixtures("transactional_db")
def test_view_kept_twice_at_once_is_kept_once() -> None:
    ada = UserFactory(username="ada", roles=[Role.ANALYST])

    one, two = at_once(
        lambda: save_view(name="Ports", query="kind=event", by=ada),
        lambda: save_view(name="Ports", query="kind=quantity", by=ada),
    )

    assert one == two
    assert len(kept()) == 1
