"""Public pages of units, the tree in the staff area."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.choices import SiteRole
from campaign.units import services
from campaign.units.models import Letterhead, Unit
from tests.factories.units import make_college, make_unit

pytestmark = pytest.mark.django_db

ROLES = [SiteRole.ADMINISTRATOR, SiteRole.EDITOR, SiteRole.PUBLISHER, SiteRole.LIBRARIAN, ""]


def yesterday() -> date:
    """The day before the test's."""
    return timezone.localdate() - timedelta(days=1)


@pytest.fixture
def college(home):
    """A school with its parts."""
    return make_college()


def text(client, address: str, **query: str) -> str:
    """The page as text."""
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_public_list_names_running_units_without_classes(client, college):
    services.end_unit(college["office"], last_day=yesterday(), today=timezone.localdate())
    said = text(client, "/cac-don-vi/")
    for name in ("Trường Cao đẳng Thử", "Khoa Nông Lâm", "Khoa Kỹ thuật"):
        assert name in said
    for name in ("Lớp Nông nghiệp 1", "Phòng Đào tạo"):
        assert name not in said


def test_public_page_says_where_a_unit_stands_and_what_it_was(client, college):
    today = timezone.localdate()
    services.rename_unit(
        college["farming"], name="Khoa Nông nghiệp số", short_name="", since=today, today=today
    )
    said = text(client, college["farming"].get_absolute_url())
    for words in (
        "Khoa Nông nghiệp số",
        "Khoa Nông Lâm",
        "Trường Cao đẳng Thử",
        "Lớp Nông nghiệp 1",
    ):
        assert words in said


def test_page_of_a_merged_unit_leads_to_its_successor(client, college):
    services.merge_units(
        college["farming"], into=college["craft"], last_day=yesterday(), today=timezone.localdate()
    )
    said = text(client, college["farming"].get_absolute_url())
    assert f"hoạt động đến hết ngày {yesterday():%d/%m/%Y}" in said
    assert f'<a href="{college["craft"].get_absolute_url()}">Khoa Kỹ thuật</a>' in said
    assert "Đã nhận sáp nhập" in text(client, college["craft"].get_absolute_url())


@pytest.mark.parametrize("path", ["/cac-don-vi/999999/", "/cac-don-vi/x/"])
def test_unknown_unit_is_not_found(client, home, path):
    assert client.get(path).status_code == 404


def test_unit_that_begins_later_is_not_shown_yet(client, college):
    later = make_unit(college["school"], "centre", starts=timezone.localdate() + timedelta(days=3))
    assert client.get(later.get_absolute_url()).status_code == 404


def test_units_are_found_without_marks(client, college):
    finds = client.get("/tim-kiem/", {"q": "khoa nong lam"}).context["finds"]
    assert [find.item for find in finds] == [college["farming"]]


def test_public_list_costs_the_same_with_few_and_with_many(client, college):
    def cost(path: str) -> int:
        client.get(path, {"x": "1"})
        with CaptureQueriesContext(connection) as counted:
            assert client.get(path, {"x": "1"}).status_code == 200
        return len(counted)

    paths = ["/cac-don-vi/", college["school"].get_absolute_url()]
    few = [cost(path) for path in paths]
    for _ in range(29):
        make_unit(college["school"], "office")
    assert [cost(path) for path in paths] == few


@pytest.mark.parametrize(("role", "sees"), zip(ROLES, [1, 1, 1, 0, 0], strict=True))
def test_tree_opens_for_those_who_work_with_units(sign_in, college, role, sees):
    client = sign_in(role)
    farming = college["farming"]
    addresses = [reverse("units-tree"), reverse("units-unit", args=[farming.pk])]
    assert [client.get(a).status_code == 200 for a in addresses] == [bool(sees)] * 2


@pytest.mark.parametrize(("role", "shapes"), zip(ROLES, [1, 0, 0, 0, 0], strict=True))
def test_tree_is_shaped_by_administrators_alone(sign_in, college, role, shapes):
    client = sign_in(role)
    assert (client.get(reverse("units-add")).status_code == 200) is bool(shapes)
    client.post(
        reverse("units-unit", args=[college["farmers"].pk]),
        {"viec": "end", "end-last_day": f"{yesterday():%d/%m/%Y}"},
    )
    assert (Unit.objects.get(pk=college["farmers"].pk).ends is not None) is bool(shapes)


@pytest.fixture
def office(sign_in, college):
    """The administrator's client."""
    return sign_in(SiteRole.ADMINISTRATOR)


def test_administrator_adds_a_unit_and_a_double_code_is_told_at_its_field(office, college):
    address = reverse("units-add-below", args=[college["school"].pk])
    data = {"kind": "faculty", "code": "nl", "name": "Khoa Mới", "short_name": "", "starts": "01/09/2026",
            "locality": "", "local_partner": ""}  # fmt: skip
    refused = office.post(address, data)
    assert "đã dùng cho Khoa Nông Lâm" in str(refused.context["form"].errors["code"])
    assert "Khoa Mới" in refused.content.decode()
    made = office.post(address, {**data, "code": "MOI"})
    unit = Unit.objects.get(code="MOI")
    assert made.url == reverse("units-unit", args=[unit.pk])
    assert unit.starts == date(2026, 9, 1)


def test_administrator_renames_moves_merges_and_records(office, college):
    today = f"{timezone.localdate():%d/%m/%Y}"

    def act(unit: str, **data: str):
        return office.post(reverse("units-unit", args=[college[unit].pk]), data)

    act("farming", **{"viec": "rename", "rename-name": "Khoa Số", "rename-short_name": "",
                      "rename-since": today})  # fmt: skip
    assert Unit.objects.get(pk=college["farming"].pk).name == "Khoa Số"
    act("farmers", **{"viec": "move", "move-to": str(college["craft"].pk), "move-since": today})
    assert Unit.objects.get(pk=college["farmers"].pk).get_parent().pk == college["craft"].pk
    act("farmers", **{"viec": "enrolment", "enrolment-count": "30", "enrolment-as_of": today})
    assert college["farmers"].enrolments.get().count == 30
    act("school", **{"viec": "letterhead", "letterhead-superior_body": "", "letterhead-issuing_name": "TRƯỜNG",
                     "letterhead-symbol": "CĐT", "letterhead-place": "Mẫu", "letterhead-authority": "KT.",
                     "letterhead-signer_office": ""})  # fmt: skip
    assert Letterhead.objects.get().authority == "KT."
    shown = office.get(reverse("units-unit", args=[college["school"].pk])).content.decode()
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in shown
    refused = act("farming", **{"viec": "merge", "merge-into": str(college["craft"].pk),
                                "merge-last_day": "31/12/2099"})  # fmt: skip
    assert "Ngày cuối phải trước hôm nay" in refused.content.decode()
    act("farming", **{"viec": "merge", "merge-into": str(college["craft"].pk),
                      "merge-last_day": f"{yesterday():%d/%m/%Y}"})  # fmt: skip
    assert Unit.objects.get(pk=college["farming"].pk).successor_id == college["craft"].pk


@pytest.mark.parametrize(
    "data",
    [{"viec": "xoa"}, {}, {"viec": "move", "move-to": "x"}, {"viec": "end", "end-last_day": "32/13/2026"},
     {"viec": "enrolment", "enrolment-count": "-1", "enrolment-as_of": "01/01/2026"}],
)  # fmt: skip
def test_nonsense_changes_nothing(office, college, data):
    answer = office.post(reverse("units-unit", args=[college["farmers"].pk]), data)
    assert answer.status_code == 200
    assert Unit.objects.get(pk=college["farmers"].pk).ends is None
    assert not college["farmers"].enrolments.exists()


def test_tree_shows_a_part_or_ended_units_where_asked(office, college):
    services.end_unit(college["office"], last_day=yesterday(), today=timezone.localdate())
    address = reverse("units-tree")
    assert "Phòng Đào tạo" not in text(office, address)
    assert "Phòng Đào tạo" in text(office, address, **{"ca-da-ket-thuc": "1"})
    part = text(office, address, duoi=str(college["farming"].pk))
    assert "Lớp Nông nghiệp 1" in part
    assert "Lớp Cơ khí 1" not in part
    for nonsense in ("x", "-1", "9" * 30):
        assert "Khoa Nông Lâm" in text(office, address, duoi=nonsense)


def test_health_check_tells_of_a_broken_tree(client, college):
    from django.core.cache import cache

    assert client.get("/healthz").json()["data"] == "ok"
    Unit.objects.filter(pk=college["farming"].pk).update(numchild=7)
    assert client.get("/healthz").json()["data"] == "ok"
    cache.clear()
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert "wrong number of children" in answer.json()["data"]


def test_staff_find_a_unit_by_an_old_name_or_a_code_without_marks(sign_in, college):
    today = timezone.localdate()
    services.rename_unit(
        college["farming"], name="Khoa Cây trồng", short_name="", since=today, today=today
    )
    staff = sign_in("administrator")
    for query in ("nong lam", "CAY trồng", "nl"):
        said = text(staff, "/quan-tri/don-vi/", q=query)
        assert "Khoa Cây trồng" in said
        assert "Khoa Kỹ thuật" not in said
    assert "Chưa có đơn vị nào." in text(staff, "/quan-tri/don-vi/", q="xyz")


def test_a_large_tree_shows_its_upper_floors_page_by_page(sign_in, client, home, monkeypatch):
    monkeypatch.setattr("campaign.units.queries.MOST_LISTED", 3)
    monkeypatch.setattr("campaign.units.admin_views.PER_PAGE", 3)
    department = make_unit(None, "department", name="Sở Thử")
    schools = [make_unit(department, "institution", name=f"Trường {n}") for n in range(4)]
    make_unit(schools[0], "faculty", name="Khoa Bên Trong")
    staff = sign_in("administrator")
    first = text(staff, "/quan-tri/don-vi/")
    assert "Trường 1" in first
    assert "Trang 1 / 2" in first
    assert "Khoa Bên Trong" not in first
    assert "Trường 3" in text(staff, "/quan-tri/don-vi/", trang="2")
    assert "Khoa Bên Trong" in text(staff, "/quan-tri/don-vi/", duoi=str(schools[0].pk))
    said = text(client, "/cac-don-vi/")
    assert "Trường 3" in said
    assert "Khoa Bên Trong" not in said


def test_among_too_many_a_target_is_typed(sign_in, home, monkeypatch):
    monkeypatch.setattr("campaign.units.forms.MOST_OFFERED", 1)
    school, other = (make_unit(None, "institution", code=code) for code in ("T1", "T2"))
    one = make_unit(school, "faculty", name="Khoa Toán", code="TO")
    two = make_unit(school, "faculty", name="Khoa Toán tin", code="TT")
    make_unit(other, "faculty", name="Khoa Toán ứng dụng", code="TT")
    staff = sign_in("administrator")
    address = f"/quan-tri/don-vi/{one.pk}/"
    words = {"viec": "merge", "merge-last_day": f"{yesterday():%d/%m/%Y}"}

    def said(name: str) -> str:
        return staff.post(address, {**words, "merge-into": name}).content.decode()

    assert "Không thấy đơn vị nào như vậy" in said("Khoa Văn")
    assert "Có nhiều đơn vị khớp: Khoa Toán tin (TT, " in said("tt")
    assert staff.post(address, {**words, "merge-into": "toan tin"}).status_code == 302
    assert Unit.objects.get(pk=one.pk).successor == two
