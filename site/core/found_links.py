"""Addresses of the web in what editors write. Pure."""

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit, urlunsplit

HREF = re.compile(r"""<a\b[^>]*?\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
SCHEMES = ("http", "https")
LONGEST = 500


def asked_url(url: str) -> str:
    """The address as a server is asked for it, without its mark within the page; "" for none of the web."""
    try:
        parts = urlsplit(url.strip().partition("#")[0].strip())
        # Some hosts can't even be read.
        has_host = bool(parts.hostname) and not any(sign.isspace() for sign in parts.netloc)
    except ValueError:
        return ""
    if parts.scheme.lower() not in SCHEMES or not has_host or len(url) > LONGEST:
        return ""
    return urlunsplit(parts._replace(scheme=parts.scheme.lower())).strip()


def urls_in(value: Any) -> Iterator[str]:
    """Every address in stored blocks: of links in rich text, and of fields that hold nothing else."""
    if isinstance(value, dict):
        for part in value.values():
            yield from urls_in(part)
    elif isinstance(value, str):
        yield from _in_text(value)
    elif isinstance(value, Iterable):
        for part in value:
            yield from urls_in(part)


def _in_text(text: str) -> Iterator[str]:
    if text.lower().startswith(("http://", "https://")) and not re.search(r"\s", text.strip()):
        yield text.strip()
        return
    for double, single in HREF.findall(text):
        yield html.unescape(double or single).strip()


def bare_pictures(value: Any) -> int:
    """How many pictures in stored blocks have no words for them, and are not said to be mere ornament."""
    if isinstance(value, dict):
        own = "alt_text" in value and "image" in value
        is_bare = own and not value.get("decorative") and not str(value["alt_text"] or "").strip()
        return int(is_bare) + sum(bare_pictures(part) for part in value.values())
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        return sum(bare_pictures(part) for part in value)
    return 0
