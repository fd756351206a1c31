"""Figures come of confirmed activities of the window alone: each person's own times, each collective's lot."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaign.activities.services import LinkRow, ShareRow
from campaign.awards import services
from campaign.awards.figures import activities_behind, figures_of, lessons_behind
from campaign.awards.models import Dossier, Nominee
from campaign.awards.queries import checks_of, reviews_of
from campaign.units.services import merge_units
from resources.models import Audience
from tests.factories.activities import kind_named, make_activity, make_confirmed, make_sent
from tests.factories.awards import (
    make_collective,
    make_nominee,
    make_submitted,
    make_whole,
    shifted,
)
from tests.factories.people import make_person
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db


def told(college, nominee):
    """The figures of one nominee."""
    return figures_of(college["round"], [nominee]).figures[nominee.pk]


def test_only_confirmed_activities_of_the_window_count(college):
    nominee = make_nominee(college["dossier"], college["writer"], college["student"])
    shares = [ShareRow(person=college["student"], served=7)]
    about = (college["farmers"], college["member"])
    make_confirmed(*about, college["teacher"], shares=shares)
    make_sent(*about, shares=shares, place="Nơi khác")
    make_activity(*about, shares=shares, place="Nơi thứ ba")
    make_confirmed(
        *about, college["teacher"], shares=shares, starts_on=shifted(-200), place="Năm ngoái"
    )
    assert (told(college, nominee).activities, told(college, nominee).served) == (1, 7)


def test_times_are_ones_own_and_never_a_share_of_the_whole(college):
    mate = make_person(college["farmers"])
    nominee = make_nominee(college["dossier"], college["writer"], college["student"])
    make_confirmed(
        college["farmers"], college["member"], college["teacher"], served_count=90,
        shares=[ShareRow(person=college["student"], served=12), ShareRow(person=mate, served=None)],
    )  # fmt: skip
    other = make_nominee(college["dossier"], college["writer"], mate)
    assert told(college, nominee).served == 12
    assert (told(college, other).served, told(college, other).activities) == (0, 1)


def test_a_collective_counts_what_stands_below_it_and_what_it_hosted_with_others(college):
    faculty = make_collective(college["dossier"], college["writer"], college["farming"])
    klass = make_collective(college["dossier"], college["writer"], college["farmers"])
    elder = Audience.objects.get(name="Người cao tuổi")
    make_confirmed(college["farmers"], college["member"], college["teacher"], people_count=31,
                   served_count=40, local_partner="UBND xã Mẫu", groups={elder.pk: 31})  # fmt: skip
    for row in (faculty, klass):
        found = told(college, row)
        assert (found.classes, found.biggest_class, found.weak_classes, found.served) == (
            1,
            31,
            1,
            40,
        )


def test_a_class_for_the_weak_needs_a_local_partner(college):
    klass = make_collective(college["dossier"], college["writer"], college["farmers"])
    elder = Audience.objects.get(name="Người cao tuổi")
    make_confirmed(college["farmers"], college["member"], college["teacher"], groups={elder.pk: 20})
    assert told(college, klass).weak_classes == 0


def test_views_of_products_are_added_and_ranked(college):
    other = make_unit(college["farming"], "student_class")
    klass = make_collective(college["dossier"], college["writer"], college["farmers"])
    rival = make_collective(college["dossier"], college["writer"], other)
    links = [LinkRow(url="https://example.vn/a", title="", views=900, as_of=shifted(-1)),
             LinkRow(url="https://example.vn/b", title="", views=100, as_of=shifted(-1))]  # fmt: skip
    make_confirmed(
        college["farmers"], college["member"], college["teacher"], links=links, people_count=None,
        kind=kind_named("san-pham-truyen-thong"),
    )  # fmt: skip
    found = figures_of(college["round"], [klass, rival]).figures
    assert (found[klass.pk].views, found[klass.pk].rank_views, found[rival.pk].views) == (
        1000,
        1,
        None,
    )


def test_what_a_merged_unit_did_counts_for_its_heir(college):
    heir = make_unit(college["farming"], "student_class", name="Lớp gộp")
    make_confirmed(college["farmers"], college["member"], college["teacher"], people_count=35)
    today = timezone.localdate()
    merge_units(college["farmers"], into=heir, last_day=today - timedelta(days=1), today=today)
    nominee = make_collective(college["dossier"], college["writer"], heir)
    assert told(college, nominee).biggest_class == 35
    assert [row.unit for row in activities_behind(nominee)] == [college["farmers"]]


def test_a_skill_class_is_never_counted_for_two(college):
    faculty = make_collective(college["dossier"], college["writer"], college["farming"])
    klass = make_collective(college["dossier"], college["writer"], college["farmers"])
    make_confirmed(college["farmers"], college["member"], college["teacher"], people_count=32)
    caught = [
        trap.name for one in checks_of(college["round"], college["dossier"]) for trap in one.traps
    ]
    assert caught == ["class_twice", "class_twice"]
    # The faculty leaves it to the class.
    assert lessons_behind(faculty).count() == 1
    services.choose_lessons(faculty, [], by=college["writer"], now=timezone.now())
    found = figures_of(college["round"], [faculty, klass]).figures
    assert (found[faculty.pk].biggest_class, found[klass.pk].biggest_class) == (None, 32)
    assert [one.traps for one in checks_of(college["round"], college["dossier"])] == [(), ()]


def test_a_round_is_read_in_the_same_number_of_queries_whatever_stands_in_it(college):
    def asked():
        fresh = Dossier.objects.select_related("round__owner").get(pk=college["dossier"].pk)
        with CaptureQueriesContext(connection) as counted:
            checks_of(fresh.round)
            reviews_of(fresh.round, fresh)
        return len(counted)

    make_whole(
        make_nominee(college["dossier"], college["writer"], college["student"]), college["writer"]
    )
    make_collective(college["dossier"], college["writer"], college["farmers"])
    Nominee.objects.filter(unit=college["farmers"]).update(state="withdrawn")
    make_whole(make_collective(college["dossier"], college["writer"], college["farming"]), college["writer"],
               claims={4: "Nhiều lượt nhất."})  # fmt: skip
    make_submitted(college["dossier"], college["head"])
    first = asked()
    for _ in range(29):
        person = make_person(college["farmers"])
        Nominee.objects.create(
            dossier=college["dossier"], person=person, subject="student", full_name=person.full_name,
            code=person.code, home=college["farmers"], home_name="Lớp", key=uuid4(),
            added_at=timezone.now(), added_by=college["writer"],
        )  # fmt: skip
    assert asked() == first


def test_the_window_holds_on_its_first_and_last_day(college):
    nominee = make_nominee(college["dossier"], college["writer"], college["student"])
    shares = [ShareRow(person=college["student"], served=5)]
    first, last = college["round"].window
    for number, day in enumerate((first - timedelta(days=1), first, last)):
        make_confirmed(college["farmers"], college["member"], college["teacher"], shares=shares,
                       starts_on=day, place=f"Nơi {number}")  # fmt: skip
    assert told(college, nominee).served == 10
