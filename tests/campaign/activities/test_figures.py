"""Kept figures read over units, months and the tree's history; equal to a recount, whatever happens."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.activities import figures, services
from campaign.activities.figures import Figures
from campaign.activities.health import totals_problems
from campaign.activities.models import Activity, SchoolMonth, UnitMonth
from campaign.activities.services import ShareRow
from campaign.units.choices import Role
from campaign.units.services import merge_units, move_unit
from resources.models import Audience
from tests.factories.activities import (
    kind_named,
    make_activity,
    make_commune,
    make_confirmed,
    make_sent,
)
from tests.factories.people import make_holder, make_person
from tests.factories.units import make_college, make_unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
SPRING, AUTUMN = date(2026, 4, 10), date(2026, 10, 10)
SCHOOLS = SchoolMonth._meta.db_table
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def college(home):
    """Two classes in two faculties, each with a member and a head."""
    made = make_college()
    for name in ("farmers", "smiths"):
        made[f"{name}_member"] = make_holder(made[name], Role.MEMBER)
        made[f"{name}_head"] = make_holder(made[name], Role.UNIT_HEAD)
    return made


def reads(act):
    """What `act` gives, and the statements it took."""
    with CaptureQueriesContext(connection) as counted:
        told = act()
    return told, " ".join(query["sql"] for query in counted)


def confirmed(college, name="farmers", **words):
    """An activity of that class that counts."""
    return make_confirmed(
        college[name], college[f"{name}_member"], college[f"{name}_head"], **words
    )


def test_a_unit_sums_what_is_below_it(college):
    confirmed(college, people_count=30, served_count=40, starts_on=AUTUMN)
    confirmed(college, "smiths", kind=kind_named("ho-tro-truc-tiep"), people_count=None,
              served_count=12, starts_on=AUTUMN)  # fmt: skip
    make_sent(college["farmers"], college["farmers_member"], starts_on=AUTUMN)
    assert figures.roll_up(college["school"], *YEAR) == Figures(2, 1, 30, 52)
    assert figures.roll_up(college["farming"], *YEAR) == Figures(1, 1, 30, 40)
    assert figures.roll_up(college["office"], *YEAR) == Figures()


def test_months_kinds_places_and_groups_open_up_a_sum(college):
    commune = make_commune("Hoa Mẫu")
    group = Audience.objects.order_by("order").first()
    confirmed(college, people_count=30, starts_on=SPRING, commune=commune, groups={group.pk: 12})
    confirmed(college, people_count=20, starts_on=AUTUMN)
    rows = figures.rows_of(college["school"], *YEAR)
    months = {row["month"].month: row["people_sum"] for row in figures.by_month(rows)}
    assert months == {4: 30, 10: 20}
    assert [row["people_sum"] for row in figures.by_kind(rows)] == [50]
    places = {row["commune"]: row["people_sum"] for row in figures.by_commune(rows)}
    assert places == {commune.pk: 30, None: 20}
    groups = {row["audience__name"]: row["people_sum"] for row in figures.by_group(rows)}
    assert groups == {group.name: 12}


def test_moved_class_counts_where_it_stood_in_each_month(college):
    confirmed(college, people_count=30, starts_on=SPRING)
    confirmed(college, people_count=20, starts_on=AUTUMN)
    move_unit(college["farmers"], to=college["craft"], since=date(2026, 8, 1), today=TODAY)
    assert figures.roll_up(college["farming"], *YEAR).people == 30
    assert figures.roll_up(college["craft"], *YEAR).people == 20
    assert figures.roll_up(college["school"], *YEAR).people == 50


@pytest.fixture
def province(home):
    """A department with an office and two schools, one of them with a class."""
    top = make_unit(None, "department", name="Sở Thử")
    made = {
        "top": top,
        "office": make_unit(top, "office", name="Văn phòng Sở"),
        "one": make_unit(top, "institution", name="Trường Một"),
        "two": make_unit(top, "institution", name="Trường Hai"),
    }
    made["farmers"] = make_unit(made["one"], "student_class", name="Lớp Nông nghiệp 1")
    for name in ("farmers", "office"):
        made[f"{name}_member"] = make_holder(made[name], Role.MEMBER)
        made[f"{name}_head"] = make_holder(made[name], Role.UNIT_HEAD)
    return made


def test_schools_are_summed_whole_until_a_unit_changes_its_school(province):
    """What a class did stays with the school it stood in; the sum above both never changes."""
    confirmed(province, people_count=30, starts_on=SPRING)
    confirmed(province, people_count=20, starts_on=AUTUMN)
    units = [province[name] for name in ("top", "one", "two")]
    before = [reads(lambda unit=unit: figures.roll_up(unit, *YEAR)) for unit in units]
    assert [told.people for told, _ in before] == [50, 50, 0]
    assert all(SCHOOLS in read for _, read in before)
    move_unit(province["farmers"], to=province["two"], since=date(2026, 8, 1), today=TODAY)
    after = [reads(lambda unit=unit: figures.roll_up(unit, *YEAR)) for unit in units]
    assert [told.people for told, _ in after] == [50, 30, 20]
    assert not any(SCHOOLS in read for _, read in after)


def test_move_within_a_school_leaves_it_summed_whole(college):
    confirmed(college, people_count=30, starts_on=SPRING)
    move_unit(college["farmers"], to=college["craft"], since=date(2026, 8, 1), today=TODAY)
    told, read = reads(lambda: figures.roll_up(college["school"], *YEAR))
    assert told.people == 30
    assert SCHOOLS in read


def test_office_of_a_department_counts_in_it(province):
    """It belongs to no school, and its figures are kept under the top."""
    confirmed(province, "office", people_count=30, starts_on=AUTUMN)
    assert figures.roll_up(province["top"], *YEAR).people == 30
    assert figures.roll_up(province["one"], *YEAR).people == 0


def test_merged_faculty_keeps_its_past_and_the_successor_sums_it(college):
    confirmed(college, people_count=30, starts_on=SPRING)
    merge_units(college["farming"], into=college["craft"], last_day=date(2026, 7, 31), today=TODAY)
    confirmed(college, people_count=20, starts_on=AUTUMN)
    assert figures.roll_up(college["farming"], *YEAR).people == 30
    assert figures.roll_up(college["craft"], *YEAR).people == 20
    assert figures.roll_up(college["school"], *YEAR).people == 50


def test_the_records_behind_a_figure_are_those_it_was_made_of(college):
    confirmed(college, people_count=30, starts_on=SPRING)
    confirmed(college, people_count=20, starts_on=AUTUMN)
    move_unit(college["farmers"], to=college["craft"], since=date(2026, 8, 1), today=TODAY)
    for unit in ("farming", "craft", "school"):
        rows = Activity.objects.counted().filter(figures.records_of(college[unit], *YEAR))
        total = sum(activity.people_count or 0 for activity in rows)
        assert total == figures.roll_up(college[unit], *YEAR).people


def test_own_figures_are_ones_own_and_say_what_was_not_counted(college):
    first = make_person(college["farmers"], code="NN1-01")
    second = make_person(college["farmers"], code="NN1-02")
    shares = [ShareRow(first, served=12), ShareRow(second)]
    confirmed(college, served_count=40, shares=shares, starts_on=AUTUMN)
    make_sent(college["farmers"], college["farmers_member"], starts_on=AUTUMN,
              shares=[ShareRow(first, served=9)])  # fmt: skip
    own = figures.own_figures([first.pk, second.pk], *YEAR)
    assert (own[first.pk].served, own[first.pk].activities, own[first.pk].uncounted) == (12, 1, 0)
    assert (own[second.pk].served, own[second.pk].uncounted) == (0, 1)


# What one example leaves behind makes the next only harder.
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["farmers", "smiths"]), st.booleans(), st.integers(0, 60)),
        max_size=6,
    )
)
def test_kept_figures_equal_a_recount_after_any_moves(college, steps):
    office = make_holder(college["school"], Role.STANDING_OFFICE)
    for name, taken_back, people in steps:
        activity = confirmed(college, name, people_count=people, starts_on=AUTUMN)
        if taken_back:
            services.unconfirm_activity(activity, reason="Nhầm ngày", by=office, now=timezone.now())
    assert services.find_drift() == []


def test_command_checks_and_repairs(college, capsys):
    confirmed(college, people_count=30, starts_on=AUTUMN)
    call_command("recount_activities")
    UnitMonth.objects.update(people=31)
    with pytest.raises(CommandError, match="--repair"):
        call_command("recount_activities")
    assert UnitMonth.objects.get().people == 31
    call_command("recount_activities", "--repair")
    assert UnitMonth.objects.get().people == 30
    assert "UnitMonth" in capsys.readouterr().out


def test_health_check_names_what_differs(college):
    confirmed(college, people_count=30, starts_on=AUTUMN)
    assert totals_problems() == []
    UnitMonth.objects.update(served=7)
    assert any("recount_activities" in said for said in totals_problems())


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "x" * 40, "1999-01", "2026-00", "²026-01"])
def test_nonsense_is_no_month(text):
    assert figures.month_of(text) is None


def test_draft_of_another_year_adds_nothing(college):
    make_activity(college["farmers"], college["farmers_member"], starts_on=AUTUMN)
    assert figures.roll_up(make_unit(), *YEAR) == Figures()
    assert figures.roll_up(college["school"], *YEAR) == Figures()
