"""One running install with the demonstration desk, for all tests that look at it from outside."""

from collections.abc import Iterator

import pytest

from tests.functional.stack import Stack


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    # Feeds of the tests answer on this machine.
    running = Stack(tmp_path_factory.mktemp("install"), FETCH_ALLOW_LOOPBACK="1")
    running.start()
    yield running
    running.stop()
