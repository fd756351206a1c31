"""A department brings in its schools, each with the first person of its office."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from accounts.models import User
from campaign.units.choices import ImportState, Role
from campaign.units.models import Membership, Person, RosterImport, Unit
from campaign.units.posts import Post, Spot, begins_school
from campaign.units.queries import tree_problems
from campaign.units.roster.columns import SCHOOLS
from outbox.models import Letter
from tests.factories.people import make_holder, make_person
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db

ROWS = [
    ["TCN1", "Trường Mẫu Một", "T. Một", "01/09/2020", "CB1", "Mẫu Thị Ước", "uoc@example.vn"],
    ["TCN2", "Trường Mẫu Hai", "", None, "CB1", "Mẫu Văn Bền", ""],
    ["TCN3", "Trường Mẫu Ba", "", None, "", "", ""],
]


@pytest.fixture
def department(home):
    """A department with one school of before."""
    top = make_unit(None, "department")
    make_unit(top, "institution", code="CU", name="Trường cũ")
    return top


@pytest.fixture
def office(department, client):
    """The department's standing office, signed in."""
    user = make_holder(department, Role.STANDING_OFFICE)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def book(rows) -> SimpleUploadedFile:
    """A department's workbook."""
    made = Workbook()
    page = made.active
    page.title = SCHOOLS.title
    page.append([column.heading for column in SCHOOLS.columns])
    for row in rows:
        page.append(row)
    out = io.BytesIO()
    made.save(out)
    return SimpleUploadedFile("truong.xlsx", out.getvalue())


@pytest.fixture
def brought(office, client, django_capture_on_commit_callbacks):
    """The rows above, handed in, seen and applied."""
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("units:imports"), {"tep": book(ROWS)})
    job = RosterImport.objects.get()
    assert job.state == ImportState.CHECKED
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("units:import", args=[job.pk]), {"viec": "apply"})
    job.refresh_from_db()
    return job


def test_schools_people_roles_and_one_letter(brought):
    assert brought.state == ImportState.APPLIED, brought.said
    assert Unit.objects.filter(kind="institution").count() == 4
    assert tree_problems() == []
    first = Unit.objects.get(code="TCN1")
    person = Person.objects.get(institution=first)
    assert (person.full_name, person.user.email) == ("Mẫu Thị Ước", "uoc@example.vn")
    assert set(Membership.objects.filter(user=person.user).values_list("role", flat=True)) == {
        Role.MEMBER,
        Role.STANDING_OFFICE,
    }
    assert [x.to_email for x in Letter.objects.all()] == ["uoc@example.vn"]


def test_the_export_given_back_changes_nothing(brought, client, django_capture_on_commit_callbacks):
    exported = client.get(reverse("units:export"))
    page = load_workbook(io.BytesIO(exported.content))[SCHOOLS.title]
    assert page.max_row == 5
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            reverse("units:imports"), {"tep": SimpleUploadedFile("a.xlsx", exported.content)}
        )
    again = RosterImport.objects.exclude(pk=brought.pk).get()
    assert set(again.lines.values_list("verdict", flat=True)) == {"same"}


def test_one_wrong_row_holds_all_back(office, client, django_capture_on_commit_callbacks):
    rows = [*ROWS, ["CU", "Trường cũ", "", None, "", "Mẫu Không Mã", ""]]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("units:imports"), {"tep": book(rows)})
    job = RosterImport.objects.get()
    assert job.state == ImportState.REFUSED
    client.post(reverse("units:import", args=[job.pk]), {"viec": "apply"})
    assert Unit.objects.filter(kind="institution").count() == 1


def test_slips_for_those_who_begin_until_they_have_signed_in(brought, client):
    page = client.get(reverse("units:school-slips"))
    assert [line["ticked"] for line in page.context["lines"]] == [False, True]
    assert "đã nhận thư mời" in page.content.decode()
    assert "Mẫu Văn Bền" in page.content.decode()
    bền = Person.objects.get(full_name="Mẫu Văn Bền")
    printed = client.post(reverse("units:school-slips"), {"nguoi": [bền.pk]})
    assert bền.user.username in printed.content.decode()
    User.objects.filter(pk=bền.user_id).update(last_login="2026-11-23T00:00:00Z")
    assert "Mẫu Văn Bền" not in client.get(reverse("units:school-slips")).content.decode()
    client.post(reverse("units:school-slips"), {"nguoi": [bền.pk]})
    assert bền.user.slips.count() == 1


def test_a_department_gives_no_slip_to_others_of_a_school(brought, client):
    school = Unit.objects.get(code="TCN2")
    make_holder(school, Role.COUNCIL_MEMBER)
    teacher = make_person(school, kind="staff", account=True)
    page = client.get(reverse("units:school-slips")).content.decode()
    assert teacher.full_name not in page


HERE = Spot(7, "00010001", "institution", 7)
ABOVE = Post(1, Role.STANDING_OFFICE, Spot(1, "0001", "department", None))


@pytest.mark.parametrize(
    ("spot", "held", "allowed"),
    [
        (HERE, [Post(2, Role.STANDING_OFFICE, HERE)], True),
        (HERE, [Post(2, Role.LEADER, HERE), Post(3, Role.MEMBER, HERE)], True),
        (HERE, [Post(3, Role.MEMBER, HERE)], False),
        (HERE, [Post(2, Role.STANDING_OFFICE, HERE), Post(3, Role.COUNCIL_MEMBER, HERE)], False),
        (HERE, [Post(2, Role.LEADER, HERE), Post(4, Role.MEMBER, ABOVE.at)], False),
        (Spot(8, "000100010001", "faculty", 7), [Post(2, Role.STANDING_OFFICE, HERE)], False),
        (Spot(9, "00020001", "institution", 9), [Post(2, Role.LEADER, HERE)], False),
    ],
)
def test_who_begins_a_school(spot, held, allowed):
    assert begins_school([ABOVE], spot, held) is allowed
    assert begins_school([Post(1, Role.DEPARTMENT_OFFICER, ABOVE.at)], spot, held) is False
