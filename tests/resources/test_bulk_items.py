"""Drafts stored many at once are what drafts saved one by one are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision

from core.models import Keyword
from resources.models import (
    Audience,
    Competence,
    ItemCompetence,
    ItemFile,
    ItemKeyword,
    Language,
    LibraryIndexPage,
    LibraryItemPage,
    Licence,
)
from resources.services.bulk_items import Slugs, store_drafts
from resources.services.tagging import publish_items, publish_problem
from resources.tasks import note_references
from tests.factories.library import make_file, make_item
from tests.factories.pages import make_picture, make_topic
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
OWN = {
    "id", "page_ptr_id", "path", "slug", "url_path", "translation_key", "latest_revision_id",
    "latest_revision_created_at",
}  # fmt: skip


@pytest.fixture
def by(home):
    """A librarian."""
    return make_user("librarian")


@pytest.fixture
def draft(by):
    """A function that makes a full draft, not stored yet."""
    topic, document, picture = make_topic("Dịch vụ công"), make_file(), make_picture()
    keyword = Keyword.objects.create(name="Đoàn viên")

    def made(title: str = "Sổ tay VNeID") -> LibraryItemPage:
        item = LibraryItemPage(
            title=title, live=False, has_unpublished_changes=True, owner=by, kind="tai-lieu",
            summary="Từng bước.", licence=Licence.objects.first(), picture=picture, picture_alt="Bìa",
            language=Language.objects.first(), year=2026,
        )  # fmt: skip
        item.audiences, item.topics = list(Audience.objects.all()[:2]), [topic]
        item.competences = [
            ItemCompetence(competence=part, sort_order=n)
            for n, part in enumerate(Competence.objects.all()[:2])
        ]
        item.files = [ItemFile(document=document, label="Sổ tay", sort_order=0)]
        item.keyword_links = [ItemKeyword(tag=keyword)]
        return item

    return made


def fields_of(item: LibraryItemPage) -> dict:
    """What the tables hold of it, but for what is each one's own."""
    stored = LibraryItemPage.objects.get(pk=item.pk)
    names = {field.attname for field in LibraryItemPage._meta.concrete_fields} - OWN
    return {name: getattr(stored, name) for name in names}


def content_of(item: LibraryItemPage) -> dict:
    """What its revision holds, but for what is each one's own."""
    content = dict(Revision.objects.get(object_id=str(item.pk)).content)
    assert content["pk"] == item.pk
    for name in [*OWN, "pk", "latest_revision"]:
        content.pop(name, None)
    for name in ("competences", "files", "keyword_links"):
        content[name] = [
            {
                key: value
                for key, value in row.items()
                if key not in {"pk", "item", "content_object"}
            }
            for row in content[name]
        ]
    return content


def references_of(item: LibraryItemPage) -> list:
    """What it is written down to refer to."""
    rows = ReferenceIndex.objects.filter(object_id=str(item.pk))
    return sorted(rows.values_list("to_content_type", "to_object_id", "model_path"))


def history_of(item: LibraryItemPage) -> list:
    """What the log says was done with it."""
    rows = PageLogEntry.objects.filter(page=item.pk).order_by("pk")
    told = [
        (
            row.action,
            row.label,
            row.user_id,
            row.content_changed,
            row.deleted,
            row.data,
            row.content_type,
        )
        for row in rows
    ]
    newest = item.get_latest_revision()
    return [*told, [row.revision == newest for row in rows]]


def test_stored_at_once_is_as_stored_by_itself(by, draft):
    single, many = draft(), draft()
    LibraryIndexPage.objects.get().add_child(instance=single)
    single.save_revision(user=by, log_action=True, clean=False)
    store_drafts([many], LibraryIndexPage.objects.get(), by)
    note_references.enqueue("resources.LibraryItemPage", [many.pk])

    assert fields_of(many) == fields_of(single)
    assert content_of(many) == content_of(single)
    assert references_of(many) == references_of(single) != []
    assert history_of(many) == history_of(single)
    for item in (single, many):
        stored = LibraryItemPage.objects.get(pk=item.pk)
        for page in (stored, stored.get_latest_revision_as_object()):
            assert [row.label for row in page.files.all()] == ["Sổ tay"]
            assert [tag.name for tag in page.tags.all()] == ["Đoàn viên"]
            assert (page.audiences.count(), page.competences.count()) == (2, 2)
            assert page.pk == page.id == page.page_ptr_id == item.pk
            assert [topic.name for topic in page.topics.all()] == ["Dịch vụ công"]
    assert (single.slug, many.slug) == ("so-tay-vneid", "so-tay-vneid-2")
    assert many.get_url().endswith("/so-tay-vneid-2/")
    for words in ("so tay vneid", "dich vu cong", "doan vien"):
        assert set(LibraryItemPage.objects.search(words)) == {single, many}, words
    # Its draft goes the way of every draft.
    assert publish_problem(many) == ""
    assert publish_items([many], by=by) == 1
    many.refresh_from_db()
    assert (many.live, many.title) == (True, "Sổ tay VNeID")


def test_the_tree_stays_sound(by, draft):
    make_item("Có sẵn")
    store_drafts([draft(f"Bài {n}") for n in range(40)], LibraryIndexPage.objects.get(), by)
    make_item("Thêm sau")
    index = LibraryIndexPage.objects.get()
    assert index.numchild == 42
    titles = list(index.get_children().order_by("path").values_list("title", flat=True))
    assert titles == ["Có sẵn", *(f"Bài {n}" for n in range(40)), "Thêm sau"]
    assert not any(Page.find_problems())


def test_the_first_of_an_empty_library_has_its_place(by, draft):
    store_drafts([draft("Đầu tiên")], LibraryIndexPage.objects.get(), by)
    assert [page.title for page in LibraryIndexPage.objects.get().get_children()] == ["Đầu tiên"]
    store_drafts([], LibraryIndexPage.objects.get(), by)
    assert not any(Page.find_problems())


def test_one_more_item_costs_one_more_query(by, draft):
    index = LibraryIndexPage.objects.get()
    store_drafts([draft("Trước")], index, by)
    counts = []
    for number in (1, 30):
        items = [draft(f"Bài {n}") for n in range(number)]
        with CaptureQueriesContext(
            connection,
        ) as asked:
            store_drafts(items, LibraryIndexPage.objects.get(), by)
        counts.append(len(asked))
    assert counts[1] - counts[0] <= 29 + 5


@pytest.mark.parametrize(
    ("base", "taken", "slug"),
    [
        ("bai", set(), "bai"),
        ("bai", {"bai"}, "bai-2"),
        ("bai", {"bai", "bai-2", "bai-3"}, "bai-4"),
        ("bai", {"bai-2"}, "bai"),
        ("bai-2", {"bai", "bai-2"}, "bai-2-2"),
    ],
)
def test_an_address_that_is_taken_gets_a_number(base, taken, slug):
    slugs = Slugs(taken)
    assert slugs.free(base) == slug
    # Each is given once.
    given = [slugs.free(base) for _ in range(5)]
    assert len({slug, *given, *taken}) == 6 + len(taken)
