"""A running install of its own for each test, since its processes are killed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.functional.stack import Stack


@pytest.fixture
def install(tmp_path: Path) -> Iterator[Stack]:
    running = Stack(tmp_path / "install")
    running.start()
    yield running
    running.stop()
