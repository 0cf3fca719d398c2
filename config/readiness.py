"""Asks a running install from this machine whether it is ready."""

import ipaddress

import urllib3


def asked_at(address: str) -> str:
    """Where this machine reaches what listens on `address`: loopback for every address at once."""
    return "127.0.0.1" if address == "0.0.0.0" else address  # noqa: S104 - compared, not listened on


def is_loopback(address: str) -> bool:
    """Whether only this machine reaches what listens there."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


def allowed_host(allowed: list[str]) -> str:
    """A Host header that ALLOWED_HOSTS lets in: its first entry, a name of its domain, or any."""
    first = allowed[0] if allowed else "*"
    return "localhost" if first == "*" else first.removeprefix(".")


def is_ready(http: urllib3.PoolManager, url: str, *, host: str) -> bool:
    """Whether `/readyz` at `url` answers 200 to somebody who asks for `host`."""
    try:
        return http.request("GET", f"{url}readyz", headers={"Host": host}).status == 200
    except urllib3.exceptions.HTTPError:
        return False
