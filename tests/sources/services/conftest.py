"""A feed server, and feeds polled without waiting for chance or for hosts."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.sources.services.feed_server import FeedServer, serving


@pytest.fixture
def server(settings: Any) -> Iterator[FeedServer]:
    # Loopback is refused but for tests.
    settings.FETCH_ALLOW_LOOPBACK = True
    settings.FEEDS_JITTER = 0
    settings.FEEDS_HOST_PAUSE = 0
    with serving() as running:
        yield running
