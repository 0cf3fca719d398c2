"""A real web server on loopback whose paths misbehave, each in one way."""

import gzip
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = b"<p>A page of the test server.</p>"
ETAG = '"v1"'
MODIFIED = "Mon, 20 Mar 2023 10:00:00 GMT"


class Handler(BaseHTTPRequestHandler):
    """Answers each path in its own way; what it was sent is kept on the server."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.seen.append((self.path, dict(self.headers.items())))
        path = self.path.partition("?")[0].strip("/")
        name, _, number = path.partition("-")
        getattr(self, f"answer_{name}", self.answer_page)(number)

    def answer_page(self, _: str) -> None:
        if self.headers.get("If-None-Match") == ETAG:
            self.reply(304)
        else:
            self.reply(200, PAGE, {"ETag": ETAG, "Last-Modified": MODIFIED})

    def answer_status(self, number: str) -> None:
        self.reply(int(number))

    def answer_headers(self, _: str) -> None:
        links = '<https://harbour.example/style.css>; rel=preload, <https://harbour.example/a>; rel="canonical"'
        self.reply(
            200, PAGE, {"Link": links, "Cache-Control": "x" * 900, "Set-Cookie": "session=1"}
        )

    def answer_hops(self, number: str) -> None:
        onward = f"/hops-{int(number) - 1}" if int(number) > 1 else "/page"
        self.reply(302, headers={"Location": onward})

    def answer_loop(self, _: str) -> None:
        self.reply(301, headers={"Location": "/loop"})

    def answer_301(self, path: str) -> None:
        self.reply(301, headers={"Location": f"/{path}"})

    def answer_308(self, path: str) -> None:
        self.reply(308, headers={"Location": f"/{path}"})

    def answer_busy(self, seconds: str) -> None:
        self.reply(503 if seconds else 429, headers={"Retry-After": seconds or "120"})

    def answer_to(self, _: str) -> None:
        self.reply(302, headers={"Location": self.path.partition("?")[2]})

    def answer_large(self, number: str) -> None:
        self.reply(200, b"a" * int(number))

    def answer_gzip(self, number: str) -> None:
        self.reply(200, gzip.compress(b"a" * int(number)), {"Content-Encoding": "gzip"})

    def answer_deflate(self, number: str) -> None:
        packed = zlib.compress(b"a" * int(number))
        self.reply(200, packed, {"Content-Encoding": "deflate"})

    def answer_rawdeflate(self, number: str) -> None:
        packer = zlib.compressobj(wbits=-15)
        packed = packer.compress(b"a" * int(number)) + packer.flush()
        self.reply(200, packed, {"Content-Encoding": "deflate"})

    def answer_brotli(self, _: str) -> None:
        self.reply(200, b"\x0b\x02\x80", {"Content-Encoding": "br"})

    def answer_notgzip(self, _: str) -> None:
        self.reply(200, b"plain words", {"Content-Encoding": "gzip"})

    def answer_halfgzip(self, _: str) -> None:
        self.reply(200, gzip.compress(PAGE)[:-9], {"Content-Encoding": "gzip"})

    def answer_short(self, _: str) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(PAGE)
        self.close_connection = True

    def answer_nonsense(self, _: str) -> None:
        self.wfile.write(b"220 mail.example ready\r\n")
        self.close_connection = True

    def answer_silent(self, _: str) -> None:
        self.server.stopping.wait(30)
        self.close_connection = True

    def answer_dripping(self, _: str) -> None:
        """Headers byte by byte, each well within the time allowed for one read."""
        self.close_connection = True
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not self.server.stopping.wait(0.02):
                self.wfile.write(b"x")
        except OSError:
            return

    def answer_unending(self, _: str) -> None:
        """The beginning of an answer of no length, and no more."""
        self.close_connection = True
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE)
        self.server.stopping.wait(30)

    def answer_trickling(self, _: str) -> None:
        """An answer of no length byte by byte, each well within the time allowed for one read."""
        self.close_connection = True
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
            while not self.server.stopping.wait(0.02):
                self.wfile.write(b"x")
        except OSError:
            return

    def reply(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "text/html; charset=utf-8", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """The server with its record of requests."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.stopping = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def serving() -> Iterator[Server]:
    """The server, answering in a thread of its own until the block ends."""
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.stopping.set()
            server.shutdown()
            thread.join()
