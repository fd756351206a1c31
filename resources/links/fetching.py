"""Asking one address elsewhere: politely, briefly, and never anything inside our own network.

The host's name is resolved here, every address it has must be public, and the connection goes to that very
address: a name that changes its mind in between gains nothing. Each redirect is judged in the same way.
"""

import http.client
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Timer
from urllib.parse import quote, urljoin, urlsplit

from core.found_links import asked_url
from resources.links.addresses import is_public, may_ask_port
from resources.links.rules import Answer, Outcome

REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_REDIRECTS = 5
# For each step; and for one request as a whole, for a server may trickle for ever.
STEP_SECONDS = 8
WHOLE_SECONDS = 20
# Of robots.txt (RFC 9309: at least 500 kB); of a page nothing is read.
MOST_BYTES = 512 * 1024
# What a page's server may dislike in HEAD, it may like in GET.
PASSES = range(200, 400)
SAFE = "!#$%&'()*+,/:;=?@[]~"


class Refused(Exception):
    """The address may not be asked."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the name told to servers, and whether the own machine may be asked, as in tests."""

    agent: str
    allow_loopback: bool = False
    step_seconds: float = STEP_SECONDS
    whole_seconds: float = WHOLE_SECONDS


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer: status, where it sends on to, and what was read of it."""

    status: int
    location: str = ""
    body: bytes = b""


def ask(url: str, caller: Caller, may_read: Callable[[str], bool]) -> Answer:
    """Where `url` leads. `may_read` says whether the host's robots.txt lets us."""
    here = url
    for _ in range(MOST_REDIRECTS + 1):
        try:
            if not may_read(here):
                return Answer(Outcome.ROBOTS, final_url=here)
            reply = _head_or_get(here, caller)
        except Exception as failed:
            outcome = outcome_of(failed)
            if outcome is None:
                raise
            return Answer(outcome, final_url=here)
        if reply.status not in REDIRECTS or not reply.location:
            return Answer(Outcome.ANSWERED, reply.status, here)
        here = sent_on(here, reply.location)
        if not here:
            return Answer(Outcome.WRONG, reply.status)
    return Answer(Outcome.REDIRECTS, final_url=here)


def sent_on(here: str, location: str) -> str:
    """Where a redirect leads; "" for no address of the web."""
    try:
        return asked_url(urljoin(here, location))
    except ValueError:
        return ""


def outcome_of(failed: Exception) -> Outcome | None:
    """What a failure of the network means; None for a fault of our own."""
    match failed:
        case Refused():
            return Outcome.PRIVATE
        case socket.gaierror():
            gone = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
            return Outcome.NO_NAME if failed.errno in gone else Outcome.NO_RESOLVER
        case TimeoutError():
            return Outcome.TIMEOUT
        case ssl.SSLError():
            return Outcome.TLS
        case UnicodeError() | http.client.InvalidURL():
            return Outcome.WRONG
        case http.client.HTTPException() | OSError():
            return Outcome.CLOSED
    return None


def _head_or_get(url: str, caller: Caller) -> Reply:
    reply = request("HEAD", url, caller)
    return reply if reply.status in PASSES else request("GET", url, caller, first_byte=True)


def request(
    method: str, url: str, caller: Caller, *, first_byte: bool = False, most: int = 0
) -> Reply:
    """One request to a public address; at most `most` bytes of the answer are read."""
    parts = urlsplit(url)
    is_tls = parts.scheme == "https"
    try:
        port = parts.port or (443 if is_tls else 80)
    except ValueError as wrong:
        raise http.client.InvalidURL(url) from wrong
    host = (parts.hostname or "").encode("idna").decode("ascii")
    held = [_connected(host, port, caller)]
    # Closing the socket is what ends a read that trickles.
    is_over = Event()
    watch = Timer(caller.whole_seconds, _shut, [held, is_over])
    watch.daemon = True
    watch.start()
    connection = http.client.HTTPConnection(host, port)
    try:
        if is_tls:
            held.append(_wrapped(held[0], host))
            held[-1].do_handshake()  # type: ignore[attr-defined]
        connection.sock = held[-1]
        headers = {"User-Agent": caller.agent, "Accept": "*/*", "Accept-Language": "vi"}
        if first_byte:
            headers["Range"] = "bytes=0-0"
        connection.request(method, _path(parts.path, parts.query), headers=headers)
        answer = connection.getresponse()
        body = answer.read(most) if most else b""
        if is_over.is_set():
            # What was cut off looks like a short answer.
            raise TimeoutError
        return Reply(answer.status, answer.getheader("Location") or "", body)
    finally:
        watch.cancel()
        connection.close()
        held[-1].close()


def _path(path: str, query: str) -> str:
    """The path as it goes over the wire: Vietnamese letters in it are percent signs there."""
    return quote(path or "/", safe=SAFE) + (f"?{quote(query, safe=SAFE)}" if query else "")


def _connected(host: str, port: int, caller: Caller) -> socket.socket:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    loopback = caller.allow_loopback
    if not all(is_public(one, allow_loopback=loopback) for one in addresses):
        raise Refused
    if not may_ask_port(port, allow_loopback=loopback):
        raise Refused
    return socket.create_connection((addresses[0], port), timeout=caller.step_seconds)


def _wrapped(sock: socket.socket, host: str) -> ssl.SSLSocket:
    """The same connection for TLS, whose handshake is still to come: it is watched too."""
    context = ssl.create_default_context()
    return context.wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)


def _shut(held: list[socket.socket], is_over: Event) -> None:
    is_over.set()
    try:
        held[-1].shutdown(socket.SHUT_RDWR)
    except OSError:
        # It is closed already.
        return
