"""What the log leaves out."""

import logging

import pytest
from django.test import Client


@pytest.mark.django_db
def test_waiting_for_the_worker_is_no_error(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    assert client.get("/readyz").status_code == 503
    assert caplog.records == []


def test_faults_of_ours_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("django.request").error("Broken: /claims/", extra={"status_code": 500})

    assert caplog.messages == ["Broken: /claims/"]


def test_message_queues_speak_of_trouble_only() -> None:
    queues = logging.getLogger("pgmq.queue")

    assert not queues.isEnabledFor(logging.INFO)
    assert queues.isEnabledFor(logging.WARNING)
