"""Who can sign in to the demonstration desk."""

from typing import NamedTuple

from accounts.models import User
from accounts.roles import Role

# Known to everybody: the demonstration listens on this machine alone.
PASSWORD = "plumb-line-demo"  # noqa: S105


class Person(NamedTuple):
    """One sign-in."""

    username: str
    first_name: str
    last_name: str
    roles: tuple[Role, ...]


CAST = (
    Person("ada", "Ada", "Lind", (Role.ANALYST,)),
    Person("rita", "Rita", "Sand", (Role.REVIEWER,)),
    Person("rolf", "Rolf", "Berg", (Role.REVIEWER,)),
    Person("lena", "Lena", "Frost", (Role.LEAD,)),
    Person("rene", "René", "Olsen", (Role.READER,)),
    Person("amin", "Amin", "Nasser", (Role.ADMINISTRATOR,)),
)


def enrol() -> dict[str, User]:
    """Makes whoever of the cast is missing, and gives all of them by username."""
    return {person.username: _enrol(person) for person in CAST}


def _enrol(person: Person) -> User:
    administers = Role.ADMINISTRATOR in person.roles
    user, created = User.objects.get_or_create(
        username=person.username,
        defaults={
            "first_name": person.first_name,
            "last_name": person.last_name,
            "roles": list(person.roles),
            "is_staff": administers,
            "is_superuser": administers,
        },
    )
    if created:
        user.set_password(PASSWORD)
        user.save()
    return user
