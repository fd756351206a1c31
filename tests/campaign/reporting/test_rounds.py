"""Rounds: made once, opened for every unit, more time, merged units."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from campaign.reporting import services
from campaign.reporting.deadlines import Limit
from campaign.reporting.models import Report, Round
from campaign.units.choices import Role
from campaign.units.services import add_line, merge_units
from tests.concurrency import at_once
from tests.factories.people import make_holder
from tests.factories.reports import layout_named, make_open_round, make_round, report_of, shifted
from tests.factories.units import make_college, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def college(home):
    """A school with its standing office."""
    made = make_college()
    made["user"] = make_holder(made["school"], Role.STANDING_OFFICE)
    return made


def test_opening_makes_a_report_for_every_unit_asked(college):
    asked = make_round(college["school"], college["user"], steps={"faculty": None, "office": None})
    assert Report.objects.count() == 0
    services.open_round(asked, by=college["user"], now=timezone.now())
    services.make_reports(asked.pk, now=timezone.now())
    asked.refresh_from_db()
    rows = list(asked.reports.order_by("unit__code").values_list("unit__name", "to", "due_on"))
    school = college["school"].pk
    assert rows == [
        ("Phòng Đào tạo", school, shifted(10)),
        ("Khoa Kỹ thuật", school, shifted(10)),
        ("Khoa Nông Lâm", school, shifted(10)),
    ]
    assert (asked.expected, asked.made, asked.is_open) == (3, 3, True)
    assert services.make_reports(asked.pk, now=timezone.now()) == 0


def test_reports_keep_the_line_of_the_day_they_were_made(college):
    add_line(college["school"], college["office"], purpose="report", starts=shifted(0),
             for_kind="faculty", by=None)  # fmt: skip
    asked = make_open_round(college["school"], college["user"])
    report = report_of(asked, college["farming"])
    assert report.to == college["office"]
    assert report.line.to == college["office"]
    report.line.delete()
    report.refresh_from_db()
    assert (report.to, report.line) == (college["office"], None)


def test_each_level_has_its_own_day(college):
    steps = {"faculty": Limit(shifted(3), inclusive=False), "institution": None}
    asked = make_open_round(college["school"], college["user"], steps=steps)
    assert report_of(asked, college["farming"]).due_on == shifted(2)
    whole = report_of(asked, college["school"])
    assert (whole.due_on, whole.to) == (shifted(10), None)


def test_units_left_out_and_ended_owe_nothing(college):
    asked = make_open_round(college["school"], college["user"], left_out=[college["craft"]])
    assert [report.unit for report in asked.reports.all()] == [college["farming"]]


def test_the_same_form_sent_again_is_one_round(college):
    key = uuid4()
    asked = services.Asked(
        kind="ad_hoc", title="Đột xuất", layout=layout_named(), period=(shifted(-9), shifted(0)),
        window=(shifted(-9), shifted(0)), opens_on=shifted(0),
        limit=Limit(shifted(4), inclusive=True), steps={"faculty": None},
    )  # fmt: skip
    made = [
        services.make_round(
            college["school"], asked, key=key, by=college["user"], now=timezone.now()
        )
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert Round.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"steps": {}}, "steps"),
        ({"limit": Limit(shifted(-30), True)}, "limit_on"),
        ({"locks_on": shifted(9)}, "locks_on"),
        ({"window": (shifted(5), shifted(4))}, "data_to"),
        ({"period": (shifted(5), shifted(4))}, "period_to"),
    ],
)
def test_days_out_of_order_are_refused(college, words, field):
    with pytest.raises(ValidationError) as refused:
        make_round(college["school"], college["user"], **words)
    assert list(refused.value.message_dict) == [field]


def test_a_window_that_was_told_of_is_refused(college):
    make_round(college["school"], college["user"], window=(shifted(-60), shifted(-10)))
    with pytest.raises(ValidationError, match="hai kỳ không được tính cùng một ngày"):
        make_round(college["school"], college["user"], window=(shifted(-10), shifted(5)))
    with pytest.raises(ValidationError, match="hai kỳ không được tính cùng một ngày"):
        make_round(college["school"], college["user"], window=(shifted(-90), shifted(-60)))
    for _ in range(2):
        # What is asked for on request stands alone.
        make_round(college["school"], college["user"], kind="ad_hoc")
    after = make_round(college["school"], college["user"], window=(shifted(-9), shifted(5)))
    assert after.before.window == (shifted(-60), shifted(-10))


def test_only_the_standing_office_asks(college):
    for role in (Role.UNIT_HEAD, Role.LEADER, Role.REPORTER):
        with pytest.raises(PermissionDenied):
            make_round(college["school"], make_holder(college["school"], role))
    with pytest.raises(PermissionDenied):
        make_round(make_unit(), college["user"])


def test_a_round_without_any_unit_is_not_opened(college):
    asked = make_round(college["school"], college["user"], steps={"centre": None})
    with pytest.raises(ValidationError, match="Không có đơn vị nào"):
        services.open_round(asked, by=college["user"], now=timezone.now())


def test_more_time_is_a_row_and_moves_due_and_lock(college):
    asked = make_open_round(college["school"], college["user"])
    report = report_of(asked, college["farming"])
    now = timezone.now()
    for until, why, field in ((shifted(10), "Bão", "until"), (shifted(20), " ", "why")):
        with pytest.raises(ValidationError) as refused:
            services.extend_report(report, until=until, why=why, by=college["user"], now=now)
        assert list(refused.value.message_dict) == [field]
    services.extend_report(report, until=shifted(20), why="Bão số 5", by=college["user"], now=now)
    report.refresh_from_db()
    assert (report.due_on, report.locks_on) == (shifted(20), shifted(20))
    assert [row.why for row in report.extensions.all()] == ["Bão số 5"]
    head = make_holder(college["farming"], Role.UNIT_HEAD)
    with pytest.raises(PermissionDenied):
        services.extend_report(report, until=shifted(25), why="Xin thêm", by=head, now=now)


def test_what_a_merged_unit_owed_passes_on_once(college):
    asked = make_open_round(college["school"], college["user"])
    merge_units(college["farming"], into=college["craft"], last_day=shifted(-1), today=shifted(0))
    now = timezone.now()
    assert services.pass_on_ended(now) == 1
    assert services.pass_on_ended(now) == 0
    old = report_of(asked, college["farming"])
    assert (old.state, old.successor) == ("passed_on", report_of(asked, college["craft"]))
    assert asked.reports.counted().count() == 1


def test_what_was_left_to_a_new_unit_makes_a_report_there(college):
    asked = make_open_round(college["school"], college["user"])
    new = make_unit(college["school"], "faculty", name="Khoa Kỹ nghệ", starts=shifted(0))
    for unit in (college["farming"], college["craft"]):
        merge_units(unit, into=new, last_day=shifted(-1), today=shifted(0))
    assert services.pass_on_ended(timezone.now()) == 2
    assert [report.unit for report in asked.reports.counted()] == [new]


@pytest.mark.django_db(transaction=True)
def test_opened_at_once_by_several_each_unit_owes_once(college):
    asked = make_round(college["school"], college["user"])
    at_once(4, lambda: services.make_reports(asked.pk, now=timezone.now()))
    assert asked.reports.count() == 2
