"""What a request asks for, as plain words and numbers."""

from django.http import QueryDict


def asked(values: QueryDict, name: str) -> str:
    """One value of an address or a form, trimmed and without the NUL that PostgreSQL refuses."""
    return values.get(name, "").replace("\0", "").strip()


def number_in(text: str) -> int:
    """The number of a row as people type it; 0, which no row has, for what cannot be one."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
