"""A web server on loopback that serves feeds, on some paths badly, each in one way."""

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

RSS = (
    """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour</title>{}</channel></rss>"""
)
ITEM = """<item><title>Story {0} of the harbour</title><link>https://harbour.example/{0}</link>
<pubDate>Mon, 20 Mar 2023 08:00:00 GMT</pubDate></item>"""


@cache
def bomb() -> bytes:
    """A few kilobytes that unpack to 64 megabytes; packing them takes its time."""
    return gzip.compress(bytes(64 * 2**20), 9)


def rss(*names: str) -> bytes:
    """A feed of items with these names."""
    return RSS.format("".join(ITEM.format(name) for name in names)).encode()


class FeedServer(ThreadingHTTPServer):
    """Serves `body` with `status` and `headers`, and 304 to whoever knows it already; keeps what it
    was sent, and how many it answered at the same time."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status = 200
        self.body = b""
        self.headers: dict[str, str] = {}
        self.etag = '"one"'
        self.seen: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.stopping = threading.Event()
        self.let_go = threading.Event()
        # Paths that, once all are asked, let go of what is held.
        self.hold_until: set[str] = set()
        self.at_once = self.most_at_once = 0
        self.counting = threading.Lock()

    @property
    def url(self) -> str:
        """Where the feed is."""
        return f"http://127.0.0.1:{self.server_port}/"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FeedServer

    def do_GET(self) -> None:
        with self.server.counting:
            self.server.seen.append(dict(self.headers.items()))
            self.server.paths.append(self.path)
            self.server.at_once += 1
            self.server.most_at_once = max(self.server.at_once, self.server.most_at_once)
            if self.server.hold_until and self.server.hold_until <= set(self.server.paths):
                self.server.let_go.set()
        self.close_connection = True
        name, _, value = self.path.strip("/").partition("-")
        try:
            getattr(self, f"answer_{name}", self.answer_feed)(value)
        except OSError:
            return
        finally:
            with self.server.counting:
                self.server.at_once -= 1

    def answer_feed(self, _: str) -> None:
        if self.headers.get("If-None-Match") == self.server.etag:
            self.reply(304, b"", self.server.headers)
        else:
            self.reply(self.server.status, self.server.body, self.server.headers)

    def answer_own(self, name: str) -> None:
        """A feed of its own, with one item of its name."""
        self.reply(200, rss(name))

    def answer_status(self, number: str) -> None:
        self.reply(int(number), b"")

    def answer_held(self, name: str) -> None:
        """Its feed, once the test lets go."""
        self.server.let_go.wait(10)
        self.answer_own(name)

    def answer_301(self, path: str) -> None:
        self.reply(301, b"", {"Location": f"/{path}"})

    def answer_308(self, path: str) -> None:
        self.reply(308, b"", {"Location": f"/{path}"})

    def answer_302(self, path: str) -> None:
        self.reply(302, b"", {"Location": f"/{path}"})

    def answer_loop(self, _: str) -> None:
        self.reply(301, b"", {"Location": "/loop"})

    def answer_page(self, _: str) -> None:
        self.reply(200, b"<!doctype html><html><body>Sign in</body></html>")

    def answer_mislabelled(self, name: str) -> None:
        """A good feed that calls itself a picture in another encoding."""
        self.reply(200, rss(name), {"Content-Type": "image/png; charset=utf-16"})

    def answer_bomb(self, _: str) -> None:
        """What unpacks to far more than a feed may hold."""
        self.reply(200, bomb(), {"Content-Encoding": "gzip"})

    def answer_short(self, _: str) -> None:
        """Less than it says."""
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        self.wfile.write(rss("cut off"))

    def answer_silent(self, _: str) -> None:
        self.server.stopping.wait(30)

    def answer_trickling(self, _: str) -> None:
        """Byte by byte, each well within the time allowed for one read."""
        self.start_endless()
        while not self.server.stopping.wait(0.02):
            self.wfile.write(b"x")

    def answer_endless(self, _: str) -> None:
        """As fast as it can be read, without end."""
        self.start_endless()
        while not self.server.stopping.is_set():
            self.wfile.write(b"<item><title>More</title></item>" * 2000)

    def start_endless(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<rss><channel>")

    def reply(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", self.server.etag)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        if status != 304:
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Tests print nothing."""


@contextmanager
def serving() -> Iterator[FeedServer]:
    """A running server, stopped at the end."""
    server = FeedServer()
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
    )
    thread.start()
    try:
        yield server
    finally:
        server.stopping.set()
        server.let_go.set()
        server.shutdown()
        thread.join()
        server.server_close()
