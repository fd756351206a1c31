"""Teams with their tasks, lines that say otherwise than the default: services and pages."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from campaign.units import services
from campaign.units.choices import LinePurpose, Role
from campaign.units.models import Membership, ReportingLine, TeamMember, Unit
from campaign.units.permissions import confirming_problem, user_can_confirm
from campaign.units.queries import recipient_of
from tests.factories.people import SINCE, hold, make_holder, make_person, make_user
from tests.factories.units import make_college, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def college(home):
    """A school with a Youth Union and a team besides its parts."""
    made = make_college()
    made["union"] = make_unit(made["school"], "youth_union", name="Đoàn trường", code="DTN")
    made["team"] = make_unit(made["union"], "volunteer_team", name="Đội bản Mẫu", code="DOI1")
    return made


@pytest.fixture
def office(college):
    """Who draws lines."""
    return make_holder(college["school"], Role.STANDING_OFFICE)


def browser(user: User) -> Client:
    """Somebody signed in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def day(offset: int = 0) -> str:
    """A day as it is typed."""
    return f"{timezone.localdate() + timedelta(days=offset):%d/%m/%Y}"


def text(client: Client, address: str, **query: str) -> str:
    """The page as text."""
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_member_joins_gets_another_task_and_leaves(college):
    leader = make_holder(college["union"], Role.UNIT_HEAD)
    person = make_person(college["farmers"], full_name="Mẫu Thị Lúa", account=True)
    client = browser(leader)
    address = f"/don-vi/doi/{college['team'].pk}/"
    assert f"?nguoi={person.pk}" in text(client, address, q="lua")
    words = {"task": "Cài  VNeID", "starts": day()}
    assert client.post(f"{address}?nguoi={person.pk}", words)["Location"] == address
    row = TeamMember.objects.get()
    assert row.task == "Cài VNeID"
    assert Membership.objects.filter(user=person.user, unit=college["team"]).exists()
    assert "Cài VNeID" in text(client, address)
    mate = f"/don-vi/doi/thanh-vien/{row.pk}/"
    client.post(mate, {"viec": "task", "task-task": "Chụp ảnh"})
    assert "Chụp ảnh" in text(client, address)
    client.post(mate, {"viec": "leave", "leave-last_day": day()})
    assert "Đã rời đội" in text(client, address)
    with pytest.raises(ValidationError):
        services.change_task(TeamMember.objects.get(), task="x", by=leader)


@pytest.mark.parametrize(
    ("words", "said"),
    [({"starts": "mai"}, "Ngày viết dạng"), ({"task": "x" * 201}, "dài nhất 200")],
)
def test_joining_is_refused_at_its_field(college, words, said):
    client = browser(make_holder(college["union"], Role.UNIT_HEAD))
    person = make_person(college["farmers"])
    address = f"/don-vi/doi/{college['team'].pk}/?nguoi={person.pk}"
    answer = client.post(address, {"task": "", "starts": day(), **words})
    assert said in answer.content.decode()
    assert not TeamMember.objects.exists()


def test_nobody_joins_twice_nor_from_another_school(college, office):
    client = browser(office)
    inside = make_person(college["farmers"])
    outside = make_person(make_unit(make_unit(None, "institution"), "student_class"))
    address = f"/don-vi/doi/{college['team'].pk}/"
    for _ in range(2):
        client.post(f"{address}?nguoi={inside.pk}", {"task": "", "starts": day()})
    assert TeamMember.objects.count() == 1
    assert client.get(f"{address}?nguoi={outside.pk}").status_code == 404
    with pytest.raises(ValidationError):
        services.add_team_member(
            college["team"], outside, task="", starts=SINCE, by=None, now=timezone.localtime()
        )


def test_a_team_of_thirty_costs_as_much_as_one_of_one(college, office):
    client = browser(office)
    address = f"/don-vi/doi/{college['team'].pk}/"

    def cost(more: int) -> int:
        for _ in range(more):
            services.add_team_member(
                college["team"], make_person(college["farmers"]), task="", starts=SINCE, by=None,
                now=timezone.localtime(),
            )  # fmt: skip
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    assert cost(1) == cost(29)


def line(college, unit="school", to="union", **more) -> ReportingLine:
    """All classes of the school report to the Youth Union."""
    known = {
        "purpose": LinePurpose.REPORT,
        "for_kind": "student_class",
        "starts": SINCE,
        "by": None,
    }
    return services.add_line(college[unit], college[to], **{**known, **more})


def test_classes_report_to_the_union_until_the_line_ends(college, office):
    assert recipient_of(college["farmers"], LinePurpose.REPORT) == college["farming"]
    drawn = line(college, by=office)
    assert recipient_of(college["farmers"], LinePurpose.REPORT) == college["union"]
    assert recipient_of(college["office"], LinePurpose.REPORT) == college["school"]
    today = timezone.localdate()
    services.end_line(drawn, last_day=today - timedelta(days=1), by=office)
    assert recipient_of(college["farmers"], LinePurpose.REPORT) == college["farming"]
    assert recipient_of(college["farmers"], LinePurpose.REPORT, day=SINCE) == college["union"]
    with pytest.raises(ValidationError):
        services.end_line(drawn, last_day=today, by=office)


def test_the_union_confirms_for_classes_when_a_line_says_so(college):
    chief = make_holder(college["union"], Role.UNIT_HEAD)
    own = make_holder(college["farmers"], Role.UNIT_HEAD)
    assert user_can_confirm(own, college["farmers"], author=None)
    line(college, purpose=LinePurpose.CONFIRM)
    assert user_can_confirm(chief, college["farmers"], author=own.pk)
    assert not user_can_confirm(own, college["farmers"], author=None)
    assert "chính mình" in (confirming_problem(chief, college["farmers"], author=chief.pk) or "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"unit": "farming", "to": "farming", "for_kind": ""}, "không gửi báo cáo cho chính mình"),
        ({"unit": "farming", "to": "farmers", "for_kind": ""}, "đi vòng"),
        ({"unit": "school", "to": "farmers", "for_kind": "faculty"}, "đi vòng"),
    ],
)
def test_a_line_that_goes_round_is_refused(college, words, said):
    with pytest.raises(ValidationError) as refused:
        line(college, **words)
    assert said in refused.value.messages[0]


def test_two_lines_do_not_send_two_units_to_each_other(college):
    line(college, unit="farming", to="craft", for_kind="")
    with pytest.raises(ValidationError):
        line(college, unit="craft", to="farming", for_kind="")
    line(
        college,
        unit="craft",
        to="farming",
        for_kind="",
        round_kind="award",
        purpose=LinePurpose.CONFIRM,
    )


def test_a_line_is_drawn_once_and_stays_in_its_school(college, office):
    line(college)
    with pytest.raises(ValidationError):
        line(college)
    college["elsewhere"] = make_unit(None, "institution")
    with pytest.raises(ValidationError):
        line(college, to="elsewhere")
    head = make_holder(college["farming"], Role.UNIT_HEAD)
    with pytest.raises(PermissionDenied):
        line(college, unit="farming", to="school", for_kind="", by=head)


def test_lines_on_the_page(college, office):
    client = browser(office)
    words = {
        "unit": college["school"].pk, "for_kind": "student_class", "purpose": "report", "round_kind": "",
        "to": college["union"].pk, "starts": day(),
    }  # fmt: skip
    refused = client.post("/don-vi/tuyen/", {**words, "to": ""}).content.decode()
    assert "Hãy chọn." in refused
    assert client.post("/don-vi/tuyen/", words)["Location"] == "/don-vi/tuyen/"
    said = text(client, "/don-vi/tuyen/", xem=str(college["farmers"].pk))
    assert "Mọi lớp của" in said
    assert "gửi báo cáo tới: <b>Đoàn trường</b>" in said
    assert "đã có" in client.post("/don-vi/tuyen/", words).content.decode()
    drawn = ReportingLine.objects.get()
    client.post(f"/don-vi/tuyen/{drawn.pk}/", {"viec": "end", "end-last_day": day()})
    assert ReportingLine.objects.get().ends == timezone.localdate()


@pytest.mark.parametrize("wanted", ["", "x", "9" * 30, "0"])
def test_a_preview_of_nothing_shows_nothing(college, office, wanted):
    assert "gửi báo cáo tới:" not in text(browser(office), "/don-vi/tuyen/", xem=wanted)


def test_receiving_gives_no_sight_of_the_senders_people(college):
    line(college)
    chief = make_user()
    hold(chief, college["union"], Role.UNIT_HEAD)
    person = make_person(college["farmers"])
    assert browser(chief).get(f"/don-vi/nguoi/{person.pk}/").status_code == 404
    assert Unit.objects.get(pk=college["farmers"].pk).people.visible_to(chief).count() == 0
