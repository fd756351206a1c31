"""What journeys on the desk share."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Server, too_wide

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PASSWORD = "mat-khau-thu-1"


def sign_in(page: Page, site: Server, username: str, password: str) -> None:
    """Through the front door."""
    page.goto(site + "/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("main").get_by_role("button", name="Đăng nhập").click()


def is_sound(page: Page, title: str) -> None:
    """The page with that heading has come; nothing sticks out of it, and axe finds nothing.

    The heading is asked for first because a click returns before the next page has come: without
    it the old page would be measured, or one that has no content yet.
    """
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    wide = too_wide(page)
    assert wide == [], wide
    options: dict[str, Any] = {
        "runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"],
    }  # fmt: skip
    found = Axe().run(page, options=options).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []
