"""A learner on a phone finds by topic, watches with captions, checks himself without a script."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, Diary, too_wide

VIDEO = "Mã OTP: chìa khóa của riêng mình"
# What the film says at a moment, and whether it is shown under the picture.
CAPTION = """(video) => {
  const track = video.textTracks[0];
  return { mode: track.mode, cues: track.cues ? track.cues.length : 0,
           words: [...(track.activeCues || [])].map((cue) => cue.text).join(" ") };
}"""


def test_found_by_topic_and_watched_with_captions(site, new_context):
    page = new_context(**PHONE).new_page()
    diary = Diary(site.url)
    diary.follow(page)
    page.goto(site + "/thu-vien/")
    page.get_by_text("Lọc theo loại, đối tượng, chủ đề…").click()
    # Its filter stands open already.
    page.get_by_label(re.compile("An toàn trên mạng xã hội")).check()
    expect(page).to_have_url(re.compile("chu-de="))
    # Back takes the tick away, forward sets it again; nothing is loaded anew.
    page.evaluate("window.stays = true")
    page.go_back()
    expect(page).to_have_url(site + "/thu-vien/")
    expect(page.get_by_label(re.compile("An toàn trên mạng xã hội"))).not_to_be_checked()
    page.go_forward()
    expect(page.get_by_label(re.compile("An toàn trên mạng xã hội"))).to_be_checked()
    # The order goes along, and a link within the page asks for nothing and keeps what is being typed.
    page.get_by_label("Sắp xếp").select_option("ten")
    expect(page).to_have_url(re.compile("sap-xep=ten"))
    page.go_back()
    expect(page.get_by_label("Sắp xếp")).to_have_value("moi-nhat")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_label("Tìm học liệu").fill("chưa gửi")
    page.evaluate("location.hash = 'noi-dung'")
    page.wait_for_function("() => location.hash === '#noi-dung'")
    expect(page.get_by_label("Tìm học liệu")).to_have_value("chưa gửi")
    assert [url for url in asked if "/thu-vien/" in url] == []
    page.get_by_label("Tìm học liệu").fill("")
    assert page.evaluate("window.stays")
    page.get_by_role("link", name=VIDEO).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(VIDEO)
    assert too_wide(page) == []
    video = page.locator("video")
    video.evaluate("(video) => { video.muted = true; return video.play(); }")
    page.wait_for_function(
        "() => (document.querySelector('video').textTracks[0].activeCues || []).length > 0"
    )
    said = video.evaluate(CAPTION)
    assert (said["mode"], said["cues"]) == ("showing", 8)
    assert said["words"]
    page.get_by_text("Đọc bản chép lời").click()
    expect(page.locator(".player__words")).to_contain_text("OTP")
    assert diary.problems == []
    assert diary.foreign == []


def test_a_bank_is_answered_without_a_script(site, new_context):
    page = new_context(**PHONE, java_script_enabled=False).new_page()
    page.goto(site + "/thu-vien/?q=tu+kiem+tra+vneid")
    page.get_by_role("link", name="Tự kiểm tra: VNeID").first.click()
    page.get_by_role("link", name="Tự kiểm tra", exact=True).click()
    expect(page.get_by_role("button", name="Xem kết quả")).to_be_visible()
    for group in page.get_by_role("group").all():
        if (choices := group.get_by_role("radio")).count():
            choices.first.check()
    page.get_by_role("button", name="Xem kết quả").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        re.compile(r"^Bạn đúng \d+ trên 10 câu$")
    )
    assert too_wide(page) == []
