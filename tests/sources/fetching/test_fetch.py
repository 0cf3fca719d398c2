"""Fetching from a real server on loopback: what comes back, and every way it can fail."""

import socket
import ssl
import subprocess
import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from threading import Thread

import pytest

from sources.fetching import Fetched, FetchError, fetch
from tests.sources.fetching.server import ETAG, MODIFIED, PAGE, serving


@pytest.fixture
def server():
    with serving() as running:
        yield running


def failure(url: str, **options) -> str:
    with pytest.raises(FetchError) as caught:
        fetch(url, allow_loopback=True, **options)
    return str(caught.value)


def test_page_comes_with_its_validators(server):
    answer = fetch(f"{server.address}/page", allow_loopback=True)

    date = answer.headers.pop("Date")
    assert abs(parsedate_to_datetime(date) - datetime.now(UTC)) < timedelta(minutes=1)
    assert answer == Fetched(
        status=200,
        data=PAGE,
        url=f"{server.address}/page",
        content_type="text/html; charset=utf-8",
        etag=ETAG,
        last_modified=MODIFIED,
        headers={
            "ETag": ETAG,
            "Last-Modified": MODIFIED,
            "Content-Type": "text/html; charset=utf-8",
        },
    )


def test_headers_that_are_kept_are_cut_and_other_links_left_out(server):
    headers = fetch(f"{server.address}/headers", allow_loopback=True).headers

    assert headers["Link"] == '<https://harbour.example/a>; rel="canonical"'
    assert headers["Cache-Control"] == "x" * 500
    assert "Set-Cookie" not in headers


def test_cookie_is_never_sent_back(server):
    fetch(f"{server.address}/headers", allow_loopback=True)
    fetch(f"{server.address}/hops-2", allow_loopback=True)

    assert [path for path, sent in server.seen if "Cookie" in sent] == []


def test_error_carries_its_status_and_when_to_come_again(server):
    with pytest.raises(FetchError) as caught:
        fetch(f"{server.address}/busy", allow_loopback=True)

    assert (caught.value.status, caught.value.headers["Retry-After"]) == (429, "120")


def test_request_names_us_and_carries_nothing_else(server, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1/")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1/")
    fetch(f"{server.address}/page?q=a%20b", allow_loopback=True)
    assert server.seen == [
        (
            "/page?q=a%20b",
            {
                "Host": f"127.0.0.1:{server.server_port}",
                "User-Agent": "Plumbline/0.1",
                "Accept": "*/*",
                "Accept-Encoding": "gzip, deflate",
            },
        )
    ]


def test_validators_are_sent_back_and_not_modified_is_understood(server):
    answer = fetch(f"{server.address}/page", etag=ETAG, last_modified=MODIFIED, allow_loopback=True)
    assert answer.not_modified
    assert (answer.status, answer.data, answer.etag) == (304, b"", ETAG)
    assert server.seen[0][1]["If-Modified-Since"] == MODIFIED


def test_validator_that_would_break_the_request_is_not_sent(server):
    fetch(f"{server.address}/page", etag='"a"\r\nX-Evil: 1', allow_loopback=True)
    assert "If-None-Match" not in server.seen[0][1]
    assert "X-Evil" not in server.seen[0][1]


def test_five_redirects_are_followed_to_the_final_address(server):
    answer = fetch(f"{server.address}/hops-5", allow_loopback=True)
    assert (answer.data, answer.url) == (PAGE, f"{server.address}/page")


def test_six_redirects_are_too_many(server):
    assert "redirects more than 5 times" in failure(f"{server.address}/hops-6")
    assert len(server.seen) == 6


def test_redirect_loop_ends(server):
    assert "redirects more than 5 times" in failure(f"{server.address}/loop")


@pytest.mark.parametrize(
    ("path", "moved_to"),
    [("301-page", "page"), ("308-301-page", "page"), ("301-hops-1", "hops-1"), ("hops-2", "")],
)
def test_where_it_moved_for_good_is_told_up_to_the_first_redirect_that_is_not(
    server, path, moved_to
):
    answer = fetch(f"{server.address}/{path}", allow_loopback=True)
    assert answer.url == f"{server.address}/page"
    assert answer.moved_to == (f"{server.address}/{moved_to}" if moved_to else "")


def test_status_and_when_to_come_again_are_told_with_an_error(server):
    with pytest.raises(FetchError) as caught:
        fetch(f"{server.address}/busy-120", allow_loopback=True)
    assert (caught.value.status, caught.value.retry_after) == (503, "120")


def test_redirect_to_another_scheme_is_refused(server):
    assert "not an http or https" in failure(f"{server.address}/to?file:///etc/passwd")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 429, 500, 503])
def test_error_status_is_named(server, status):
    assert failure(f"{server.address}/status-{status}").endswith(f"answered with status {status}.")


@pytest.mark.parametrize("path", ["large", "gzip", "deflate", "rawdeflate"])
def test_body_is_decoded_up_to_the_cap_and_refused_above(server, path):
    answer = fetch(f"{server.address}/{path}-1000", max_bytes=1000, allow_loopback=True)
    assert answer.data == b"a" * 1000
    assert failure(f"{server.address}/{path}-1001", max_bytes=1000).endswith(
        "is larger than 1,000 bytes."
    )


def test_gzip_bomb_is_refused_by_its_unpacked_size(server):
    assert failure(f"{server.address}/gzip-50000000").endswith("is larger than 20 MB.")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("brotli", "is packed with br, which we do not read."),
        ("notgzip", "is packed with gzip but broken."),
        ("halfgzip", "broke off before its end."),
        ("short", "broke off or does not speak HTTP."),
        ("nonsense", "broke off or does not speak HTTP."),
    ],
)
def test_broken_answer_is_told_in_words(server, path, words):
    assert failure(f"{server.address}/{path}") == f"{server.address}/{path} {words}"


@pytest.mark.parametrize("path", ["silent", "dripping", "unending", "trickling"])
def test_slow_server_is_cut_off_at_the_time_it_is_given(server, path):
    start = time.monotonic()
    assert failure(f"{server.address}/{path}", seconds=0.3) == f"{server.address}/{path} timed out."
    assert time.monotonic() - start < 2


def test_closed_port_is_told_in_words():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
        assert failure(url) == f"{url} does not take connections."


@pytest.fixture
def tls_port(tmp_path, monkeypatch):
    """A TLS server on loopback with a certificate for localhost, which we trust for now."""
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    command += ["-keyout", "key.pem", "-out", "cert.pem"]
    try:
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("needs the openssl command to make a certificate")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=answer_once, args=(listening, context))
        thread.start()
        yield listening.getsockname()[1]
        thread.join()


def answer_once(listening: socket.socket, context: ssl.SSLContext) -> None:
    connection, _ = listening.accept()
    with connection:
        try:
            with context.wrap_socket(connection, server_side=True) as safe:
                safe.recv(4096)
                safe.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nsafe")
        except OSError:
            return


def test_certificate_is_checked_against_the_name_not_the_address(tls_port):
    assert fetch(f"https://localhost:{tls_port}/", allow_loopback=True).data == b"safe"


def test_certificate_for_another_name_is_refused(tls_port):
    assert "no certificate we can trust" in failure(f"https://127.0.0.1:{tls_port}/")


def test_certificate_nobody_vouches_for_is_refused(tls_port, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    assert "no certificate we can trust" in failure(f"https://localhost:{tls_port}/")


def test_server_without_tls_is_refused_under_https(server):
    url = f"https://127.0.0.1:{server.server_port}/"
    assert "no certificate we can trust, or speaks no TLS" in failure(url)
