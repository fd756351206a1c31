"""A librarian brings in forty items by one sheet and one ZIP; readers find them and take them along."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from core.workflow import PUBLISHING_CHECKS
from resources.models import LibraryItemPage
from tests.factories.catalogues import book, cells, link_cells, packed
from tests.factories.library import pdf_bytes
from tests.factories.pages import make_topic
from tests.journeys.conftest import PHONE, Diary, Server, too_wide
from tests.journeys.test_packs import unpacked

DOCUMENTS = 38
# Each PDF is opened in a process of its own, here while the browser waits: ten are enough.
PDFS = 10
# What a worker does in the background happens here within the request.
PATIENT = 120_000
IMPORTS = "/quan-tri/nhap-hoc-lieu/"


def file_name(number: int) -> str:
    """A file of the archive."""
    return f"so-tay-{number:02}.{'pdf' if number <= PDFS else 'txt'}"


def rows() -> list[list[Any]]:
    """Forty items; topics and audiences as people type them, without marks."""
    made = [
        cells(
            title=f"Sổ tay số {n:02}", summary="Học từng bước.", files=file_name(n),
            topics="dich vu cong" if n % 2 else "an toan so", audiences="nguoi cao tuoi",
            competences="4.2 CB1", minutes=15, year=2026, tags="bản làng; học số",
        )
        for n in range(1, DOCUMENTS + 1)
    ]  # fmt: skip
    return [*made, link_cells("Khóa học A"), link_cells("Khóa học B")]


@pytest.fixture
def upload(small_site: Server, tmp_path: Path) -> Callable[[list[list[Any]]], Path]:
    """A function that writes a workbook to disk; the archive lies beside it."""
    make_topic("Dịch vụ công")
    make_topic("An toàn số")
    files = {
        f"tài liệu/{file_name(n)}": pdf_bytes(n % 3 + 1) if n <= PDFS else f"Bài {n}".encode()
        for n in range(1, DOCUMENTS + 1)
    }
    (tmp_path / "tep.zip").write_bytes(packed(files))

    def written(these: list[list[Any]]) -> Path:
        path = tmp_path / "danh-muc.xlsx"
        path.write_bytes(book(these))
        return path

    return written


def publish_all(page: Page, site: Server) -> None:
    """Everything that came in, past the check list."""
    page.get_by_role("link", name="Xem, gắn thẻ, đăng các học liệu này").click()
    page.locator("[data-bulk-action-select-all-checkbox]").first.check()
    page.get_by_role("link", name="Đăng các học liệu đã chọn").click()
    expect(page.get_by_text("40 học liệu sẽ được đăng.")).to_be_visible()
    for check in PUBLISHING_CHECKS:
        page.get_by_label(check.label).check()
    page.get_by_role("button", name="Đăng 40 học liệu").click()
    expect(page.get_by_text("Đã đăng 40 học liệu.")).to_be_visible(timeout=PATIENT)


def test_forty_items_come_in_are_found_and_taken_away(
    upload, small_site, sign_in_as, new_context, tmp_path
):
    """One wrong row is named and mended, all come in at once, are published, found, read without a network."""
    page = sign_in_as("librarian")
    page.set_default_timeout(PATIENT)
    wrong = rows()
    wrong[6] = cells(title="Sổ tay số 07", files="so-tay-7.pdf", kind="Sách nói")
    page.goto(small_site + IMPORTS)
    page.get_by_label("Bảng .xlsx").set_input_files(upload(wrong))
    page.get_by_label("Tệp nén .zip").set_input_files(tmp_path / "tep.zip")
    page.get_by_role("button", name="Tải lên và xem trước").click()
    expect(page.get_by_text("2 chỗ cần sửa, ở 1 dòng")).to_be_visible(timeout=PATIENT)
    refused = page.get_by_role("row").filter(has_text="Bị từ chối")
    expect(refused).to_have_count(1)
    expect(refused).to_contain_text("Dòng 8")
    expect(refused).to_contain_text("Không có “Sách nói” trong danh mục")
    expect(refused).to_contain_text("“so-tay-7.pdf” không có trong tệp nén")
    assert LibraryItemPage.objects.count() == 0

    page.get_by_text("Tải lên bảng đã sửa").click()
    page.get_by_label("Bảng .xlsx").set_input_files(upload(rows()))
    page.get_by_role("button", name="Tải lên và xem lại").click()
    said = page.get_by_text("40 học liệu sẽ được thêm, tất cả cùng một lúc")
    expect(said).to_be_visible(timeout=PATIENT)
    page.get_by_role("button", name="Nhập 40 học liệu").dblclick()
    expect(page.get_by_text("Đã nhập 40 học liệu")).to_be_visible(timeout=PATIENT)
    assert LibraryItemPage.objects.count() == 40
    assert LibraryItemPage.objects.live().count() == 0
    publish_all(page, small_site)

    reader = new_context(**PHONE, accept_downloads=True, java_script_enabled=False).new_page()
    reader.goto(small_site + "/thu-vien/?chu-de=dich-vu-cong&doi-tuong=nguoi-cao-tuoi")
    expect(reader.get_by_role("status").filter(has_text="19 học liệu")).to_be_visible()
    reader.goto(small_site + "/thu-vien/?q=so+tay+so+07")
    reader.get_by_role("link", name="Sổ tay số 07").first.click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Sổ tay số 07")
    assert too_wide(reader) == []

    reader.goto(small_site + "/thu-vien/goi-mang-di/?q=so+tay+so+0")
    for number in ("07", "08"):
        reader.get_by_label(f"Sổ tay số {number}").check()
    reader.get_by_role("button", name="Cho vào gói").tap()
    folder = tmp_path / "usb"
    folder.mkdir()
    unpacked(reader, "Tải gói mang đi (2 tệp", folder)
    away = new_context(**PHONE, offline=True).new_page()
    diary = Diary("file://")
    diary.follow(away)
    away.goto((folder / "index.html").as_uri())
    expect(away.get_by_role("link", name="Mở: ")).to_have_count(2)
    links = away.get_by_role("link", name="Mở: ")
    targets = links.evaluate_all("all => all.map((link) => decodeURIComponent(link.pathname))")
    assert [Path(target).read_bytes()[:5] for target in targets] == [b"%PDF-", b"%PDF-"]
    assert (diary.problems, diary.foreign) == ([], [])


def test_many_items_are_tagged_at_once(upload, small_site, sign_in_as):
    """Filters of the list, ticks, what changes before it is written, and the way back with what was chosen."""
    from tests.factories.library import make_item

    items = [make_item(f"Mục {n}", tags=["cũ"]) for n in range(3)]
    page = sign_in_as("librarian")
    page.goto(small_site + "/quan-tri/hoc-lieu/?kind=tai-lieu")
    page.locator("[data-bulk-action-select-all-checkbox]").first.check()
    page.get_by_role("link", name="Gắn thẻ các học liệu đã chọn").click()
    page.get_by_role("checkbox", name="An toàn số").first.check()
    page.get_by_role("checkbox", name="cũ").check()
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_text("thêm chủ đề: An toàn số; bỏ từ khóa: cũ")).to_have_count(3)
    page.get_by_role("button", name="Chọn lại").click()
    expect(page.get_by_role("checkbox", name="An toàn số").first).to_be_checked()
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_role("button", name="Ghi thay đổi").click()
    expect(page.get_by_text("Đã đăng thay đổi của 3 học liệu.")).to_be_visible()
    page.goto(small_site + "/thu-vien/?chu-de=an-toan-so")
    for item in items:
        expect(page.get_by_role("link", name=item.title).first).to_be_visible()
