"""What a request asks for, as plain words."""

from django.http import QueryDict


def asked(values: QueryDict, name: str) -> str:
    """One value of an address or a form, trimmed and without the NUL that PostgreSQL refuses."""
    return values.get(name, "").replace("\0", "").strip()


def number_in(text: str) -> int | None:
    """A row's number as people type it, or None: nothing that the database could not hold."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
