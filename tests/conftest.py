"""What every test may use: the cast, and signed-in browsers for them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from tests.factories.accounts import UserFactory

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those that wait for a running install come first, so that others fill the time meanwhile."""
    items.sort(key=lambda item: not _is_slow(item))


def _is_slow(item: pytest.Item) -> bool:
    return item.path.parent.name in {"functional", "faults"}


@pytest.fixture
def shared() -> Path:
    """The folder of public data beside the repository; tests that read it skip without it."""
    if not SHARED.exists():
        pytest.skip("needs ../shared, the folder of public data beside the repository")
    return SHARED


@pytest.fixture
def analyst() -> User:
    return UserFactory(username="ada", roles=[Role.ANALYST])


@pytest.fixture
def colleague() -> User:
    """Another analyst of the same desk."""
    return UserFactory(username="carl", roles=[Role.ANALYST])


@pytest.fixture
def reviewer() -> User:
    return UserFactory(username="rita", roles=[Role.REVIEWER])


@pytest.fixture
def second_reviewer() -> User:
    return UserFactory(username="rolf", roles=[Role.REVIEWER])


@pytest.fixture
def lead() -> User:
    return UserFactory(username="lena", roles=[Role.LEAD])


@pytest.fixture
def reader() -> User:
    return UserFactory(username="rene", roles=[Role.READER])


@pytest.fixture
def administrator() -> User:
    return UserFactory(username="amin", roles=[Role.ADMINISTRATOR], is_staff=True)


@pytest.fixture
def stranger() -> User:
    """Somebody with an account and no role."""
    return UserFactory(username="sam", roles=[])


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    """A client signed in as somebody."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture(scope="session", autouse=True)
def _flush_past_triggers() -> Iterator[None]:
    """Lets the clean-up after a committing test empty tables that refuse to be emptied."""
    flush = DatabaseOperations.execute_sql_flush

    def past_triggers(self: DatabaseOperations, statements: list[str]) -> None:
        flush(
            self,
            [
                "SET session_replication_role = replica",
                *statements,
                "RESET session_replication_role",
            ],
        )

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", past_triggers)
        yield
