"""One request to a server of language models, bounded in time and size."""

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from http import HTTPStatus
from http.client import HTTPException
from urllib.parse import SplitResult, urlsplit

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NewConnectionError,
    ReadTimeoutError,
    SSLError,
)
from urllib3.response import BaseHTTPResponse

from claims.extraction.extractors import ExtractorError

MAX_BYTES = 2 * 2**20
CHUNK = 64 * 1024


def post_json(url: str, body: bytes, *, key: str, seconds: float) -> bytes:
    """The body of the answer to a POST. Raises ExtractorError, in words, for every other outcome.

    The address is the operator's own and may be private. Redirects are not followed: where the
    texts go is what was set and nothing else. Nothing takes longer than `seconds`, but for a name
    server that does not answer.
    """
    deadline = time.monotonic() + seconds
    address = urlsplit(url)
    headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    try:
        with _watched(_connection(address, seconds), seconds) as connection:
            connection.request(
                "POST", address.path, body, headers, preload_content=False, decode_content=False
            )
            return _body(connection.getresponse(), deadline)
    except (HTTPError, HTTPException, OSError) as error:
        raise ExtractorError(_in_words(error, late=time.monotonic() >= deadline)) from error


def _connection(address: SplitResult, seconds: float) -> HTTPConnection:
    host = address.hostname or ""
    if address.scheme == "http":
        return HTTPConnection(host, address.port, timeout=seconds)
    return HTTPSConnection(host, address.port, timeout=seconds, cert_reqs="CERT_REQUIRED")


@contextlib.contextmanager
def _watched(connection: HTTPConnection, seconds: float) -> Iterator[HTTPConnection]:
    """The connection, opened, and cut off when its time is over."""
    # A timeout per read never ends a slow drip; shutting the socket does.
    opened: list[socket.socket] = []
    watchdog = threading.Timer(seconds, _shut, (connection, opened))
    watchdog.daemon = True
    watchdog.start()
    try:
        connection.connect()
        # The connection forgets its socket where an answer gives no length, and goes on reading it.
        opened.append(connection.sock)
        yield connection
    finally:
        watchdog.cancel()
        connection.close()


def _shut(connection: HTTPConnection, opened: list[socket.socket]) -> None:
    for one in filter(None, (connection.sock, *opened)):
        with contextlib.suppress(OSError):
            # Not TLS's own shutdown, which would wait for the other side's goodbye.
            socket.socket.shutdown(one, socket.SHUT_RDWR)


def _body(response: BaseHTTPResponse, deadline: float) -> bytes:
    if response.status != HTTPStatus.OK:
        raise ExtractorError(f"it answered with status {response.status}")
    body = bytearray()
    while chunk := response.read1(CHUNK, decode_content=False):
        body += chunk
        if len(body) > MAX_BYTES:
            raise ExtractorError(f"its answer is larger than {MAX_BYTES // 2**20} MB")
    # A socket that was shut looks like an answer that ended.
    if time.monotonic() >= deadline:
        raise TimeoutError
    return bytes(body)


def _in_words(error: Exception, *, late: bool) -> str:
    if isinstance(error, NewConnectionError) and not late:
        return "it does not take connections"
    if late or isinstance(error, TimeoutError | ConnectTimeoutError | ReadTimeoutError):
        return "it did not answer in time"
    if isinstance(error, SSLError | ssl.SSLError):
        return "it has no certificate we can trust, or speaks no TLS"
    return "it broke off or does not speak HTTP"
