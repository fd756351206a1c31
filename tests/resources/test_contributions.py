"""Material of units: writing it, its way through head and librarian, and the item that comes of it."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.utils import timezone

from campaign.units.choices import Role
from core.models import SiteDocument, SiteImage, SiteMedia
from outbox.models import Letter
from resources import services
from resources.choices import ContributionState
from resources.models import Contribution, ContributionEvent, LibraryIndexPage, LibraryItemPage
from resources.services import MoveRefused, Stale, move_contribution
from tests.concurrency import at_once
from tests.factories.activities import picture
from tests.factories.contributions import make_contribution, told, upload
from tests.factories.library import pdf_bytes
from tests.factories.people import make_holder, make_user
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db
S = ContributionState


@pytest.fixture
def place(home):
    """A faculty with writer and head, and a librarian."""
    school = make_unit()
    faculty = make_unit(school, "faculty", name="Khoa Nông Lâm")
    return {
        "school": school,
        "faculty": faculty,
        "reporter": make_holder(faculty, Role.REPORTER, email="viet@a.vn"),
        "head": make_holder(faculty, Role.UNIT_HEAD, email="truong@a.vn"),
        "librarian": make_user("librarian", email="thu.thu@a.vn"),
    }


def stored(row):
    """Whether the private copy is still there."""
    return row.file.storage.exists(row.file.name)


def move(row, name, by, reason=""):
    """One move, now."""
    return move_contribution(row, name, by=by, now=timezone.now(), reason=reason)


def sent(place, **fields):
    """A contribution that waits for the librarian."""
    row = make_contribution(place["faculty"], place["reporter"], **fields)
    return move(move(row, "hand_up", place["reporter"]), "pass_on", place["head"])


def test_a_form_sent_twice_is_one_draft(place):
    key, now = uuid4(), timezone.now()
    given = {"key": key, "by": place["reporter"], "now": now}
    first = services.begin_contribution(place["faculty"], told(), **given)
    second = services.begin_contribution(place["faculty"], told(title="Khác"), **given)
    assert (first.pk, Contribution.objects.count()) == (second.pk, 1)
    assert second.title == "Sổ tay thử"


def test_only_those_who_report_for_the_unit_offer_for_it(place):
    for user in (make_user(), make_holder(place["faculty"], Role.MEMBER), place["librarian"]):
        with pytest.raises(PermissionDenied):
            services.begin_contribution(
                place["faculty"], told(), key=uuid4(), by=user, now=timezone.now()
            )


def test_saving_over_newer_words_is_refused(place):
    row = make_contribution(place["faculty"], place["reporter"])
    given = {"by": place["reporter"], "now": timezone.now()}
    saved = services.save_contribution(row, told(title="Mới"), version=row.version, **given)
    with pytest.raises(Stale):
        services.save_contribution(row, told(title="Cũ"), version=row.version, **given)
    row.refresh_from_db()
    assert (row.title, row.version) == ("Mới", saved.version)


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (pdf_bytes(password="kin"), "a.pdf", "mật khẩu"),
        (b"%PDF-1.4 hong", "a.pdf", "hỏng"),
        (b"", "a.pdf", "rỗng"),
        (pdf_bytes(), "a.docx", "đổi đuôi"),
        (b"MZ\x90\x00", "a.exe", "không nhận"),
        (b"PK\x03\x04 hong", "a.pptx", "hỏng"),
    ],
)
def test_a_file_that_nobody_could_open_is_refused_with_its_reason(place, data, name, said):
    row = make_contribution(place["faculty"], place["reporter"])
    before = row.file.name
    with pytest.raises(ValidationError, match=said) as refused:
        services.put_file(row, upload(data, name), by=place["reporter"], now=timezone.now())
    assert list(refused.value.message_dict) == ["file"]
    row.refresh_from_db()
    assert (row.file.name, stored(row)) == (before, True)


def test_a_new_file_takes_the_place_of_the_old(place, django_capture_on_commit_callbacks):
    row = make_contribution(place["faculty"], place["reporter"])
    old = row.file
    with django_capture_on_commit_callbacks(execute=True):
        row = services.put_file(
            row, upload(name="ban hai.pdf"), by=place["reporter"], now=timezone.now()
        )
    assert (row.file_name, stored(row), old.storage.exists(old.name)) == (
        "ban hai.pdf",
        True,
        False,
    )


def test_files_lie_outside_every_public_folder(place, settings):
    row = make_contribution(place["faculty"], place["reporter"])
    path = Path(row.file.path)
    assert path.is_relative_to(settings.PRIVATE_ROOT)
    assert not default_storage.exists(row.file.name)


def test_what_is_missing_keeps_it_from_being_handed_in(place):
    row = make_contribution(place["faculty"], place["head"], rights="", topics=[])
    with pytest.raises(ValidationError) as refused:
        move(row, "send", place["head"])
    assert set(refused.value.message_dict) == {"rights", "topics"}
    row.refresh_from_db()
    assert (row.state, ContributionEvent.objects.count()) == (S.DRAFT, 0)


def test_a_unit_without_head_is_told_whom_to_ask(place):
    office = make_unit(place["school"], "office")
    writer = make_holder(office, Role.REPORTER)
    row = make_contribution(office, writer)
    with pytest.raises(ValidationError, match="Thường trực"):
        move(row, "hand_up", writer)


def test_the_way_of_a_contribution_is_told_in_rows_and_letters(place):
    row = sent(place)
    assert (row.state, row.sent_at is not None) == (S.SENT, True)
    row = move(row, "read", place["librarian"])
    row = move(row, "return", place["librarian"], "Thêm hình ở bước 2")
    steps = list(row.events.values_list("move", "from_state", "to_state", "note"))
    assert steps == [
        ("hand_up", "draft", "with_head", ""),
        ("pass_on", "with_head", "sent", ""),
        ("read", "sent", "reading", ""),
        ("return", "reading", "returned", "Thêm hình ở bước 2"),
    ]
    letters = Letter.objects.order_by("pk").values_list("to_email", "subject")
    assert [to for to, _ in letters] == ["truong@a.vn", "thu.thu@a.vn", "viet@a.vn", "truong@a.vn"]
    assert "Thêm hình ở bước 2" in Letter.objects.get(to_email="viet@a.vn").body


def test_a_no_wants_a_reason(place):
    row = sent(place)
    for name in ("return", "decline"):
        with pytest.raises(ValidationError, match="lý do"):
            move(row, name, place["librarian"], "  ")
    row.refresh_from_db()
    assert row.state == S.SENT


def test_taken_back_before_it_was_read_it_leaves_the_library_again(place):
    row = move(sent(place), "withdraw", place["reporter"])
    assert (row.state, row.sent_at) == (S.DRAFT, None)
    assert list(Contribution.objects.visible_to(place["librarian"])) == []


def test_what_a_librarian_reads_is_not_taken_back(place):
    row = move(sent(place), "read", place["librarian"])
    with pytest.raises(MoveRefused):
        move(row, "withdraw", place["reporter"])


def test_parts_are_kept_apart(place):
    row = sent(place)
    for user, name in [
        (place["reporter"], "take_up"), (place["head"], "decline"), (make_user("editor"), "take_up"),
        (make_user("publisher"), "take_up"), (make_user(), "read"),
    ]:  # fmt: skip
        with pytest.raises(PermissionDenied):
            move(row, name, user, "vì")
    with pytest.raises(PermissionDenied):
        move(row, "withdraw", place["librarian"])


def test_shared_account_of_a_head_passes_nothing_on(place):
    shared = make_holder(place["faculty"], Role.REPORTER, is_shared=True)
    row = make_contribution(place["faculty"], shared)
    with pytest.raises(PermissionDenied):
        move(row, "send", shared)


def test_taken_up_it_is_a_whole_draft_in_the_librarians_workflow(
    place, django_capture_on_commit_callbacks
):
    row = sent(place)
    path = row.file
    with django_capture_on_commit_callbacks(execute=True):
        row = move(row, "take_up", place["librarian"])
    item = LibraryItemPage.objects.get()
    document = item.files.get().document
    assert (item.live, item.title, item.source, item.kind) == (
        False, "Sổ tay thử", "Khoa Nông Lâm", "tai-lieu",
    )  # fmt: skip
    assert [item.topics.count(), item.audiences.count()] == [1, 1]
    assert (item.language, item.licence) == (row.language, row.licence)
    assert (document.title, document.file_extension) == ("Sổ tay thử", "pdf")
    assert document.facts.pages == 2
    assert item.current_workflow_state.status == "in_progress"
    rights = item.permissions_for_user(place["librarian"])
    assert (rights.can_edit(), rights.can_publish(), rights.page_locked()) == (True, True, False)
    assert (row.item_id, row.settled_by, bool(row.file)) == (item.pk, place["librarian"], False)
    assert not path.storage.exists(path.name)
    assert row.file_name == "so-tay.pdf"


def test_address_of_the_draft_keeps_every_letter(place):
    item = move(sent(place, title="Điện thoại đời đầu"), "take_up", place["librarian"]).item
    assert item.slug == "dien-thoai-doi-dau"


def test_two_of_one_name_get_addresses_of_their_own(place):
    for _ in range(2):
        move(sent(place), "take_up", place["librarian"])
    assert sorted(LibraryItemPage.objects.values_list("slug", flat=True)) == [
        "so-tay-thu", "so-tay-thu-2",
    ]  # fmt: skip


def test_a_picture_comes_as_picture_with_its_words(place):
    row = sent(place, file=upload(picture(3), "buoc.png"), kind="infographic", alt="Năm bước")
    assert row.file_name == "buoc.jpg"
    item = move(row, "take_up", place["librarian"]).item
    assert (item.picture, item.picture_alt) == (SiteImage.objects.get(), "Năm bước")


def test_a_sound_comes_as_media(place):
    mp3 = b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x90\x00" * 40
    row = sent(place, file=upload(mp3, "bai.mp3"), kind="am-thanh")
    item = move(row, "take_up", place["librarian"]).item
    assert (item.media, item.media.type) == (SiteMedia.objects.get(), "audio")


def test_a_link_comes_as_link_and_names_whose_it_is(place):
    row = sent(
        place, link="https://hoc.example.vn/", kind="khoa-hoc", rights="allowed", source="Sở A"
    )
    item = move(row, "take_up", place["librarian"]).item
    assert (item.link, item.author, item.source) == (
        "https://hoc.example.vn/", "Sở A", "Khoa Nông Lâm",
    )  # fmt: skip


def test_what_fails_half_way_leaves_nothing_behind(place):
    row = sent(place)
    Path(row.file.path).unlink()
    with pytest.raises(ValidationError, match="gửi lại tệp"):
        move(row, "take_up", place["librarian"])
    row.refresh_from_db()
    assert (row.state, LibraryItemPage.objects.count(), SiteDocument.objects.count()) == (
        S.SENT,
        0,
        0,
    )


def test_without_a_library_nothing_is_taken_up(place):
    row = sent(place)
    LibraryIndexPage.objects.get().delete()
    with pytest.raises(ValidationError, match="trang thư viện"):
        move(row, "take_up", place["librarian"])


def test_published_the_unit_hears_of_it_once(place):
    row = move(sent(place), "take_up", place["librarian"])
    Letter.objects.all().delete()
    item = LibraryItemPage.objects.get()
    for _ in range(2):
        item.save_revision().publish()
    assert list(Letter.objects.order_by("pk").values_list("to_email", flat=True)) == [
        "viet@a.vn", "truong@a.vn",
    ]  # fmt: skip
    assert row.item.url in Letter.objects.first().body


def test_a_draft_never_sent_may_be_thrown_away(place, django_capture_on_commit_callbacks):
    row = make_contribution(place["faculty"], place["reporter"])
    file = row.file
    with django_capture_on_commit_callbacks(execute=True):
        services.throw_away(row, by=place["reporter"])
    assert (Contribution.objects.count(), file.storage.exists(file.name)) == (0, False)


def test_what_was_sent_is_not_thrown_away(place):
    row = move(sent(place), "return", place["librarian"], "sửa")
    with pytest.raises(PermissionDenied):
        services.throw_away(row, by=place["reporter"])


def test_seen_by_the_unit_those_above_and_once_sent_by_librarians(place):
    draft = make_contribution(place["faculty"], place["reporter"])
    there = sent(place)
    other = make_holder(make_unit(place["school"], "faculty"), Role.UNIT_HEAD)
    office = make_holder(place["school"], Role.STANDING_OFFICE)
    sees = {
        "reporter": [draft, there], "head": [draft, there], "librarian": [there],
    }  # fmt: skip
    for who, rows in sees.items():
        assert sorted(Contribution.objects.visible_to(place[who]), key=lambda r: r.pk) == rows
    assert list(Contribution.objects.visible_to(other)) == []
    assert list(Contribution.objects.visible_to(office).order_by("pk")) == [draft, there]


@pytest.mark.django_db(transaction=True)
def test_two_librarians_take_one_up_at_once(place):
    row = sent(place)
    later = timezone.now() + timedelta(seconds=1)

    def take() -> str:
        try:
            move_contribution(row, "take_up", by=place["librarian"], now=later)
        except MoveRefused:
            return "late"
        return "taken"

    assert sorted(at_once(4, take)) == ["late", "late", "late", "taken"]
    assert (LibraryItemPage.objects.count(), SiteDocument.objects.count()) == (1, 1)
    assert row.events.filter(move="take_up").count() == 1
