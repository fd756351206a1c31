"""axe finds nothing on any kind of public page, light and dark, on a phone and on a desk."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.conftest import DESK, PHONE, PUBLIC_PAGES

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# The dark theme changes colours alone: the rules that look at them are run again.
RULES = {
    "light": {"type": "tag", "values": TAGS},
    "dark": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}


def violations(page: Page, rules: dict[str, Any]) -> list[Any]:
    """What axe complains of, short enough to read."""
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [(v["id"], [(n["target"], n["failureSummary"]) for n in v["nodes"][:3]]) for v in found]


@pytest.mark.parametrize("scheme", RULES)
def test_axe_finds_nothing(scheme, site, new_context):
    """Every kind of page at 360 and 1280 px; the menu open; the forms with their errors."""
    page = new_context(**PHONE, color_scheme=scheme, bypass_csp=True).new_page()
    found: dict[str, list[Any]] = {}

    def look(name: str) -> None:
        for size in (PHONE["viewport"], DESK["viewport"]):
            page.set_viewport_size(size)
            if problems := violations(page, RULES[scheme]):
                found[f"{name} {size['width']}"] = problems
        page.set_viewport_size(PHONE["viewport"])

    for name, path in PUBLIC_PAGES.items():
        assert page.goto(site + path).status == (404 if name == "not-found" else 200), name
        look(name)
    page.goto(site + "/dang-nhap/")
    page.get_by_role("main").get_by_label("Tên đăng nhập").fill("khong-co-ai")
    page.get_by_role("main").get_by_role("button", name="Đăng nhập").click()
    page.get_by_text("Hãy nhập mật khẩu.").wait_for()
    look("sign-in with errors")
    for name, path in (("contact", "/lien-he/"), ("data request", "/quyen-rieng-tu/yeu-cau/")):
        page.goto(site + path)
        page.get_by_role("main").get_by_role("button", name="Gửi").last.click()
        page.get_by_role("alert").wait_for()
        look(f"{name} with errors")
    page.goto(site + "/")
    page.get_by_text("Mục lục", exact=True).click()
    page.locator("main summary").evaluate_all("all => all.forEach((s) => s.parentNode.open = true)")
    look("home unfolded")
    assert found == {}
