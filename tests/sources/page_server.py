"""A web server on loopback that serves pages, each as a test lays it down."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.sources.capture.files import article, page


class PageServer(ThreadingHTTPServer):
    """Serves what stands in `pages` by path, and 404 for any other; keeps the paths it was asked for."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages: dict[str, tuple[bytes, str]] = {}
        self.moved: dict[str, str] = {}
        # Paths that answer with another status, and with headers beside it.
        self.broken: dict[str, tuple[int, dict[str, str]]] = {}
        self.asked: list[str] = []
        self.answered: list[int] = []

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"http://127.0.0.1:{self.server_port}{path}"

    def lay(self, path: str, body: bytes, content_type: str = "text/html; charset=utf-8") -> str:
        """Puts a page under a path, in place of what stood there; returns its address."""
        self.pages[path] = (body, content_type)
        return self.url(path)

    def lay_article(self, path: str, *sentences: str, head: str = "") -> str:
        """Puts an HTML article of these sentences under a path; returns its address."""
        return self.lay(path, page(article(*sentences), head))


class Handler(BaseHTTPRequestHandler):
    server: PageServer

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.server.asked.append(path)
        if path in self.server.broken:
            self.reply(*self.server.broken[path])
        elif path in self.server.moved:
            self.reply(301, {"Location": self.server.moved[path]})
        elif path in self.server.pages:
            body, content_type = self.server.pages[path]
            etag = f'"{sha256(body).hexdigest()[:12]}"'
            if self.headers.get("If-None-Match") == etag:
                self.reply(304, {"ETag": etag})
            else:
                self.reply(200, {"Content-Type": content_type, "ETag": etag}, body)
        else:
            self.reply(404, {})

    def reply(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        self.server.answered.append(status)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Tests print nothing."""


@contextmanager
def serving() -> Iterator[PageServer]:
    """A running server, stopped at the end."""
    with PageServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
