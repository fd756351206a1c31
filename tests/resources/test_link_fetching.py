"""Asking addresses of a real server."""

import socket
import ssl
from http.client import InvalidURL, RemoteDisconnected

import pytest

from resources.links.fetching import Caller, Refused, ask, outcome_of
from resources.links.robots import may_read, read_robots, wished_pause
from resources.links.rules import Answer, Outcome
from tests.factories.servers import running_site

CALLER = Caller(
    "Thu/1.0 (+https://truong.example)", allow_loopback=True, step_seconds=2, whole_seconds=3
)


@pytest.fixture
def site():
    """A server."""
    with running_site() as running:
        yield running


def asked(url, caller=CALLER):
    """The answer, with every robots.txt open."""
    return ask(url, caller, lambda url: True)


def test_what_opens_is_asked_once_by_head_under_our_name(site):
    site.answers["/a?b=1"] = 200
    assert asked(site.url("/a?b=1")) == Answer(Outcome.ANSWERED, 200, site.url("/a?b=1"))
    assert site.asked == [("HEAD", "/a?b=1")]
    assert site.headers[0]["User-Agent"] == "Thu/1.0 (+https://truong.example)"


@pytest.mark.parametrize("status", [403, 404, 405, 500, 501])
def test_a_head_that_is_refused_is_followed_by_a_get_of_one_byte(site, status):
    site.answers["/a"], site.heads["/a"] = 200, status
    assert asked(site.url("/a")).status == 200
    assert site.asked == [("HEAD", "/a"), ("GET", "/a")]
    assert site.headers[1]["Range"] == "bytes=0-0"


@pytest.mark.parametrize("status", [404, 410, 401, 403, 429, 500, 503])
def test_status_of_the_get_counts(site, status):
    site.answers["/a"] = status
    assert asked(site.url("/a")) == Answer(Outcome.ANSWERED, status, site.url("/a"))


def test_vietnamese_letters_go_as_percent_signs(site):
    site.answers["/%C4%91%C6%B0%E1%BB%9Dng?q=%C4%91"] = 200
    assert asked(site.url("/đường?q=đ")).status == 200
    assert asked(site.url("/%C4%91%C6%B0%E1%BB%9Dng?q=%C4%91")).status == 200


def test_redirects_are_followed_to_their_end(site):
    site.answers |= {"/a": (301, "/b"), "/b": (302, site.url("/c#x")), "/c": 200}
    assert asked(site.url("/a")) == Answer(Outcome.ANSWERED, 200, site.url("/c"))


def test_a_loop_of_redirects_ends(site):
    site.answers |= {"/a": (302, "/b"), "/b": (302, "/a")}
    assert asked(site.url("/a")).outcome == Outcome.REDIRECTS
    assert len(site.asked) == 6


@pytest.mark.parametrize(
    ("where", "outcome"),
    [
        ("http://10.0.0.1/", Outcome.PRIVATE),
        ("http://169.254.169.254/latest/meta-data/", Outcome.PRIVATE),
        ("http://[::ffff:10.0.0.1]/", Outcome.PRIVATE),
        ("file:///etc/passwd", Outcome.WRONG),
        ("gopher://127.0.0.1:6379/", Outcome.WRONG),
        ("http://[", Outcome.WRONG),
    ],
)
def test_a_redirect_into_the_inner_network_is_refused(site, where, outcome):
    site.answers["/a"] = (302, where)
    assert asked(site.url("/a")).outcome == outcome


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0"])
def test_the_own_machine_is_never_asked_outside_of_tests(site, host):
    answer = asked(f"http://{host}:{site.port}/a", Caller("Thu"))
    assert (answer.outcome, site.asked) == (Outcome.PRIVATE, [])


def test_what_answers_too_slowly_is_left(site):
    site.slow = 2.5
    quick = Caller("Thu", allow_loopback=True, step_seconds=0.2, whole_seconds=3)
    assert asked(site.url("/a"), quick).outcome == Outcome.TIMEOUT


def test_what_trickles_for_ever_is_left(site):
    quick = Caller("Thu", allow_loopback=True, step_seconds=2, whole_seconds=0.5)
    assert asked(site.url("/trickle"), quick).outcome == Outcome.TIMEOUT


def test_a_certificate_that_is_none(site):
    assert asked(f"https://127.0.0.1:{site.port}/").outcome == Outcome.TLS


def test_a_closed_door():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert asked(f"http://127.0.0.1:{port}/").outcome == Outcome.CLOSED


@pytest.mark.parametrize(
    ("failed", "outcome"),
    [
        (socket.gaierror(socket.EAI_NONAME, "x"), Outcome.NO_NAME),
        (socket.gaierror(socket.EAI_NODATA, "x"), Outcome.NO_NAME),
        (socket.gaierror(socket.EAI_AGAIN, "x"), Outcome.NO_RESOLVER),
        (TimeoutError(), Outcome.TIMEOUT),
        (ssl.SSLCertVerificationError(), Outcome.TLS),
        (ConnectionResetError(), Outcome.CLOSED),
        (RemoteDisconnected("x"), Outcome.CLOSED),
        (InvalidURL("x"), Outcome.WRONG),
        (UnicodeError(), Outcome.WRONG),
        (Refused(), Outcome.PRIVATE),
        (KeyError(), None),
    ],
)
def test_failures_by_kind(failed, outcome):
    assert outcome_of(failed) == outcome


@pytest.mark.parametrize(
    "url", ["http://a..vn/", "http://" + "a" * 64 + ".vn/", "http://a.vn:99999/"]
)
def test_names_that_cannot_be(url):
    assert asked(url).outcome == Outcome.WRONG


def test_robots(site):
    site.robots = "User-agent: *\nDisallow: /kin/\nCrawl-delay: 7\n"
    text = read_robots(site.url(""), CALLER)
    assert [may_read(text, site.url(path)) for path in ("/kin/a", "/mo/")] == [False, True]
    assert wished_pause(text) == 7
    answer = ask(site.url("/kin/a"), CALLER, lambda url: may_read(text, url))
    assert (answer.outcome, site.asked) == (Outcome.ROBOTS, [("GET", "/robots.txt")])


@pytest.mark.parametrize(
    ("status", "is_open"), [(404, True), (403, True), (500, False), (429, False)]
)
def test_robots_that_are_not_there(site, status, is_open):
    site.robots = status
    text = read_robots(site.url(""), CALLER)
    assert (may_read(text, site.url("/a")), wished_pause(text)) == (is_open, 0)
