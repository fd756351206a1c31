"""What an editor gets wrong is told at its place, and what was typed stays."""

from playwright.sync_api import expect

from tests.factories.pages import picture_bytes
from tests.journeys.conftest import open_editor

TITLE = "Chuyện từ năm 1800"


def test_program_named_as_a_picture_is_refused(small_site, sign_in_as):
    """An .exe renamed .jpg gets a message and no place among the pictures; a real picture does."""
    from core.models import SiteImage

    editor = sign_in_as("editor")
    editor.goto(small_site + "/quan-tri/images/multiple/add/")
    upload = editor.locator("input[type=file]").first
    program = {
        "name": "anh-lop.jpg",
        "mimeType": "image/jpeg",
        "buffer": b"MZ\x90\x00" + bytes(600),
    }
    upload.set_input_files(program)
    refused = editor.locator("#upload-list .upload-failure")
    expect(refused).to_contain_text("Tệp bạn đã tải lên không phải là hình ảnh hoặc đã bị hỏng.")
    assert not SiteImage.objects.exists()
    picture = {"name": "anh-that.jpg", "mimeType": "image/jpeg", "buffer": picture_bytes((90, 60))}
    upload.set_input_files(picture)
    expect(editor.locator("#upload-list .upload-success")).to_be_visible()
    assert SiteImage.objects.count() == 1


def test_absurd_date_is_told_at_its_field_and_the_title_stays(small_site, section, sign_in_as):
    """01/01/1800 can't be an article's date: the message stands at the field, nothing typed is lost."""
    from campaign.news.models import ArticlePage

    editor = sign_in_as("editor")
    open_editor(editor, small_site, section)
    day = editor.get_by_label("Ngày đăng")
    day.fill("01/01/1800")
    title = editor.get_by_role("textbox", name="Tiêu đề")
    title.click()  # Closes the calendar.
    title.press_sequentially(TITLE)
    expect(editor.locator("#id_slug")).to_have_value("chuyen-tu-nam-1800")
    editor.get_by_role("button", name="Lưu bản nháp").click()
    expect(editor.locator(".messages")).to_contain_text("lỗi")
    field = editor.locator("[data-field-wrapper]", has=day)
    expect(field).to_contain_text("Ngày quá xa trong quá khứ")
    expect(title).to_have_value(TITLE)
    expect(day).to_have_value("01/01/1800")
    assert not ArticlePage.objects.filter(title=TITLE).exists()

    day.fill("01/11/2026")
    title.click()
    editor.get_by_role("button", name="Lưu bản nháp").click()
    editor.wait_for_url("**/edit/")
    expect(title).to_have_value(TITLE)
