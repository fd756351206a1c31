"""The office's queue: who gets in, what each button does, what it says when it can't."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.choices import SiteRole
from campaign.feedback.choices import Channel, FeedbackState
from campaign.feedback.forms import CONTACT, PUBLISHING
from campaign.feedback.models import FaqEntry, Feedback
from campaign.feedback.queries import figures_since
from core.workflow import PUBLISHING_CHECKS
from privacy.services import current_text, has_consent
from tests.factories.feedback import make_answered, make_faq, make_feedback
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

LIST = "feedback_feedback_modeladmin_index"
CASE = "feedback_feedback_modeladmin_inspect"
TICKS = {check.name: "on" for check in PUBLISHING_CHECKS}


def case_of(feedback: Feedback) -> str:
    """Where the office works on it."""
    return reverse(CASE, args=[feedback.pk])


def words(client, address: str) -> str:
    """The page as text."""
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


ROLES = [SiteRole.ADMINISTRATOR, SiteRole.EDITOR, SiteRole.PUBLISHER, SiteRole.LIBRARIAN, ""]


@pytest.mark.parametrize(("role", "allowed"), zip(ROLES, [1, 1, 1, 0, 0], strict=True))
@pytest.mark.parametrize("place", ["list", "case", "enter"])
def test_queue_opens_for_the_office_alone(sign_in, role, allowed, place):
    feedback = make_feedback()
    address = {"list": reverse(LIST), "case": case_of(feedback), "enter": reverse("feedback-enter")}
    client = sign_in(role)
    assert (client.get(address[place]).status_code == 200) is bool(allowed)
    client.post(case_of(feedback), {"viec": "close"})
    feedback.refresh_from_db()
    assert feedback.state == FeedbackState.NEW


@pytest.mark.parametrize(("role", "allowed"), zip(ROLES, [1, 0, 1, 0, 0], strict=True))
def test_question_is_published_by_those_who_publish(sign_in, role, allowed):
    feedback = make_answered(make_user(SiteRole.EDITOR))
    address = reverse("feedback-publish", args=[feedback.pk])
    client = sign_in(role)
    assert (client.get(address).status_code == 200) is bool(allowed)
    data = {"question": "Hỏi gì?", "answer": rich("Đáp."), "heading": "", **TICKS}
    client.post(address, data)
    assert FaqEntry.objects.count() == allowed


@pytest.mark.parametrize("pk", ["abc", "٣", "0", "9" * 12])
@pytest.mark.parametrize("model", ["feedback", "faqentry", "contactpoint"])
def test_address_that_names_no_record_is_not_found(sign_in, home, model, pk):
    act = "inspect" if model == "feedback" else "edit"
    address = f"/quan-tri/feedback/{model}/{act}/{pk}/"
    assert sign_in(SiteRole.ADMINISTRATOR).get(address).status_code == 404


@pytest.mark.parametrize("act", ["create", "edit", "delete"])
def test_no_form_adds_changes_or_deletes_a_message(sign_in, act):
    args = [] if act == "create" else [make_feedback().pk]
    before = Feedback.objects.count()
    address = reverse(f"feedback_feedback_modeladmin_{act}", args=args)
    client = sign_in(SiteRole.ADMINISTRATOR)
    assert client.get(address).status_code in (302, 403)
    assert client.post(address, {"state": "closed"}).status_code in (302, 403)
    assert Feedback.objects.count() == before


def rich(text: str) -> str:
    """Rich text as the editor posts it."""
    from wagtail.test.utils.form_data import rich_text

    return rich_text(f"<p>{text}</p>")


def test_clerk_answers_and_the_page_says_so(sign_in):
    feedback = make_feedback()
    client = sign_in(SiteRole.EDITOR)
    page = client.get(case_of(feedback))
    data = {"viec": "answer", "answer-text": "ngắn", "answer-key": str(uuid4())}
    refused = client.post(case_of(feedback), data)
    assert refused.status_code == 200
    assert "ít nhất 10" in refused.content.decode()
    assert "ngắn" in refused.content.decode()
    sent = client.post(
        case_of(feedback), {**data, "answer-text": "Mời bạn đến thư viện trường."}, follow=True
    )
    assert "Đã gửi câu trả lời." in sent.content.decode()
    feedback.refresh_from_db()
    assert feedback.state == FeedbackState.ANSWERED
    assert page.context["moves"] == {"assign", "answer", "reject"}


def test_clerk_gives_rejects_closes_and_reopens(sign_in):
    client = sign_in(SiteRole.EDITOR)
    other = make_user(SiteRole.PUBLISHER)
    feedback = make_feedback()
    client.post(case_of(feedback), {"viec": "assign", "assign-to": other.pk})
    feedback.refresh_from_db()
    assert (feedback.assigned_to, feedback.state) == (other, FeedbackState.IN_PROGRESS)
    client.post(
        case_of(feedback), {"viec": "reject", "reject-text": "Thư quảng cáo, không trả lời."}
    )
    feedback.refresh_from_db()
    assert feedback.state == FeedbackState.REJECTED
    client.post(case_of(feedback), {"viec": "reopen"})
    feedback.refresh_from_db()
    assert feedback.state == FeedbackState.IN_PROGRESS
    late = client.post(case_of(feedback), {"viec": "close"})
    assert "không “khép lại” được nữa" in late.content.decode()


@pytest.mark.parametrize("move", ["", "xoa", "ask", "settle"])
def test_unknown_move_changes_nothing(sign_in, move):
    feedback = make_answered(make_user(SiteRole.EDITOR))
    assert sign_in(SiteRole.EDITOR).post(case_of(feedback), {"viec": move}).status_code == 200
    feedback.refresh_from_db()
    assert feedback.state == FeedbackState.ANSWERED


def test_librarian_can_not_be_given_a_message(sign_in):
    feedback = make_feedback()
    client = sign_in(SiteRole.EDITOR)
    answer = client.post(
        case_of(feedback), {"viec": "assign", "assign-to": make_user(SiteRole.LIBRARIAN).pk}
    )
    assert answer.context["assign_form"].errors
    feedback.refresh_from_db()
    assert feedback.assigned_to is None


def test_office_enters_what_came_by_telephone(sign_in):
    client = sign_in(SiteRole.EDITOR)
    data = {
        "kind": "difficulty", "channel": Channel.PHONE, "message": "Bản xa chưa có sóng điện thoại.",
        "full_name": "Người gọi mẫu", "phone": "0912345678", "email": "", "key": str(uuid4()),
    }  # fmt: skip
    refused = client.post(reverse("feedback-enter"), data)
    assert "Hãy hỏi người gửi trước" in refused.content.decode()
    assert Feedback.objects.count() == 0
    for _ in range(2):
        client.post(reverse("feedback-enter"), {**data, "agreed": "on"})
    feedback = Feedback.objects.get()
    assert (feedback.channel, feedback.phone) == (Channel.PHONE, "+84912345678")
    assert feedback.entered_by is not None
    assert has_consent(feedback, CONTACT)


def test_proposal_of_a_question_is_without_personal_data_and_says_what_was_taken(sign_in):
    feedback = make_answered(
        make_user(SiteRole.EDITOR),
        text="Chào bà Mẫu, xin gọi 0900 000 000 gặp văn phòng.",
        message="Tôi là Nguyễn Thị Mẫu, số 0912345678, quên mật khẩu thì làm sao?",
        full_name="Nguyễn Thị Mẫu",
        consents=[current_text(CONTACT), current_text(PUBLISHING)],
    )
    answer = sign_in(SiteRole.PUBLISHER).get(reverse("feedback-publish", args=[feedback.pk]))
    initial = answer.context["form"].initial
    for secret in ("Nguyễn Thị Mẫu", "0912345678", "0900 000 000"):
        assert secret not in initial["question"] + initial["answer"]
        assert secret in answer.context["removed"]
    assert "chưa đồng ý" not in answer.content.decode()


def test_question_goes_out_with_every_line_of_the_check_list(sign_in, client):
    feedback = make_answered(make_user(SiteRole.EDITOR))
    address = reverse("feedback-publish", args=[feedback.pk])
    staff = sign_in(SiteRole.PUBLISHER)
    assert "chưa đồng ý" in words(staff, address)
    data = {"question": "Mở tài khoản ở đâu?", "answer": rich("Ở trụ sở xã."), "heading": "VNeID"}
    for missing in TICKS:
        ticked = {name: value for name, value in TICKS.items() if name != missing}
        refused = staff.post(address, {**data, **ticked})
        assert list(refused.context["form"].errors) == [missing]
    assert FaqEntry.objects.count() == 0
    staff.post(address, {**data, **TICKS})
    staff.logout()
    said = client.get("/hoi-dap/").content.decode()
    assert "Mở tài khoản ở đâu?" in said
    assert "Ở trụ sở xã." in said


def test_message_without_an_answer_has_nothing_to_publish(sign_in):
    feedback = make_feedback()
    answer = sign_in(SiteRole.PUBLISHER).get(reverse("feedback-publish", args=[feedback.pk]))
    assert (answer.status_code, answer.url) == (302, case_of(feedback))


def test_queue_shows_the_office_its_own_figures(sign_in):
    clerk = make_user(SiteRole.EDITOR)
    make_answered(clerk)
    make_feedback()
    today = timezone.localdate()
    figures = figures_since(today, today)
    assert (figures.received, figures.answered, figures.in_time, figures.waiting) == (2, 1, 1, 1)
    said = words(sign_in(SiteRole.EDITOR), reverse(LIST))
    assert "Trung vị ngày làm việc" in said
    assert "100%" in said


@pytest.mark.parametrize("query", ["mau nguoi", "PH-", "tài khoản", "tai khoan dinh danh"])
def test_queue_is_searched_without_marks(sign_in, query):
    feedback = make_feedback(full_name="Người mẫu")
    make_feedback(message="Chuyện khác hẳn với chuyện kia.")
    rows = sign_in(SiteRole.EDITOR).get(reverse(LIST), {"q": query}).context["object_list"]
    assert feedback in rows


def test_queue_and_case_cost_the_same_with_one_row_and_with_thirty(sign_in):
    client = sign_in(SiteRole.EDITOR)
    clerk = make_user(SiteRole.EDITOR)
    feedback = make_answered(clerk)

    def cost(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as counted:
            assert client.get(address).status_code == 200
        return len(counted)

    few = [cost(reverse(LIST)), cost(case_of(feedback)), cost("/hoi-dap/"), cost("/lien-he/")]
    for _ in range(29):
        make_answered(clerk)
        make_faq()
    many = [cost(reverse(LIST)), cost(case_of(feedback)), cost("/hoi-dap/"), cost("/lien-he/")]
    assert many == few
