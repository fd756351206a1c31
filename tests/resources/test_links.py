"""Gathering addresses, asking them in rounds, keeping what was answered."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone

from campaign.documents.models import Platform
from core.models import Banner
from core.registry import timers
from resources.choices import LinkState
from resources.links.rules import Answer, Outcome
from resources.models import CheckedLink, Licence, LinkHost, LinkUse
from resources.services import ask_again, check_links, gather_links
from resources.services.links import gather_if_due, keep_answer
from tests.concurrency import at_once
from tests.factories.events import make_event
from tests.factories.library import course, make_item, make_path
from tests.factories.pages import make_article, make_guide, make_section, make_topic
from tests.factories.people import make_user
from tests.factories.servers import running_site

pytestmark = pytest.mark.django_db
TEXT = '<p>Xem <a href="https://trong-bai.vn/a#b">đây</a>.</p>'


@pytest.fixture(autouse=True)
def nothing_else(home):
    """Without the addresses that every site begins with."""
    Banner.objects.all().delete()
    Licence.objects.update(url="")


@pytest.fixture
def site(settings):
    """A server, on a machine that may be asked."""
    settings.LINK_CHECK_ALLOW_LOOPBACK = True
    with running_site() as running:
        yield running


def body(html=TEXT):
    """A body of one paragraph."""
    return [{"type": "paragraph", "value": html}]


def test_addresses_of_every_kind_of_record_are_gathered(home):
    make_item("Khóa học", kind="khoa-hoc", link="https://khoa-hoc.vn/", source_url="https://nguon.vn/",
              body=body())  # fmt: skip
    make_path("Lộ trình", steps=[course(url="https://buoc.vn/1")])
    make_guide(make_topic(), "Hướng dẫn", text='<a href="https://huong-dan.vn">x</a>')
    make_article(
        make_section(),
        "Bài",
        text='<a href="https://bai.vn/">x</a>',
        source_url="https://bai-goc.vn/",
    )
    Platform.objects.create(name="Cổng", url="https://cong.vn/", kind="national")
    Banner.objects.create(title="Cổng chung", url="https://banner.vn/")
    Licence.objects.create(name="Mở", slug="mo", terms="Được chép", url="https://giay-phep.vn/")
    today = timezone.localdate()
    make_event(title="Truyền hình", starts_on=today, live_url="https://xem.vn/1")
    make_event(title="Đã xong", starts_on=today - timedelta(days=2), live_url="https://xem.vn/2")
    gather_links(timezone.now())
    found = set(LinkUse.objects.values_list("source", "title", "link__url"))
    assert found >= {
        ("hoc-lieu", "Khóa học", "https://khoa-hoc.vn/"), ("hoc-lieu", "Khóa học", "https://nguon.vn/"),
        ("hoc-lieu", "Khóa học", "https://trong-bai.vn/a"), ("lo-trinh", "Lộ trình", "https://buoc.vn/1"),
        ("huong-dan", "Hướng dẫn", "https://huong-dan.vn"), ("tin-bai", "Bài", "https://bai.vn/"),
        ("tin-bai", "Bài", "https://bai-goc.vn/"),
        ("nen-tang", "Cổng", "https://cong.vn/"), ("banner", "Cổng chung", "https://banner.vn/"),
        ("giay-phep", "Mở", "https://giay-phep.vn/"), ("su-kien", "Truyền hình", "https://xem.vn/1"),
    }  # fmt: skip
    assert not CheckedLink.objects.filter(url="https://xem.vn/2").exists()


def test_drafts_and_own_addresses_are_left_alone(home, settings):
    settings.BASE_URL = "https://truong.example"
    make_item(link="https://nhap.vn/", kind="khoa-hoc", live=False)
    make_item(link="https://truong.example/x", kind="khoa-hoc")
    gather_links(timezone.now())
    assert not CheckedLink.objects.filter(url__regex="nhap|truong").exists()


def test_gathering_again_changes_nothing_and_follows_what_was_mended(home):
    item = make_item("Tên cũ", link="https://cu.vn/", kind="khoa-hoc")
    make_item("Khác", link="https://cu.vn/", kind="khoa-hoc")
    gather_links(timezone.now())
    before = set(LinkUse.objects.values_list("pk", "title"))
    gather_links(timezone.now())
    assert set(LinkUse.objects.values_list("pk", "title")) == before
    item.title, item.link = "Tên mới", "https://moi.vn/"
    item.save()
    gather_links(timezone.now())
    uses = set(LinkUse.objects.filter(source="hoc-lieu").values_list("title", "link__url"))
    assert uses == {("Tên mới", "https://moi.vn/"), ("Khác", "https://cu.vn/")}
    item.unpublish()
    gather_links(timezone.now())
    assert not CheckedLink.objects.filter(url="https://moi.vn/").exists()


def test_gathering_waits_for_its_time(home):
    now = timezone.now()
    assert [gather_if_due(now), gather_if_due(now), gather_if_due(now + timedelta(hours=7))] == [
        True, False, True,
    ]  # fmt: skip


def test_a_round_keeps_what_each_answered(home, site):
    site.answers |= {"/mo": 200, "/cam": 403}
    for path in ("/mo", "/mat", "/cam"):
        make_item(kind="khoa-hoc", link=site.url(path))
    Platform.objects.all().delete()
    for _ in range(3):
        check_links()
        LinkHost.objects.update(next_at=timezone.now())
    states = dict(CheckedLink.objects.filter(url__contains="127.0.0.1").values_list("url", "state"))
    assert states == {
        site.url("/mo"): "ok", site.url("/mat"): "new", site.url("/cam"): "unknown",
    }  # fmt: skip
    lost = CheckedLink.objects.get(url=site.url("/mat"))
    assert (lost.status_code, lost.failures) == (404, 1)
    assert lost.first_failed_at == lost.checked_at
    assert site.asked.count(("GET", "/robots.txt")) == 1


def test_a_host_is_asked_one_at_a_time_with_a_pause(home, site):
    for n in range(3):
        make_item(kind="khoa-hoc", link=site.url(f"/{n}"))
    assert check_links(seconds=1) == 1
    assert check_links(seconds=1) == 0
    assert [path for _, path in site.asked] == ["/robots.txt", "/0", "/0"]


@pytest.mark.django_db(transaction=True)
def test_four_rounds_at_once_ask_a_host_once(home, site):
    for n in range(4):
        make_item(kind="khoa-hoc", link=site.url(f"/{n}"))
    gather_links(timezone.now())
    site.slow = 0.1
    assert sorted(at_once(4, lambda: check_links(seconds=1))) == [0, 0, 0, 1]
    assert site.most_at_once == 1


def test_robots_are_respected_and_their_pause_kept(home, site):
    site.robots = "User-agent: *\nDisallow: /kin\nCrawl-delay: 60\n"
    make_item(kind="khoa-hoc", link=site.url("/kin"))
    check_links()
    link = CheckedLink.objects.get()
    assert (link.state, "robots.txt" in link.reason) == (LinkState.UNKNOWN, True)
    assert [path for _, path in site.asked] == ["/robots.txt"]
    assert LinkHost.objects.get().next_at > timezone.now() + timedelta(seconds=50)


def test_own_machine_is_not_asked_in_production(home, site, settings):
    settings.LINK_CHECK_ALLOW_LOOPBACK = False
    make_item(kind="khoa-hoc", link=site.url("/a"))
    check_links()
    assert (CheckedLink.objects.get().state, site.asked) == (LinkState.UNKNOWN, [])


def test_broken_after_three_days_and_well_again(home):
    make_item(kind="khoa-hoc", link="https://a.vn/")
    gather_links(timezone.now())
    link, now = CheckedLink.objects.get(), timezone.now()
    gone = Answer(Outcome.ANSWERED, 404, link.url)
    states = []
    for day in range(3):
        keep_answer(link, gone, now=now + timedelta(days=day))
        link.refresh_from_db()
        states.append((link.state, link.failures))
    assert states == [("new", 1), ("new", 2), ("broken", 3)]
    assert (link.first_failed_at, "404" in link.reason) == (now, True)
    keep_answer(link, Answer(Outcome.ANSWERED, 200, link.url), now=now + timedelta(days=9))
    link.refresh_from_db()
    assert (link.state, link.failures, link.first_failed_at, link.reason) == ("ok", 0, None, "")


def test_a_server_that_is_cut_off_calls_nothing_broken(home):
    for n in range(2):
        make_item(kind="khoa-hoc", link=f"https://a{n}.vn/")
    gather_links(timezone.now())
    lost, other = CheckedLink.objects.order_by("url")
    now, no_name = timezone.now(), Answer(Outcome.NO_NAME)
    keep_answer(lost, no_name, now=now)
    lost.refresh_from_db()
    assert (lost.state, lost.failures) == (LinkState.UNKNOWN, 0)
    keep_answer(other, Answer(Outcome.ANSWERED, 200, other.url), now=now)
    keep_answer(lost, no_name, now=now + timedelta(hours=23))
    lost.refresh_from_db()
    assert lost.failures == 1
    keep_answer(lost, no_name, now=now + timedelta(days=3))
    lost.refresh_from_db()
    assert lost.failures == 1


def test_an_address_taken_out_meanwhile_is_no_matter(home):
    make_item(kind="khoa-hoc", link="https://a.vn/")
    gather_links(timezone.now())
    link = CheckedLink.objects.get()
    CheckedLink.objects.all().delete()
    keep_answer(link, Answer(Outcome.TIMEOUT), now=timezone.now())
    assert not CheckedLink.objects.exists()


def test_command_is_a_timer_and_harmless_to_run_again(home, site, capsys):
    assert "check_links" in list(timers)
    site.answers["/mo"] = 200
    make_item(kind="khoa-hoc", link=site.url("/mo"))
    call_command("check_links")
    call_command("check_links")
    assert capsys.readouterr().out.splitlines() == ["1 links asked.", "0 links asked."]


def test_asked_again_on_a_librarians_wish(home, site):
    make_item(kind="khoa-hoc", link=site.url("/mo"))
    check_links()
    link = CheckedLink.objects.get()
    now = timezone.now()
    with pytest.raises(PermissionDenied):
        ask_again(link, by=make_user("editor"), now=now)
    ask_again(link, by=make_user("librarian"), now=now)
    link.refresh_from_db()
    assert link.due_at == now
