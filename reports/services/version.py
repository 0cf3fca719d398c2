"""Which arithmetic a report was made with."""

import ast
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

import reports.scoring

DIGITS = 12


@cache
def code_version() -> str:
    """The version and the first digits of the SHA-256 of the arithmetic's source, which no release forgets."""
    return f"{settings.VERSION}+{digest_of(arithmetic())[:DIGITS]}"


def digest_of(paths: Iterable[Path]) -> str:
    """The SHA-256 of these files and their names, in hex."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def arithmetic() -> list[Path]:
    """The files of the scoring, and of ours all that they import: by what a hedge is read, for one."""
    found = sorted(Path(reports.scoring.__file__).parent.glob("*.py"))
    for path in found:  # which grows meanwhile
        found += [one for one in dict.fromkeys(_imported(path)) if one not in found]
    return found


def _imported(path: Path) -> Iterator[Path]:
    """The files of our own modules that a module imports."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
        elif isinstance(node, ast.Import):
            names = [one.name for one in node.names]
        for name in names:
            file = settings.BASE_DIR.joinpath(*name.split(".")).with_suffix(".py")
            if file.exists():
                yield file
