"""How `up` asks whether the install it started is ready."""

import pytest

from config.readiness import allowed_host, asked_at, is_loopback


@pytest.mark.parametrize(
    ("allowed", "host"),
    [
        (["plumbline.example", "localhost"], "plumbline.example"),
        ([".plumbline.example"], "plumbline.example"),
        (["*"], "localhost"),
        (["[::1]"], "[::1]"),
        ([], "localhost"),
    ],
)
def test_a_host_that_is_allowed_is_asked_for(allowed: list[str], host: str) -> None:
    assert allowed_host(allowed) == host


@pytest.mark.parametrize(
    ("address", "asked", "own"),
    [
        ("0.0.0.0", "127.0.0.1", False),  # noqa: S104
        ("127.0.0.1", "127.0.0.1", True),
        ("127.0.0.2", "127.0.0.2", True),
        ("localhost", "localhost", True),
        ("192.0.2.7", "192.0.2.7", False),
        ("desk.example", "desk.example", False),
    ],
)
def test_address_is_asked_where_this_machine_reaches_it(
    address: str, asked: str, own: bool
) -> None:
    assert asked_at(address) == asked
    assert is_loopback(address) is own
