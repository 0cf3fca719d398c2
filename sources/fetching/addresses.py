"""Which addresses may be fetched: public hosts over HTTP(S), and nothing inside our own network."""

import ipaddress
import queue
import socket
import threading
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from sources.fetching.types import FetchError, HostNotFound

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
RESOLVE_SECONDS = 5.0
PORTS = {"http": 80, "https": 443}
# Names that no public name server answers for: RFC 6761, 6762 and 8375, and what ICANN keeps free.
_PRIVATE_NAMES = (".local", ".internal", ".home.arpa")
# Addresses that carry another address inside, which a gateway would unwrap for us.
_TRANSLATED = tuple(
    ipaddress.ip_network(network)
    for network in (
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2002::/16",
        "2001::/32",
        "::/96",
        "fec0::/10",
    )
)


@dataclass(frozen=True)
class Target:
    """A checked address: where to connect, and what to ask for there."""

    scheme: str
    host: str
    port: int
    path: str
    ips: tuple[str, ...]

    @property
    def host_header(self) -> str:
        """The value of the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address in full."""
        return f"{self.scheme}://{self.host_header}{self.path}"


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, seen through every wrapping."""
    ip: IPAddress = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            ip = ip.ipv4_mapped
        elif any(ip in network for network in _TRANSLATED):
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def checked(url: str, *, allow_loopback: bool = False) -> Target:
    """The target of a URL, its host resolved once. Raises FetchError."""
    scheme, host, port, path = _checked_parts(url, allow_loopback=allow_loopback)
    resolved = _resolved(host, port, url)
    _require_public(host, resolved, allow_loopback=allow_loopback)
    return Target(scheme=scheme, host=host, port=port, path=path, ips=resolved)


def check_as_written(url: str, *, allow_loopback: bool = False) -> None:
    """Raises FetchError for a URL of which it shows, without asking a name server, that it is refused."""
    _checked_parts(url, allow_loopback=allow_loopback)


def _checked_parts(url: str, *, allow_loopback: bool) -> tuple[str, str, int, str]:
    scheme, host, port, path = _parts(url)
    if not allow_loopback and port != PORTS[scheme]:
        raise FetchError(f"{url} names port {port}; only 80 and 443 are fetched.")
    if ips := _written_out(host):
        _require_public(host, ips, allow_loopback=allow_loopback)
    elif _is_private_name(host, allow_loopback=allow_loopback):
        raise FetchError(f"{host} is a name inside a private network, which is never fetched.")
    return scheme, host, port, path


def _is_private_name(host: str, *, allow_loopback: bool) -> bool:
    name = f".{host.rstrip('.')}"
    if name.endswith(".localhost"):
        return not allow_loopback
    # A name without a dot is looked for in the network around us first.
    return name.endswith(_PRIVATE_NAMES) or name.count(".") == 1


def _require_public(host: str, ips: tuple[str, ...], *, allow_loopback: bool) -> None:
    for ip in ips:
        if allow_loopback and ipaddress.ip_address(ip).is_loopback:
            continue
        if not is_public(ip):
            told = "a private address" if ip == host else f"a private address ({ip})"
            raise FetchError(f"{host} is {told}, which is never fetched.")


def _written_out(host: str) -> tuple[str, ...]:
    """The IP addresses of a host that is one, in whatever notation a resolver takes: 0177.1, 2130706433."""
    return _addresses(host, flags=socket.AI_NUMERICHOST)


def _parts(url: str) -> tuple[str, str, int, str]:
    if any(character.isspace() or ord(character) < 32 for character in url) or "\\" in url:
        raise FetchError("The address holds spaces or control characters.")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise FetchError(f"{url} is not a web address.") from error
    if parts.scheme not in PORTS:
        raise FetchError(f"{url} is not an http or https address.")
    if "@" in parts.netloc:
        raise FetchError("The address carries a user name or password; leave it out.")
    if not host:
        raise FetchError(f"{url} names no host.")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]")
    number = PORTS[parts.scheme] if port is None else port
    return parts.scheme, _ascii(host), number, path + (f"?{query}" if query else "")


def _ascii(host: str) -> str:
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise FetchError(f"{host} is not a host name.") from error


def _resolved(host: str, port: int, url: str) -> tuple[str, ...]:
    answers: queue.SimpleQueue[tuple[str, ...]] = queue.SimpleQueue()
    # In a thread, because nothing else can put an end to a slow name server.
    threading.Thread(target=_look_up, args=(host, port, answers), daemon=True).start()
    try:
        found = answers.get(timeout=RESOLVE_SECONDS)
    except queue.Empty as error:
        raise FetchError(f"Looking up the host of {url} timed out.") from error
    if not found:
        raise HostNotFound(f"The host of {url} was not found.")
    return found


def _look_up(host: str, port: int, answers: "queue.SimpleQueue[tuple[str, ...]]") -> None:
    answers.put(_addresses(host, port))


def _addresses(host: str, port: int | None = None, *, flags: int = 0) -> tuple[str, ...]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags)
    except (OSError, UnicodeError):
        return ()
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
