"""Which addresses are never fetched, whatever their disguise; none of this asks the network."""

import ipaddress

import pytest

from sources.fetching import FetchError, addresses, check_as_written, fetch
from sources.fetching.addresses import Target, checked, is_public
from sources.fetching.guarded import redirected


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.1",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:a9fe:a9fe",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2001:db8::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2002:7f00:1::",
        "fc00::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "::ffff:0:127.0.0.1",
    ],
)
def test_address_inside_or_wrapped_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700::1", "::ffff:1.1.1.1"])
def test_address_of_the_internet_is_public(address):
    assert is_public(address)


INSIDE = "is a private address|is a name inside a private network"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://0/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://localhost/",
        "http://LOCALHOST./",
        "http://①②⑦.⓪.⓪.①/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "https://[64:ff9b::a9fe:a9fe]/",
        "http://169.254.169.254/latest/meta-data/",
        "https://192.168.0.1/",
        "http://news.localhost/",
        "http://nas.local/",
        "http://router.home.arpa/",
        "http://metadata.google.internal./",
        "http://intranet/",
    ],
)
def test_private_address_is_refused_in_every_spelling_without_asking_for_it(url, monkeypatch):
    monkeypatch.setattr(addresses, "_resolved", None)

    for refuse in (fetch, check_as_written):
        with pytest.raises(FetchError, match=INSIDE):
            refuse(url)


@pytest.mark.parametrize(
    "url", ["https://nowhere.invalid/", "https://1.1.1.1/", "http://a.example"]
)
def test_what_only_a_name_server_could_tell_is_not_refused_as_it_is_written(url):
    check_as_written(url)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://127.0.0.1:8000/", ""),
        ("http://localhost:8000/", ""),
        ("http://[::1]/", ""),
        ("http://2130706433/", ""),
        ("http://192.168.0.1/", "192.168.0.1 is a private address"),
        ("http://169.254.169.254/", "169.254.169.254 is a private address"),
        ("http://metadata.google.internal/", "is a name inside a private network"),
    ],
)
def test_the_switch_of_the_tests_lets_loopback_through_and_nothing_else(url, words):
    if not words:
        check_as_written(url, allow_loopback=True)
        return
    for refuse in (check_as_written, checked):
        with pytest.raises(FetchError, match=words):
            refuse(url, allow_loopback=True)


def test_message_names_the_address_that_a_notation_hides():
    with pytest.raises(FetchError) as caught:
        check_as_written("http://0177.0.0.1/")
    assert str(caught.value) == (
        "0177.0.0.1 is a private address (127.0.0.1), which is never fetched."
    )


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "is not an http or https address"),
        ("example.org", "is not an http or https address"),
        ("file:///etc/passwd", "is not an http or https address"),
        ("ftp://1.1.1.1/", "is not an http or https address"),
        ("gopher://1.1.1.1/", "is not an http or https address"),
        ("javascript:alert(1)", "is not an http or https address"),
        ("http://", "names no host"),
        ("http:///path", "names no host"),
        ("http://[::1", "is not a web address"),
        ("http://1.1.1.1:99999/", "is not a web address"),
        ("http://1.1.1.1:22/", "names port 22"),
        ("https://1.1.1.1:80/", "names port 80"),
        ("http://1.1.1.1:0/", "names port 0"),
        ("http://ada:secret@1.1.1.1/", "carries a user name or password"),
        ("http://1.1.1.1@127.0.0.1/", "carries a user name or password"),
        ("http://1.1.1.1\\@127.0.0.1/", "spaces or control characters"),
        ("http://1.1.1.1/ HTTP/1.1\r\nX: y", "spaces or control characters"),
        ("http://nowhere.invalid/", "was not found"),
        (f"http://{'a' * 64}.example/", "was not found"),
        (f"http://{'é' * 70}.example/", "is not a host name"),
    ],
)
def test_address_that_is_not_fetched_says_why(url, words):
    with pytest.raises(FetchError, match=words):
        checked(url)


def test_password_is_not_repeated_in_the_message():
    with pytest.raises(FetchError) as caught:
        checked("http://ada:secret@1.1.1.1/")
    assert "secret" not in str(caught.value)


def test_target_keeps_the_name_and_the_checked_address_apart():
    target = checked(
        "http://LOCALHOST:8000/a b".replace(" ", "%20") + "?q=é#part", allow_loopback=True
    )
    assert target.host == "localhost"
    assert target.host_header == "localhost:8000"
    assert target.path == "/a%20b?q=%C3%A9"
    assert target.ips
    assert all(ipaddress.ip_address(ip).is_loopback for ip in target.ips)


def test_host_header_leaves_out_the_usual_port_and_brackets_ipv6():
    target = Target(scheme="https", host="2606:4700::1", port=443, path="/", ips=("2606:4700::1",))
    assert (target.host_header, target.url) == ("[2606:4700::1]", "https://[2606:4700::1]/")


@pytest.mark.parametrize(
    ("location", "onward"),
    [
        ("/b", "https://example.org/b"),
        ("//other.example/b#c", "https://other.example/b"),
        ("https://other.example/", "https://other.example/"),
    ],
)
def test_redirect_is_read_against_the_page_it_stands_on(location, onward):
    assert redirected("https://example.org/a", location) == onward


def test_redirect_from_https_down_to_http_is_refused():
    with pytest.raises(FetchError, match="down to http"):
        redirected("https://example.org/a", "HTTP://example.org/a")


@pytest.mark.parametrize("location", ["http://127.0.0.1/", "//169.254.169.254/", "http://[::1]/"])
def test_redirect_to_a_private_address_is_refused_when_followed(location):
    with pytest.raises(FetchError, match="is a private address"):
        checked(redirected("http://example.org/a", location))


def test_hosts_known_for_reaching_inside_are_refused(shared):
    lines = (shared / "data/hostile_input/ssrf-testing/cloud-metadata.txt").read_text().split()
    urls = [line for line in lines if line.startswith(("http://169.254.", "http://192.0.0.192"))]
    assert urls
    for url in urls:
        with pytest.raises(FetchError, match="is a private address"):
            fetch(url)
