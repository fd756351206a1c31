"""A volunteer takes a pack along: chosen on the site, unpacked on a stick, opened without a network."""

import hashlib
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.factories.library import course, make_file, make_item, make_path
from tests.factories.questions import make_bank, matching, single
from tests.journeys.conftest import DESK, PHONE, Diary, Server, too_wide


@pytest.fixture
def path(small_site: Server):
    """A path of two items and a course elsewhere."""
    items = [
        make_item(title, file=make_file(), minutes=20)
        for title in ("Sổ tay VNeID: mới", "Giáo án buổi đầu")
    ]
    return make_path("Trước khi về bản", steps=[*items, course("Khóa quốc gia", needs_vneid=True)])


@pytest.fixture
def bank(small_site: Server):
    """A bank of two questions."""
    return make_bank(single("Thủ đô của Việt Nam?"), matching("Ghép"), title="Tự kiểm tra đầu buổi")


def unpacked(page: Page, name: str, folder: Path) -> Path:
    """The pack behind the button of that name, unpacked as on a stick."""
    with page.expect_download() as begun:
        page.get_by_role("link", name=name).click()
    archive = folder / "goi.zip"
    begun.value.save_as(archive)
    with zipfile.ZipFile(archive) as opened:
        assert opened.testzip() is None
        opened.extractall(folder)
    return folder


def test_a_pack_opens_from_a_stick_without_a_network(small_site, path, new_context, tmp_path):
    """Downloaded by its button; index.html opens by file://, its links lead to files, its sums hold."""
    page = new_context(**DESK, accept_downloads=True).new_page()
    page.goto(small_site + path.url)
    unpacked(page, "Tải gói mang đi (2 tệp", tmp_path)

    away = new_context(**PHONE, offline=True).new_page()
    diary = Diary("file://")
    diary.follow(away)
    away.goto((tmp_path / "index.html").as_uri())
    expect(away.get_by_role("heading", level=1)).to_have_text("Trước khi về bản")
    expect(away.get_by_text("cần mạng").first).to_be_visible()
    links = away.get_by_role("link", name="Mở: ")
    expect(links).to_have_count(2)
    targets = links.evaluate_all("all => all.map((link) => decodeURIComponent(link.pathname))")
    assert [Path(target).read_bytes()[:5] for target in targets] == [b"%PDF-", b"%PDF-"]
    assert too_wide(away) == []
    assert diary.problems == []
    assert diary.foreign == []
    for line in (tmp_path / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split(" *")
        assert hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() == digest


def test_questions_are_answered_from_a_stick(small_site, bank, new_context, tmp_path):
    """A bank is chosen, taken along, answered by file:// without a network; the key is behind a press."""
    page = new_context(**DESK, accept_downloads=True).new_page()
    page.goto(f"{small_site + '/thu-vien/goi-mang-di/'}?chon={bank.pk}")
    unpacked(page, "Tải gói mang đi (1 tệp)", tmp_path)
    away = new_context(**PHONE, offline=True, java_script_enabled=False).new_page()
    away.goto((tmp_path / "index.html").as_uri())
    away.get_by_role("link", name="Mở: 2 câu để tự kiểm tra").tap()
    expect(away.get_by_role("heading", level=1)).to_have_text("Tự kiểm tra đầu buổi")
    away.get_by_label("Hà Nội").check()
    expect(away.get_by_text("Đúng rồi.")).to_be_hidden()
    away.locator("summary").first.tap()
    expect(away.get_by_text("Đúng rồi.")).to_be_visible()
    away.get_by_label("VNeID").select_option("định danh")
    assert too_wide(away) == []
    away.get_by_role("link", name="Về mục lục của gói").tap()
    expect(away.get_by_role("heading", level=1)).to_have_text("Gói học liệu tự chọn")


def test_a_reader_chooses_for_a_pack_without_script(small_site, path, new_context, tmp_path):
    """Tick, put into the pack, take it away."""
    page = new_context(**PHONE, java_script_enabled=False, accept_downloads=True).new_page()
    page.goto(small_site + "/thu-vien/goi-mang-di/")
    expect(page.get_by_text("Chưa chọn học liệu nào.")).to_be_visible()
    page.get_by_label("Giáo án buổi đầu").check()
    page.get_by_role("button", name="Cho vào gói").tap()
    expect(page.get_by_label("Giáo án buổi đầu")).to_be_checked()
    page.get_by_label("Sổ tay VNeID: mới").check()
    page.get_by_role("button", name="Cập nhật gói").tap()
    unpacked(page, "Tải gói mang đi (2 tệp", tmp_path)
    assert len(list((tmp_path / "hoc-lieu").iterdir())) == 2


def test_ticks_of_the_list_answer_at_once_with_script(small_site, path, new_context):
    """Each tick brings the size on the button up to date and stays where it is."""
    page = new_context(**PHONE).new_page()
    page.goto(small_site + "/thu-vien/goi-mang-di/")
    page.get_by_label("Giáo án buổi đầu").check()
    expect(page.get_by_role("link", name="Tải gói mang đi (1 tệp")).to_be_visible()
    page.get_by_label("Giáo án buổi đầu").uncheck()
    expect(page.get_by_text("Chưa chọn học liệu nào.")).to_be_visible()


def test_progress_stays_on_the_device_and_can_be_forgotten(small_site, path, new_context):
    """Ticks outlive a reload, name the next step, and go by one button; nothing is sent."""
    page = new_context(**PHONE).new_page()
    page.goto(small_site + path.url)
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    expect(page.get_by_text("Tiến độ chỉ lưu trên máy này")).to_be_visible()
    first = page.get_by_label("Đã học xong bước 1")
    first.check()
    expect(page.get_by_role("status").first).to_contain_text("Đã học xong 1 trong 3 bước")
    # Browsers ask for the site's picture when it suits them; it carries nothing away.
    assert [url for url in sent if "/dem/" not in url and "/static/" not in url] == []
    page.reload()
    expect(first).to_be_checked()
    step = page.locator("[aria-current=step]")
    expect(step).to_contain_text("Giáo án buổi đầu")
    expect(step).to_contain_text("Bước tiếp theo")
    page.get_by_role("button", name="Xóa tiến độ trên máy này").tap()
    expect(first).not_to_be_checked()
    assert page.evaluate("localStorage.length") == 0


def test_a_path_is_complete_without_script(small_site, path, new_context):
    """All steps with their links; no boxes that would keep nothing."""
    page = new_context(**PHONE, java_script_enabled=False).new_page()
    page.goto(small_site + path.url)
    expect(page.get_by_role("link", name="Khóa quốc gia")).to_be_visible()
    expect(page.get_by_role("checkbox")).to_have_count(0)
    expect(page.get_by_text("Tiến độ chỉ lưu")).to_be_hidden()
