"""What nominees did: whose activities, in which window, whose times served."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaign.awards.deeds import deeds_of
from campaign.units.services import merge_units
from tests.campaign.awards.scenes import make_scene
from tests.factories.activities import make_activity, make_commune
from tests.factories.awards import make_nominee, serve, shifted
from tests.factories.people import make_person
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(home):
    """A faculty's proposal."""
    return make_scene()


def did(scene, times=5, people=None, unit="farmers", **words):
    """A confirmed activity of a class."""
    chosen = [scene.student.person] if people is None else people
    return serve(chosen, times, scene.units[unit], scene.writer, scene.head, **words)


def told(scene, row):
    """Titles and times of what somebody did."""
    return [(one.title, one.served) for one in scene.deeds(row)]


def test_a_persons_deeds_are_his_own_times_the_oldest_first(scene):
    did(scene, 4, title="Sau", starts_on=shifted(-2), served_count=90)
    did(scene, 3, title="Trước", starts_on=shifted(-9))
    did(scene, 7, people=[make_person(scene.units["farmers"])], title="Người khác")
    assert told(scene, scene.student) == [("Trước", 3), ("Sau", 4)]


def test_drafts_and_days_outside_the_window_are_no_deeds(scene):
    make_activity(scene.units["farmers"], scene.writer, title="Nháp")
    did(scene, title="Xưa", starts_on=scene.round.figures_from - timedelta(days=1))
    did(scene, title="Ngày đầu", starts_on=scene.round.figures_from)
    assert told(scene, scene.student) == [("Ngày đầu", 5)]
    assert told(scene, scene.group) == [("Ngày đầu", None)]


def test_a_collectives_deeds_are_its_own_below_it_merged_and_hosted(scene):
    older = make_unit(scene.units["farming"], "student_class", name="Lớp Cũ")
    serve(
        [],
        0,
        older,
        scene.writer,
        scene.head,
        title="Lớp cũ",
        people_count=5,
        served_count=8,
        starts_on=shifted(-8),
    )
    merge_units(
        older, into=scene.units["farmers"], last_day=shifted(-1), today=timezone.localdate()
    )
    did(scene, people=[], title="Của mình", people_count=5, served_count=6, starts_on=shifted(-5))
    guest = did(
        scene,
        people=[],
        unit="farming",
        title="Của khoa",
        people_count=5,
        served_count=9,
        starts_on=shifted(-3),
    )
    guest.hosts.add(scene.units["farmers"])
    assert told(scene, scene.group) == [("Lớp cũ", 8), ("Của mình", 6), ("Của khoa", None)]


def test_a_deed_tells_its_days_and_its_place(scene):
    did(
        scene,
        commune=make_commune("Hoa Mẫu"),
        place="Nhà văn hóa",
        starts_on=shifted(-4),
        ends_on=shifted(-2),
    )
    did(scene, place="Chợ", starts_on=shifted(-1))
    long, short = scene.deeds(scene.student)
    assert (long.days, long.where) == (3, "Nhà văn hóa, Xã Hoa Mẫu")
    assert long.when == f"{shifted(-4):%d/%m/%Y} đến {shifted(-2):%d/%m/%Y}"
    assert (short.days, short.where, short.when) == (1, "Chợ", f"{shifted(-1):%d/%m/%Y}")


def test_deeds_cost_the_same_for_one_and_for_thirty(scene):
    def queries() -> int:
        rows = list(scene.dossier.nominees.select_related("unit", "dossier__round"))
        with CaptureQueriesContext(connection) as seen:
            deeds_of(scene.round, rows)
        return len(seen)

    did(scene)
    # The round's school is read once.
    queries()
    before = queries()
    people = [
        make_nominee(scene.dossier, scene.writer, unit=scene.units["farmers"]).person
        for _ in range(29)
    ]
    did(scene, people=people)
    assert queries() == before <= 6
