"""The contact page, the private page, the public questions, as readers meet them."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from accounts.choices import SiteRole
from campaign.feedback.choices import FeedbackState
from campaign.feedback.models import Feedback, FeedbackSettings
from campaign.feedback.services import reject_feedback
from core.rules import MAX_MESSAGE
from core.spam import SENT_AT_MOST, SENT_BEFORE_SUM, sum_of
from privacy.models import ConsentRecord
from tests.factories.feedback import (
    MESSAGE,
    make_answered,
    make_contact,
    make_faq,
    make_feedback,
)
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

CONTACT = "/lien-he/"


@pytest.fixture
def later(time_machine):
    """A function that lets the time pass which a person needs to write."""

    def passed(seconds: int = 30) -> None:
        time_machine.shift(timedelta(seconds=seconds))

    # The first minute of a stretch: no test straddles two.
    time_machine.move_to(timezone.now().replace(minute=1, second=0))
    return passed


def opened(client, later, path: str = CONTACT, **fields: str) -> dict[str, str]:
    """What the form of an opened page posts after a while, with `fields` typed in."""
    form = client.get(path).context["form"]
    later()
    return {"stamp": form["stamp"].value(), "kind": "question", "message": MESSAGE, **fields}


def test_reader_sends_a_message_and_gets_a_private_page(client, home, later):
    answer = client.post(CONTACT, opened(client, later))
    feedback = Feedback.objects.get()
    assert answer.status_code == 302
    assert answer.url == f"/lien-he/theo-doi/{feedback.token}/?vua-gui=1"
    page = client.get(answer.url)
    said = page.content.decode()
    for words in (feedback.reference, MESSAGE, f"{feedback.due_on:%d/%m/%Y}", "đã nhận được"):
        assert words in said
    assert page["Referrer-Policy"] == "same-origin"
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex, nofollow"


def test_boxes_of_consent_are_empty_until_somebody_ticks_them(client, home):
    form = client.get(CONTACT).context["form"]
    for name in ("consent_contact", "consent_publish"):
        assert form[name].value() is None
        assert "checked" not in str(form[name])


def test_name_without_consent_is_asked_about_and_nothing_is_lost(client, home, later):
    data = opened(client, later, full_name="Người dân mẫu", phone="0912 345 678")
    answer = client.post(CONTACT, data)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["consent_contact"]
    said = answer.content.decode()
    assert "Người dân mẫu" in said
    assert "0912 345 678" in said
    assert Feedback.objects.count() == 0
    answer = client.post(CONTACT, {**data, "consent_contact": "on", "consent_publish": "on"})
    assert answer.status_code == 302
    assert Feedback.objects.get().phone == "+84912345678"
    assert ConsentRecord.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("message", "", "Hãy viết điều bạn muốn gửi."),
        ("message", "ngắn", "ít nhất 10"),
        ("message", "x" * (MAX_MESSAGE + 1), "5.001"),
        ("kind", "", "Hãy chọn một việc."),
        ("kind", "khen", "Hãy chọn một việc."),
        ("phone", "12", "Số điện thoại chưa đúng"),
        ("email", "ai-do", "Địa chỉ thư chưa đúng"),
    ],
)
def test_bad_input_gets_a_word_at_its_field_and_keeps_what_was_typed(
    client, home, later, field, value, said
):
    answer = client.post(
        CONTACT, opened(client, later, full_name="Tôi", consent_contact="on", **{field: value})
    )
    assert answer.status_code == 422
    assert said in str(answer.context["form"].errors[field])
    assert answer.context["form"]["full_name"].value() == "Tôi"
    assert Feedback.objects.count() == 0


def test_five_megabytes_of_text_are_refused_with_a_word(client, home, later):
    answer = client.post(CONTACT, opened(client, later, message="á" * 2_500_000))
    assert answer.status_code == 422
    assert "2.500.000" in answer.content.decode()
    assert Feedback.objects.count() == 0


def test_strange_letters_are_mended(client, home, later):
    client.post(
        CONTACT, opened(client, later, message="Nhà trƣờng ơi,\x00 cho hỏi điê\u0300u này.")
    )
    assert Feedback.objects.get().message == "Nhà trường ơi, cho hỏi điều này."


def test_form_sent_twice_leads_to_the_same_private_page(client, home, later):
    data = opened(client, later)
    first, again = client.post(CONTACT, data), client.post(CONTACT, data)
    assert urlsplit(first.url).path == urlsplit(again.url).path
    assert Feedback.objects.count() == 1


def test_forged_and_old_stamps_are_renewed_and_the_text_stays(client, home, later):
    data = opened(client, later)
    answer = client.post(CONTACT, {**data, "stamp": "gia-mao"})
    assert answer.status_code == 422
    assert MESSAGE in answer.content.decode()
    later(25 * 60 * 60)
    answer = client.post(CONTACT, data)
    assert answer.status_code == 422
    renewed = answer.context["form"]["stamp"].value()
    assert renewed not in ("", data["stamp"])
    later()
    assert client.post(CONTACT, {**data, "stamp": renewed}).status_code == 302


def test_who_sends_at_once_is_asked_a_sum_and_then_believed(client, home, later):
    form = client.get(CONTACT).context["form"]
    data = {"stamp": form["stamp"].value(), "kind": "question", "message": MESSAGE}
    answer = client.post(CONTACT, data)
    assert answer.status_code == 422
    asked = answer.context["form"]
    assert asked.question in answer.content.decode()
    assert Feedback.objects.count() == 0
    assert client.post(CONTACT, {**data, "total": "99"}).status_code == 422
    total = str(sum(sum_of(asked.key)))
    assert client.post(CONTACT, {**data, "total": total}).status_code == 302


@pytest.mark.parametrize(
    "strange", [{"website": "x"}, {"message": "https://a.vn https://b.vn www.c.vn mua ngay"}]
)
def test_what_looks_like_a_machine_is_asked_a_sum(client, home, later, strange):
    answer = client.post(CONTACT, opened(client, later, **strange))
    assert answer.status_code == 422
    assert "total" in answer.context["form"].errors


def stack(client, later, count: int) -> list[dict[str, str]]:
    """What `count` forms post that were opened together and are sent together."""
    forms = [opened(client, lambda: None) for _ in range(count)]
    later()
    return forms


def test_hundred_messages_in_a_minute_from_one_address_are_not_hundred_messages(
    client, home, later
):
    codes = [client.post(CONTACT, data).status_code for data in stack(client, later, 100)]
    assert codes.count(302) == SENT_BEFORE_SUM
    assert codes.count(422) == SENT_AT_MOST - SENT_BEFORE_SUM
    assert codes.count(429) == 100 - SENT_AT_MOST
    assert Feedback.objects.count() == SENT_BEFORE_SUM


def test_computer_room_behind_one_address_gets_through_with_the_sum(client, home, later):
    room = SENT_AT_MOST
    sent = 0
    for data in stack(client, later, room):
        answer = client.post(CONTACT, data)
        if answer.status_code == 422:
            total = str(sum(sum_of(answer.context["form"].key)))
            answer = client.post(CONTACT, {**data, "total": total})
        sent += answer.status_code == 302
    assert sent == room


def test_place_the_reader_came_from_is_kept_when_it_is_ours(client, home, later):
    data = opened(client, later, f"{CONTACT}?ve=/tin-tuc/")
    form = client.get(f"{CONTACT}?ve=/tin-tuc/").context["form"]
    assert form["about"].value() == "/tin-tuc/"
    client.post(CONTACT, {**data, "about": "/tin-tuc/"})
    assert Feedback.objects.get().about == "/tin-tuc/"


def test_private_page_is_not_named_as_the_place_one_came_from(client, home):
    own = {"HTTP_REFERER": "http://testserver/tin-tuc/bai/"}
    assert client.get(CONTACT, **own).context["form"]["about"].value() == "/tin-tuc/bai/"
    for elsewhere in (make_feedback().get_absolute_url(), "/", "/lien-he/"):
        came = {"HTTP_REFERER": f"http://testserver{elsewhere}"}
        assert client.get(CONTACT, **came).context["form"]["about"].value() == ""
    came = {"HTTP_REFERER": "https://khac.example/tin-tuc/"}
    assert client.get(CONTACT, **came).context["form"]["about"].value() == ""


@pytest.mark.parametrize("about", ["https://xau.example/", "//xau.example", "javascript:alert(1)"])
def test_place_elsewhere_is_not_kept(client, home, later, about):
    client.post(CONTACT, opened(client, later, about=about))
    assert Feedback.objects.get().about == ""


def test_unknown_links_open_nothing(client, home):
    feedback = make_feedback()
    for token in ("khong-co", feedback.reference, feedback.token[:-1], str(feedback.pk)):
        assert client.get(f"/lien-he/theo-doi/{token}/").status_code == 404
        assert client.get(f"/lien-he/theo-doi/{token}/ma-qr/").status_code == 404


def test_references_do_not_follow_each_other(home):
    references = {make_feedback().reference for _ in range(20)}
    assert len(references) == 20
    assert all(len(reference) == 12 for reference in references)


def test_sender_reads_the_answer_asks_on_and_settles(client, home, later):
    feedback = make_answered(make_user(SiteRole.EDITOR))
    path = feedback.get_absolute_url()
    assert "Mời bạn ra trụ sở xã." in client.get(path).content.decode()
    data = {"stamp": client.get(path).context["form"]["stamp"].value()}
    later()
    answer = client.post(path, {**data, "viec": "hoi-them", "text": "ngắn"})
    assert answer.status_code == 422
    answer = client.post(path, {**data, "viec": "hoi-them", "text": "Trụ sở mở cửa mấy giờ ạ?"})
    assert answer.status_code == 302
    feedback.refresh_from_db()
    assert feedback.state == FeedbackState.IN_PROGRESS
    assert "mấy giờ" in client.get(path).content.decode()
    refused = client.post(path, {"viec": "da-ro"})
    assert refused.status_code == 409
    assert "không “tôi đã rõ” được nữa" in refused.content.decode()


def test_sender_says_that_all_is_clear(client, home):
    feedback = make_answered(make_user(SiteRole.EDITOR))
    assert client.post(feedback.get_absolute_url(), {"viec": "da-ro"}).status_code == 302
    feedback.refresh_from_db()
    assert feedback.state == FeedbackState.CLOSED


def test_sender_learns_why_a_message_was_not_accepted(client, home):
    feedback = make_feedback()
    reject_feedback(
        feedback, reason="Việc này do ủy ban xã giải quyết.", by=make_user(SiteRole.EDITOR),
        now=timezone.now(),
    )  # fmt: skip
    assert (
        "Việc này do ủy ban xã giải quyết."
        in client.get(feedback.get_absolute_url()).content.decode()
    )


def test_qr_code_is_a_picture(client, home):
    answer = client.get(make_feedback().get_absolute_url() + "ma-qr/")
    assert answer["Content-Type"] == "image/svg+xml"
    assert b"<svg" in answer.content


def test_contact_page_names_functions_with_telephone_and_hides_what_is_not_public(client, home):
    make_contact("Gọi được", phone="+842439361234", hours="Giờ hành chính")
    make_contact("Chưa công bố", is_public=False)
    said = client.get(CONTACT).content.decode()
    assert 'href="tel:+842439361234">024 3936 1234</a>' in said
    assert "Chưa công bố" not in said


def test_contact_page_says_the_office_own_promise(client, home):
    promise = FeedbackSettings.load()
    promise.answer_days = 7
    promise.save()
    assert "Trả lời trong 7 ngày làm việc" in client.get(CONTACT).content.decode()


def test_contact_page_is_never_kept(client, home, settings):
    settings.PAGE_CACHE_SECONDS = 600
    for _ in range(2):
        answer = client.get(CONTACT)
        assert "X-Page-Cache" not in answer
        assert "no-store" in answer["Cache-Control"]


def test_questions_stand_by_heading_and_unpublished_ones_do_not(client, home):
    make_faq("Có mất tiền không?", heading="Chuyện chung", order=1)
    make_faq("VNeID là gì?", heading="VNeID", order=2)
    make_faq("Câu lẻ?", order=0)
    make_faq("Bản nháp?", is_published=False)
    answer = client.get("/hoi-dap/")
    assert [heading for heading, _ in answer.context["groups"]] == ["Chuyện chung", "VNeID", ""]
    said = answer.content.decode()
    assert "Bản nháp?" not in said
    assert '"@type": "FAQPage"' in said
    assert "Câu hỏi khác" in said


def test_questions_are_found_with_and_without_marks(client, home):
    entry = make_faq("Quên mật khẩu ứng dụng thì làm sao?")
    for query in ("mật khẩu", "mat khau ung dung"):
        finds = client.get("/tim-kiem/", {"q": query}).context["finds"]
        assert [find.item for find in finds] == [entry]


def test_questions_are_kept_in_the_page_cache_until_one_changes(
    client, home, settings, django_capture_on_commit_callbacks
):
    settings.PAGE_CACHE_SECONDS = 600
    entry = make_faq()
    assert client.get("/hoi-dap/")["X-Page-Cache"] == "miss"
    assert client.get("/hoi-dap/")["X-Page-Cache"] == "hit"
    with django_capture_on_commit_callbacks(execute=True):
        entry.question = "Câu đã sửa?"
        entry.save()
    assert "Câu đã sửa?" in client.get("/hoi-dap/").content.decode()
