"""A real server on loopback that answers as a language model would, or misbehaves in one way."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

type Answer = Callable[["Handler"], None]


def message(content: Any) -> Answer:
    """Answers with this message; whatever is no text is sent as JSON."""
    words = content if isinstance(content, str) else json.dumps(content)
    completion = {"choices": [{"message": {"role": "assistant", "content": words}}]}
    return plain(json.dumps(completion).encode())


def claims(*rows: Any) -> Answer:
    """Answers with these claims."""
    return message({"claims": rows})


def plain(body: bytes, *, status: int = 200, **headers: str) -> Answer:
    """Answers with this body."""
    return lambda handler: handler.reply(status, body, headers)


def drip(handler: "Handler") -> None:
    """Headers byte by byte, each well within the time allowed for one read."""
    handler.close_connection = True
    try:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not handler.server.stopping.wait(0.02):
            handler.wfile.write(b"x")
    except OSError:
        return


def dripping_body(handler: "Handler") -> None:
    """A body without a length, byte by byte."""
    handler.close_connection = True
    try:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while not handler.server.stopping.wait(0.02):
            handler.wfile.write(b" ")
    except OSError:
        return


def silence(handler: "Handler") -> None:
    """Nothing, for longer than anybody waits."""
    handler.server.stopping.wait(30)
    handler.close_connection = True


def nonsense(handler: "Handler") -> None:
    """Another protocol."""
    handler.wfile.write(b"220 mail.example ready\r\n")
    handler.close_connection = True


class ModelServer(ThreadingHTTPServer):
    """Gives the answers in turn, the last one for good; keeps what it was sent."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: list[Answer] = [claims()]
        self.requests: list[dict[str, Any]] = []
        self.headers: list[tuple[str, dict[str, str]]] = []
        self.stopping = threading.Event()

    @property
    def url(self) -> str:
        """The base of the interface."""
        return f"http://127.0.0.1:{self.server_port}/v1"

    @property
    def texts(self) -> list[str]:
        """The texts it was asked about."""
        return [json.loads(one["messages"][1]["content"])["text"] for one in self.requests]


class Handler(BaseHTTPRequestHandler):
    server: ModelServer
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.headers.append((self.path, dict(self.headers.items())))
        self.server.requests.append(json.loads(sent))
        answers = self.server.answers
        (answers.pop(0) if len(answers) > 1 else answers[0])(self)

    def do_GET(self) -> None:
        self.server.headers.append((self.path, dict(self.headers.items())))
        self.reply(200, b"{}", {})

    def reply(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[ModelServer]:
    """The server, answering in a thread of its own until the block ends."""
    with ModelServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.stopping.set()
            server.shutdown()
            thread.join()
