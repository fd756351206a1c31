"""A reader without a mouse, and a reader who needs large letters."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESK, PHONE, PUBLIC_PAGES, too_wide

FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  return {
    name: e.tagName + "." + e.className + " " + e.textContent.trim().slice(0, 40),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inSight: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0,
  };
}"""
CLIPPED = """() => [...document.querySelectorAll(
    "h1, h2, h3, button, .button, summary, .banner__link, .chip-link, .chip, .header__link, label")]
  .filter((e) => e.checkVisibility() && !e.closest(".visually-hidden"))
  .filter((e) => e.clientWidth && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1))
  .map((e) => e.tagName + "." + e.className + " " + e.textContent.trim().slice(0, 40))"""


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_every_stop_of_the_tab_key_can_be_seen(screen, site, new_context):
    """From the top of home to its end: the skip link first, each stop outlined and in sight."""
    page = new_context(**screen).new_page()
    page.goto(site + "/")
    stops = []
    page.keyboard.press("Tab")
    while stop := page.evaluate(FOCUSED):
        stops.append(stop)
        assert len(stops) < 150, "The Tab key is caught."
        page.keyboard.press("Tab")
    assert "Đến nội dung chính" in stops[0]["name"]
    assert len(stops) > 20
    assert [stop["name"] for stop in stops if not stop["outlined"]] == []
    assert [stop["name"] for stop in stops if not stop["inSight"]] == []


def test_skip_link_leads_past_the_header(site, new_context):
    """Enter on the skip link: the next stop lies in the content."""
    page = new_context(**DESK).new_page()
    page.goto(site + "/tin-tuc/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Đến nội dung chính")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#noi-dung$"))
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main')")


def test_menu_opens_with_enter_and_closes_with_escape(site, new_context):
    """The focus comes back to the button, so that the next Tab goes on from there."""
    page = new_context(**PHONE).new_page()
    page.goto(site + "/")
    button = page.get_by_text("Mục lục", exact=True)
    menu = page.get_by_role("navigation", name="Mục lục")
    button.focus()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Tab")
    expect(menu.get_by_role("combobox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()


def test_letters_twice_as_large_fit_the_narrowest_phone(site, new_context):
    """At 320 px and 200 % nothing scrolls sideways and no heading or button is clipped."""
    page = new_context(**PHONE).new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    found = {}
    for name, path in PUBLIC_PAGES.items():
        page.goto(site + path)
        page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        problems = page.evaluate(CLIPPED) + too_wide(page)
        page.get_by_text("Mục lục", exact=True).click()
        problems += too_wide(page)
        if problems:
            found[name] = problems
    assert found == {}
