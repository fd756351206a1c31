"""A clerk registers a document with what it replaces; a reader finds it by half a number and prints it."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.factories.pages import make_document, make_file
from tests.journeys.conftest import PHONE, Server, too_wide

ABSTRACT = "Triển khai phong trào Bình dân học vụ số năm học 2026-2027"


@pytest.fixture
def old_plan(small_site: Server):
    """Last year's plan, public."""
    return make_document(
        number="106/KH-TCKTNVCB", abstract="Triển khai phong trào năm học 2025-2026",
        issuer="Trường Cái Bè", issue_date=date(2025, 10, 17), effective_date=date(2025, 10, 17),
        file=make_file(), visibility="public",
    )  # fmt: skip


def register(page: Page, site: Server) -> None:
    """Enter the new plan, first with a slip, then right."""
    page.goto(site + "/quan-tri/documents/officialdocument/create/")
    page.get_by_label("Số, ký hiệu").fill("215/KH-TCKTNVCB")
    page.locator("#id_kind").select_option(label="Kế hoạch")
    page.locator("#id_issuer").select_option(label="Trường Cái Bè")
    page.get_by_label("Trích yếu").fill(ABSTRACT)
    for name, day in (("issue_date", "20/10/2026"), ("effective_date", "19/10/2026")):
        page.locator(f"#id_{name}").fill(day)
        page.locator(f"#id_{name}").press("Tab")
    page.locator("#id_relations-ADD").click()
    page.locator("#id_relations-0-kind").select_option(label="Thay thế")
    target = page.locator("#id_relations-0-target")
    target.select_option(label="106/KH-TCKTNVCB: Triển khai phong trào năm học 2025-2026")
    page.locator("#id_visibility").select_option(label="Công khai")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Ngày hiệu lực không thể trước ngày ban hành.").first).to_be_visible()
    page.locator("#id_effective_date").fill("20/10/2026")
    page.locator("#id_effective_date").press("Tab")
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator(".messages")).to_contain_text("215/KH-TCKTNVCB")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_clerk_registers_what_a_reader_finds_and_prints(
    small_site: Server,
    old_plan,
    sign_in_as: Callable[[str], Page],
    new_context: Callable,
    script: bool,
):
    register(sign_in_as("editor"), small_site)

    reader: Page = new_context(**PHONE, java_script_enabled=script).new_page()
    reader.goto(small_site + "/van-ban/")
    expect(reader.locator(".doc-list__number")).to_have_text(["215/KH-TCKTNVCB", "106/KH-TCKTNVCB"])
    reader.get_by_label("Số, ký hiệu hoặc chữ trong trích yếu").fill("215 kh tcktnv")
    reader.get_by_role("button", name="Tra cứu").tap()
    expect(reader.locator(".doc-list__number")).to_have_text(["215/KH-TCKTNVCB"])
    reader.get_by_role("link", name=ABSTRACT).tap()

    expect(reader.get_by_role("heading", level=1)).to_have_text(ABSTRACT)
    paper = reader.get_by_role("article")
    for said in ("215/KH-TCKTNVCB", "20/10/2026", "Trường Cái Bè", "Chưa có tệp đính kèm."):
        expect(paper).to_contain_text(said)
    if script:
        assert too_wide(reader) == []
        expect(reader.get_by_role("button", name="In trang này")).to_be_visible()
    else:
        expect(reader.get_by_role("button", name="In trang này")).to_have_count(0)

    reader.emulate_media(media="print")
    for text in (
        paper.get_by_text("Số: 215/KH-TCKTNVCB"),
        paper.get_by_role("heading", level=1),
        paper.get_by_text("Nguồn: "),
    ):
        expect(text).to_be_visible()
    for chrome in ("header nav", ".menu", ".banner", ".breadcrumbs", "button", ".no-print"):
        assert [e for e in reader.locator(chrome).all() if e.is_visible()] == [], chrome
    assert reader.pdf()[:5] == b"%PDF-"
    reader.emulate_media(media="screen")

    reader.get_by_role("link", name="106/KH-TCKTNVCB").tap()
    expect(reader.get_by_role("article")).to_contain_text("Đã được thay thế bằng 215/KH-TCKTNVCB")
    expect(reader.get_by_role("heading", name="Được thay thế bằng")).to_be_visible()
    expect(reader.locator(".file-link")).to_be_visible()
