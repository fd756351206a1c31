"""The desk: seats, lists of people and roles, slips, delegation; what each page says and refuses."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Slip, User
from campaign.units.choices import Role
from campaign.units.models import Membership, Person, Unit
from tests.factories.people import hold, make_holder, make_person, make_user
from tests.factories.units import make_college, make_unit

pytestmark = pytest.mark.django_db

PEOPLE = "/don-vi/nguoi/"


@pytest.fixture
def college(home):
    """A school with its parts."""
    return make_college()


@pytest.fixture
def office(college):
    """Who keeps the whole school."""
    return make_holder(
        college["school"], Role.STANDING_OFFICE, first_name="Phòng", last_name="Thường trực"
    )


def signed_in(user: User) -> Client:
    """A browser of this user."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(client: Client, address: str, **query: str) -> str:
    """The page as text."""
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def cost(client: Client, address: str) -> int:
    """How many queries a page takes."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def day(offset: int = 0) -> str:
    """A day as it is typed."""
    return f"{timezone.localdate() + timedelta(days=offset):%d/%m/%Y}"


def test_one_begins_where_one_decides_and_may_change(college):
    user = make_user(last_name="Mẫu", first_name="Đức")
    hold(user, college["farming"], Role.REPORTER)
    hold(user, college["craft"], Role.UNIT_HEAD)
    client = signed_in(user)
    said = text(client, "/don-vi/")
    assert "Trưởng đơn vị" in said
    assert 'class="desk__unit">Khoa Kỹ thuật' in said
    assert client.post("/don-vi/chon/", {"don-vi": college["farming"].pk})["Location"] == "/don-vi/"
    assert 'class="desk__unit">Khoa Nông Lâm' in text(client, "/don-vi/")


@pytest.mark.parametrize("wanted", ["", "0", "x", "9" * 30, "²"])
def test_a_seat_that_is_not_ones_own_changes_nothing(college, wanted):
    client = signed_in(make_holder(college["craft"], Role.UNIT_HEAD))
    client.post("/don-vi/chon/", {"don-vi": wanted or college["farming"].pk})
    assert 'class="desk__unit">Khoa Kỹ thuật' in text(client, "/don-vi/")


def test_a_seat_is_lost_with_its_role(college):
    user = make_holder(college["craft"], Role.UNIT_HEAD)
    client = signed_in(user)
    Membership.objects.update(ends=timezone.localdate() - timedelta(days=1), starts="2026-01-01")
    assert "chưa có vai trò ở đơn vị nào" in text(client, "/don-vi/")
    assert client.get(PEOPLE).status_code == 403


def test_the_desk_is_never_cached(college):
    client = signed_in(make_holder(college["craft"], Role.UNIT_HEAD))
    for address in ("/don-vi/", PEOPLE, "/don-vi/vai-tro/"):
        assert "no-store" in client.get(address)["Cache-Control"]


def test_the_list_is_of_the_unit_one_acts_for(college, office):
    make_person(college["farmers"], full_name="Mẫu Thị Lúa")
    make_person(college["smiths"], full_name="Mẫu Văn Sắt")
    said = text(signed_in(office), PEOPLE)
    assert "Mẫu Thị Lúa" in said
    assert "Mẫu Văn Sắt" in said
    head = make_holder(college["farming"], Role.UNIT_HEAD)
    said = text(signed_in(head), PEOPLE)
    assert "Mẫu Thị Lúa" in said
    assert "Mẫu Văn Sắt" not in said


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"Lúa", "Sắt"}),
        ({"q": "lua"}, {"Lúa"}),
        ({"q": "SAT mau"}, {"Sắt"}),
        ({"q": "nn1-07"}, {"Lúa"}),
        ({"q": "%"}, {"Lúa", "Sắt"}),
        ({"q": "khong"}, set()),
        ({"la": "staff"}, {"Sắt"}),
        ({"la": "teacher"}, {"Lúa", "Sắt"}),
        ({"tai-khoan": "co"}, {"Sắt"}),
        ({"tai-khoan": "chua"}, {"Lúa"}),
        ({"da-thoi": "1"}, {"Gỗ"}),
        ({"trang": "99"}, {"Lúa", "Sắt"}),
        ({"don-vi": "x"}, {"Lúa", "Sắt"}),
        ({"tu": "99999999999999999999"}, {"Lúa", "Sắt"}),
    ],
)
def test_filters_of_the_list(college, office, query, found):
    make_person(college["farmers"], full_name="Mẫu Thị Lúa", code="NN1-07")
    make_person(college["craft"], full_name="Mẫu Văn Sắt", kind="staff", account=True)
    gone = make_person(college["craft"], full_name="Mẫu Văn Gỗ")
    Person.objects.filter(pk=gone.pk).update(left_on=timezone.localdate())
    said = text(signed_in(office), PEOPLE, **query)
    assert {name for name in ("Lúa", "Sắt", "Gỗ") if name in said} == found


def test_lists_cost_the_same_for_one_and_thirty(college, office):
    client = signed_in(office)
    klass = f"/don-vi/phieu/{college['farmers'].pk}/"

    def fill(count: int) -> None:
        for _ in range(count):
            hold(
                make_person(college["farmers"], account=True).user,
                college["farmers"],
                Role.REPORTER,
            )

    fill(1)
    before = [
        cost(client, address) for address in (PEOPLE, "/don-vi/vai-tro/", klass, "/don-vi/phieu/")
    ]
    fill(29)
    after = [
        cost(client, address) for address in (PEOPLE, "/don-vi/vai-tro/", klass, "/don-vi/phieu/")
    ]
    assert after == before
    assert max(after) < 30


def test_adding_keeps_what_was_typed_when_it_is_refused(college, office):
    make_person(college["farmers"], code="NN1-07", full_name="Mẫu Văn Một")
    client = signed_in(office)
    words = {
        "unit": college["smiths"].pk, "kind": "student", "code": "nn1-07", "full_name": "Mẫu Hai",
        "since": day(), "with_account": "on",
    }  # fmt: skip
    said = client.post(PEOPLE + "them/", words).content.decode()
    assert "Mẫu Văn Một" in said
    assert 'value="Mẫu Hai"' in said
    assert client.post(PEOPLE + "them/", {**words, "code": "CK1-01"}).status_code == 302
    made = Person.objects.get(code="CK1-01")
    assert made.user.username == "ck1-01"
    # Pressed twice: the second says that the code is taken.
    assert (
        "đã dùng cho Mẫu Hai"
        in client.post(PEOPLE + "them/", {**words, "code": "CK1-01"}).content.decode()
    )


def test_a_head_can_add_to_his_own_units_only(college):
    head = make_holder(college["farming"], Role.UNIT_HEAD)
    words = {
        "unit": college["smiths"].pk,
        "kind": "student",
        "code": "A",
        "full_name": "B",
        "since": day(),
    }
    said = signed_in(head).post(PEOPLE + "them/", words).content.decode()
    assert "Hãy chọn trong danh sách." in said
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("act", "words", "said"),
    [
        ("correct", {"code": "", "full_name": "X"}, "Hãy ghi mã."),
        ("correct", {"code": "A", "full_name": "X", "birth_year": "hai nghìn"}, "bốn chữ số"),
        ("move", {"to": "", "since": "1/1/2026"}, "Hãy chọn nơi chuyển tới."),
        ("go", {"last_day": "31/02/2026"}, "Ngày viết dạng"),
        ("go", {"last_day": "01/01/2099"}, "đến hôm nay"),
        ("invite", {"email": "khong-phai"}, "Địa chỉ thư có dạng"),
    ],
)
def test_a_refused_act_says_why_where_it_was_typed(college, office, act, words, said):
    person = make_person(college["farmers"])
    answer = signed_in(office).post(
        f"{PEOPLE}{person.pk}/",
        {"viec": act, **{f"{act}-{name}": value for name, value in words.items()}},
    )
    assert answer.status_code == 200
    assert said in answer.content.decode()


@pytest.mark.parametrize("act", ["", "nothing", "end"])
def test_an_unknown_act_does_nothing(college, office, act):
    person = make_person(college["farmers"])
    assert signed_in(office).post(f"{PEOPLE}{person.pk}/", {"viec": act}).status_code == 200


def test_a_member_sees_himself_and_nobody_else(college):
    own = make_person(college["farmers"], account=True, full_name="Mẫu Chính Mình")
    User.objects.update(must_choose_password=False)
    other = make_person(college["farmers"])
    client = signed_in(User.objects.get(pk=own.user.pk))
    assert "Mẫu Chính Mình" in text(client, f"{PEOPLE}{own.pk}/")
    assert client.get(f"{PEOPLE}{other.pk}/").status_code == 404
    assert client.get(PEOPLE).status_code == 403


def test_moving_out_of_sight_leads_back_to_the_list(college):
    head = make_holder(college["farming"], Role.UNIT_HEAD)
    hold(head, college["craft"], Role.DEPUTY)
    person = make_person(college["farmers"])
    words = {"viec": "move", "move-to": college["smiths"].pk, "move-since": day()}
    answer = signed_in(head).post(f"{PEOPLE}{person.pk}/", words)
    assert answer["Location"] == f"{PEOPLE}{person.pk}/"
    assert Person.objects.get(pk=person.pk).unit == college["smiths"]


def test_slips_are_printed_for_those_ticked_and_kept_nowhere(college, office):
    people = [make_person(college["farmers"]) for _ in range(3)]
    client = signed_in(office)
    address = f"/don-vi/phieu/{college['farmers'].pk}/"
    assert text(client, address).count("checked") == 3
    answer = client.post(address, {"nguoi": [people[0].pk, people[2].pk]})
    said = answer.content.decode()
    assert answer["Cache-Control"].startswith("no-store") or "no-store" in answer["Cache-Control"]
    assert said.count('class="slip"') == 2
    assert people[1].full_name not in said
    assert Slip.objects.count() == 2
    assert text(client, address).count("Đã in phiếu, chưa dùng") == 2


def test_nobody_ticked_is_told_so(college, office):
    make_person(college["farmers"])
    said = signed_in(office).post(f"/don-vi/phieu/{college['farmers'].pk}/").content.decode()
    assert "Hãy chọn ít nhất một người." in said


def test_another_class_is_not_printed_along(college):
    head = make_holder(college["farming"], Role.UNIT_HEAD)
    make_person(college["farmers"])
    foreign = make_person(college["smiths"])
    signed_in(head).post(f"/don-vi/phieu/{college['farmers'].pk}/", {"nguoi": [foreign.pk]})
    assert not Slip.objects.exists()


def test_who_is_out_of_ones_hands_is_named_with_the_reason(college):
    chief = make_person(college["farming"], kind="staff", account=True)
    hold(chief.user, college["farming"], Role.UNIT_HEAD)
    deputy = make_person(college["farming"], kind="staff", account=True)
    hold(deputy.user, college["farming"], Role.DEPUTY)
    User.objects.update(must_choose_password=False)
    client = signed_in(User.objects.get(pk=deputy.user.pk))
    said = text(client, f"/don-vi/phieu/{college['farming'].pk}/")
    assert f'value="{chief.pk}"' not in said
    assert "hãy nhờ cấp trên" in said
    client.post(f"/don-vi/phieu/{college['farming'].pk}/", {"nguoi": [chief.pk]})
    assert not Slip.objects.exists()


def test_a_role_is_given_after_finding_the_person(college, office):
    person = make_person(college["farmers"], full_name="Mẫu Thị Lúa", code="NN1-07")
    client = signed_in(office)
    said = text(client, "/don-vi/vai-tro/them/", q="lua")
    assert f"?nguoi={person.pk}" in said
    words = {"role": Role.UNIT_HEAD, "unit": college["farmers"].pk, "starts": day(), "ends": ""}
    answer = client.post(f"/don-vi/vai-tro/them/?nguoi={person.pk}", words)
    assert answer["Location"] == "/don-vi/vai-tro/"
    held = Membership.objects.get(user__person=person, role=Role.UNIT_HEAD)
    assert held.given_by == office
    assert "Mẫu Thị Lúa" in text(client, "/don-vi/vai-tro/", q="lua")
    assert "Mẫu Thị Lúa" not in text(client, "/don-vi/vai-tro/", khi="da-het")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"role": "king"}, "Hãy chọn vai trò."),
        ({"role": Role.LEADER}, "chỉ có ở"),
        ({"role": Role.DEPUTY}, "Bạn không giao được"),
        ({"ends": "1/1/2020"}, "Ngày cuối không được trước"),
        ({"starts": "hôm nay"}, "Ngày viết dạng"),
        ({"starts": "01/01/2019"}, "Đơn vị có từ ngày"),
    ],
)
def test_a_role_that_can_not_be_is_refused_at_its_field(college, office, words, said):
    person = make_person(college["farmers"])
    known = {"role": Role.REPORTER, "unit": college["farmers"].pk, "starts": day(), "ends": ""}
    if words.get("role") == Role.DEPUTY:
        client = signed_in(make_holder(college["farming"], Role.UNIT_HEAD))
    else:
        client = signed_in(office)
    answer = client.post(f"/don-vi/vai-tro/them/?nguoi={person.pk}", {**known, **words})
    assert said in answer.content.decode()
    assert (
        not Membership.objects.filter(user__person=person, role__in=Role.values)
        .exclude(role=Role.MEMBER)
        .exists()
    )


def test_a_head_delegates_for_days_and_takes_it_back(college):
    head = make_holder(college["farming"], Role.UNIT_HEAD)
    clerk = make_person(college["farming"], kind="staff", account=True, full_name="Mẫu Văn Thay")
    client = signed_in(head)
    words = {"person": clerk.pk, "starts": day(), "ends": day(5)}
    assert client.post("/don-vi/uy-quyen/", words)["Location"] == "/don-vi/uy-quyen/"
    role = Membership.objects.get(role=Role.DEPUTY)
    assert role.user == clerk.user
    assert "Đang có hiệu lực" in text(client, "/don-vi/uy-quyen/")
    answer = client.post(f"/don-vi/vai-tro/{role.pk}/", {"viec": "end", "end-last_day": ""})
    assert answer["Location"] == "/don-vi/vai-tro/"
    assert Membership.objects.get(pk=role.pk).revoked_at is not None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"person": ""}, "Hãy chọn người."),
        ({"ends": ""}, "Hãy ghi ngày cuối."),
        ({"ends": "01/01/2026"}, "Ngày cuối không được trước"),
    ],
)
def test_a_delegation_without_person_or_end_is_refused(college, words, said):
    client = signed_in(make_holder(college["farming"], Role.UNIT_HEAD))
    clerk = make_person(college["farming"], kind="staff")
    known = {"person": clerk.pk, "starts": day(), "ends": day(5)}
    assert said in client.post("/don-vi/uy-quyen/", {**known, **words}).content.decode()
    assert not Membership.objects.filter(role=Role.DEPUTY).exists()


def test_the_staff_tree_of_an_office_is_its_own(college, office):
    foreign = make_unit(None, "institution")
    client = signed_in(office)
    said = text(client, "/quan-tri/don-vi/")
    assert f"/quan-tri/don-vi/{college['farming'].pk}/" in said
    assert f"/quan-tri/don-vi/{foreign.pk}/" not in said
    said = text(client, f"/quan-tri/don-vi/{college['farming'].pk}/")
    assert "Báo cáo gửi tới" in said
    words = {"viec": "move", "move-to": foreign.pk, "move-since": day()}
    client.post(f"/quan-tri/don-vi/{college['farming'].pk}/", words)
    assert Unit.objects.get(pk=college["farming"].pk).get_parent() == college["school"]


def test_an_office_gets_an_account_of_its_own_that_only_drafts(college, office):
    client = signed_in(office)
    words = {"unit": college["farming"].pk, "name": "Văn phòng Khoa", "username": "vp.nonglam"}
    page = client.post("/don-vi/vai-tro/dung-chung/", words)
    assert page.content.decode().count('class="slip"') == 1
    user = User.objects.get(username="vp.nonglam")
    assert user.is_shared
    assert [(row.role, row.unit) for row in user.memberships.all()] == [
        (Role.REPORTER, college["farming"])
    ]
    again = client.post("/don-vi/vai-tro/dung-chung/", {**words, "username": "VP.nonglam"})
    assert "đã có người dùng" in again.content.decode()
    role = user.memberships.get()
    printed = client.post(f"/don-vi/vai-tro/{role.pk}/", {"viec": "slip"})
    assert printed.content.decode().count('class="slip"') == 1
    assert Slip.objects.filter(user=user).count() == 1


def test_a_slip_of_a_shared_account_is_not_for_everybody(college, office):
    person = make_person(college["farming"], account=True, kind="staff")
    own = hold(person.user, college["farming"], Role.REPORTER)
    head = signed_in(make_holder(college["farming"], Role.UNIT_HEAD))
    head.post(f"/don-vi/vai-tro/{own.pk}/", {"viec": "slip"})
    shared = make_user(is_shared=True)
    here = hold(shared, college["farming"], Role.REPORTER)
    hold(shared, college["craft"], Role.REPORTER)
    assert head.post(f"/don-vi/vai-tro/{here.pk}/", {"viec": "slip"}).status_code == 403
    assert not Slip.objects.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"name": ""}, "Hãy ghi tên hiển thị."),
        ({"username": "vp nông lâm!"}, "hợp lệ"),
        ({"unit": ""}, "Hãy chọn"),
    ],
)
def test_a_shared_account_is_refused_at_its_field(college, office, words, said):
    known = {"unit": college["farming"].pk, "name": "Văn phòng", "username": "vp.nl"}
    page = signed_in(office).post("/don-vi/vai-tro/dung-chung/", {**known, **words})
    assert said in page.content.decode()
    assert not User.objects.filter(is_shared=True).exists()
