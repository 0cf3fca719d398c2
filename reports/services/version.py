"""Which arithmetic a report was made with."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

import reports.scoring
from claims.extraction import hedges, odds

DIGITS = 12
# What a hedge comes to under another lexicon is read by these.
READERS = (Path(hedges.__file__), Path(odds.__file__))


@cache
def code_version() -> str:
    """The version and the first digits of the SHA-256 of the arithmetic's source, which no release forgets."""
    digest = hashlib.sha256()
    for path in (*sorted(Path(reports.scoring.__file__).parent.glob("*.py")), *READERS):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return f"{settings.VERSION}+{digest.hexdigest()[:DIGITS]}"
