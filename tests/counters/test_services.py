"""Counting: once a visitor and day, exactly, and nothing left of anybody."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from counters.choices import Act
from counters.models import Crowd, DaySalt, MonthCount, Sighting
from counters.queries import most_read, total, totals
from counters.rules import PER_ADDRESS
from counters.services import Look, count_look, roll_counts
from tests.concurrency import at_once
from tests.counters.test_rules import PHONE
from tests.factories.pages import make_article, make_section

pytestmark = pytest.mark.django_db
# Ten in the morning of 23 November in Vietnam.
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@pytest.fixture
def article(home):
    """A live article."""
    return make_article(make_section(), "Bài được đọc")


def seen(thing, address="10.0.0.1", agent=PHONE, *, act=Act.VIEW, now=NOW) -> bool:
    """Count one visitor straight away."""
    look = Look(model=type(thing), pk=thing.pk, act=act, address=address, agent=agent)
    return count_look(look, now=now)


def test_visitor_is_counted_once_a_day(article):
    assert [seen(article), seen(article), seen(article, "10.0.0.2")] == [True, False, True]
    assert seen(article, agent=f"{PHONE} khac") is True
    assert total(article) == 3


def test_views_and_downloads_are_two_things(article):
    assert [seen(article), seen(article, act=Act.DOWNLOAD)] == [True, True]
    assert (total(article), total(article, Act.DOWNLOAD)) == (1, 1)


def test_day_changes_at_midnight_in_vietnam_and_takes_its_salt_along(article):
    late = datetime(2026, 11, 23, 16, 59, tzinfo=UTC)
    assert [seen(article, now=NOW), seen(article, now=late)] == [True, False]
    old = DaySalt.objects.get()
    assert seen(article, now=late + timedelta(minutes=1)) is True
    new = DaySalt.objects.get()
    assert (old.day, new.day) == (date(2026, 11, 23), date(2026, 11, 24))
    assert old.salt != new.salt
    assert [row.day for row in Sighting.objects.all()] == [new.day]
    assert [row.day for row in Crowd.objects.all()] == [new.day]
    assert total(article) == 2


def test_timer_destroys_yesterday_even_when_nobody_comes(article, time_machine, capsys):
    seen(article, now=NOW)
    time_machine.move_to(NOW)
    call_command("roll_counts")
    assert (DaySalt.objects.count(), Sighting.objects.count()) == (1, 1)
    time_machine.move_to(NOW + timedelta(days=1))
    call_command("roll_counts")
    call_command("roll_counts")
    said = capsys.readouterr().out.splitlines()
    assert said == [f"{n} rows of past days destroyed" for n in (0, 3, 0)]
    left = [model.objects.count() for model in (DaySalt, Sighting, Crowd)]
    assert (left, total(article)) == ([0, 0, 0], 1)


def test_late_look_of_a_day_gone_by_leaves_nothing_for_long(article):
    seen(article, now=NOW + timedelta(days=1))
    seen(article, "10.0.0.9", now=NOW)
    assert roll_counts(NOW + timedelta(days=1)) == 3
    assert [salt.day for salt in DaySalt.objects.all()] == [date(2026, 11, 24)]


def test_months_are_kept_apart(article):
    other = make_article(article.get_parent(), "Bài ít đọc")
    october = datetime(2026, 10, 31, 3, tzinfo=UTC)
    for now in (october, NOW, NOW + timedelta(days=1)):
        seen(article, now=now)
    seen(other, now=NOW)
    assert list(MonthCount.objects.order_by("month", "object_id").values_list("month", "count")) == [
        (date(2026, 10, 1), 1), (date(2026, 11, 1), 2), (date(2026, 11, 1), 1),
    ]  # fmt: skip
    last = date(2026, 10, 15)
    assert totals([article, other]) == {article: 3, other: 1}
    assert totals([article, other], last=last) == {article: 1, other: 0}
    assert total(article, first=date(2026, 11, 30)) == 2
    assert [(pk, n) for _, pk, n in most_read()] == [(article.pk, 3), (other.pk, 1)]
    assert [(pk, n) for _, pk, n in most_read(last=last)] == [(article.pk, 1)]
    assert [n for _, _, n in most_read(of=[type(article)], limit=1)] == [3]
    assert most_read(act=Act.DOWNLOAD) == []


def test_page_read_from_its_base_has_the_same_total(article):
    from wagtail.models import Page

    seen(article)
    assert total(Page.objects.get(pk=article.pk)) == 1


def test_totals_cost_the_same_for_one_and_for_thirty(article, django_assert_num_queries):
    more = [make_article(article.get_parent()) for _ in range(29)]
    for things in ([article], [article, *more]):
        with django_assert_num_queries(1):
            totals(things)


def test_one_address_counts_for_no_more_than_a_room(article):
    counted = [seen(article, agent=f"{PHONE} {n}") for n in range(PER_ADDRESS + 5)]
    assert counted == [True] * PER_ADDRESS + [False] * 5
    assert Sighting.objects.count() == PER_ADDRESS
    assert seen(article, "10.0.0.2") is True
    assert seen(make_article(article.get_parent())) is True


def test_machines_of_one_ipv6_household_share_its_limit(article):
    counted = [
        seen(article, f"2402:800:1:2::{n:x}", f"{PHONE} {n}") for n in range(PER_ADDRESS + 1)
    ]
    assert counted == [True] * PER_ADDRESS + [False]


def test_no_table_holds_an_address_or_a_browser(article):
    seen(article, "203.113.131.7", "TrinhDuyetLa/7.7")
    said = ""
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            said += str(cursor.fetchall())
    assert "Bài được đọc" in said
    assert "203.113.131.7" not in said
    assert "TrinhDuyetLa" not in said


def test_way_of_a_visitor_can_not_be_followed(article):
    seen(article)
    seen(make_article(article.get_parent()))
    assert Sighting.objects.values("visitor").distinct().count() == 2
    assert Crowd.objects.values("address").distinct().count() == 2


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_counted_exactly(article):
    numbers = iter(range(20))
    counted = at_once(20, lambda: seen(article, agent=f"{PHONE} {next(numbers)}"))
    assert counted == [True] * 20
    assert (total(article), DaySalt.objects.count()) == (20, 1)


@pytest.mark.django_db(transaction=True)
def test_one_visitor_many_times_at_once_is_counted_once(article):
    counted = at_once(20, lambda: seen(article))
    assert sorted(counted) == [False] * 19 + [True]
    assert total(article) == 1


@pytest.mark.django_db(transaction=True)
def test_limit_of_an_address_holds_when_many_come_at_once(article):
    for n in range(PER_ADDRESS - 5):
        seen(article, agent=str(n))
    numbers = iter(range(20))
    counted = at_once(20, lambda: seen(article, agent=f"{PHONE} {next(numbers)}"))
    assert sorted(counted) == [False] * 15 + [True] * 5
    assert (total(article), Sighting.objects.count()) == (PER_ADDRESS, PER_ADDRESS)
