"""`manage.py evaluate scoring`."""

from claims.evaluations import Kind

KINDS: dict[str, Kind] = {}
