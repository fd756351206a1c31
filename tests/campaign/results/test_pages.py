"""The public figures: they follow each confirmation, hold small ones back, and open down to their records."""

import csv
import io
import json

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.activities import services
from campaign.activities.models import UnitMonth
from campaign.plan.rules import school_year_of
from campaign.results.queries import achievements_of
from campaign.units.choices import Role
from tests.factories.activities import day, kind_named, make_commune, make_confirmed
from tests.factories.people import make_holder
from tests.factories.units import make_college
from tests.test_query_counts import queries, uncached

pytestmark = pytest.mark.django_db
PAGE = "/ket-qua/"
NOW = school_year_of(timezone.localdate())


@pytest.fixture
def college(home):
    """A class that logs, and its head."""
    made = make_college()
    made["member"] = make_holder(made["farmers"], Role.MEMBER)
    made["head"] = make_holder(made["farmers"], Role.UNIT_HEAD)
    return made


def confirmed(college, **words):
    """An activity that counts."""
    return make_confirmed(college["farmers"], college["member"], college["head"], **words)


def told(client) -> dict:
    """The figures as machines read them."""
    return json.loads(client.get(f"{PAGE}du-lieu.json").content)


def test_nothing_confirmed_is_said_plainly(client, home):
    page = client.get(PAGE).content.decode()
    assert "chưa có hoạt động nào được xác nhận" in page
    assert "da-lam-duoc" not in client.get("/").content.decode()


def test_figure_moves_with_the_confirmation_and_back(
    client, college, settings, django_capture_on_commit_callbacks
):
    settings.PAGE_CACHE_SECONDS = 600
    for number in range(5):
        confirmed(college, people_count=30, served_count=40, starts_on=day(number))
    assert told(client)["by_months"]["total"] == {
        "activities": 5, "classes": 5, "people": 150, "served": 200,
    }  # fmt: skip
    assert "150" in client.get("/").content.decode()
    assert "150" in client.get(PAGE).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        last = confirmed(college, people_count=37, served_count=41)
    # Kept pages are old at once, not in ten minutes.
    assert "187" in client.get(PAGE).content.decode()
    assert "187" in client.get("/").content.decode()
    office = make_holder(college["school"], Role.STANDING_OFFICE)
    services.unconfirm_activity(last, reason="Ghi nhầm", by=office, now=timezone.now())
    assert told(client)["by_months"]["total"]["people"] == 150


def test_small_figures_are_in_no_page_and_no_file(client, college):
    small = make_commune("Nậm Mẫu")
    large = make_commune("Hoa Mẫu")
    other = make_commune("Suối Mẫu")
    confirmed(college, people_count=3, served_count=3, commune=small)
    confirmed(college, people_count=41, served_count=61, commune=large)
    confirmed(college, people_count=52, served_count=72, commune=other)
    data = told(client)
    shown = {row["label"]: row["people"] for row in data["by_communes"]["rows"]}
    assert shown["Xã Nậm Mẫu"] is None
    # 96 in all: with both others shown, 3 could be worked out.
    assert [shown["Xã Hoa Mẫu"], shown["Xã Suối Mẫu"]].count(None) == 1
    assert data["by_communes"]["total"]["people"] == 96
    text = client.get(f"{PAGE}du-lieu.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    figures = [cell for row in rows[1:] for cell in row[3:7]]
    assert all(cell == "" or int(cell) == 0 or int(cell) >= 5 for cell in figures)
    assert "không nêu" in client.get(PAGE).content.decode()


def test_csv_and_json_say_the_same(client, college):
    for number in range(6):
        confirmed(college, people_count=10 + number, starts_on=day(number))
    data = told(client)
    text = client.get(f"{PAGE}du-lieu.csv").content.decode("utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(text)) if row[1] == "Loại hoạt động"]
    line = data["by_kinds"]["rows"][0]
    keys = ("activities", "classes", "people", "served")
    assert rows[0][2:7] == [line["label"], *(str(line[key]) for key in keys)]
    assert data["status"] == "preliminary"
    assert data["school_year"] == NOW.key


def test_years_without_figures_are_not_offered(client, college):
    first = NOW.days[0]
    old = first.replace(year=first.year - 1, month=10)
    confirmed(college, people_count=30, starts_on=old)
    key = school_year_of(old).key
    assert key in client.get(PAGE).content.decode()
    assert client.get(f"{PAGE}?nam-hoc={key}").status_code == 200
    for nonsense in ("2001-2002", "x", "2026-2030"):
        assert client.get(f"{PAGE}?nam-hoc={nonsense}").status_code == 404


def test_figures_open_down_for_those_with_a_desk_only(client, college):
    activity = confirmed(college, people_count=30, commune=make_commune("Hoa Mẫu"))
    assert "/don-vi/hoat-dong/?" not in client.get(PAGE).content.decode()
    head = Client()
    head.force_login(college["head"], backend="django.contrib.auth.backends.ModelBackend")
    page = head.get(PAGE).content.decode()
    for part in (
        f"loai={activity.kind.slug}",
        f"xa={activity.commune_id}",
        f"thang={activity.month:%Y-%m}",
    ):
        assert part in page
        start = page.rindex('href="', 0, page.index(part)) + 6
        address = page[start : page.index('"', start)].replace("&amp;", "&")
        assert activity.title in head.get(address).content.decode()


def test_page_and_files_cost_the_same_with_one_row_and_with_thirty(client, college):
    confirmed(college, people_count=30)
    pages = [PAGE, f"{PAGE}du-lieu.csv", f"{PAGE}du-lieu.json"]
    few = {page: queries(client, uncached(page)) for page in pages}
    kinds = [kind_named(slug) for slug in ("lop-ky-nang-so", "ho-tro-truc-tiep", "ve-xa")]
    for number in range(29):
        confirmed(college, people_count=30, served_count=30, starts_on=day(number), kind=kinds[number % 3],
                  commune=make_commune(f"Mẫu {number}"))  # fmt: skip
    cache.clear()
    assert {page: queries(client, uncached(page)) for page in pages} == few


def unit_page(client, unit) -> str:
    """A unit's public page."""
    return client.get(unit.get_absolute_url()).content.decode()


def test_unit_tells_what_it_and_those_below_have_done(client, college):
    for number in range(5):
        confirmed(college, people_count=31, served_count=47, starts_on=day(number))
    for name in ("farmers", "farming", "school"):
        page = unit_page(client, college[name])
        assert ">155<" in page
        assert ">235<" in page
    assert "da-lam-duoc" not in unit_page(client, college["craft"])


def test_unit_with_few_is_hidden_with_the_sibling_that_would_give_it_away(client, college):
    smith, boss = (make_holder(college["smiths"], role) for role in (Role.MEMBER, Role.UNIT_HEAD))
    confirmed(college, people_count=60)
    make_confirmed(college["smiths"], smith, boss, people_count=3)
    assert ">63<" in unit_page(client, college["school"])
    for name in ("farmers", "farming", "craft", "smiths"):
        page = unit_page(client, college[name])
        assert ">60<" not in page
        assert ">3<" not in page
        assert "không nêu" in page


@given(st.lists(st.integers(0, 12), min_size=6, max_size=6))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_small_figure_of_a_unit_can_be_worked_out_from_its_relatives(college, numbers):
    tree = ["school", "farming", "craft", "office", "farmers", "smiths"]
    children = {
        "school": ["farming", "craft", "office"], "farming": ["farmers"], "craft": ["smiths"],
    }  # fmt: skip
    month = timezone.localdate().replace(day=1)
    with transaction.atomic():
        UnitMonth.objects.all().delete()
        for name, number in zip(tree, numbers, strict=True):
            UnitMonth.objects.create(unit=college[name], month=month, activities=9, people=number)
        shown = {
            name: achievements_of(college[name], timezone.localdate()).sums[2] for name in tree
        }
        for parent, below in children.items():
            hidden = [name for name in below if shown[name] is None]
            if shown[parent] is None:
                assert len(hidden) == len(below)
            elif hidden:
                # What the parent did itself is known to nobody: it is one more thing that is not shown.
                rest = shown[parent] - sum(shown[name] for name in below if shown[name])
                assert rest >= 5 or rest == 0
        assert all(number is None or number == 0 or number >= 5 for number in shown.values())
        transaction.set_rollback(True)
