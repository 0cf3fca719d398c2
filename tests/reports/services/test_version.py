"""The version that a report keeps: every file that its figures rest on is in it."""

import subprocess
import sys
from pathlib import Path

from django.conf import settings

from reports.services.version import arithmetic, code_version, digest_of

# What Python itself loads for the scoring, so that a new import cannot be forgotten.
LOADED = """
import pkgutil, sys
import reports.scoring
for one in pkgutil.iter_modules(reports.scoring.__path__):
    __import__(f"reports.scoring.{one.name}")
for name, module in sys.modules.items():
    if name.split(".")[0] in {"accounts", "sources", "claims", "reviews", "reports", "config"}:
        print(module.__file__)
"""


def test_every_module_that_the_scoring_loads_is_digested() -> None:
    root = settings.BASE_DIR
    run = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=root, check=True, capture_output=True, text=True
    )
    loaded = {Path(line) for line in run.stdout.splitlines()}
    # Packages say nothing but what they hold.
    loaded = {path for path in loaded if path.name != "__init__.py"}
    extraction = root / "claims" / "extraction"

    assert {extraction / name for name in ("hedges.py", "odds.py", "unscored.py")} <= loaded
    assert loaded <= set(arithmetic())


def test_nothing_else_of_the_extraction_is_digested() -> None:
    assert "speakers.py" not in {path.name for path in arithmetic()}


def test_each_file_is_digested_once() -> None:
    assert len(arithmetic()) == len(set(arithmetic()))


def test_change_of_any_file_is_another_version(tmp_path: Path) -> None:
    paths = arithmetic()
    digests = {digest_of(paths)}
    for at, path in enumerate(paths):
        changed = tmp_path / path.name
        changed.write_bytes(path.read_bytes() + b"#")
        digests.add(digest_of([*paths[:at], changed, *paths[at + 1 :]]))

    assert len(digests) == len(paths) + 1
    assert code_version() == f"{settings.VERSION}+{digest_of(paths)[:12]}"
