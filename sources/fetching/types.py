"""What a fetch brings back, and how it fails."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

MAX_BYTES = 20 * 2**20


class FetchError(Exception):
    """An address cannot or must not be fetched; the message says why.

    `status` and `headers` are those of the server, where it answered with an error; `retry_after` is
    that header as it was sent.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        retry_after: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after
        self.headers = dict(headers or {})


class HostNotFound(FetchError):
    """No name server knows the host."""


@dataclass(frozen=True)
class Fetched:
    """One answer: its status, decoded body, final address, validators, and the headers worth keeping.

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
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def not_modified(self) -> bool:
        """Whether the server said that nothing changed since the validators we sent."""
        return self.status == HTTPStatus.NOT_MODIFIED
