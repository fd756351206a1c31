"""A reader on a phone: finds the movement, the news, a guide, and passes an article on."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import (
    ARTICLE,
    NATIONAL_PORTAL,
    PHONE,
    PUBLIC_PAGES,
    Diary,
    too_wide,
)

WIDTHS = (320, 360, 768, 1280)


@pytest.fixture
def phone(site, new_context) -> Page:
    """A small phone whose owner wants no motion."""
    context = new_context(**PHONE)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.url)
    return context.new_page()


def test_first_screen_holds_the_sentence_both_acts_and_the_portal(site, phone):
    """Without scrolling: what it is, the two acts, the national portal."""
    phone.goto(site + "/")
    main = phone.get_by_role("main")
    shown = [
        phone.get_by_role("heading", level=1),
        main.get_by_role("link", name="Học kỹ năng số", exact=True),
        main.get_by_role("link", name="Xem hoạt động mới"),
        main.get_by_role("link", name="Vào binhdanhocvuso.gov.vn"),
    ]
    for part in shown:
        expect(part).to_be_in_viewport(ratio=1)
    expect(shown[0]).to_have_text("Ai cũng học được kỹ năng số, từng ô chữ một.")
    expect(shown[3]).to_have_attribute("href", NATIONAL_PORTAL)
    for act in shown[1:]:
        assert act.bounding_box()["height"] >= 44


def test_reader_walks_from_the_menu_to_an_article_and_back(site, phone):
    """Menu, news, section, article; the trail leads back up."""
    phone.goto(site + "/")
    menu = phone.get_by_role("navigation", name="Mục lục")
    expect(menu).to_be_hidden()
    phone.get_by_text("Mục lục", exact=True).tap()
    menu.get_by_role("link", name="Tin tức").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Tin tức")
    phone.get_by_role("navigation", name="Chuyên mục").get_by_role("link", name="An toàn số").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("An toàn số")
    current = phone.get_by_role("navigation", name="Chuyên mục").locator("[aria-current]")
    expect(current).to_have_text("An toàn số")
    phone.get_by_role("link", name=re.compile("^Điện thoại reo")).tap()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Điện thoại reo")
    expect(phone).to_have_url(site + ARTICLE)

    trail = phone.get_by_role("navigation", name="Bạn đang ở")
    assert trail.get_by_role("link").all_inner_texts() == ["Trang chủ", "Tin tức", "An toàn số"]
    for name in ("An toàn số", "Tin tức"):
        trail.get_by_role("link", name=name).tap()
        expect(phone.get_by_role("heading", level=1)).to_have_text(name)
    trail.get_by_role("link", name="Trang chủ").tap()
    expect(phone).to_have_url(site + "/")


def test_reader_passes_an_article_on_and_prints_it(site, phone):
    """Copying says so and copies; the message for Zalo holds the address; the print view has its QR code."""
    phone.goto(site + ARTICLE)
    share = phone.get_by_role("region", name="Chia sẻ, in, lưu")
    share.get_by_role("button", name="Chép liên kết").tap()
    expect(share.get_by_role("status")).to_have_text("Đã chép.")
    address = phone.evaluate("navigator.clipboard.readText()")
    assert urlsplit(address).path == ARTICLE
    facebook = share.get_by_role("link", name="Facebook").get_attribute("href")
    assert facebook.startswith("https://www.facebook.com/sharer/")
    assert ARTICLE[1:-1].split("/")[-1] in facebook

    share.get_by_text("Lời nhắn cho nhóm Zalo").tap()
    message = share.get_by_label("Lời nhắn sẵn cho nhóm Zalo").input_value()
    assert message.startswith("Điện thoại reo")
    assert message.endswith(f"Đọc bài: {address}")
    expect(share.get_by_label("Liên kết", exact=True)).to_have_value(address)
    code = share.get_by_role("img", name="Mã QR mở bài này")
    assert code.evaluate("async (image) => { await image.decode(); return image.naturalWidth }")

    share.get_by_role("link", name="Bản in").tap()
    expect(phone.get_by_role("img", name="Mã QR mở bài này")).to_be_visible()
    expect(phone.get_by_role("button", name="In trang này")).to_be_visible()
    phone.get_by_role("link", name="Về bài viết").tap()
    expect(phone).to_have_url(site + ARTICLE)


def test_copying_without_the_clipboard_shows_what_to_copy(site, phone):
    """Where the browser has no clipboard (plain http), the field opens; nothing false is said."""
    phone.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined});"
        "document.execCommand = () => false"
    )
    phone.goto(site + ARTICLE)
    share = phone.get_by_role("region", name="Chia sẻ, in, lưu")
    share.get_by_role("button", name="Chép liên kết").tap()
    expect(share.get_by_label("Liên kết", exact=True)).to_be_visible()
    expect(share.get_by_role("status")).not_to_have_text("Đã chép.")


def test_search_without_marks_finds_filters_and_highlights(site, phone):
    """“dich vu cong” finds the guide to public services; chips narrow the list; no find is told kindly."""
    phone.goto(site + "/")
    phone.get_by_text("Mục lục", exact=True).tap()
    box = phone.get_by_role("navigation", name="Mục lục").get_by_role("combobox")
    box.press_sequentially("dich vu")
    expect(phone.locator("#q-muc-luc-goi-y option").first).to_be_attached()
    box.fill("dich vu cong")
    box.press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Tìm kiếm")
    expect(phone.get_by_role("main").get_by_role("combobox")).to_have_value("dich vu cong")
    first = phone.locator(".result").first
    expect(first.get_by_role("link")).to_have_text("Nộp một hồ sơ trên Cổng Dịch vụ công quốc gia")
    assert "Dịch vụ công" in " ".join(first.locator("mark").all_inner_texts())

    chips = phone.get_by_role("navigation", name="Lọc theo loại")
    total, guides = (
        int(re.search(r"\((\d+)\)", chips.get_by_role("link", name=name).inner_text())[1])
        for name in ("Tất cả", "Hướng dẫn")
    )
    assert 0 < guides < total
    chips.get_by_role("link", name="Hướng dẫn").tap()
    expect(phone.locator(".result")).to_have_count(guides)
    expect(phone.get_by_role("status")).to_contain_text(f"{guides} kết quả")
    phone.locator(".result a").first.tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text(
        "Nộp một hồ sơ trên Cổng Dịch vụ công quốc gia"
    )

    phone.goto(site + PUBLIC_PAGES["search-none"])
    expect(phone.get_by_role("main")).to_contain_text("Không tìm thấy nội dung nào")


def test_results_show_words_of_the_page_and_not_of_the_editor(site, phone):
    """Names of choices in the editor (“Tiêu đề mục”, “Ghi nhớ”) are no content to be found or quoted."""
    phone.goto(site + PUBLIC_PAGES["search"])
    expect(phone.locator(".result").first).to_be_visible()
    expect(phone.get_by_role("main")).not_to_contain_text("Tiêu đề mục")


@pytest.mark.parametrize("kind", PUBLIC_PAGES)
def test_public_page_fits_carries_the_banner_and_keeps_to_itself(kind, site, new_context):
    """No sideways scroll, one national banner, no foreign request, nothing in the console (CSP included)."""
    page = new_context(**PHONE).new_page()
    diary = Diary(site.url)
    diary.follow(page)
    answer = page.goto(site + PUBLIC_PAGES[kind])
    assert answer.status == (404 if kind == "not-found" else 200)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        assert too_wide(page) == [], f"at {width} px"
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    banner = page.get_by_role("complementary", name="Nền tảng quốc gia Bình dân học vụ số")
    expect(banner.get_by_role("link")).to_have_attribute("href", NATIONAL_PORTAL)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    if kind == "not-found":
        assert "404" in diary.problems.pop()
    assert diary.problems == []
    assert diary.foreign == []
