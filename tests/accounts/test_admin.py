"""People in the administration."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import AuditEntry, User
from accounts.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin_client_of(administrator: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(administrator)


def test_adding_somebody_sets_roles_and_is_noted(
    admin_client_of: Client, administrator: User
) -> None:
    answer = admin_client_of.post(
        "/admin/accounts/user/add/",
        {
            "username": "nora",
            "first_name": "Nora",
            "last_name": "Vik",
            "email": "",
            "roles": ["analyst", "reviewer"],
            "usable_password": "true",
            "password1": "cold-harbour-91",
            "password2": "cold-harbour-91",
        },
    )

    nora = User.objects.get(username="nora")
    assert answer.status_code == 302
    assert nora.roles == [Role.ANALYST, Role.REVIEWER]
    entry = AuditEntry.objects.get(object_type="accounts.user", object_id=nora.pk)
    assert (entry.by, entry.verb) == (administrator, "added")
    assert "password" not in str(entry.detail)


def test_nobody_is_deleted(admin_client_of: Client, analyst: User) -> None:
    assert admin_client_of.post(f"/admin/accounts/user/{analyst.pk}/delete/").status_code == 403
    assert User.objects.filter(pk=analyst.pk).exists()


def test_audit_rows_are_read_only(admin_client_of: Client) -> None:
    assert admin_client_of.get("/admin/accounts/auditentry/").status_code == 200
    assert admin_client_of.get("/admin/accounts/auditentry/add/").status_code == 403


@pytest.mark.parametrize("who", ["analyst", "lead", "reader", "stranger"])
def test_others_are_sent_away(
    who: str, request: pytest.FixtureRequest, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(request.getfixturevalue(who))

    assert client.get("/admin/accounts/user/").status_code == 302


def test_staff_without_the_role_administer_nobody(
    analyst: User, sign_in: Callable[[User], Client]
) -> None:
    analyst.is_staff = True
    analyst.save()
    client = sign_in(analyst)

    assert client.get("/admin/accounts/user/").status_code == 403
    assert client.get("/admin/accounts/auditentry/").status_code == 403


def test_an_administrator_changes_people_but_makes_no_superuser(
    admin_client_of: Client, analyst: User
) -> None:
    answer = admin_client_of.post(
        f"/admin/accounts/user/{analyst.pk}/change/",
        {"username": "ada", "roles": ["lead"], "is_active": "on", "is_superuser": "on"},
    )

    analyst.refresh_from_db()
    assert answer.status_code == 302
    assert (analyst.roles, analyst.is_superuser) == ([Role.LEAD], False)


def test_an_administrator_does_not_change_a_superuser(
    admin_client_of: Client, analyst: User
) -> None:
    analyst.is_superuser = True
    analyst.save()

    page = f"/admin/accounts/user/{analyst.pk}"
    assert admin_client_of.post(f"{page}/change/", {"username": "eve"}).status_code == 403
    assert admin_client_of.get(f"{page}/password/").status_code == 403


def test_a_superuser_of_the_command_line_sees_home_and_administers(
    sign_in: Callable[[User], Client],
) -> None:
    client = sign_in(User.objects.create_superuser("root", password="cold-harbour-91"))

    assert client.get("/").status_code == 200
    assert client.get("/admin/accounts/user/").status_code == 200
    assert client.get("/audit/").status_code == 200


def test_the_sign_in_of_the_administration_answers_anybody(client: Client) -> None:
    assert client.get("/admin/login/").status_code == 200
