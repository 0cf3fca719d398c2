"""A connection to an address that was checked, which cannot outlive its deadline."""

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from http.client import HTTPException

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NewConnectionError,
    ReadTimeoutError,
    SSLError,
)

from sources.fetching.addresses import Target
from sources.fetching.types import FetchError

CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0


def seconds_left(target: Target, deadline: float) -> float:
    """The time until the deadline (monotonic clock). Raises FetchError when there is none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise FetchError(f"{target.url} timed out.")
    return left


@contextlib.contextmanager
def connected(target: Target, deadline: float) -> Iterator[HTTPConnection]:
    """An open connection to the first of the checked addresses that answers.

    Raises FetchError, in words, also for what goes wrong while the connection is in use.
    """
    with contextlib.ExitStack() as stack:
        try:
            connection = _opened(target, deadline, stack)
            connection.timeout = READ_SECONDS
            yield connection
        except (HTTPError, HTTPException, OSError) as error:
            seconds_left(target, deadline)
            raise FetchError(_in_words(target, error)) from error


def _opened(target: Target, deadline: float, stack: contextlib.ExitStack) -> HTTPConnection:
    for ip in target.ips:
        left = seconds_left(target, deadline)
        connection = _connection(target, ip, min(CONNECT_SECONDS, left))
        stack.callback(connection.close)
        # A timeout per read never ends a slow drip; shutting the socket does.
        opened: list[socket.socket] = []
        watchdog = threading.Timer(left, _shut, (connection, opened))
        watchdog.daemon = True
        stack.callback(watchdog.cancel)
        watchdog.start()
        try:
            connection.connect()
        except (ConnectTimeoutError, NewConnectionError):
            if ip == target.ips[-1]:
                raise
        else:
            # The connection forgets its socket where an answer gives no length, and goes on reading it.
            opened.append(connection.sock)
            return connection
    raise FetchError(f"The host of {target.url} was not found.")


def _connection(target: Target, ip: str, timeout: float) -> HTTPConnection:
    if target.scheme == "http":
        return HTTPConnection(ip, target.port, timeout=timeout)
    name = target.host.rstrip(".")
    return HTTPSConnection(
        ip,
        target.port,
        timeout=timeout,
        cert_reqs="CERT_REQUIRED",
        # The name the certificate must be for; the address is only where we connect.
        server_hostname=name,
    )


def _shut(connection: HTTPConnection, opened: list[socket.socket]) -> None:
    for one in filter(None, (connection.sock, *opened)):
        with contextlib.suppress(OSError):
            # Not TLS's own shutdown, which would wait for the other side's goodbye.
            socket.socket.shutdown(one, socket.SHUT_RDWR)


def _in_words(target: Target, error: Exception) -> str:
    if isinstance(error, SSLError | ssl.SSLError):
        return f"{target.url} has no certificate we can trust, or speaks no TLS."
    if isinstance(error, NewConnectionError):
        return f"{target.url} does not take connections."
    if isinstance(error, ConnectTimeoutError | ReadTimeoutError | TimeoutError):
        return f"{target.url} timed out."
    return f"{target.url} broke off or does not speak HTTP."
