"""The queue of requests and the registers, in the staff area."""

from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.choices import SiteRole
from privacy.choices import RequestState
from privacy.forms import ConsentField
from privacy.models import ConsentText, DataRequest
from privacy.services import current_text, has_consent
from tests.factories.feedback import make_feedback
from tests.factories.people import make_user
from tests.factories.privacy import ASKED, make_request

pytestmark = pytest.mark.django_db

LIST = "privacy_datarequest_modeladmin_index"
ROLES = [SiteRole.ADMINISTRATOR, SiteRole.EDITOR, SiteRole.PUBLISHER, SiteRole.LIBRARIAN, ""]
ALLOWED = [1, 0, 1, 0, 0]


def case_of(asked: DataRequest) -> str:
    """Where the office works on it."""
    return reverse("privacy_datarequest_modeladmin_inspect", args=[asked.pk])


@pytest.mark.parametrize(("role", "allowed"), zip(ROLES, ALLOWED, strict=True))
def test_queue_and_registers_open_for_those_who_answer(sign_in, home, role, allowed):
    asked = make_request()
    text = current_text("phan-hoi")
    make_feedback(full_name="Ai đó", consents=[text])
    consent = text.records.get()
    client = sign_in(role)
    addresses = [
        reverse(LIST),
        case_of(asked),
        reverse("data-request-enter"),
        reverse("privacy_consentrecord_modeladmin_index"),
        reverse("privacy_consentrecord_modeladmin_inspect", args=[consent.pk]),
        reverse("privacy_consenttext_modeladmin_index"),
        reverse("consent-wording", args=["phan-hoi"]),
    ]
    opened = [client.get(address).status_code == 200 for address in addresses]
    assert opened == [bool(allowed)] * len(addresses)
    client.post(case_of(asked), {"viec": "acknowledge"})
    asked.refresh_from_db()
    assert (asked.state == RequestState.ACKNOWLEDGED) is bool(allowed)


@pytest.mark.parametrize("model", ["datarequest", "consentrecord", "consenttext"])
@pytest.mark.parametrize("act", ["create", "edit", "delete"])
def test_no_form_adds_changes_or_deletes(sign_in, home, model, act):
    make_feedback(full_name="Ai đó", consents=[current_text("phan-hoi")])
    asked = make_request()
    pk = asked.pk if model == "datarequest" else ConsentText.objects.get().pk
    if model == "consentrecord":
        pk = ConsentText.objects.get().records.get().pk
    address = reverse(f"privacy_{model}_modeladmin_{act}", args=[] if act == "create" else [pk])
    client = sign_in(SiteRole.ADMINISTRATOR)
    assert client.get(address).status_code in (302, 403)
    assert client.post(address, {}).status_code in (302, 403)
    assert DataRequest.objects.count() == ConsentText.objects.count() == 1


def test_officer_decides_with_words_that_the_person_reads(sign_in, home, client):
    asked = make_request()
    staff = sign_in(SiteRole.PUBLISHER)
    refused = staff.post(case_of(asked), {"viec": "complete", "complete-text": "ngắn"})
    assert "ít nhất 10" in refused.content.decode()
    staff.post(
        case_of(asked), {"viec": "complete", "complete-text": "Đã xóa số điện thoại của bạn."}
    )
    asked.refresh_from_db()
    assert asked.state == RequestState.DONE
    assert "Đã xóa số điện thoại của bạn." in client.get(asked.get_absolute_url()).content.decode()
    late = staff.post(case_of(asked), {"viec": "refuse", "refuse-text": "Nghĩ lại thì không được."})
    assert "được nữa" in late.content.decode()


def test_reason_that_is_too_long_is_refused_and_stays_typed(sign_in, home):
    asked = make_request()
    staff, long = sign_in(SiteRole.PUBLISHER), "Phải tìm trong kho. " * 30
    answer = staff.post(case_of(asked), {"viec": "extend", "extend-text": long})
    assert "nhiều hơn mức 500" in answer.content.decode()
    assert long.strip() in answer.content.decode()
    asked.refresh_from_db()
    assert asked.extended_at is None


def test_case_is_given_to_those_who_may_decide_and_spam_is_put_away(sign_in, home):
    asked = make_request()
    officer, editor = make_user(SiteRole.ADMINISTRATOR), make_user(SiteRole.EDITOR)
    staff = sign_in(SiteRole.PUBLISHER)
    refused = staff.post(case_of(asked), {"viec": "assign", "assign-to": editor.pk})
    assert "không có quyền" in refused.content.decode()
    staff.post(case_of(asked), {"viec": "assign", "assign-to": officer.pk})
    asked.refresh_from_db()
    assert asked.assigned_to == officer
    assert f">{officer.get_full_name()}<" in staff.get(reverse(LIST)).content.decode()
    staff.post(case_of(asked), {"viec": "discard"})
    asked.refresh_from_db()
    assert asked.state == RequestState.SPAM


@pytest.mark.parametrize(
    ("moved", "buttons"),
    [
        ("", ["acknowledge", "extend", "complete", "refuse", "assign", "discard"]),
        ("acknowledge", ["extend", "complete", "refuse", "assign"]),
        ("discard", []),
    ],
)
def test_case_shows_a_button_for_each_open_move_and_no_other(sign_in, home, moved, buttons):
    asked, staff = make_request(), sign_in(SiteRole.PUBLISHER)
    if moved:
        staff.post(case_of(asked), {"viec": moved})
    soup = BeautifulSoup(staff.get(case_of(asked)).content, "html.parser")
    assert [button["value"] for button in soup.select("button[name=viec]")] == buttons


@pytest.mark.parametrize("pk", ["abc", "0", "99999999999999999999999"])
def test_case_that_is_not_there_is_not_found(sign_in, home, pk):
    address = reverse("privacy_datarequest_modeladmin_inspect", args=[pk])
    assert sign_in(SiteRole.PUBLISHER).get(address).status_code == 404


@pytest.mark.parametrize(("role", "allowed"), zip(ROLES, ALLOWED, strict=True))
def test_consent_is_taken_back_by_those_who_answer(sign_in, home, role, allowed):
    text = current_text("phan-hoi")
    record = make_feedback(full_name="Ai đó", consents=[text])
    consent = text.records.get()
    client = sign_in(role)
    address = reverse("consent-withdrawn", args=[consent.pk])
    assert client.get(address).status_code in (302, 405)
    client.post(address)
    consent.refresh_from_db()
    assert (consent.withdrawn_at is not None) is bool(allowed)
    assert (consent.withdrawn_by is not None) is bool(allowed)
    assert has_consent(record, "phan-hoi") is not bool(allowed)


def test_button_to_take_a_consent_back_is_there_once(sign_in, home):
    text = current_text("phan-hoi")
    make_feedback(full_name="Ai đó", consents=[text])
    consent = text.records.get()
    client = sign_in(SiteRole.PUBLISHER)
    page = reverse("privacy_consentrecord_modeladmin_inspect", args=[consent.pk])
    act = reverse("consent-withdrawn", args=[consent.pk])
    assert f'action="{act}"' in client.get(page).content.decode()
    assert client.post(act).url == page
    assert f'action="{act}"' not in client.get(page).content.decode()


def test_unknown_move_changes_nothing(sign_in, home):
    asked = make_request()
    answer = sign_in(SiteRole.PUBLISHER).post(case_of(asked), {"viec": "withdraw"})
    assert "Không có việc này." in answer.content.decode()
    asked.refresh_from_db()
    assert asked.state == RequestState.RECEIVED


def test_case_shows_where_data_of_the_person_lie(sign_in, home):
    mine = make_feedback(full_name="Người dân mẫu", phone="+84912345678")
    other = make_feedback(full_name="Người khác", phone="+84911111111")
    said = sign_in(SiteRole.PUBLISHER).get(case_of(make_request())).content.decode()
    assert mine.reference in said
    assert other.reference not in said


def test_case_shows_the_persons_other_requests_and_consents_and_not_itself(sign_in, home):
    asked, before = make_request(), make_request(kind="view")
    make_request(full_name="Người khác", phone="+84911111111")
    make_feedback(full_name="Người dân mẫu", consents=[current_text("phan-hoi")])
    soup = BeautifulSoup(sign_in(SiteRole.PUBLISHER).get(case_of(asked)).content, "html.parser")
    found = [link.get_text() for link in soup.select(".desk__side li a")]
    assert sum(before.reference in label for label in found) == 1
    assert sum(label.startswith("Yêu cầu") for label in found) == 1
    assert "Sự đồng ý (còn hiệu lực)" in found


def test_request_by_letter_is_entered(sign_in, home):
    data = {"kind": "view", "message": ASKED, "full_name": "Người viết thư", "phone": "", "email": "",
            "key": str(uuid4())}  # fmt: skip
    client = sign_in(SiteRole.PUBLISHER)
    assert (
        "Hãy ghi số điện thoại" in client.post(reverse("data-request-enter"), data).content.decode()
    )
    client.post(reverse("data-request-enter"), {**data, "phone": "0912345678"})
    asked = DataRequest.objects.get()
    assert (asked.full_name, asked.entered_by is None) == ("Người viết thư", False)
    assert timezone.localtime(asked.received_at).date() == timezone.localdate()


@pytest.mark.parametrize(
    ("days", "said"), [(-1, "Ngày nhận chưa tới"), (400, "hơn một năm"), (6, None)]
)
def test_letter_is_entered_with_the_day_it_came(sign_in, home, days, said):
    day = timezone.localdate() - timedelta(days=days)
    data = {"kind": "view", "message": ASKED, "full_name": "Người viết thư", "phone": "0912345678",
            "email": "", "key": str(uuid4()), "received_on": f"{day:%d/%m/%Y}"}  # fmt: skip
    answer = sign_in(SiteRole.PUBLISHER).post(reverse("data-request-enter"), data)
    if said:
        assert said in answer.content.decode()
        assert DataRequest.objects.count() == 0
    else:
        assert DataRequest.objects.get().due_on == day + timedelta(days=10)


def test_consent_gets_a_new_wording(sign_in, home):
    client = sign_in(SiteRole.PUBLISHER)
    address = reverse("consent-wording", args=["phan-hoi"])
    assert client.post(address, {"text": "ngắn quá"}).status_code == 200
    client.post(address, {"text": "Tôi đồng ý để nhà trường liên lạc lại với tôi."})
    assert current_text("phan-hoi").version == 2
    assert ConsentField("phan-hoi", required=True).label.startswith(
        "Tôi đồng ý để nhà trường liên lạc"
    )
    assert client.get(reverse("consent-wording", args=["yeu-cau-du-lieu"])).status_code == 404


def test_late_requests_are_marked(sign_in, home):
    make_request(now=timezone.now() - timedelta(days=40))
    said = sign_in(SiteRole.PUBLISHER).get(reverse(LIST)).content.decode()
    assert "quá hạn 20 ngày" in said
    assert "1 yêu cầu đã quá hạn theo luật" in said


@pytest.mark.parametrize("query", ["DL-", "Người", "0912", "'", "%"])
def test_queue_is_searched(sign_in, home, query):
    make_request()
    assert sign_in(SiteRole.PUBLISHER).get(reverse(LIST), {"q": query}).status_code == 200


def test_lists_cost_the_same_with_one_row_and_with_thirty(sign_in, home):
    client = sign_in(SiteRole.PUBLISHER)
    text = current_text("phan-hoi")

    def fill(count: int) -> None:
        for _ in range(count):
            make_request()
            make_feedback(full_name="Ai đó", consents=[text])

    def cost(name: str) -> int:
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as counted:
            assert client.get(reverse(name)).status_code == 200
        return len(counted)

    names = [LIST, "privacy_consentrecord_modeladmin_index", "privacy_consenttext_modeladmin_index"]
    fill(1)
    few = [cost(name) for name in names]
    fill(29)
    assert [cost(name) for name in names] == few
