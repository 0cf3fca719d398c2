"""What a request asks for, as plain words."""

from django.http import QueryDict


def asked(values: QueryDict, name: str) -> str:
    """One value of an address or a form, trimmed and without the NUL that PostgreSQL refuses."""
    return values.get(name, "").replace("\0", "").strip()
