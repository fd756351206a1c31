"""The office's list of what is read."""

from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.choices import SiteRole
from counters.choices import Act
from counters.models import MonthCount
from tests.factories.pages import (
    make_article,
    make_document,
    make_file,
    make_guide,
    make_section,
    make_topic,
)

pytestmark = pytest.mark.django_db

ROLES = [SiteRole.ADMINISTRATOR, SiteRole.EDITOR, SiteRole.PUBLISHER, SiteRole.LIBRARIAN, ""]
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


def counted(thing, count: int, *, act: str = Act.VIEW, month: date = NOVEMBER) -> None:
    """Give `thing` a total."""
    MonthCount.objects.create(
        content_type=ContentType.objects.get_for_model(thing), object_id=thing.pk, act=act,
        month=month, count=count,
    )  # fmt: skip


@pytest.fixture
def section(home):
    """A section of the news."""
    return make_section()


@pytest.mark.parametrize(("role", "allowed"), zip(ROLES, [1, 1, 1, 1, 0], strict=True))
@pytest.mark.parametrize("query", ["", "?xuat=csv"])
def test_list_opens_for_staff(sign_in, home, role, allowed, query):
    counted(home, 1)
    response = sign_in(role).get(reverse("counts") + query)
    assert (response.status_code == 200) is bool(allowed)
    visible = MonthCount.objects.visible_to(response.wsgi_request.user)
    assert visible.count() == allowed


def test_list_is_closed_to_strangers(client, home):
    response = client.get(reverse("counts"))
    assert response.status_code == 302
    assert response["Location"].startswith("/dang-nhap/")


@pytest.mark.parametrize(("role", "shown"), zip(ROLES[:4], [True] * 4, strict=True))
def test_menu_leads_to_the_list(sign_in, home, role, shown):
    assert (reverse("counts") in sign_in(role).get("/quan-tri/").content.decode()) is shown


def test_list_shows_the_most_read_first_and_what_is_gone(sign_in, section):
    first, second = make_article(section, "Bài được đọc"), make_article(section, "=Bài ít đọc")
    gone, file = make_article(section, "Bài sẽ xóa"), make_file("Kế hoạch năm")
    for thing, views in ((first, 3), (second, 1), (gone, 2)):
        counted(thing, views)
    counted(first, 4, month=OCTOBER)
    counted(file, 9, act=Act.DOWNLOAD)
    gone.delete()
    client = sign_in(SiteRole.EDITOR)
    context = client.get(reverse("counts")).context
    assert [(r.place, r.title, r.kind, r.views, r.downloads, r.url) for r in context["rows"]] == [
        (1, "Bài được đọc", "Tin bài", 7, 0, first.url),
        (2, "(đã xóa)", "Tin bài", 2, 0, ""),
        (3, "=Bài ít đọc", "Tin bài", 1, 0, second.url),
        (4, "Kế hoạch năm", "Tài liệu", 0, 9, file.url),
    ]
    assert [(s["month"], s["views"], s["downloads"]) for s in context["sums"]] == [
        (NOVEMBER, 6, 9), (OCTOBER, 4, 0),
    ]  # fmt: skip
    table = client.get(reverse("counts"), {"xuat": "csv"})
    assert table["Content-Disposition"] == 'attachment; filename="luot-xem.csv"'
    assert table.content.startswith("\ufeff".encode())
    lines = table.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "STT;Tên;Loại;Lượt xem;Lượt tải;Địa chỉ"
    assert lines[1] == f"1;Bài được đọc;Tin bài;7;0;{first.url}"
    assert lines[3].startswith("3;'=Bài ít đọc;")


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("thang=2026-10", ["Bài cũ"]),
        ("thang=2026-11&loai=bai-viet", ["Bài mới"]),
        ("thang=2026-09", []),
        ("loai=huong-dan", ["Nộp hồ sơ"]),
        ("loai=tep", ["Kế hoạch"]),
        ("xep=tai&thang=2026-11", ["Kế hoạch", "Nộp hồ sơ", "Bài mới"]),
        ("thang=2026-13&loai=bai-viet", ["Bài cũ", "Bài mới"]),
        ("loai=khac&thang=2026-10", ["Bài cũ"]),
        ("thang=x&xep=x&trang=99&loai=tep", ["Kế hoạch"]),
        ("thang=9999-99&loai='&trang=-1&xep=%00&loai=tep", ["Kế hoạch"]),
    ],
)
def test_list_is_filtered_and_bears_any_filter(sign_in, section, query, titles):
    counted(make_article(section, "Bài cũ"), 9, month=OCTOBER)
    counted(make_article(section, "Bài mới"), 2)
    counted(make_guide(make_topic(), "Nộp hồ sơ"), 5)
    counted(make_file(), 3, act=Act.DOWNLOAD)
    response = sign_in(SiteRole.LIBRARIAN).get(f"{reverse('counts')}?{query}")
    assert [row.title for row in response.context["rows"]] == titles


def test_list_costs_the_same_with_one_row_of_each_kind_and_with_thirty(sign_in, section):
    client, topic = sign_in(SiteRole.EDITOR), make_topic()

    def fill() -> None:
        for make in (lambda: make_article(section), lambda: make_guide(topic), make_file,
                     make_document):  # fmt: skip
            counted(make(), 3)

    def cost() -> int:
        cache.clear()
        client.get(reverse("counts"))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("counts")).status_code == 200
        return len(queries)

    fill()
    few = cost()
    for _ in range(7):
        fill()
    assert cost() == few


def test_long_list_is_cut_into_pages(sign_in, section):
    for number in range(51):
        counted(make_article(section, f"Bài {number}"), 100 - number)
    context = sign_in(SiteRole.EDITOR).get(reverse("counts"), {"trang": "2"}).context
    assert [(row.place, row.title) for row in context["rows"]] == [(51, "Bài 50")]
