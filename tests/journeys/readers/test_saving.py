"""A reader takes a page home: saved without script, opened without a network."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import ARTICLE, DESK, GUIDE, PHONE, Diary, too_wide

SAVED = {
    "article": (
        ARTICLE,
        "Điện thoại reo, người lạ xưng là công an làm gì trước tiên.html",
        "Đầu dây bên kia nói giọng rất nghiêm",
    ),
    "guide": (
        GUIDE,
        "Nộp một hồ sơ trên Cổng Dịch vụ công quốc gia.html",
        "Cổng Dịch vụ công",
    ),
    "list": ("/tin-tuc/", "Tin tức.html", "Tiếng trống sáng thứ Hai"),
    "page": ("/tro-nang/", "Trợ năng.html", "ngôn ngữ ký hiệu"),
}


@pytest.mark.parametrize("kind", SAVED)
def test_page_is_saved_without_script_and_read_without_network(kind, site, new_context, tmp_path):
    """One file with a Vietnamese name: title, words and pictures are in it, and it asks nobody for more."""
    path, name, words = SAVED[kind]
    reader = new_context(**PHONE, java_script_enabled=False, accept_downloads=True).new_page()
    reader.goto(site + path)
    title = reader.get_by_role("heading", level=1).inner_text()
    with reader.expect_download() as coming:
        reader.get_by_role("link", name="Lưu về máy").tap()
    assert coming.value.suggested_filename == name
    file = Path(tmp_path) / name
    coming.value.save_as(file)

    page = new_context(**PHONE, offline=True).new_page()
    diary = Diary(site.url)
    diary.follow(page)
    page.goto(file.as_uri())
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_text(words).first).to_be_visible()
    expect(page.get_by_text("Lưu từ")).to_contain_text(path)
    pictures = page.locator("img")
    assert (
        pictures.evaluate_all("all => all.filter((i) => i.complete && !i.naturalWidth).length") == 0
    )
    for size in (PHONE["viewport"], DESK["viewport"]):
        page.set_viewport_size(size)
        assert too_wide(page) == [], size
    assert [page.locator(gone).count() for gone in ("script", "form", "button", "nav")] == [0] * 4
    assert diary.problems == []
    assert diary.foreign == []


def test_pages_that_are_not_for_keeping_offer_no_file(site, new_context):
    """Signing in, a missing page, a form: nothing to take home."""
    page = new_context(**PHONE).new_page()
    for path in ("/dang-nhap/", "/khong-co-trang-nay/", "/lien-he/", f"{ARTICLE}in/"):
        page.goto(site + path)
        expect(page.get_by_role("link", name="Lưu về máy")).to_have_count(0)
