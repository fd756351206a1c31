"""A public page as one file that opens without a network.

Portals of public bodies let a reader print and save every article: the feature set of Decree 42/2022, kept as
our measure though the decree has lapsed. The file leaves out what paper leaves out (menus, banners, sharing),
carries its style and its pictures inside, runs nothing and calls nobody: readers on a weak line, or with none
at home, keep it on the phone and pass it on.
"""

import base64
import re
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.utils.html import escape, format_html

from core.finders import NAME as STYLES
from core.queries import site_chrome
from core.rules import theme_css
from core.text import clean, slugify

PARAMETER = "luu"
# Three megabytes of pictures make a file of four, which a cheap phone still opens and sends on.
PICTURE_BYTES = 3 * 1024 * 1024
MAX_NAME = 70
# What paper leaves out (`zz-print.css`), and what does nothing without the site behind it.
LEFT_OUT = (
    "script, noscript, template, link, style, nav, form, button, iframe, object, embed, [hidden], "
    ".no-print, .banner, .share, .tags, .related, .pager, .footer__links"
)
KINDS = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
# Where a link of a kept page may lead.
SCHEMES = ("http", "https", "mailto", "tel")
PLAYERS = {"video": "Xem video trên trang", "audio": "Nghe trên trang"}
# The file asks for nothing, whatever a browser makes of it.
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'"
FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
CSS_ADDRESS = re.compile(r"url\([^)]*\)")
NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s]+')


def saved_copy(response: HttpResponse, address: str, now: datetime) -> HttpResponse:
    """The page of `response` as a file to download; no cookie and no header of the page goes with it."""
    soup = BeautifulSoup(response.content.decode(), "html.parser")
    chrome = site_chrome().settings
    title = soup.title.get_text().strip() if soup.title else ""
    parts = [soup.find("main") or soup.find("body"), soup.find("footer", class_="footer")]
    main, foot = (_made_portable(soup, part, address) for part in parts)
    saved = HttpResponse(
        _document(
            title, _styles(chrome.primary_colour), f"{main}\n{_source(address, now)}\n{foot}"
        ),
        content_type="text/html; charset=utf-8",
    )
    saved["Content-Disposition"] = disposition(title.removesuffix(f" – {chrome.school_name}"))
    saved["X-Robots-Tag"] = "noindex"
    return saved


def portable(html: str, address: str) -> str:
    """A piece of the page at `address` that needs nothing around it: pictures inside, links led to the site."""
    soup = BeautifulSoup(f"<body>{html}</body>", "html.parser")
    return _made_portable(soup, soup.body, address)


def disposition(title: str) -> str:
    """The header that names the file in Vietnamese, with a plain name for old programs (RFC 5987)."""
    name = NOT_IN_NAMES.sub(" ", clean(title)).strip(". ")
    plain = slugify(name) or "trang"
    if len(name) > MAX_NAME:
        name = name[: MAX_NAME + 1].rpartition(" ")[0] or name[:MAX_NAME]
    whole = quote(name or "Trang", safe="")
    return f"attachment; filename=\"{plain}.html\"; filename*=UTF-8''{whole}.html"


def _document(title: str, styles: str, body: str) -> str:
    return (
        f'<!doctype html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{styles}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _source(address: str, now: datetime) -> str:
    return format_html(
        '<p class="wrap meta page-acts__source">Lưu từ <a href="{0}">{0}</a> ngày {1}.</p>',
        address,
        f"{now:%d/%m/%Y}",
    )


def _styles(colour: str) -> str:
    """The site's style sheet without its fonts, which weigh more than the page, and without drawings."""
    found = _static_file(STYLES)
    css = FONT_FACE.sub("", found.read_text()) if found else ""
    return CSS_ADDRESS.sub("none", css) + theme_css(colour)


def _made_portable(soup: BeautifulSoup, part: Any, address: str) -> str:
    """A part of the page that needs nothing around it."""
    if not isinstance(part, Tag):
        return ""
    for tag in part.select(LEFT_OUT):
        tag.decompose()
    _name_players(soup, part, address)
    _take_pictures_in(part)
    for link in part.select("a[href]"):
        # Links lead to the site from wherever the file lies; those within the page stay within the file.
        if not str(link["href"]).startswith("#"):
            link["href"] = _leading(address, str(link["href"]))
    for tag in part.find_all(True):
        for name in [name for name in tag.attrs if name.lower().startswith("on")]:
            del tag[name]
    return part.decode_contents() if part.name == "body" else part.decode()


def _leading(address: str, place: str) -> str:
    """Where a link of the page at `address` leads; to that page where it is no address of any use."""
    try:
        target = urljoin(address, place)
        return target if urlsplit(target).scheme in SCHEMES else address
    except ValueError:
        # What people paste: “https://[tên miền]/”.
        return address


def _name_players(soup: BeautifulSoup, part: Tag, address: str) -> None:
    """A film is too heavy to keep: a link to it stands in its place."""
    for player in part.select("video, audio"):
        source = player if player.get("src") else player.find("source", src=True)
        if isinstance(source, Tag):
            link = soup.new_tag("a", href=_leading(address, str(source["src"])))
            link.string = PLAYERS[player.name]
            player.replace_with(link)
        else:
            player.decompose()


def _take_pictures_in(part: Tag) -> None:
    """Put pictures inside the file, in order, while there is room; of the others the words remain."""
    left = PICTURE_BYTES
    for source in part.select("picture > source"):
        source.decompose()
    for picture in part.select("img"):
        place = _lightest(picture)
        kind = KINDS.get(PurePosixPath(_path_of(place)).suffix.lower(), "")
        content = _own_file(place, left) if kind else None
        if content:
            left -= len(content)
            for name in ("srcset", "sizes", "loading", "fetchpriority", "decoding"):
                del picture[name]
            picture["src"] = f"data:{kind};base64,{base64.b64encode(content).decode()}"
        else:
            words = str(picture.get("alt", "")).strip()
            picture.replace_with(f"[Hình: {words}]" if words else "")


def _lightest(picture: Tag) -> str:
    """The narrowest cut that the picture offers in its plain format: enough for a phone."""
    cuts = []
    for offer in str(picture.get("srcset", "")).split(","):
        place, _, width = offer.strip().partition(" ")
        if width.removesuffix("w").isdigit():
            cuts.append((int(width.removesuffix("w")), place))
    return min(cuts)[1] if cuts else str(picture.get("src", ""))


def _path_of(place: str) -> str:
    try:
        return urlsplit(place).path
    except ValueError:
        return ""


def _own_file(place: str, most: int) -> bytes | None:
    """What lies behind an address of our pictures, unless it is larger than `most` bytes, foreign, or gone."""
    path = unquote(_path_of(place))
    try:
        if place.startswith(settings.STATIC_URL):
            found: Any = _static_file(path.removeprefix(settings.STATIC_URL))
            return found.read_bytes() if found and found.stat().st_size <= most else None
        if place.startswith(settings.MEDIA_URL):
            name = path.removeprefix(settings.MEDIA_URL)
            if default_storage.size(name) > most:
                return None
            with default_storage.open(name) as file:
                return file.read()
    except (OSError, SuspiciousOperation, ValueError):
        # The row is there and the file is not, or somebody wrote an address by hand.
        return None
    return None


def _static_file(name: str) -> Path | None:
    """A static file by its name in the code base, or by the name it got when it was collected."""
    found = find(name)
    path = Path(found) if found else Path(staticfiles_storage.path(name))
    return path if path.is_file() else None
