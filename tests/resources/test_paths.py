"""Programmes and collections as readers and editors meet them."""

import json
import re

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction

from accounts.choices import SiteRole
from resources.models import Audience, LearningPathPage, LibraryIndexPage, PathStep
from tests.factories.library import course, make_item, make_path
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

LIST = "/thu-vien/"
WAYS = "/thu-vien/lo-trinh/"


def test_a_path_shows_its_steps_in_order_with_time_and_sign_in(client, home):
    first = make_item("Sổ tay VNeID", minutes=20)
    elsewhere = course("Khóa quốc gia", needs_vneid=True, outcome="Làm được việc hằng ngày.")
    old = Audience.objects.get(name="Người cao tuổi")
    path = make_path("Cho ông bà", steps=[first, elsewhere], audiences=[old])
    page = client.get(path.url)
    assert [step.name for step in page.context["steps"]] == ["Sổ tay VNeID", "Khóa quốc gia"]
    text = page.content.decode()
    assert "ít nhất 20 phút" in text
    assert "Phải đăng nhập bằng tài khoản VNeID" in text
    assert "Làm được việc hằng ngày." in text
    assert "Người cao tuổi" in text
    assert f"{LIST}so-tay-vneid/" in text
    # Without a script there are no boxes that could keep nothing.
    assert re.findall(r"<label[^>]*data-done(?! hidden)", text) == []


def test_items_that_are_not_public_are_no_step(client, home):
    draft, closed, seen = make_item("Nháp"), make_item("Kín"), make_item("Mở")
    draft.unpublish()
    PageViewRestriction.objects.create(page=closed, restriction_type="password", password="x")
    path = make_path(steps=[draft, closed, seen])
    page = client.get(path.url)
    assert [step.name for step in page.context["steps"]] == ["Mở"]
    assert client.get(WAYS).context["groups"][0]["paths"][0].step_count == 1
    seen.delete()
    assert client.get(f"{path.url}?a=1").status_code == 200
    assert PathStep.objects.filter(page=path).count() == 2


def test_lists_show_programmes_first_and_are_honest_when_empty(client, home):
    assert "Chưa có chương trình, bộ sưu tập nào" in client.get(WAYS).content.decode()
    assert "Chưa có chương trình, bộ sưu tập nào" in client.get(LIST).content.decode()
    make_path("Bộ sưu tập của thôn", steps=[course()])
    make_path("Chương trình quốc gia", kind="chuong-trinh", steps=[course()])
    hidden = make_path("Kín", steps=[course()])
    PageViewRestriction.objects.create(page=hidden, restriction_type="password", password="x")
    cache.clear()
    shown = [path.title for path in client.get(f"{LIST}?a=1").context["paths"]]
    assert shown == ["Chương trình quốc gia", "Bộ sưu tập của thôn"]
    groups = client.get(f"{WAYS}?a=1").context["groups"]
    assert [group["heading"] for group in groups] == ["Chương trình", "Bộ sưu tập"]
    assert client.get(f"{LIST}?q=gi").context["paths"] == []


@pytest.mark.parametrize("address", [LIST, WAYS])
def test_the_lists_cost_the_same_for_one_and_for_thirty(client, home, address):
    def queries() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"{address}?sap-xep=ten").status_code == 200
        return len(seen)

    audience = Audience.objects.first()
    make_path(steps=[make_item(minutes=5)], audiences=[audience])
    one = queries()
    for _ in range(29):
        make_path(steps=[make_item(), course()], audiences=[audience])
    assert queries() <= one


def test_a_path_costs_the_same_for_one_step_and_for_thirty(client, home):
    def queries(path) -> int:
        client.get(path.url)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"{path.url}?a=1").status_code == 200
        return len(seen)

    short = make_path(steps=[make_item()])
    long = make_path(steps=[make_item() for _ in range(30)])
    assert queries(long) <= queries(short)


def test_an_item_names_the_paths_that_lead_through_it(client, home):
    item = make_item("Một")
    path = make_path("Cho ông bà", steps=[item])
    make_path("Khác", steps=[make_item()])
    assert client.get(item.url).context["paths"] == [path]
    path.unpublish()
    assert client.get(f"{item.url}?a=1").context["paths"] == []


def test_a_path_is_found_by_the_search_and_stands_in_the_site_map(client, home):
    path = make_path("Đi làm hồ sơ", steps=[make_item("Sổ tay VssID")])
    finds = client.get("/tim-kiem/?q=di+lam+ho+so").context["finds"]
    assert [find.title for find in finds] == ["Đi làm hồ sơ"]
    by_step = client.get("/tim-kiem/?q=vssid").context["finds"]
    assert {find.title for find in by_step} == {"Sổ tay VssID", "Đi làm hồ sơ"}
    assert path.slug in client.get("/sitemap.xml").content.decode()
    assert "Đi làm hồ sơ" not in client.get(f"{LIST}rss/").content.decode()


def test_machines_are_told_the_steps(client, home):
    item = make_item("Mật khẩu", minutes=5)
    steps = [item, course("Khóa quốc gia", provider="Bộ")]
    path = make_path("Một", kind="chuong-trinh", steps=steps)
    page = client.get(path.url).content.decode()
    raw = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.S).group(1)
    data = json.loads(raw)
    assert data["@type"] == "Course"
    assert [part["name"] for part in data["hasPart"]] == ["Mật khẩu", "Khóa quốc gia"]
    assert data["hasPart"][0]["timeRequired"] == "PT5M"
    assert data["hasPart"][1]["provider"]["name"] == "Bộ"
    assert "timeRequired" not in data


def test_a_sheet_to_tick_by_hand_and_a_code(client, home):
    path = make_path("Một", steps=[course("Khóa quốc gia")])
    sheet = client.get(f"{path.url}in/").content.decode()
    assert "Khóa quốc gia" in sheet
    assert "https://example.gov.vn/khoa-hoc/" in sheet
    assert client.get(f"{path.url}ma-qr/").headers["Content-Type"] == "image/svg+xml"


def test_a_step_is_an_item_or_a_course_for_the_database_too(home):
    path = make_path(steps=[course()])
    with pytest.raises(IntegrityError), transaction.atomic():
        PathStep.objects.create(page=path, title="Không có địa chỉ")
    with pytest.raises(IntegrityError), transaction.atomic():
        PathStep.objects.create(page=path, item=make_item(), url="https://a.vn/", title="A")
    with pytest.raises(ValidationError, match="Hãy chọn một học liệu"):
        PathStep(page=path).clean()


@pytest.fixture
def editor(client):
    """A librarian signed in."""
    user = make_user(SiteRole.LIBRARIAN)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def form(steps: list[dict], **fields: str) -> dict[str, str]:
    """What the editor's form sends."""
    words = {
        "title": "Lộ trình mới", "slug": "lo-trinh-moi", "summary": "", "kind": "bo-suu-tap",
        "glyph": "A", "colour": "teal", "body-count": "0", "picture": "", "picture_alt": "",
        "steps-TOTAL_FORMS": str(len(steps)), "steps-INITIAL_FORMS": "0",
        "steps-MIN_NUM_FORMS": "0", "steps-MAX_NUM_FORMS": "1000",
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "1000", **fields,
    }  # fmt: skip
    for place, step in enumerate(steps):
        row = {"item": "", "title": "", "url": "", "provider": "", "minutes": "", "outcome": ""}
        words |= {f"steps-{place}-{name}": str(value) for name, value in (row | step).items()}
        words |= {f"steps-{place}-ORDER": str(place + 1)}
    return words


def test_a_librarian_makes_a_path_and_is_told_what_is_missing(editor, home):
    parent = LibraryIndexPage.objects.get()
    address = reverse("wagtailadmin_pages:add", args=["resources", "learningpathpage", parent.pk])
    assert editor.get(address).status_code == 200
    publish = {"action-publish": "1"}

    def said(steps: list[dict]) -> str:
        answer = editor.post(address, form(steps) | publish)
        assert answer.status_code == 200
        assert not LearningPathPage.objects.exists()
        return answer.content.decode()

    assert "ít nhất một bước" in said([])
    assert "Hãy chọn một học liệu" in said([{"outcome": "Làm được"}])
    nonsense = said([{"title": "Khóa", "url": "javascript:alert(1)"}])
    assert 'value="javascript:alert(1)"' in nonsense
    item = make_item()
    assert "đã có ở trên" in said([{"item": item.pk}, {"item": item.pk}])
    done = editor.post(address, form([{"item": item.pk}, course()]) | publish)
    assert done.status_code == 302
    path = LearningPathPage.objects.get()
    assert done.url == reverse("publish-checklist", args=[path.pk])
    path.get_latest_revision().publish()
    path.refresh_from_db()
    assert path.live
    assert [step.name for step in path.steps.all()] == [item.title, "Khóa học thử"]
    draft = editor.post(address, form([], slug="nhap"))
    assert draft.status_code == 302
    assert LearningPathPage.objects.get(slug="nhap").live is False
