"""A real Chromium, the demo college behind a real server, and what journeys have in common."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "reduced_motion": "reduce"}
DESK = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"}
NATIONAL_PORTAL = "https://binhdanhocvuso.gov.vn/"

ARTICLE = "/tin-tuc/an-toan-so/dien-thoai-reo-nguoi-la-xung-la-cong-an/"
GUIDE = "/huong-dan/nop-ho-so-tren-cong-dich-vu-cong-quoc-gia/"
ITEM = "/thu-vien/so-tay-vneid-cho-nguoi-moi/"
BANK = "/thu-vien/tu-kiem-tra-vneid/"
PATH = "/thu-vien/pho-cap-ky-nang-so-nguoi-dan/"
PACK = "/thu-vien/goi-mang-di/"
ASSESSMENT = "/thu-vien/tu-danh-gia/mau234/"
# One address of each kind of public page.
PUBLIC_PAGES = {
    "home": "/",
    "listing": "/tin-tuc/",
    "section": "/tin-tuc/an-toan-so/",
    "article": ARTICLE,
    "print": f"{ARTICLE}in/",
    "guides": "/huong-dan/",
    "guide": GUIDE,
    "library": "/thu-vien/",
    "library-none": "/thu-vien/?q=xyzxyz",
    "item": ITEM,
    "item-print": f"{ITEM}in/",
    "bank": BANK,
    "self-check": f"{BANK}tu-kiem-tra/?de=mau1",
    "self-check-print": f"{BANK}tu-kiem-tra/in/?de=mau1",
    "paths": "/thu-vien/lo-trinh/",
    "path": PATH,
    "path-print": f"{PATH}in/",
    "pack": PACK,
    "assessment-find": "/thu-vien/tu-danh-gia/",
    "assessment": ASSESSMENT,
    "assessment-print": f"{ASSESSMENT}in/",
    "standard": "/gioi-thieu/",
    "search-empty": "/tim-kiem/",
    "search": "/tim-kiem/?q=dich+vu+cong",
    "search-none": "/tim-kiem/?q=xyzxyzxyz",
    "documents": "/van-ban/",
    "forms": "/van-ban/bieu-mau/",
    "platforms": "/nen-tang/",
    "units": "/cac-don-vi/",
    "contact": "/lien-he/",
    "questions": "/hoi-dap/",
    "privacy": "/quyen-rieng-tu/",
    "data-request": "/quyen-rieng-tu/yeu-cau/",
    "sign-in": "/dang-nhap/",
    "forgotten": "/mat-khau/quen/",
    "site-map": "/so-do-trang/",
    "results": "/ket-qua/",
    "events": "/ngay-hoi/",
    "events-month": "/ngay-hoi/?thang=2026-12",
    "banner": "/banner/",
    "not-found": "/khong-co-trang-nay/",
}

# What sticks out of the page to the right; null while something is on its way, for a page whose styles have
# not come is as wide as its widest table.
TOO_WIDE = """() => {
  if (document.readyState !== "complete") return null;
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  return [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > wide + 1)
    .map((e) => e.tagName + "." + e.className).slice(0, 5).concat("scrolls sideways");
}"""


def too_wide(page: Page) -> list[str]:
    """What sticks out of a page when all of it has come; works without scripts too."""
    while (found := page.evaluate(TOO_WIDE)) is None:
        page.wait_for_load_state("load")
    return list(found)


@dataclass
class Server:
    """The site under a real address."""

    url: str

    def __add__(self, path: str) -> str:
        return self.url + path


@dataclass
class Diary:
    """What a page asked for and complained of while it was open."""

    home: str
    problems: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        """Write down errors of the console, broken scripts, and requests to other hosts."""
        page.on("console", lambda said: self._said(said.type, said.text))
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("request", lambda request: self._asked(request.url))

    def _said(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.problems.append(text)

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws") and parts.netloc != urlsplit(self.home).netloc:
            self.foreign.append(url)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """Debian's Chromium, without talking to the outside."""
    path = shutil.which("chromium")
    if not path:
        reason = "Chromium is missing (apt-get install chromium): browser journeys can't run"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    flags = [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ]  # fmt: skip
    return {**browser_type_launch_args, "executable_path": path, "args": flags}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    """Readers are Vietnamese."""
    return {**browser_context_args, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}


def load_site() -> None:
    """The demo college and its accounts."""
    from accounts.services import ensure_demo_accounts
    from home.demo.loader import load_demo

    load_demo()
    ensure_demo_accounts()


def clear_pictures() -> None:
    """Remove the files of the demo's pictures: the rows go with the flush, files would pile up."""
    from core.models import SiteImage

    for picture in SiteImage.objects.all():
        for rendition in picture.renditions.all():
            rendition.file.delete(save=False)
        picture.file.delete(save=False)


@pytest.fixture
def small_site(live_server, transactional_db) -> Iterator[Server]:
    """The first site with its demo accounts, to be changed at will; flushed afterwards.

    Without the demo's pages: cutting their pictures takes longer than a whole journey.
    """
    from accounts.services import ensure_demo_accounts

    ensure_demo_accounts()
    yield Server(live_server.url)
    clear_pictures()


@pytest.fixture
def section(small_site: Server):
    """A section of the news."""
    from tests.factories.pages import make_section

    return make_section("Hoạt động")


@pytest.fixture
def sign_in_as(small_site: Server, new_context: Callable) -> Callable[[str], Page]:
    """A function that signs in a demo role through the front door, on a desk's screen."""
    from accounts.services import demo_password

    def signed_in(role: str) -> Page:
        context: BrowserContext = new_context(**DESK)
        page = context.new_page()
        page.goto(small_site + "/dang-nhap/")
        page.get_by_label("Tên đăng nhập").fill(f"demo.{role}")
        page.get_by_label("Mật khẩu").fill(demo_password(f"demo.{role}"))
        page.get_by_role("main").get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url("**/quan-tri/**")
        return page

    return signed_in


def open_editor(page: Page, site: Server, section: Any) -> None:
    """Begin a new article in `section`."""
    page.goto(site + f"/quan-tri/pages/add/news/articlepage/{section.pk}/")
    page.get_by_role("textbox", name="Tiêu đề").wait_for()
