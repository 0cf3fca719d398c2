"""Keeps the demonstration's sign-ins, whose password everybody knows, off any other machine's reach."""

from accounts.models import User
from config.demo.cast import CAST, PASSWORD
from config.environment import flag
from config.readiness import is_loopback


def why_no_demo(address: str = "127.0.0.1") -> str:
    """Why the demonstration is not loaded where `address` is listened on; nothing where it may be."""
    if not flag("EMBEDDED_DATABASE"):
        return "its password is known to everybody, and DATABASE_URL names a server"
    if not is_loopback(address):
        return f"its password is known to everybody, and others reach {address}"
    return ""


def has_known_password() -> bool:
    """Whether somebody of the demonstration can sign in with the password that everybody knows."""
    names = [person.username for person in CAST]
    people = User.objects.filter(username__in=names, is_active=True)
    return any(person.check_password(PASSWORD) for person in people)
