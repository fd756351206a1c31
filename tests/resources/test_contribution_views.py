"""The desk's and the librarians' pages of what units offer."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from campaign.units.choices import Role
from resources.models import Contribution, LibraryItemPage
from resources.services import move_contribution
from tests.factories.contributions import make_contribution, told, upload
from tests.factories.library import pdf_bytes
from tests.factories.people import make_holder, make_user
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db
LIST = "/don-vi/hoc-lieu/"
QUEUE = "/quan-tri/resources/contribution/"


@pytest.fixture
def faculty(home):
    """A faculty."""
    return make_unit(make_unit(), "faculty", name="Khoa Nông Lâm")


def client_of(user):
    """A client signed in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def words(unit, **fields):
    """The form as a browser sends it."""
    known = told()
    return {
        "unit": unit.pk, "key": str(uuid4()), "title": known["title"], "kind": known["kind"],
        "summary": known["summary"], "language": known["language"].pk,
        "audiences": [known["audiences"][0].pk], "topics": [known["topics"][0].pk], "rights": "own",
        "licence": known["licence"].pk, "viec": "luu", **fields,
    }  # fmt: skip


def arrived(faculty, **fields):
    """A contribution that its head has sent."""
    head = make_holder(faculty, Role.UNIT_HEAD) if "by" not in fields else fields.pop("by")
    row = make_contribution(faculty, head, **fields)
    return move_contribution(row, "send", by=head, now=timezone.now())


def test_ten_presses_make_one_draft_with_its_file(faculty):
    client = client_of(make_holder(faculty, Role.REPORTER))
    data = words(faculty)
    for _ in range(10):
        response = client.post(LIST + "moi/", {**data, "file": upload(name="a.pdf")})
    row = Contribution.objects.get()
    assert response["Location"] == f"{LIST}{row.pk}/sua/"
    assert (row.file_name, row.unit) == ("a.pdf", faculty)


def test_a_reporter_hands_up_and_a_head_sends(faculty):
    head = make_holder(faculty, Role.UNIT_HEAD)
    for user, state in ((make_holder(faculty, Role.REPORTER), "with_head"), (head, "sent")):
        data = words(faculty, viec="send", file=upload())
        client_of(user).post(LIST + "moi/", data)
        assert Contribution.objects.get(key=data["key"]).state == state


def test_an_empty_screen_leaves_no_draft_and_says_all_at_once(faculty):
    client = client_of(make_holder(faculty, Role.UNIT_HEAD))
    for press in ("send", "luu"):
        answer = client.post(
            LIST + "moi/", {"unit": faculty.pk, "key": str(uuid4()), "viec": press}
        )
        page = answer.content.decode()
        assert answer.status_code == 422
        for said in (
            "Hãy đặt tên học liệu.",
            "Hãy chọn tệp, hoặc ghi địa chỉ.",
            "Hãy chọn ngôn ngữ.",
        ):
            assert said in page
        assert "Phần ghi đúng đã được lưu" not in page
    assert not Contribution.objects.exists()
    # One line is worth keeping.
    data = {"unit": faculty.pk, "key": str(uuid4()), "viec": "luu", "note": "Gửi sau"}
    client.post(LIST + "moi/", data)
    assert Contribution.objects.get().note == "Gửi sau"


def test_what_is_wrong_is_told_and_what_is_right_is_kept(faculty):
    client = client_of(make_holder(faculty, Role.UNIT_HEAD))
    data = words(faculty, viec="send", link="khong phai", rights="", title="Tên đúng")
    response = client.post(LIST + "moi/", data)
    text = response.content.decode()
    row = Contribution.objects.get()
    assert (response.status_code, row.title, row.link, row.state) == (422, "Tên đúng", "", "draft")
    assert "Địa chỉ bắt đầu bằng https://" in text
    assert 'value="khong phai"' in text
    response = client.post(f"{LIST}{row.pk}/sua/", {**data, "link": "", "version": row.version})
    text = response.content.decode()
    assert response.status_code == 422
    assert "Hãy chọn: học liệu này của ai?" in text
    assert "Hãy chọn tệp." in text


def test_a_refused_file_is_told_beside_the_field_and_the_words_stay(faculty):
    client = client_of(make_holder(faculty, Role.REPORTER))
    locked = upload(pdf_bytes(password="kin"))
    response = client.post(LIST + "moi/", words(faculty, file=locked, title="Còn nguyên"))
    assert response.status_code == 422
    assert "mật khẩu" in response.content.decode()
    assert Contribution.objects.get().title == "Còn nguyên"


def test_words_over_newer_words_stay_on_the_screen(faculty):
    user = make_holder(faculty, Role.REPORTER)
    row = make_contribution(faculty, user)
    response = client_of(user).post(
        f"{LIST}{row.pk}/sua/", words(faculty, title="Bản của tôi", version=row.version - 1)
    )
    text = response.content.decode()
    assert response.status_code == 409
    assert "Bản của tôi" in text
    assert f'name="version" value="{row.version}"' in text
    assert Contribution.objects.get().title == "Sổ tay thử"


@pytest.mark.parametrize("field", ["unit", "kind", "language", "audiences", "topics", "licence"])
@pytest.mark.parametrize("value", ["x", "999999", "-1", "\x00", "9" * 30])
def test_nonsense_is_a_message_never_a_failure(faculty, field, value):
    client = client_of(make_holder(faculty, Role.REPORTER))
    response = client.post(LIST + "moi/", {**words(faculty), field: value})
    assert response.status_code == 422
    assert "Hãy chọn" in response.content.decode()


def test_what_was_typed_while_signed_out_is_given_back(faculty):
    user = make_holder(faculty, Role.REPORTER)
    client = Client()
    client.post(LIST + "moi/", words(faculty, title="Gõ lúc hết phiên"))
    kept = client.session["kept-post"]
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["kept-post"] = kept
    session.save()
    assert "Gõ lúc hết phiên" in client.get(LIST + "moi/").content.decode()


def test_unit_sees_its_published_item(faculty):
    librarian = make_user("librarian")
    head = make_holder(faculty, Role.UNIT_HEAD)
    row = move_contribution(arrived(faculty, by=head), "take_up", by=librarian, now=timezone.now())
    client = client_of(head)
    assert "đang hoàn thiện trước khi đăng" in client.get(row.get_absolute_url()).content.decode()
    row.item.save_revision().publish()
    address = LibraryItemPage.objects.get().url
    assert f'href="{address}"' in client.get(row.get_absolute_url()).content.decode()
    assert f'href="{address}"' in client.get(LIST).content.decode()
    public = Client().get(address).content.decode()
    assert "Khoa Nông Lâm" in public


def test_desk_tells_a_head_what_waits(faculty):
    writer, head = make_holder(faculty, Role.REPORTER), make_holder(faculty, Role.UNIT_HEAD)
    row = make_contribution(faculty, writer)
    move_contribution(row, "hand_up", by=writer, now=timezone.now())
    assert "Chuyển thư viện: Sổ tay thử" in client_of(head).get("/don-vi/").content.decode()
    assert "Chuyển thư viện" not in client_of(writer).get("/don-vi/").content.decode()
    move_contribution(row, "give_back", by=head, now=timezone.now(), reason="Thiếu")
    assert "Sửa học liệu: Sổ tay thử" in client_of(writer).get("/don-vi/").content.decode()


def test_file_is_opened_by_those_who_see_it(faculty):
    row = arrived(faculty)
    address = reverse("resources:contribution-file", args=[row.pk])
    response = client_of(make_user("librarian")).get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content).startswith(b"%PDF-")
    for role in ("editor", "publisher", ""):
        assert client_of(make_user(role)).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_librarian_takes_up_in_one_press(faculty):
    row = arrived(faculty)
    client = client_of(make_user("librarian"))
    for query, is_there in (("", True), ("?tinh-trang=cho", True), ("?tinh-trang=taken", False)):
        assert ("Sổ tay thử" in client.get(QUEUE + query).content.decode()) is is_there
    page = client.get(f"{QUEUE}inspect/{row.pk}/")
    assert page.status_code == 200
    response = client.post(f"{QUEUE}inspect/{row.pk}/", {"viec": "take_up"})
    item = LibraryItemPage.objects.get()
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[item.pk])
    assert client.get(response["Location"]).status_code == 200
    # Pressed again it says so and makes nothing.
    response = client.post(f"{QUEUE}inspect/{row.pk}/", {"viec": "take_up"}, follow=True)
    assert "không “nhận vào thư viện” được nữa" in response.content.decode()
    assert LibraryItemPage.objects.count() == 1


def test_librarian_gives_a_reason_or_is_asked_for_it(faculty):
    row = arrived(faculty)
    client = client_of(make_user("librarian"))
    page = client.post(f"{QUEUE}inspect/{row.pk}/", {"viec": "return", "reason": ""})
    assert "Hãy ghi lý do" in page.content.decode()
    client.post(f"{QUEUE}inspect/{row.pk}/", {"viec": "return", "reason": "Thêm hình"})
    row.refresh_from_db()
    assert row.state == "returned"
    writer = client_of(row.author)
    assert "Thêm hình" in writer.get(row.get_absolute_url()).content.decode()


@pytest.mark.parametrize("role", ["editor", "publisher", ""])
def test_queue_is_for_librarians(role, faculty):
    row = arrived(faculty)
    client = client_of(make_user(role))
    for address in (QUEUE, f"{QUEUE}inspect/{row.pk}/"):
        assert client.get(address).status_code in (302, 403)


def test_a_draft_is_not_in_the_queue(faculty):
    row = make_contribution(faculty, make_holder(faculty, Role.REPORTER), title="Chưa gửi")
    client = client_of(make_user("librarian"))
    assert "Chưa gửi" not in client.get(QUEUE).content.decode()
    assert client.get(f"{QUEUE}inspect/{row.pk}/").status_code == 404


def test_lists_cost_the_same_with_one_row_and_with_thirty(faculty):
    head, librarian = make_holder(faculty, Role.UNIT_HEAD), make_user("librarian")
    desk, staff = client_of(head), client_of(librarian)

    def cost():
        for client, address in ((desk, LIST), (staff, QUEUE), (desk, "/don-vi/")):
            client.get(address)
            with CaptureQueriesContext(connection) as counted:
                assert client.get(address).status_code == 200
            yield len(counted)

    first = arrived(faculty, by=head)
    few = list(cost())
    for _ in range(29):
        row = make_contribution(faculty, head, link="https://a.vn/", kind="khoa-hoc")
        move_contribution(row, "send", by=head, now=timezone.now())
    assert list(cost()) == few
    assert Contribution.objects.waiting().count() == 30
    assert first.state == "sent"
