"""Changing, publishing and taking away many items at once, from the staff's list."""

import io
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import PageLogEntry

from core.workflow import PUBLISHING_CHECKS
from resources.choices import TagOutcome
from resources.models import Audience, LibraryItemPage, Licence, ShelfCard
from resources.services.tagging import publish_items, retag, tags_of
from resources.tagging_rules import Edit, Tags
from tests.factories.library import make_file, make_item
from tests.factories.pages import make_topic
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
TICKED = {check.name: "on" for check in PUBLISHING_CHECKS}


def address(action: str, *items, **more: str) -> str:
    """The address of an action on these items, or on all that filters leave."""
    query = [("id", item.pk) for item in items] or [("id", "all")]
    path = reverse("wagtail_bulk_action", args=["resources", "libraryitempage", action])
    return f"{path}?{urlencode([*query, *more.items()])}"


def draft(title: str, **fields) -> LibraryItemPage:
    """A draft that was never live."""
    item = make_item(title, **fields)
    item.unpublish()
    item.refresh_from_db()
    item.save_revision()
    return LibraryItemPage.objects.get(pk=item.pk)


def outcomes(items, edit, by) -> list[str]:
    """What became of each."""
    return [one.outcome for one in retag([item.pk for item in items], edit, by=by)]


@pytest.fixture
def topic(home):
    """A topic."""
    return make_topic("Dịch vụ công")


def test_tags_are_shown_before_they_are_changed(topic, sign_in):
    client = sign_in("librarian")
    live, waiting = make_item("Đã đăng", tags=["cũ"]), draft("Bản nháp")
    path = address("gan-the", live, waiting)
    page = client.get(path).content.decode()
    assert "2 học liệu đã chọn" in page
    assert "Bỏ từ khóa" in page
    assert "Bỏ chủ đề" not in page
    typed = {
        "add_topics": ["Dịch vụ công"], "add_keywords": "mới, hay", "remove_keywords": ["cũ"],
        "add_audiences": [Audience.objects.first().name], "add_competences": ["4.2"],
    }  # fmt: skip
    page = client.post(path, {**typed, "viec": "xem"}).content.decode()
    assert "Chưa có gì được ghi." in page
    assert "thêm chủ đề: Dịch vụ công" in page
    assert "bỏ từ khóa: cũ" in page
    assert "Đăng ngay: <b>1</b>" in page
    assert "Lưu bản nháp: <b>1</b>" in page
    assert 'name="add_topics" value="Dịch vụ công"' in page
    page = client.post(path, {**typed, "viec": "sua"}).content.decode()
    assert 'value="mới, hay"' in page
    assert not live.topics.exists()
    answer = client.post(path, {**typed, "viec": "ghi"}, follow=True)
    assert "Đã đăng thay đổi của 1 học liệu; đã lưu bản nháp của 1 học liệu." in (
        answer.content.decode()
    )
    live = LibraryItemPage.objects.get(pk=live.pk)
    assert list(live.topics.all()) == [topic]
    assert {tag.name for tag in live.tags.all()} == {"mới", "hay"}
    assert [link.competence.code for link in live.competences.all()] == ["4.2"]
    assert f",{topic.pk}," in ShelfCard.objects.get(pk=live.pk).topics
    assert not live.has_unpublished_changes
    newest = waiting.get_latest_revision_as_object()
    waiting = LibraryItemPage.objects.get(pk=waiting.pk)
    assert tags_of(waiting.get_latest_revision_as_object()).topics == ("Dịch vụ công",)
    assert not waiting.live
    assert newest.pk == waiting.pk
    for item in (live, waiting):
        assert PageLogEntry.objects.filter(page=item.pk, action="wagtail.edit").exists()


def test_a_second_time_nothing_changes(topic, home):
    item, by = make_item("Một"), make_user("librarian")
    edit = Edit(add=Tags(topics=("Dịch vụ công",)))
    assert outcomes([item], edit, by) == [TagOutcome.PUBLISHED]
    count = item.revisions.count()
    assert outcomes([item], edit, by) == [TagOutcome.SAME]
    assert item.revisions.count() == count


def test_what_waits_in_a_draft_of_somebody_is_not_published_along(topic, home):
    item, by = make_item("Một"), make_user("librarian")
    item.summary = "Chưa ai duyệt."
    item.save_revision()
    assert outcomes([item], Edit(add=Tags(topics=("Dịch vụ công",))), by) == [TagOutcome.DRAFT]
    item = LibraryItemPage.objects.get(pk=item.pk)
    assert (item.summary, item.topics.count()) == ("", 0)
    newest = item.get_latest_revision_as_object()
    assert (newest.summary, newest.topics.count()) == ("Chưa ai duyệt.", 1)


def test_who_may_not_publish_leaves_drafts_and_locked_pages_stay(topic, home):
    item, locked, editor = make_item("Một"), make_item("Hai"), make_user("editor")
    LibraryItemPage.objects.filter(pk=locked.pk).update(locked=True)
    edit = Edit(add=Tags(topics=("Dịch vụ công",)))
    assert outcomes([item, locked], edit, editor) == [TagOutcome.DRAFT, TagOutcome.REFUSED]
    assert outcomes([item], edit, make_user()) == [TagOutcome.REFUSED]
    item = LibraryItemPage.objects.get(pk=item.pk)
    assert not item.topics.exists()
    assert tags_of(item.get_latest_revision_as_object()).topics == ("Dịch vụ công",)


def test_a_licence_that_forbids_copies_is_refused_for_items_with_files(home):
    linked = Licence.objects.filter(may_copy=False).first()
    with_file = make_item("Có tệp", file=make_file())
    without = make_item("Liên kết", kind="khoa-hoc", link="https://example.vn/")
    by, edit = make_user("librarian"), Edit(licence=linked.name)
    assert outcomes([with_file, without], edit, by) == [TagOutcome.REFUSED, TagOutcome.PUBLISHED]
    without.refresh_from_db()
    assert without.licence == linked


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Chưa chọn gì để thêm, bỏ hoặc đổi."),
        ({"add_keywords": "cũ", "remove_keywords": ["cũ"]}, "Vừa thêm vừa bỏ từ khóa “cũ”"),
        ({"add_keywords": "x" * 101}, "Mỗi từ khóa nhiều nhất 100 ký tự."),
        ({"add_topics": ["không có"]}, "không có"),
    ],
)
def test_an_edit_without_sense_is_told_and_changes_nothing(typed, said, sign_in, home):
    item = make_item("Một", tags=["cũ"])
    page = sign_in("librarian").post(address("gan-the", item), {**typed, "viec": "ghi"})
    assert page.status_code == 200
    assert said in page.content.decode()
    assert item.revisions.count() == 0


def test_many_are_published_with_one_check_list(sign_in, home):
    ready, empty = draft("Sẵn sàng", file=make_file()), draft("Thiếu tệp")
    client = sign_in("librarian")
    path = address("dang-hoc-lieu", ready, empty)
    page = client.get(path).content.decode()
    assert "1 học liệu sẽ được đăng." in page
    assert "Hãy thêm ít nhất một tệp" in page
    page = client.post(path, {}).content.decode()
    assert "Hãy kiểm tra và đánh dấu điều này trước khi đăng." in page
    assert not LibraryItemPage.objects.live().exists()
    page = client.post(path, TICKED, follow=True).content.decode()
    assert "Đã đăng 1 học liệu." in page
    assert list(LibraryItemPage.objects.live()) == [ready]
    assert list(ShelfCard.objects.values_list("pk", flat=True)) == [ready.pk]


def test_who_may_not_publish_publishes_nothing(sign_in, home):
    item = draft("Một", file=make_file())
    page = sign_in("editor").post(address("dang-hoc-lieu", item), TICKED, follow=True)
    assert page.status_code == 200
    assert publish_items([item], by=make_user("editor")) == 0
    assert not LibraryItemPage.objects.live().exists()


def test_chosen_items_are_taken_away_as_a_workbook(sign_in, home):
    one, _ = make_item("Một", file=make_file()), make_item("Hai")
    client = sign_in("librarian")
    answer = client.post(address("tai-danh-muc", one), {})
    pages = load_workbook(io.BytesIO(answer.content))
    assert [row[0].value for row in pages["Học liệu"].iter_rows(min_row=2)] == ["Một"]
    everything = client.get(reverse("item-catalogue"))
    rows = load_workbook(io.BytesIO(everything.content))["Học liệu"].iter_rows(min_row=2)
    assert [row[0].value for row in rows] == ["Hai", "Một"]


def test_all_means_what_the_filters_of_the_list_leave(sign_in, home):
    make_item("Một")
    course = make_item("Hai", kind="khoa-hoc", link="https://example.vn/")
    client = sign_in("librarian")
    answer = client.post(address("tai-danh-muc", kind="khoa-hoc"), {})
    rows = load_workbook(io.BytesIO(answer.content))["Học liệu"].iter_rows(min_row=2)
    assert [row[0].value for row in rows] == [course.title]
    assert client.get(address("tai-danh-muc", q="hai")).content.decode().count("1 học liệu") == 1


@pytest.mark.parametrize("query", ["id=abc", "id=999999", "id=%00", "", "id=all&kind=khong-co"])
def test_nonsense_in_the_address_is_not_found(query, sign_in, home):
    path = reverse("wagtail_bulk_action", args=["resources", "libraryitempage", "gan-the"])
    assert sign_in("librarian").get(f"{path}?{query}").status_code == 404


def test_the_list_is_narrowed_and_offers_its_own_actions(topic, sign_in):
    make_item("Có chủ đề", topics=[topic])
    draft("Chưa có")
    client = sign_in("librarian")
    path = reverse("library-items:index")
    page = client.get(path).content.decode()
    for action in ("gan-the", "dang-hoc-lieu", "tai-danh-muc"):
        assert f"/bulk/resources/libraryitempage/{action}/" in page
    assert "/bulk/wagtailcore/" not in page
    for query, titles in (
        (f"topics={topic.pk}", {"Có chủ đề"}),
        ("live=false", {"Chưa có"}),
        ("lan_nhap=77", set()),
        ("lan_nhap=x", {"Có chủ đề", "Chưa có"}),
    ):
        listed = client.get(f"{path}?{query}").context["object_list"]
        assert {item.title for item in listed} == titles, query


def test_who_reaches_the_actions(home):
    item = make_item("Một")
    for role, may in (("librarian", True), ("administrator", True), ("", False)):
        client = Client()
        client.force_login(make_user(role), backend="django.contrib.auth.backends.ModelBackend")
        assert (client.get(address("gan-the", item)).status_code == 200) is may, role
    assert Client().get(address("gan-the", item)).status_code == 302


def test_the_list_costs_the_same_for_one_and_for_thirty(sign_in, home):
    client = sign_in("librarian")

    def queries() -> int:
        client.get(reverse("library-items:index"))
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("library-items:index")).status_code == 200
        return len(seen)

    make_item("Một")
    before = queries()
    for n in range(29):
        make_item(f"Mục {n}")
    assert queries() == before


def test_the_catalogue_costs_the_same_for_one_and_for_thirty(sign_in, topic):
    client = sign_in("librarian")

    def queries() -> int:
        client.get(reverse("item-catalogue"))
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("item-catalogue")).status_code == 200
        return len(seen)

    def fill(count: int) -> None:
        for n in range(count):
            fields = {"topics": [topic], "tags": ["a", "b"], "file": make_file()}
            make_item(f"Đăng {n}", **fields)
            draft(f"Nháp {n}", **fields)

    fill(1)
    before = queries()
    fill(14)
    assert queries() == before


def test_what_only_a_draft_has_can_be_taken_from_it(topic, sign_in):
    waiting = draft("Nháp", tags=["cũ"])
    newest = waiting.get_latest_revision_as_object()
    newest.topics = [topic]
    newest.save_revision()
    page = sign_in("librarian").get(address("gan-the", waiting)).content.decode()
    assert "Bỏ chủ đề" in page
    edit = Edit(remove=Tags(topics=("Dịch vụ công",)))
    assert outcomes([waiting], edit, make_user("librarian")) == [TagOutcome.DRAFT]
    waiting = LibraryItemPage.objects.get(pk=waiting.pk)
    assert tags_of(waiting.get_latest_revision_as_object()) == tags_of(waiting)
