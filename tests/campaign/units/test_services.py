"""Changing the tree: what is refused, what the past keeps."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from campaign.units import services
from campaign.units.choices import UnitKind
from campaign.units.models import Unit, UnitName, UnitPlace
from campaign.units.queries import (
    answers_for,
    lineage_of,
    name_on,
    subtree_now,
    subtree_on,
    tree_problems,
)
from tests.concurrency import at_once
from tests.factories.units import START, make_college, make_unit

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
CHANGE = date(2026, 9, 1)
BEFORE = CHANGE - timedelta(days=1)


@pytest.fixture
def college(db):
    """A school with its parts, read afresh."""
    return make_college()


def fresh(unit: Unit) -> Unit:
    """The unit as it is stored."""
    return Unit.objects.get(pk=unit.pk)


def keys(*units: Unit) -> set[int]:
    """Their keys."""
    return {unit.pk for unit in units}


def test_new_unit_stands_below_its_parent_with_name_place_and_school(college):
    made = fresh(college["farmers"])
    assert made.get_parent().pk == college["farming"].pk
    assert made.institution_id == college["school"].pk
    assert [(n.name, n.since) for n in made.names.all()] == [("Lớp Nông nghiệp 1", START)]
    assert [(p.parent_id, p.since) for p in made.places.all()] == [(college["farming"].pk, START)]
    assert fresh(college["school"]).institution_id == college["school"].pk
    assert tree_problems() == []


@pytest.mark.parametrize(
    ("parent", "kind"),
    [("office", "student_class"), ("school", "department"), ("farmers", "office")],
)
def test_unit_that_can_not_stand_there_is_refused(college, parent, kind):
    with pytest.raises(ValidationError) as refused:
        make_unit(college[parent], kind)
    assert "parent" in refused.value.message_dict


@pytest.mark.parametrize("code", ["NL", "nl", "N-L", "n.l", "ＮＬ"])
def test_code_is_one_in_a_school_whatever_case_and_signs(college, code):
    with pytest.raises(ValidationError) as refused:
        make_unit(college["school"], "faculty", code=code)
    assert "đã dùng cho Khoa Nông Lâm" in str(refused.value)


@pytest.mark.parametrize("code", ["", " . ", "—"])
def test_code_without_letters_is_refused(college, code):
    with pytest.raises(ValidationError):
        make_unit(college["school"], "faculty", code=code)


def test_same_code_in_another_school_is_another_code(college):
    other = make_unit(None, "institution", code="KHAC")
    assert make_unit(other, "faculty", code="NL").code_key == "nl"
    with pytest.raises(ValidationError):
        make_unit(None, "institution", code="cdt")


def test_database_holds_codes_apart_too(college):
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(pk=college["craft"].pk).update(code_key="nl")


def test_renamed_unit_keeps_its_old_name_for_the_days_before(college):
    services.rename_unit(
        college["farming"], name="Khoa Nông nghiệp số", short_name="", since=CHANGE, today=TODAY
    )
    unit = fresh(college["farming"])
    assert unit.name == "Khoa Nông nghiệp số"
    assert name_on(unit, BEFORE) == "Khoa Nông Lâm"
    assert name_on(unit, CHANGE) == "Khoa Nông nghiệp số"
    assert name_on(unit, START - timedelta(days=99)) == "Khoa Nông Lâm"


def test_moved_class_is_summed_where_it_stood(college):
    services.move_unit(college["farmers"], to=college["craft"], since=CHANGE, today=TODAY)
    farming, craft, farmers = college["farming"], college["craft"], college["farmers"]
    assert subtree_on(farming, BEFORE) == keys(farming, farmers)
    assert subtree_on(farming, CHANGE) == keys(farming)
    assert subtree_on(craft, CHANGE) == keys(craft, farmers, college["smiths"])
    assert subtree_now(fresh(craft), TODAY) == subtree_on(craft, TODAY)
    assert tree_problems() == []


def test_unit_is_not_moved_into_itself_or_below_itself(college):
    department = make_unit(None, "department", code="SO")
    union = make_unit(college["school"], "youth_union")
    team = make_unit(union, "volunteer_team")
    for unit, to in ((union, union), (college["school"], college["school"])):
        with pytest.raises(ValidationError):
            services.move_unit(unit, to=to, since=CHANGE, today=TODAY)
    with pytest.raises(ValidationError) as refused:
        services.move_unit(union, to=team, since=CHANGE, today=TODAY)
    assert services.tree.INTO_ITSELF in str(refused.value)
    services.move_unit(college["school"], to=department, since=CHANGE, today=TODAY)
    assert fresh(college["school"]).get_parent().pk == department.pk
    assert tree_problems() == []


def test_unit_that_changes_schools_takes_its_parts_along(college):
    other = make_unit(None, "institution", code="KHAC")
    services.move_unit(college["farming"], to=other, since=CHANGE, today=TODAY)
    assert {fresh(college[name]).institution_id for name in ("farming", "farmers")} == {other.pk}
    make_unit(college["school"], "faculty", code="NL", starts=CHANGE)


def test_code_taken_in_the_other_school_refuses_the_move(college):
    other = make_unit(None, "institution", code="KHAC")
    make_unit(other, "student_class", code="NN1")
    with pytest.raises(ValidationError) as refused:
        services.move_unit(college["farming"], to=other, since=CHANGE, today=TODAY)
    assert "to" in refused.value.message_dict
    assert fresh(college["farming"]).get_parent().pk == college["school"].pk
    assert tree_problems() == []


def test_merged_unit_ends_and_its_history_still_sums(college):
    farming, craft, school = college["farming"], college["craft"], college["school"]
    services.merge_units(farming, into=craft, last_day=BEFORE, today=TODAY)
    merged = fresh(farming)
    assert (merged.ends, merged.successor_id) == (BEFORE, craft.pk)
    everybody = keys(*college.values())
    assert subtree_on(school, BEFORE) == everybody
    assert subtree_on(farming, BEFORE) == keys(farming, college["farmers"])
    assert subtree_on(school, CHANGE) == everybody - keys(farming)
    assert subtree_on(craft, CHANGE) == keys(craft, college["smiths"], college["farmers"])
    assert lineage_of(craft) == keys(farming, craft)
    assert answers_for(merged).pk == craft.pk
    assert tree_problems() == []


def test_merger_of_strangers_is_refused(college):
    for into in (college["office"], college["farming"], college["farmers"]):
        with pytest.raises(ValidationError):
            services.merge_units(college["farming"], into=into, last_day=BEFORE, today=TODAY)
    services.end_unit(college["smiths"], last_day=BEFORE, today=TODAY)
    with pytest.raises(ValidationError):
        services.merge_units(
            college["farmers"], into=college["smiths"], last_day=BEFORE, today=TODAY
        )
    assert fresh(college["farming"]).ends is None


def test_merger_whose_day_has_not_come_is_told_at_the_day(college):
    with pytest.raises(ValidationError) as refused:
        services.merge_units(college["farming"], into=college["craft"], last_day=TODAY, today=TODAY)
    assert list(refused.value.message_dict) == ["last_day"]
    assert fresh(college["farmers"]).get_parent().pk == college["farming"].pk


def test_unit_with_running_parts_is_not_ended(college):
    with pytest.raises(ValidationError) as refused:
        services.end_unit(college["farming"], last_day=BEFORE, today=TODAY)
    assert "Lớp Nông nghiệp 1" in str(refused.value)
    services.end_unit(college["farmers"], last_day=BEFORE, today=TODAY)
    services.end_unit(college["farming"], last_day=BEFORE, today=TODAY)
    with pytest.raises(ValidationError):
        make_unit(college["farming"], "student_class", starts=CHANGE)


@pytest.mark.parametrize("since", [TODAY + timedelta(days=1), START - timedelta(days=1)])
def test_change_is_dated_between_the_last_one_and_today(college, since):
    with pytest.raises(ValidationError) as refused:
        services.rename_unit(
            college["farming"], name="Khoa Mới", short_name="", since=since, today=TODAY
        )
    assert "since" in refused.value.message_dict
    with pytest.raises(ValidationError):
        services.move_unit(college["farmers"], to=college["craft"], since=since, today=TODAY)


def test_ended_unit_changes_no_more(college):
    services.end_unit(college["farmers"], last_day=BEFORE, today=TODAY)
    with pytest.raises(ValidationError):
        services.rename_unit(
            college["farmers"], name="Lớp Khác", short_name="", since=CHANGE, today=TODAY
        )
    with pytest.raises(ValidationError):
        services.end_unit(college["farmers"], last_day=BEFORE, today=TODAY)


def test_enrolment_is_dated_and_unknown_is_not_nought(college):
    farmers = college["farmers"]
    assert farmers.enrolment_on(TODAY) is None
    services.record_enrolment(farmers, count=29, as_of=date(2026, 9, 5))
    services.record_enrolment(farmers, count=30, as_of=date(2026, 10, 5))
    services.record_enrolment(farmers, count=31, as_of=date(2026, 10, 5))
    assert farmers.enrolment_on(date(2026, 9, 4)) is None
    assert farmers.enrolment_on(date(2026, 10, 4)).count == 29
    assert farmers.enrolment_on(TODAY).count == 31
    with pytest.raises(ValidationError):
        services.record_enrolment(college["office"], count=5, as_of=TODAY)


@pytest.mark.django_db(transaction=True)
def test_many_changes_at_once_leave_a_sound_tree(college):
    steps = iter(range(12))
    kinds = [UnitKind.STUDENT_CLASS, UnitKind.VOLUNTEER_TEAM]

    def change() -> str:
        number = next(steps)
        if number % 3 == 0:
            services.move_unit(
                college["farmers"], to=college["craft" if number % 2 else "farming"],
                since=TODAY, today=TODAY,
            )  # fmt: skip
        else:
            make_unit(college["farming"], kinds[number % 2], code=f"X{number}")
        return "done"

    assert at_once(12, change) == ["done"] * 12
    assert tree_problems() == []
    assert Unit.objects.count() == 6 + 8
    assert UnitName.objects.count() == 14


def test_problem_in_the_tree_is_found(college):
    UnitPlace.objects.filter(unit=college["farmers"]).update(parent=college["craft"])
    assert len(tree_problems()) == 1
