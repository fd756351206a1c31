"""An article on paper: the text, its source and address; nothing to press."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import ARTICLE, DESK


@pytest.mark.parametrize("path", [ARTICLE, f"{ARTICLE}in/"], ids=["article", "print"])
def test_paper_shows_the_text_and_nothing_to_press(path, site, new_context):
    """The text stays; menus, banner and sharing go; answers to questions are printed too."""
    page = new_context(**DESK, color_scheme="dark").new_page()
    page.goto(site + path)
    page.emulate_media(media="print")
    for text in (
        page.get_by_role("heading", level=1),
        page.locator(".prose p").first,
        page.get_by_text("Ban biên tập"),
        page.get_by_role("contentinfo").get_by_text("Trường Cao đẳng Hoa Ban"),
    ):
        expect(text).to_be_visible()
    for chrome in (
        "header nav",
        ".menu",
        ".banner",
        ".share",
        ".breadcrumbs",
        ".related",
        "button",
    ):
        assert [e for e in page.locator(chrome).all() if e.is_visible()] == [], chrome
    answers = page.locator(".questions__answer")
    assert answers.count() > 0
    assert all(answer.is_visible() for answer in answers.all())
    ground, ink = page.evaluate(
        "() => { const s = getComputedStyle(document.body); return [s.backgroundColor, s.color] }"
    )
    assert (ground, ink) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)")
