"""What of the log is worth a line."""

import logging
from http import HTTPStatus


def is_no_waiting(record: logging.LogRecord) -> bool:
    """Whether a record of Django's is anything but `/readyz` saying that it is not ready yet."""
    return getattr(record, "status_code", None) != HTTPStatus.SERVICE_UNAVAILABLE
