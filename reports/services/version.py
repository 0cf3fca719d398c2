"""Which arithmetic a report was made with."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

import reports.scoring

DIGITS = 12


@cache
def code_version() -> str:
    """The version and the first digits of the SHA-256 of the scoring's source, which no release forgets."""
    digest = hashlib.sha256()
    for path in sorted(Path(reports.scoring.__file__).parent.glob("*.py")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return f"{settings.VERSION}+{digest.hexdigest()[:DIGITS]}"
