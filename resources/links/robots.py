"""What a host asks programs to leave alone (RFC 9309)."""

from urllib.robotparser import RobotFileParser

from resources.links.fetching import (
    MOST_BYTES,
    MOST_REDIRECTS,
    REDIRECTS,
    Caller,
    request,
    sent_on,
)

AGENT = "BinhDanHocVuSo-LinkCheck"
ALL = ""
NOTHING = "User-agent: *\nDisallow: /"


def read_robots(origin: str, caller: Caller) -> str:
    """The host's robots.txt: all may be read where it has none, nothing while its server is in trouble.

    What the network itself refuses is raised: then the page could not be asked either.
    """
    url = f"{origin}/robots.txt"
    for _ in range(MOST_REDIRECTS + 1):
        reply = request("GET", url, caller, most=MOST_BYTES)
        if reply.status in REDIRECTS and reply.location:
            url = sent_on(url, reply.location)
            if not url:
                return ALL
            continue
        if reply.status >= 500 or reply.status == 429:
            return NOTHING
        return reply.body.decode("utf-8", "replace") if reply.status == 200 else ALL
    return ALL


def may_read(robots: str, url: str) -> bool:
    """Whether a robots.txt lets us read `url`."""
    return _rules(robots).can_fetch(AGENT, url)


def wished_pause(robots: str) -> float:
    """The seconds between two requests that the host wishes; 0 where it says nothing of it."""
    return float(_rules(robots).crawl_delay(AGENT) or 0)


def _rules(robots: str) -> RobotFileParser:
    rules = RobotFileParser()
    rules.parse(robots.splitlines())
    return rules
