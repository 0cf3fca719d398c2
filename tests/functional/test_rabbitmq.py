"""The same code with RabbitMQ as its broker, where one answers."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import kombu
import pytest

from tests.functional.stack import Stack

URL = os.environ.get("TEST_RABBITMQ_URL", "")


@pytest.fixture
def queue() -> Iterator[str]:
    """A queue of this test's own, removed afterwards."""
    if not URL:
        pytest.skip("needs a RabbitMQ: set TEST_RABBITMQ_URL")
    name = f"plumbline-test-{secrets.token_hex(4)}"
    with kombu.Connection(URL) as connection:
        try:
            connection.ensure_connection(max_retries=1, timeout=3)
        except OSError:
            pytest.skip("needs a RabbitMQ: none answers at TEST_RABBITMQ_URL")
        yield name
        connection.default_channel.queue_delete(name)


def test_worker_answers_through_rabbitmq_on_a_quorum_queue(queue: str, tmp_path: Path) -> None:
    install = Stack(tmp_path / "rabbit", demo=False, BROKER_URL=URL, QUEUE=queue)

    install.start()
    try:
        assert install.get("/readyz") == (
            200,
            {"status": "ok", "database": "ok", "broker": "ok", "worker": "ok", "matcher": "ok"},
        )
        with kombu.Connection(URL) as connection:
            # Declaring it again with the same kind succeeds only where it is one.
            declared = kombu.Queue(
                queue, channel=connection, queue_arguments={"x-queue-type": "quorum"}
            ).queue_declare(passive=False)
        assert declared.queue == queue
    finally:
        install.stop()
