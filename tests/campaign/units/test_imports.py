"""Workbooks handed in, judged, applied, refused, exported."""

import io
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from accounts.models import User
from campaign.units.choices import ImportState, Role, Verdict
from campaign.units.models import Enrolment, Membership, Person, RosterImport, Unit
from campaign.units.queries import tree_problems
from campaign.units.roster.columns import SHEETS
from campaign.units.services.imports import apply, ask_to_apply, try_again
from tests.concurrency import at_once
from tests.factories.people import hold, make_holder, make_person, make_user
from tests.factories.units import make_college, make_unit

pytestmark = pytest.mark.django_db

HEADS = {sheet.title: [column.heading for column in sheet.columns] for sheet in SHEETS}
UNITS = [
    ["TY1", "Lớp Thú y 1", "", "Lớp", "NL", None, 25, date(2026, 9, 15), "", ""],
    ["TY", "Phòng Thú y", "P. Thú y", "Phòng", "", "01/09/2026", None, None, "", ""],
]
PEOPLE = [
    ["TY1-01", "Mẫu Thị Ánh", "Sinh viên", "TY1", 2008, None, "Có", "", None],
    ["TY1-02", "Mẫu Văn Bền", "sv", "TY1", None, "07/09/2026", "", "", None],
    ["CB-01", "Mẫu Đức Ước", "Cán bộ", "ty", None, None, "Không", "uoc@example.vn", None],
]
ROLES = [
    ["CB-01", "Trưởng đơn vị", "TY", None, None],
    ["TY1-02", "Người báo cáo", "TY1", None, None],
]


@pytest.fixture
def college(home):
    """A school with its parts."""
    return make_college()


@pytest.fixture
def office(college):
    """Who imports for the school."""
    return make_holder(college["school"], Role.STANDING_OFFICE, username="thuong.truc")


def book(units: Any = (), people: Any = (), roles: Any = (), heads: Any = None) -> Workbook:
    """A filled workbook."""
    made = Workbook()
    made.remove(made.active)
    for title, rows in zip(HEADS, (units, people, roles), strict=True):
        page = made.create_sheet(title)
        page.append((heads or HEADS)[title])
        for row in rows:
            page.append(row)
    return made


def packed(workbook: Workbook) -> bytes:
    """A workbook as a file."""
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def browser(user: User) -> Client:
    """Somebody signed in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def upload(client: Client, data: bytes, name: str = "danh sách.xlsx"):
    """The answer to a file."""
    return client.post("/don-vi/nhap/", {"tep": SimpleUploadedFile(name, data)})


def judged(client: Client, data: bytes, django_capture) -> RosterImport:
    """A file that was taken, and judged by the worker."""
    with django_capture(execute=True):
        assert upload(client, data).status_code == 302
    return RosterImport.objects.latest("pk")


def applied(client: Client, job: RosterImport, django_capture) -> RosterImport:
    """The import after pressing the button."""
    with django_capture(execute=True):
        client.post(f"/don-vi/nhap/{job.pk}/", {"viec": "apply"})
    job.refresh_from_db()
    return job


def refusals(job: RosterImport) -> list[tuple[str, int, str]]:
    """What was refused."""
    return list(job.lines.filter(verdict=Verdict.REFUSE).values_list("sheet", "row", "why"))


def test_a_school_comes_in_by_one_file(college, office, django_capture_on_commit_callbacks):
    client = browser(office)
    job = judged(client, packed(book(UNITS, PEOPLE, ROLES)), django_capture_on_commit_callbacks)
    assert (job.state, refusals(job)) == (ImportState.CHECKED, [])
    assert not Person.objects.exists()
    said = client.get(f"/don-vi/nhap/{job.pk}/").content.decode()
    assert "Sẽ thêm: 7" in said
    assert applied(client, job, django_capture_on_commit_callbacks).state == ImportState.APPLIED
    klass = Unit.objects.get(code="TY1")
    assert klass.get_parent() == college["farming"]
    assert Enrolment.objects.get(unit=klass).count == 25
    first = Person.objects.get(code="TY1-01")
    assert (first.unit, first.birth_year, first.user.username) == (klass, 2008, "ty1-01")
    assert not first.user.has_usable_password()
    head = Membership.objects.get(role=Role.UNIT_HEAD, unit__code="TY")
    assert head.user.email == "uoc@example.vn"
    assert Membership.objects.filter(user=first.user, unit=klass, role=Role.MEMBER).exists()
    assert list(Person.objects.found("anh mau ty1")) == [first]
    assert tree_problems() == []


def test_the_export_comes_in_again_and_changes_nothing(
    college, office, django_capture_on_commit_callbacks
):
    client = browser(office)
    job = judged(client, packed(book(UNITS, PEOPLE, ROLES)), django_capture_on_commit_callbacks)
    applied(client, job, django_capture_on_commit_callbacks)
    make_person(college["farmers"], full_name="=HYPERLINK", account=True)
    answer = client.get("/don-vi/xuat.xlsx")
    assert "filename*=utf-8''" in answer["Content-Disposition"]
    exported = load_workbook(io.BytesIO(answer.content))
    assert all(
        cell.data_type != "f" for page in exported for row in page.iter_rows() for cell in row
    )
    Person.objects.filter(full_name="=HYPERLINK").delete()
    answer = client.get("/don-vi/xuat.xlsx")
    again = judged(client, answer.content, django_capture_on_commit_callbacks)
    assert set(again.lines.values_list("verdict", flat=True)) == {Verdict.SAME}
    assert again.lines.count() > 10
    assert applied(client, again, django_capture_on_commit_callbacks).state == ImportState.APPLIED


def test_changes_are_said_and_made(college, office, django_capture_on_commit_callbacks):
    person = make_person(college["farmers"], code="A1", full_name="Mẫu Cũ", account=True)
    hold(person.user, college["farmers"], Role.REPORTER)
    gone = make_person(college["farmers"], code="A2", full_name="Mẫu Đi", account=True)
    rows = [
        ["a1", "Mẫu Mới", "Sinh viên", "CK1", 2009, None, "", "", None],
        ["A2", "Mẫu Đi", "Sinh viên", "NN1", None, None, "", "", timezone.localdate()],
    ]
    client = browser(office)
    job = judged(client, packed(book(people=rows)), django_capture_on_commit_callbacks)
    said = " ".join(job.lines.values_list("why", flat=True))
    for words in ("Mẫu Cũ → Mẫu Mới", "chuyển tới CK1", "năm sinh: 2009", "thôi, ngày cuối"):
        assert words in said
    applied(client, job, django_capture_on_commit_callbacks)
    person.refresh_from_db()
    assert (person.full_name, person.unit, person.birth_year) == (
        "Mẫu Mới",
        college["smiths"],
        2009,
    )
    held = Membership.objects.active(timezone.localdate()).filter(user=person.user)
    assert list(held.values_list("unit", "role")) == [(college["smiths"].pk, Role.MEMBER)]
    assert not User.objects.get(pk=gone.user.pk).is_active


def test_three_wrong_rows_of_five_thousand_stop_everything(
    college, office, django_capture_on_commit_callbacks
):
    rows = [
        [f"S{n:05d}", f"Mẫu Văn {n}", "Sinh viên", "NN1", None, None, "Có", "", None]
        for n in range(5000)
    ]
    rows[17][3], rows[2500][1], rows[4999][4] = "KHONG", "", "hai nghìn"
    client = browser(office)
    job = judged(client, packed(book(people=rows)), django_capture_on_commit_callbacks)
    assert job.state == ImportState.REFUSED
    assert {(sheet, row) for sheet, row, _ in refusals(job)} == {
        ("Người", 19),
        ("Người", 2502),
        ("Người", 5001),
    }
    applied(client, job, django_capture_on_commit_callbacks)
    assert not Person.objects.exists()
    listed = client.get(f"/don-vi/nhap/{job.pk}/bi-tu-choi.xlsx")
    assert load_workbook(io.BytesIO(listed.content)).active.max_row == 4
    rows[17][3], rows[2500][1], rows[4999][4] = "NN1", "Mẫu Văn", None
    job = judged(client, packed(book(people=rows)), django_capture_on_commit_callbacks)
    assert applied(client, job, django_capture_on_commit_callbacks).state == ImportState.APPLIED
    assert Person.objects.filter(user__isnull=False).count() == 5000


BROKEN = {
    "not a file": (b"", "Hãy chọn tệp"),
    "csv": (b"ma,ten\n1,2\n", "không phải tệp .xlsx"),
    "old xls": (b"\xd0\xcf\x11\xe0" + b"0" * 600, "mật khẩu"),
    "half a zip": (b"PK\x03\x04" + b"0" * 600, "không phải tệp .xlsx"),
}


@pytest.mark.parametrize("case", ["csv", "old xls", "half a zip"])
def test_what_is_no_workbook_is_refused_in_words(
    case, college, office, django_capture_on_commit_callbacks
):
    data, said = BROKEN[case]
    client = browser(office)
    job = judged(client, data, django_capture_on_commit_callbacks)
    assert job.state == ImportState.BROKEN
    assert said in job.said
    assert said in client.get(f"/don-vi/nhap/{job.pk}/").content.decode()


def test_a_zip_that_is_no_workbook_and_one_that_swells(
    college, office, django_capture_on_commit_callbacks
):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.txt", "x")
    client = browser(office)
    job = judged(client, out.getvalue(), django_capture_on_commit_callbacks)
    assert "bị hỏng" in job.said
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/sharedStrings.xml", b"0" * 151 * 1024 * 1024)
    job = judged(client, out.getvalue(), django_capture_on_commit_callbacks)
    assert "quá lớn" in job.said


@pytest.mark.parametrize(
    ("name", "said"),
    [("a.csv", "Tệp phải là .xlsx"), ("a.xls", "Tệp phải là .xlsx"), (None, "Hãy chọn tệp")],
)
def test_another_kind_of_file_is_told_at_the_form(name, said, college, office):
    client = browser(office)
    answer = upload(client, b"x", name) if name else client.post("/don-vi/nhap/")
    assert said in answer.content.decode()
    assert not RosterImport.objects.exists()


def test_faults_of_form_name_their_place(college, office, django_capture_on_commit_callbacks):
    heads = {**HEADS, "Người": ["Mã", "Họ tên đầy đủ", "Là", "Mã đơn vị", "Quê quán xứ sở"]}
    made = book(UNITS, [["A1", "Mẫu", "Sinh viên", "NN1", "x"]], heads=heads)
    made["Đơn vị"]["B2"] = "=1+1"
    made["Đơn vị"].merge_cells("A3:B3")
    made["Đơn vị"]["H2"] = "31/02/2026"
    job = judged(browser(office), packed(made), django_capture_on_commit_callbacks)
    said = {(sheet, row): why for sheet, row, why in refusals(job)}
    assert job.state == ImportState.REFUSED
    reasons = " ".join(why for _, _, why in refusals(job))
    for words in (
        "B2 là công thức",
        "A3:B3 bị gộp",
        "Không có cột “Quê quán xứ sở”",
        "Họ và tên",
        "31/02/2026",
    ):
        assert words in reasons, words
    assert ("Người", 1) in said


def test_headings_may_stand_in_any_order_and_dress(
    college, office, django_capture_on_commit_callbacks
):
    heads = {**HEADS, "Người": ["HO VA TEN", "mã đơn  vị", "la", "Mã (bắt buộc)"]}
    made = book(people=[["Mẫu Thị Ánh", "nn1", "Học sinh", 7.0]], heads=heads)
    job = judged(browser(office), packed(made), django_capture_on_commit_callbacks)
    assert refusals(job) == []
    assert job.lines.get().what == "Mẫu Thị Ánh"


def test_a_thousand_blank_rows_are_nothing(college, office, django_capture_on_commit_callbacks):
    made = book(people=[["A1", "Mẫu", "Sinh viên", "NN1"]])
    for row in range(3, 1003):
        made["Người"].cell(row, 2).number_format = "@"
        made["Người"].cell(row, 3).value = " "
    job = judged(browser(office), packed(made), django_capture_on_commit_callbacks)
    assert job.lines.count() == 1


def test_what_changed_meanwhile_is_shown_before_it_is_applied(
    college, office, django_capture_on_commit_callbacks
):
    client = browser(office)
    job = judged(client, packed(book(UNITS, PEOPLE, ROLES)), django_capture_on_commit_callbacks)
    make_person(college["farmers"], code="TY1-01", full_name="Mẫu Khác")
    assert applied(client, job, django_capture_on_commit_callbacks).state == ImportState.CHECKED
    assert "đã thay đổi" in job.said
    assert Person.objects.count() == 1
    assert job.lines.filter(why__contains="Mẫu Khác → Mẫu Thị Ánh").exists()
    assert applied(client, job, django_capture_on_commit_callbacks).state == ImportState.APPLIED


def test_an_import_is_applied_once(college, office, django_capture_on_commit_callbacks):
    client = browser(office)
    job = judged(client, packed(book(UNITS, PEOPLE, ROLES)), django_capture_on_commit_callbacks)
    applied(client, job, django_capture_on_commit_callbacks)
    count = Membership.objects.count()
    applied(client, job, django_capture_on_commit_callbacks)
    apply(job.pk, by=office, now=timezone.localtime())
    assert Membership.objects.count() == count


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_apply_once(transactional_db):
    college = make_college()
    office = make_holder(college["school"], Role.STANDING_OFFICE)
    assert upload(browser(office), packed(book(UNITS, PEOPLE, ROLES))).status_code == 302
    job = RosterImport.objects.select_related("school").get()
    done = at_once(2, lambda: ask_to_apply(job, by=office, now=timezone.localtime()))
    assert sorted(done) == [False, True]
    assert Person.objects.count() == 3
    assert RosterImport.objects.get().state == ImportState.APPLIED


def test_a_dead_worker_leaves_an_import_that_may_be_tried_again(
    college, office, django_capture_on_commit_callbacks
):
    client = browser(office)
    job = judged(client, packed(book(UNITS, PEOPLE, ROLES)), django_capture_on_commit_callbacks)
    now = timezone.localtime()
    RosterImport.objects.update(state=ImportState.APPLYING, moved_at=now - timedelta(minutes=5))
    page = client.get(f"/don-vi/nhap/{job.pk}/")
    assert page["Refresh"] == "3"
    job.refresh_from_db()
    assert not try_again(job, now=now)
    RosterImport.objects.update(moved_at=now - timedelta(minutes=16))
    page = client.get(f"/don-vi/nhap/{job.pk}/")
    assert "Refresh" not in page
    assert "đứng lại quá lâu" in page.content.decode()
    client.post(f"/don-vi/nhap/{job.pk}/", {"viec": "again"})
    job.refresh_from_db()
    assert job.state == ImportState.CHECKED


@pytest.mark.parametrize(
    "address", ["/don-vi/nhap/", "/don-vi/nhap/mau.xlsx", "/don-vi/xuat.xlsx", "/don-vi/nhap/{}/",
                "/don-vi/nhap/{}/bi-tu-choi.xlsx"],
)  # fmt: skip
def test_imports_are_for_the_schools_own_office(
    address, college, office, django_capture_on_commit_callbacks
):
    job = judged(browser(office), packed(book(UNITS)), django_capture_on_commit_callbacks)
    address = address.format(job.pk)
    other = make_unit(None, "institution")
    department = make_unit(None, "department")
    assert browser(office).get(address).status_code == 200
    for user in (
        make_holder(college["farming"], Role.UNIT_HEAD),
        make_holder(college["school"], Role.LEADER),
        make_user(),
    ):
        assert browser(user).get(address).status_code in (403, 404)
    # They have imports of their own, and see none of this school's.
    for unit in (other, department):
        stranger = browser(make_holder(unit, Role.STANDING_OFFICE))
        assert stranger.get(address).status_code == (404 if str(job.pk) in address else 200)


def test_a_foreign_school_is_not_reached_by_its_codes(
    college, office, django_capture_on_commit_callbacks
):
    other = make_unit(None, "institution", code="KHAC")
    make_unit(other, "faculty", code="XA")
    rows = [["A1", "Mẫu", "Sinh viên", "XA"]]
    job = judged(browser(office), packed(book(people=rows)), django_capture_on_commit_callbacks)
    assert [why for _, _, why in refusals(job)] == [
        "Không có đơn vị “XA” trong trường và trong tệp."
    ]


def test_the_page_of_an_import_costs_the_same_for_three_rows_and_forty(
    college, office, django_capture_on_commit_callbacks
):
    client = browser(office)

    def cost(count: int) -> int:
        rows = [[f"A{n}", f"Mẫu {n}", "Sinh viên", "NN1"] for n in range(count)]
        job = judged(client, packed(book(people=rows)), django_capture_on_commit_callbacks)
        client.get(f"/don-vi/nhap/{job.pk}/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/don-vi/nhap/{job.pk}/")
        return len(queries)

    assert cost(3) == cost(40)
