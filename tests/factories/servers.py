"""A real server on this machine, for what goes over the network."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread


@dataclass
class Site:
    """What the server answers, and what it was asked."""

    port: int = 0
    # Path → status, or (status, where to).
    answers: dict[str, int | tuple[int, str]] = field(default_factory=dict)
    # Path → status for HEAD alone.
    heads: dict[str, int] = field(default_factory=dict)
    robots: str | int = 404
    asked: list[tuple[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    slow: float = 0
    lock: Lock = field(default_factory=Lock)

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self._answer()

        def do_GET(self) -> None:
            self._answer()

        def _answer(self) -> None:
            with site.lock:
                site.at_once += 1
                site.most_at_once = max(site.most_at_once, site.at_once)
                site.asked.append((self.command, self.path))
                site.headers.append(dict(self.headers))
            time.sleep(site.slow)
            # Before the answer leaves: who has it may ask again while this thread still ends.
            with site.lock:
                site.at_once -= 1
            self._say()

        def _say(self) -> None:
            if self.path == "/trickle":
                return self._trickle()
            if self.path == "/robots.txt":
                text = site.robots if isinstance(site.robots, str) else ""
                return self._send(200 if text else int(site.robots), text.encode())
            told = site.answers.get(self.path, 404)
            if self.command == "HEAD" and self.path in site.heads:
                told = site.heads[self.path]
            status, where = told if isinstance(told, tuple) else (told, "")
            return self._send(status, b"x" * 100, where)

        def _send(self, status: int, body: bytes, where: str = "") -> None:
            with suppress(OSError):
                self.send_response(status)
                if where:
                    self.send_header("Location", where)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

        def _trickle(self) -> None:
            """A header that never ends, a letter at a time."""
            with suppress(OSError):
                self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
                for _ in range(600):
                    self.wfile.write(b"a")
                    self.wfile.flush()
                    time.sleep(0.05)

        def log_message(self, *args: object) -> None:
            pass

    return Handler


@contextmanager
def running_site() -> Iterator[Site]:
    """The server, as long as it is needed."""
    site = Site()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(site))
    server.daemon_threads = True
    server.block_on_close = False
    site.port = server.server_port
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
