"""What a fetch brings back, and how it fails."""

from dataclasses import dataclass
from http import HTTPStatus

MAX_BYTES = 20 * 2**20


class FetchError(Exception):
    """An address cannot or must not be fetched; the message says why."""


@dataclass(frozen=True)
class Fetched:
    """One answer: its status, decoded body, final address and validators."""

    status: int
    data: bytes
    url: str
    content_type: str
    etag: str
    last_modified: str

    @property
    def not_modified(self) -> bool:
        """Whether the server said that nothing changed since the validators we sent."""
        return self.status == HTTPStatus.NOT_MODIFIED
