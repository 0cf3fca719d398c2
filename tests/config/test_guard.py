"""The demonstration's known password stays on this machine."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from config.demo.cast import PASSWORD
from config.guard import has_known_password, why_no_demo
from config.management.commands.up import refuse_known_password
from tests.factories.accounts import UserFactory

EVERYWHERE = "0.0.0.0"  # noqa: S104


def test_it_is_loaded_on_the_embedded_database_for_this_machine() -> None:
    assert why_no_demo("127.0.0.1") == ""


def test_it_is_not_loaded_where_others_reach_it() -> None:
    assert why_no_demo(EVERYWHERE) == (
        "its password is known to everybody, and others reach 0.0.0.0"
    )


@pytest.mark.django_db
def test_it_is_not_loaded_into_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EMBEDDED_DATABASE")

    with pytest.raises(CommandError, match="DATABASE_URL names a server"):
        call_command("demo", verbosity=0)

    assert not User.objects.exists()


@pytest.mark.django_db
def test_a_database_that_holds_it_is_not_opened_to_others() -> None:
    refuse_known_password(EVERYWHERE)
    UserFactory(username="amin", password=PASSWORD)

    refuse_known_password("127.0.0.1")
    with pytest.raises(CommandError, match="set DATA_DIR to an empty folder"):
        refuse_known_password(EVERYWHERE)


@pytest.mark.django_db
def test_people_with_passwords_of_their_own_may_be_reached() -> None:
    UserFactory(username="amin", password="cold-harbour-91")
    UserFactory(username="nora", password=PASSWORD)

    assert not has_known_password()
