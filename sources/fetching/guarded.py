"""The one way out to the web: every hop checked, every size and time bounded."""

import time
import zlib
from dataclasses import dataclass, replace
from http import HTTPStatus
from urllib.parse import urljoin

from urllib3.response import BaseHTTPResponse

from sources.fetching.addresses import Target, checked
from sources.fetching.connecting import connected, seconds_left
from sources.fetching.decoding import BodyDecoder
from sources.fetching.headers import kept
from sources.fetching.types import MAX_BYTES, Fetched, FetchError

USER_AGENT = "Plumbline/0.1"
MAX_REDIRECTS = 5
TOTAL_SECONDS = 20.0
CHUNK = 64 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})


@dataclass(frozen=True)
class _Redirect:
    """Where an answer sends us, and whether for good."""

    location: str
    is_permanent: bool


def fetch(
    url: str,
    *,
    etag: str = "",
    last_modified: str = "",
    max_bytes: int = MAX_BYTES,
    seconds: float | None = None,
    allow_loopback: bool = False,
) -> Fetched:
    """GET a public page. Raises FetchError, in words, for whatever keeps us from its content."""
    deadline = time.monotonic() + (TOTAL_SECONDS if seconds is None else seconds)
    headers = _headers(etag, last_modified)
    moved_to, for_good = "", True
    for _ in range(MAX_REDIRECTS + 1):
        target = checked(url, allow_loopback=allow_loopback)
        answer = _visited(target, headers, max_bytes, deadline)
        if isinstance(answer, Fetched):
            return replace(_with_validators(answer, etag, last_modified), moved_to=moved_to)
        url = redirected(target.url, answer.location)
        for_good = for_good and answer.is_permanent
        moved_to = url if for_good else moved_to
    raise FetchError(f"{url} redirects more than {MAX_REDIRECTS} times.")


def redirected(url: str, location: str) -> str:
    """Where a redirect leads. Raises FetchError for a step down from https to http."""
    try:
        onward = urljoin(url, location).partition("#")[0]
    except ValueError as error:
        raise FetchError(f"{url} redirects to something that is not an address.") from error
    if url.startswith("https:") and onward.lower().startswith("http:"):
        raise FetchError(f"{url} redirects from https down to http, which is refused.")
    return onward


def _with_validators(answer: Fetched, etag: str, last_modified: str) -> Fetched:
    """The answer; one that says "not modified" may leave out the validators that still hold."""
    if not answer.not_modified:
        return answer
    return replace(
        answer,
        etag=answer.etag or etag,
        last_modified=answer.last_modified or last_modified,
    )


def _headers(etag: str, last_modified: str) -> dict[str, str]:
    validators = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    sendable = {name: value for name, value in validators.items() if _is_sendable(value)}
    return sendable | {
        "User-Agent": USER_AGENT,
        "Accept": "*/*",
        "Accept-Encoding": "gzip, deflate",
    }


def _is_sendable(value: str) -> bool:
    return bool(value) and value.isascii() and value.isprintable()


def _visited(
    target: Target, headers: dict[str, str], max_bytes: int, deadline: float
) -> Fetched | _Redirect:
    """One request to one checked address: the answer, or where it redirects."""
    with connected(target, deadline) as connection:
        connection.request(
            "GET",
            target.path,
            headers=headers | {"Host": target.host_header},
            preload_content=False,
            decode_content=False,
        )
        response = connection.getresponse()
        location = response.headers.get("Location", "")
        if response.status in _REDIRECTS and location:
            return _Redirect(location, response.status in _PERMANENT)
        retry_after = response.headers.get("Retry-After", "")
        if response.status != HTTPStatus.NOT_MODIFIED and not 200 <= response.status < 300:
            raise FetchError(
                f"{target.url} answered with status {response.status}.",
                status=response.status,
                retry_after=retry_after,
                headers=kept(response.headers),
            )
        return Fetched(
            status=response.status,
            data=_body(target, response, max_bytes, deadline),
            url=target.url,
            content_type=response.headers.get("Content-Type", ""),
            etag=response.headers.get("ETag", ""),
            last_modified=response.headers.get("Last-Modified", ""),
            retry_after=retry_after,
            headers=kept(response.headers),
        )


def _body(target: Target, response: BaseHTTPResponse, max_bytes: int, deadline: float) -> bytes:
    encoding = response.headers.get("Content-Encoding", "")
    body = bytearray()
    try:
        decoder = BodyDecoder(encoding)
        while chunk := response.read1(CHUNK, decode_content=False):
            seconds_left(target, deadline)
            body += decoder.decoded(chunk, max_bytes + 1 - len(body))
            if len(body) > max_bytes:
                raise FetchError(f"{target.url} is larger than {_size(max_bytes)}.")
    except zlib.error as error:
        raise FetchError(f"{target.url} is packed with {encoding} but broken.") from error
    except ValueError as error:
        raise FetchError(
            f"{target.url} is packed with {encoding}, which we do not read."
        ) from error
    seconds_left(target, deadline)
    if body and not decoder.is_complete:
        raise FetchError(f"{target.url} broke off before its end.")
    return bytes(body)


def _size(count: int) -> str:
    return f"{count // 2**20} MB" if count >= 2**20 else f"{count:,} bytes"
