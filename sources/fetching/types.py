"""What a fetch brings back, and how it fails."""

from dataclasses import dataclass
from http import HTTPStatus

MAX_BYTES = 20 * 2**20


class FetchError(Exception):
    """An address cannot or must not be fetched; the message says why.

    `status` is the HTTP status where there was one, `retry_after` that header as it was sent.
    """

    def __init__(self, message: str, *, status: int | None = None, retry_after: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


@dataclass(frozen=True)
class Fetched:
    """One answer: its status, decoded body, final address and validators.

    `moved_to` is where permanent redirects lead from the address that was asked, "" where none do.
    """

    status: int
    data: bytes
    url: str
    content_type: str
    etag: str
    last_modified: str
    retry_after: str = ""
    moved_to: str = ""

    @property
    def not_modified(self) -> bool:
        """Whether the server said that nothing changed since the validators we sent."""
        return self.status == HTTPStatus.NOT_MODIFIED
