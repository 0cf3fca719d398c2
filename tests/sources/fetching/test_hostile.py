"""No disguise of an address leads inside: names are faked, every connection is written down."""

import re
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sources.fetching import FetchError, fetch
from sources.fetching.addresses import is_public
from tests.sources.fetching.server import Server, serving

PUBLIC = "93.184.216.34"
INSIDE = [
    "http://0/",
    "http://127.1/",
    "http://127.0.0.1./",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://0300.0250.0.1/",
    "http://[::]/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[0:0:0:0:0:ffff:a9fe:a9fe]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[fd00:ec2::254]/",
    "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/",
    "http://１２７.0.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://localhost/",
    "http://localhost./",
    "http://inside.example/",
]

type Answers = Callable[[str], list[str]]


class Internet:
    """The network as the fetcher sees it: what names mean, and who was connected to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, answers: Answers) -> None:
        self.asked: list[str] = []
        self.connected: list[tuple[str, int]] = []
        # Where a connection to a public address ends up: nowhere, or at a server of the test.
        self.port = 0
        self._answers = answers
        self._look_up, self._connect = socket.getaddrinfo, socket.socket.connect
        internet = self

        def connect(one: socket.socket, address: tuple[str, int]) -> None:
            internet.connected.append(address[:2])
            if not internet.port:
                raise ConnectionRefusedError
            internet._connect(one, ("127.0.0.1", internet.port))

        monkeypatch.setattr(socket, "getaddrinfo", self.look_up)
        monkeypatch.setattr(socket.socket, "connect", connect)

    def look_up(self, host: str, port: int, *rest: Any, **options: Any) -> list[Any]:
        numeric = {**options, "flags": socket.AI_NUMERICHOST}
        try:
            return self._look_up(host, port, **{"type": socket.SOCK_STREAM} | numeric)
        except (OSError, UnicodeError):
            if options.get("flags") == socket.AI_NUMERICHOST:
                raise  # no name server is asked
            self.asked.append(host)
        found = [self._look_up(ip, port, **numeric) for ip in self._answers(host)]
        return [entry for entries in found for entry in entries]


def only_inside(_host: str) -> list[str]:
    return ["127.0.0.1"]


@pytest.mark.parametrize("url", INSIDE)
def test_address_inside_is_never_connected_to(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    internet = Internet(monkeypatch, only_inside)

    with pytest.raises(
        FetchError, match=r"is a private address|inside a private network|was not found"
    ):
        fetch(url)

    assert internet.connected == []


@pytest.fixture
def server():
    with serving() as running:
        yield running


@pytest.mark.parametrize("location", [*filter(str.isascii, INSIDE), "//127.1/", "//[::1]/"])
def test_redirect_inside_is_never_followed(
    location: str, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    internet = Internet(
        monkeypatch, lambda host: [PUBLIC] if host == "out.example" else ["127.0.0.1"]
    )
    internet.port = server.server_port

    with pytest.raises(
        FetchError, match=r"is a private address|inside a private network|was not found"
    ):
        fetch(f"http://out.example/to?{location}")

    assert internet.connected == [(PUBLIC, 80)]
    assert len(server.seen) == 1


def test_name_that_means_another_address_the_next_time_is_asked_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    meanings = iter([[PUBLIC], ["127.0.0.1"]])
    internet = Internet(monkeypatch, lambda _: next(meanings))

    with pytest.raises(FetchError, match="does not take connections"):
        fetch("http://rebinding.example/")

    assert internet.asked == ["rebinding.example"]
    assert internet.connected == [(PUBLIC, 80)]


def test_name_with_one_private_address_among_public_ones_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    internet = Internet(monkeypatch, lambda _: [PUBLIC, "10.0.0.1"])

    with pytest.raises(FetchError, match=r"is a private address \(10\.0\.0\.1\)"):
        fetch("http://both.example/")

    assert internet.connected == []


def test_every_address_of_the_collections_stays_outside(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shared / "data/hostile_input/ssrf-testing"
    urls = [
        line.strip()
        for line in (folder / "cloud-metadata.txt").read_text().splitlines()
        if line.startswith("http")
    ]
    urls += re.findall(r"`((?:https?|ftp|gopher|file):[^`]+)`", (folder / "README.md").read_text())
    assert len(urls) > 80
    internet = Internet(monkeypatch, only_inside)

    for url in urls:
        with pytest.raises(FetchError):
            fetch(url)

    assert [ip for ip, _ in internet.connected if not is_public(ip)] == []


def test_no_port_but_those_of_the_web_is_connected_to(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ports = (shared / "data/hostile_input/ssrf-testing/commonly-open-ports.txt").read_text().split()
    internet = Internet(monkeypatch, lambda _: [PUBLIC])

    for port in ports:
        with pytest.raises(FetchError):
            fetch(f"http://out.example:{port}/")

    assert {port for _, port in internet.connected} <= {80}
