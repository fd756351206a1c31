"""The library's health: what is counted, the lists behind the counts, reading over, rights."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.models import SiteMedia
from counters.choices import Act
from counters.models import MonthCount
from counters.queries import thing_of
from resources.choices import Fault, LinkState
from resources.health import fault_counts, with_fault
from resources.models import (
    CheckedLink,
    Competence,
    ItemCompetence,
    ItemReview,
    LibraryHealthSettings,
    LibraryItemPage,
    LinkHost,
    LinkUse,
)
from resources.services import mark_reviewed
from tests.factories.library import make_file, make_item
from tests.factories.pages import make_picture
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
PAGE = "/quan-tri/suc-khoe-thu-vien/"
ITEMS = "/quan-tri/hoc-lieu/"
LINKS = "/quan-tri/resources/checkedlink/"
TODAY = date(2026, 11, 28)


def client_of(role):
    """A client signed in with a site-wide role."""
    client = Client()
    client.force_login(make_user(role), backend="django.contrib.auth.backends.ModelBackend")
    return client


def well(title="", **fields):
    """An item that lacks nothing."""
    fields.setdefault("competences", [ItemCompetence(competence=Competence.objects.first())])
    return make_item(title, **fields)


def without_licence(title, **fields):
    """An item that came in before a licence was asked for."""
    item = well(title, **fields)
    LibraryItemPage.objects.filter(pk=item.pk).update(licence=None)
    return item


def media(kind, **fields):
    """A stored video or sound."""
    made = SiteMedia(title="Bài", type=kind, **fields)
    made.file.save("bai.mp4", ContentFile(b"x"), save=False)
    made.save()
    return made


def put_link(item, state, url=""):
    """An address of `item` that answered so."""
    host, _ = LinkHost.objects.get_or_create(name="a.vn", defaults={"next_at": timezone.now()})
    failed = {}
    if state == LinkState.BROKEN:
        failed = {"failures": 3, "first_failed_at": timezone.now(), "last_failed_on": TODAY}
    link = CheckedLink.objects.create(
        url=url or f"https://a.vn/{item.pk}",
        host=host,
        state=state,
        due_at=timezone.now(),
        **failed,
    )
    LinkUse.objects.create(
        link=link, source="hoc-lieu", object_id=item.pk, title=item.title, edit_url="/x/"
    )
    return link


def published(item, day):
    """As if it had been published on `day`."""
    at = timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 12))
    LibraryItemPage.objects.filter(pk=item.pk).update(first_published_at=at)


def count(thing, act, month):
    """One use in `month`."""
    kind, pk = thing_of(thing)
    MonthCount.objects.create(content_type_id=kind, object_id=pk, act=act, month=month, count=1)


def titles(fault):
    """The items with this fault, as of today."""
    return sorted(
        with_fault(LibraryItemPage.objects.all(), fault, today=TODAY).values_list(
            "title", flat=True
        )
    )


def test_an_item_that_lacks_nothing_has_no_fault(home):
    published(well(), TODAY)
    assert fault_counts(today=TODAY) == dict.fromkeys(Fault, 0)


def test_each_fault_is_found_and_nothing_else(home):
    published(well("Đủ"), TODAY)
    without_licence("Không giấy phép")
    well("Không năng lực", competences=[])
    bare = well("Không mô tả", picture=make_picture(), picture_alt="Hình")
    LibraryItemPage.objects.filter(pk=bare.pk).update(picture_alt="")
    block = {"image": make_picture().pk, "alt_text": "", "decorative": False}
    well("Hình trong bài", body=[{"type": "picture", "value": {"image": block, "caption": ""}}])
    well("Không phụ đề", kind="video", media=media("video", transcript="Có lời"))
    well("Không lời", kind="am-thanh", media=media("audio"))
    captions = media("video")
    captions.captions.save("a.vtt", ContentFile(b"WEBVTT"), save=True)
    well("Có phụ đề", kind="video", media=captions)
    well("Có lời", kind="am-thanh", media=media("audio", transcript="Lời"))
    put_link(well("Hỏng"), LinkState.BROKEN)
    put_link(well("Không rõ"), LinkState.UNKNOWN)
    put_link(well("Mở được"), LinkState.OK)
    LibraryItemPage.objects.update(first_published_at=timezone.now())
    found = {fault: titles(fault) for fault in Fault}
    assert found == {
        Fault.BROKEN_LINK: ["Hỏng"],
        Fault.UNKNOWN_LINK: ["Không rõ"],
        Fault.CAPTIONS: ["Không lời", "Không phụ đề"],
        Fault.ALT: ["Hình trong bài", "Không mô tả"],
        Fault.LICENCE: ["Không giấy phép"],
        Fault.COMPETENCE: ["Không năng lực"],
        Fault.UNUSED: [],
        Fault.REVIEW: [],
    }
    assert fault_counts(today=TODAY) == {fault: len(names) for fault, names in found.items()}


def test_drafts_are_not_counted(home):
    without_licence("Nháp", competences=[], live=False)
    assert fault_counts(today=TODAY) == dict.fromkeys(Fault, 0)


def test_a_picture_in_the_body_that_gets_words_is_well_again(home):
    block = {"image": make_picture().pk, "alt_text": "", "decorative": False}
    item = well("Bài", body=[{"type": "picture", "value": {"image": block, "caption": ""}}])
    assert titles(Fault.ALT) == ["Bài"]
    item.body = [
        {"type": "picture", "value": {"image": {**block, "alt_text": "Lớp học"}, "caption": ""}}
    ]
    item.save()
    assert titles(Fault.ALT) == []


@pytest.mark.parametrize(
    ("months_ago", "use", "is_unused"),
    [(7, None, True), (5, None, False), (7, "view", False), (7, "file", False), (7, "old", True)],
)
def test_unused_is_told_by_the_counters(home, months_ago, use, is_unused):
    document = make_file()
    item = well("Sổ tay", file=document)
    published(item, TODAY - timedelta(days=31 * months_ago))
    if use == "view":
        count(item, Act.VIEW, date(2026, 10, 1))
    if use == "file":
        count(document, Act.DOWNLOAD, date(2026, 6, 1))
    if use == "old":
        count(item, Act.VIEW, date(2026, 4, 1))
    assert titles(Fault.UNUSED) == (["Sổ tay"] if is_unused else [])


@pytest.mark.parametrize(
    ("published_on", "reviewed_on", "review_by", "is_due"),
    [
        (date(2025, 11, 27), None, None, True),
        (date(2025, 11, 28), None, None, False),
        (date(2020, 1, 1), date(2025, 11, 27), None, True),
        (date(2020, 1, 1), date(2025, 11, 28), None, False),
        (date(2026, 11, 1), None, date(2026, 11, 28), True),
        (date(2020, 1, 1), date(2020, 1, 1), date(2026, 11, 29), False),
    ],
)
def test_due_for_review(home, published_on, reviewed_on, review_by, is_due):
    item = well("Sổ tay")
    published(item, published_on)
    if reviewed_on or review_by:
        ItemReview.objects.create(item=item, reviewed_on=reviewed_on, review_by=review_by)
    assert titles(Fault.REVIEW) == (["Sổ tay"] if is_due else [])


def test_months_are_a_setting(home):
    published(well("Sổ tay"), date(2026, 8, 1))
    assert (titles(Fault.REVIEW), titles(Fault.UNUSED)) == ([], [])
    told = LibraryHealthSettings.load()
    told.review_months = told.unused_months = 3
    told.save()
    assert (titles(Fault.REVIEW), titles(Fault.UNUSED)) == (["Sổ tay"], ["Sổ tay"])


def test_an_older_draft_does_not_bring_an_old_review_back(home):
    item = well("Sổ tay")
    revision = item.save_revision()
    mark_reviewed(item, review_by=None, by=make_user("librarian"), now=timezone.now())
    revision.publish()
    assert ItemReview.objects.get(item=item).reviewed_on == timezone.localdate()


def test_each_count_opens_the_list_of_just_those(home):
    for n in range(3):
        without_licence(f"Thiếu {n}")
    well("Đủ cả")
    client = client_of("librarian")
    page = client.get(PAGE).content.decode()
    address = f"{ITEMS}?loi=thieu-giay-phep"
    assert f'href="{address}">3<' in page
    text = client.get(address).content.decode()
    assert [name in text for name in ("Thiếu 0", "Thiếu 1", "Thiếu 2", "Đủ cả")] == [
        True,
        True,
        True,
        False,
    ]
    assert "Thiếu giấy phép" in text


def test_links_are_listed_by_state_and_asked_again(home):
    link = put_link(well("Sổ tay"), LinkState.BROKEN, "https://a.vn/da-mat")
    put_link(well("Khác"), LinkState.OK, "https://a.vn/van-con")
    client = client_of("librarian")
    assert f'{LINKS}?state__exact=broken"' in client.get(PAGE).content.decode()
    text = client.get(f"{LINKS}?state__exact=broken").content.decode()
    assert ["/da-mat" in text, "/van-con" in text, "Sổ tay" in text] == [True, False, True]
    CheckedLink.objects.update(due_at=timezone.now() + timedelta(days=7))
    client.post(f"{LINKS}inspect/{link.pk}/")
    link.refresh_from_db()
    assert link.due_at <= timezone.now()


def test_read_over_with_one_press(home):
    item = well("Sổ tay")
    published(item, date(2020, 1, 1))
    client = client_of("librarian")
    address = f"{PAGE}{item.pk}/"
    assert "Đến hạn xem lại" in client.get(address).content.decode()
    past = client.post(address, {"review_by": "2020-01-01"})
    assert "Hãy chọn một ngày sau hôm nay." in past.content.decode()
    client.post(address, {"review_by": ""})
    review = ItemReview.objects.get(item=item)
    assert (review.reviewed_on, review.review_by) == (timezone.localdate(), None)
    assert "Đến hạn xem lại" not in client.get(address).content.decode()


def test_items_are_searched_without_marks_and_filtered_together(home):
    without_licence("Ví điện tử", kind="video")
    without_licence("Ví tiền")
    well("Thư điện tử", live=False, slug="thu-dien-tu")
    client = client_of("librarian")
    for query, wanted in (
        ("?q=dien+tu", [True, False, True]),
        ("?q=vi&kind=video", [True, False, False]),
        ("?live=false", [False, False, True]),
        ("?loi=thieu-giay-phep&kind=tai-lieu", [False, True, False]),
        ("?loi=khong-co", [True, True, True]),
        ("?live=x", [True, True, True]),
    ):
        text = client.get(ITEMS + query).content.decode()
        assert [name in text for name in ("Ví điện tử", "Ví tiền", "Thư điện tử")] == wanted, query


@pytest.mark.parametrize("role", ["librarian", "administrator", "editor", "publisher", ""])
def test_rights(home, role):
    item = well()
    link = put_link(item, LinkState.OK)
    client = client_of(role)
    addresses = [PAGE, f"{PAGE}{item.pk}/", LINKS, f"{LINKS}inspect/{link.pk}/"]
    statuses = {client.get(address).status_code for address in addresses}
    if role in ("librarian", "administrator"):
        assert statuses == {200}
    else:
        assert statuses <= {302, 403}
        client.post(f"{PAGE}{item.pk}/", {"review_by": ""})
        assert not ItemReview.objects.filter(item=item, reviewed_on__isnull=False).exists()


def test_lists_cost_the_same_with_one_row_and_with_thirty(home):
    client = client_of("librarian")
    addresses = [PAGE, ITEMS, f"{ITEMS}?loi=lien-ket-hong", LINKS]

    def costs():
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as counted:
                assert client.get(address).status_code == 200
            yield len(counted)

    put_link(well(), LinkState.BROKEN)
    few = list(costs())
    for _ in range(29):
        put_link(well(), LinkState.BROKEN)
    assert list(costs()) == few
    # The list of items is Wagtail's own, with a query for each of its filters.
    assert max(few) < 30, few


def test_pages_of_what_is_not_there(home):
    client = client_of("librarian")
    for address in (f"{PAGE}999999/", f"{LINKS}inspect/999999/", f"{LINKS}inspect/x/"):
        assert client.get(address).status_code in (302, 404)
    assert client.get(reverse("library-health")).status_code == 200
