"""Catalogues handed in, judged row by row, imported as a whole or not at all."""

import io
import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone
from PIL import Image
from wagtail.models import PageLogEntry

from core.models import SiteDocument, SiteImage, SiteMedia
from resources.catalogue.columns import ITEMS
from resources.catalogue.exports import catalogue_book, template_book
from resources.catalogue.knowing import catalogue_terms
from resources.catalogue.listing import exported_items, rows_of
from resources.choices import ItemImportState
from resources.models import (
    Audience,
    FileFacts,
    ItemImport,
    LibraryItemPage,
    ShelfCard,
    Topic,
)
from resources.services import item_writing
from resources.services.item_imports import Upload, apply, drop_import, hand_in, try_again
from tests.factories.catalogues import book, cells, imported, link_cells, packed, told, uploaded
from tests.factories.library import make_file, make_item, pdf_bytes
from tests.factories.pages import make_topic
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
VTT = b"WEBVTT\n\n00:00.000 --> 00:01.000\nXin chao\n"
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00" * 64


def png() -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "#0b5d66").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def by(home):
    """A librarian."""
    return make_user("librarian")


@pytest.fixture
def run(django_capture_on_commit_callbacks):
    """A function that does something and what waits for its commit, as on a real server."""

    def done(act, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            job = act(*args, **kwargs)
        job.refresh_from_db()
        return job

    return done


def stored_files() -> list[str]:
    """Every file that the site keeps, and every one that an import left anywhere."""
    roots = [Path(settings.PRIVATE_ROOT), Path(settings.MEDIA_ROOT)]
    return sorted(str(path) for root in roots for path in root.rglob("*") if path.is_file())


FULL = {
    "title": "Sổ tay VNeID", "summary": "Từng bước.", "audiences": "nguoi cao tuoi; Nông dân",
    "topics": "dich vu cong", "competences": "4.2 CB1; 1.1", "minutes": 20, "author": "Tổ số",
    "source": "Nhà trường", "source_url": "https://example.edu.vn/", "year": 2026,
    "tags": "VNeID; định danh", "files": "so-tay.pdf; phu luc.pdf; phim.mp4",
    "labels": "Sổ tay; Phụ lục", "captions": "phim.vtt", "transcript": "loi.txt",
    "picture": "bia.png", "picture_alt": "Bìa sổ tay", "picture_caption": "Ảnh: nhà trường",
}  # fmt: skip
FILES = {
    "so-tay.pdf": pdf_bytes(3), "thu muc/phu luc.pdf": pdf_bytes(1), "phim.mp4": MP4,
    "phim.vtt": VTT, "loi.txt": "\ufeffXin chào.\nHết.".encode(), "bia.png": png(),
}  # fmt: skip


def test_an_item_comes_in_with_everything_it_has(by, run):
    make_topic("Dịch vụ công")
    job = run(uploaded, [cells(**FULL)], FILES, by=by)
    assert (job.state, told(job)) == ("checked", [(2, "add", "")])
    assert not LibraryItemPage.objects.exists()
    assert not SiteDocument.objects.exists()
    job = run(imported, job, by=by)
    assert (job.state, job.made, job.given_by) == ("applied", 1, by)
    item = LibraryItemPage.objects.get()
    assert (item.live, item.owner, item.slug) == (False, by, "so-tay-vneid")
    assert not ShelfCard.objects.exists()
    newest = item.get_latest_revision_as_object()
    for page in (item, newest):
        assert {audience.name for audience in page.audiences.all()} == {
            "Nông dân",
            "Người cao tuổi",
        }
        assert [topic.name for topic in page.topics.all()] == ["Dịch vụ công"]
        links = [(link.competence.code, str(link.level or "")) for link in page.competences.all()]
        assert links == [("4.2", "Cơ bản, bậc 1"), ("1.1", "")]
        assert {tag.name for tag in page.tags.all()} == {"VNeID", "định danh"}
        assert [file.label for file in page.files.all()] == ["Sổ tay", "Phụ lục"]
        assert (page.minutes, page.year, page.picture_alt) == (20, 2026, "Bìa sổ tay")
    document = newest.files.all()[0].document
    assert document.file.read() == FILES["so-tay.pdf"]
    assert document.file_hash == document.get_file_hash() != ""
    assert FileFacts.objects.get(document=document).pages == 3
    assert (item.picture.width, item.picture.height) == (60, 40)
    assert item.media.transcript == "Xin chào.\nHết."
    assert item.media.captions.read() == VTT
    # Held back while rows are written, the index knows them afterwards.
    assert list(LibraryItemPage.objects.autocomplete("so tay vneid")) == [item]
    actions = list(PageLogEntry.objects.values_list("action", "user"))
    assert ("wagtail.edit", by.pk) in actions
    assert (str(job.file), str(job.archive)) == ("", "")
    assert job.lines.get().page == item


def test_rows_without_files_come_from_a_csv(by, run):
    row = dict(zip([c.name for c in ITEMS.columns], link_cells("Khóa học A"), strict=True))
    headings = ";".join(column.heading for column in ITEMS.columns)
    line = ";".join(str(row[column.name]) for column in ITEMS.columns)
    data = f"\ufeff{headings}\n{line}\n".encode()
    job = run(uploaded, data, by=by, name="danh-muc.csv")
    assert told(job) == [(2, "add", "")]
    assert run(imported, job, by=by).made == 1


@pytest.mark.parametrize(
    ("files", "names", "said"),
    [
        (None, "a.pdf", "cần tệp nén .zip kèm theo bảng"),
        ({"b.pdf": pdf_bytes()}, "a.pdf", "“a.pdf” không có trong tệp nén. Có phải “b.pdf”?"),
        ({"a.pdf": b"%PDF-1.4 hong"}, "a.pdf", "Tệp bị hỏng, không mở được."),
        ({"a.pdf": pdf_bytes(password="x")}, "a.pdf", "Tệp có mật khẩu"),
        ({"a.pdf": b"MZ\x90"}, "a.pdf", "Nội dung tệp không phải là .pdf"),
        ({"a.pdf": b""}, "a.pdf", "Tệp rỗng"),
        ({"a.docx": packed({"xl/a.xml": b"x"})}, "a.docx", "bị đổi đuôi thành .docx"),
        ({"a.zip": b"PK khong"}, "a.zip", "Tệp bị hỏng, không mở được."),
    ],
)
def test_a_file_that_a_single_upload_would_refuse_is_refused_at_its_row(
    files, names, said, by, run
):
    job = run(uploaded, [cells(title="Một", files=names), link_cells("Hai")], files, by=by)
    assert job.state == "refused"
    ((place, _, why),) = [line for line in told(job) if line[1] == "refuse"]
    assert place == 2
    assert why.startswith("Cột “Tệp”: “")
    assert said in why


@pytest.mark.parametrize(
    ("fields", "files", "said"),
    [
        (
            {"picture": "a.png", "picture_alt": "x"},
            {"a.png": b"\x89PNG\r\n\x1a\n hong"},
            "Cột “Hình”",
        ),
        ({"captions": "c.vtt"}, {"c.vtt": b"1\n00:00"}, "dòng đầu ghi WEBVTT"),
        ({"transcript": "t.txt"}, {"t.txt": b"\xff\xfe\x00x"}, "không phải chữ UTF-8"),
        ({"files": "m.mp4"}, {"m.mp4": b"khong phai"}, "Nội dung tệp không phải là .mp4"),
    ],
)
def test_pictures_captions_and_transcripts_are_checked_too(fields, files, said, by, run):
    row = cells(**{"title": "Phim", "kind": "Video", "files": "m.mp4", **fields})
    job = run(uploaded, [row], {"m.mp4": MP4, **files}, by=by)
    assert job.state == "refused"
    assert said in told(job)[0][2]


def test_dangerous_archives_are_refused_as_a_whole(by, run):
    rows = [cells(title="Một", files="a.pdf")]
    job = run(uploaded, rows, {"a.pdf": pdf_bytes(), "../../b.pdf": b"x"}, by=by)
    line = job.lines.get(verdict="refuse")
    assert (line.sheet, line.what) == ("Tệp nén", "../../b.pdf")
    job = run(uploaded, rows, b"khong phai zip", by=by)
    assert [line[1] for line in told(job)] == ["add", "refuse"]
    assert "không phải là .zip" in told(job)[1][2]
    bomb = packed({"a.pdf": b"\0" * 20_000_000}, compression=8)
    job = run(uploaded, rows, bomb, by=by)
    assert "phình ra" in told(job)[1][2]
    assert run(imported, job, by=by).state == "refused"


def test_files_that_no_row_names_are_told_and_left_out(by, run):
    files = {"a.pdf": pdf_bytes(), "thua.pdf": pdf_bytes(), "__MACOSX/._a.pdf": b"x"}
    job = run(uploaded, [cells(title="Một", files="a.pdf")], files, by=by)
    assert told(job)[1] == (0, "note", "Không dòng nào ghi tên tệp này: tệp không được nhập.")
    assert run(imported, job, by=by).state == "applied"
    assert SiteDocument.objects.count() == 1


def test_of_five_thousand_rows_three_wrong_refuse_all_and_are_named(by, run):
    rows = [link_cells(f"Khóa {n}") for n in range(2, 5002)]
    rows[98] = link_cells("Khóa 100", kind="Sách nói")
    rows[998] = link_cells("Khóa 1000", topics="Không có")
    rows[4998] = link_cells("Khóa 4999")
    data = book(rows)
    start = time.process_time()
    job = run(uploaded, data, by=by)
    assert time.process_time() - start < 20
    refused = list(job.lines.filter(verdict="refuse").values_list("place", "why"))
    assert [place for place, _ in refused] == [100, 1000, 5000]
    assert "Cột “Loại”: Không có “Sách nói”" in refused[0][1]
    assert "Cột “Chủ đề”: Không có “Không có”" in refused[1][1]
    assert "đã có ở dòng 4999" in refused[2][1]
    assert run(imported, job, by=by).state == "refused"
    assert not LibraryItemPage.objects.exists()


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"khong", "a.xlsx", "không phải tệp .xlsx"),
        ("\ufeffa;b\n1;2".encode(), "a.csv", "không có cột nào của mẫu"),
    ],
)
def test_what_is_no_table_is_said_in_words(data, name, said, by, run):
    job = run(uploaded, data, by=by, name=name)
    assert job.state == "broken"
    assert said in job.said


def test_unknown_columns_are_refused_by_name(by, run):
    headings = [column.heading for column in ITEMS.columns]
    csv = ";".join([*headings, "Giá tiền"]) + "\n" + ";".join(map(str, link_cells("Một")))
    job = run(uploaded, csv.encode(), by=by, name="a.csv")
    assert told(job)[0] == (1, "refuse", "Không có cột “Giá tiền” trong mẫu. Hãy xóa cột này.")


@pytest.mark.parametrize(
    ("name", "archive", "field"),
    [("a.pdf", None, "table"), ("a.xlsx", "a.rar", "archive")],
)
def test_other_sorts_of_files_are_refused_at_once(name, archive, field, by):
    zipped = ContentFile(b"x", name=archive) if archive else None
    with pytest.raises(ValidationError) as refused:
        hand_in(Upload("k" * 32, name, b"x", zipped), by=by, now=timezone.localtime())
    assert list(refused.value.message_dict) == [field]
    assert not ItemImport.objects.exists()


def test_what_the_library_has_is_asked_about(by, run):
    make_item("Sổ tay", file=make_file(pdf_bytes(7)))
    rows = [
        cells(title="sổ tay", files="a.pdf"), cells(title="Khác", files="b.pdf"), link_cells("Mới"),
    ]  # fmt: skip
    files = {"a.pdf": pdf_bytes(1), "b.pdf": pdf_bytes(7)}
    job = run(uploaded, rows, files, by=by)
    assert [(line[1], line[2]) for line in told(job)] == [
        ("known", "Đã có học liệu cùng tên, cùng loại trong thư viện."),
        ("known", "Tệp “b.pdf” giống hệt tệp của “Sổ tay” trong thư viện."),
        ("add", ""),
    ]
    assert run(imported, job, by=by).made == 1
    again = run(uploaded, rows, files, by=by)
    assert [line[1] for line in told(again)] == ["known"] * 3
    assert run(imported, again, by=by, known="add").made == 3
    assert LibraryItemPage.objects.filter(slug="so-tay-2").exists()


def test_nothing_is_left_when_writing_fails(by, run, monkeypatch):
    before = stored_files()
    rows = [cells(title="Một", files="a.pdf"), cells(title="Hai", files="b.pdf; a.pdf")]
    job = run(uploaded, rows, {"a.pdf": pdf_bytes(1), "b.pdf": pdf_bytes(2)}, by=by)
    waiting = stored_files()
    make = item_writing.Writer.item

    def failing(self, row):
        item = make(self, row)
        if row.row == 3:
            raise ValidationError("Dòng 3: hỏng.")
        return item

    monkeypatch.setattr(item_writing.Writer, "item", failing)
    job = run(imported, job, by=by)
    assert (job.state, job.said, job.made) == ("checked", "Dòng 3: hỏng.", None)
    assert not LibraryItemPage.objects.exists()
    assert not SiteDocument.objects.exists()
    # The workbook and the archive wait for the next press, and nothing else.
    assert stored_files() == waiting
    assert len(waiting) == len(before) + 2
    monkeypatch.undo()
    job = run(imported, job, by=by)
    assert (job.state, SiteDocument.objects.count()) == ("applied", 2)


def test_what_changed_since_is_shown_before_anything_is_written(by, run):
    job = run(uploaded, [link_cells("Một"), link_cells("Hai")], by=by)
    make_item("Một", kind="khoa-hoc")
    job = run(imported, job, by=by)
    assert job.state == "checked"
    assert "đã thay đổi" in job.said
    assert [line[1] for line in told(job)] == ["known", "add"]
    assert run(imported, job, by=by).made == 1


def test_a_mended_workbook_goes_on_with_the_archive_of_the_refused_one(by, run):
    files = {"a.pdf": pdf_bytes()}
    old = run(uploaded, [cells(title="Một", files="a.pdf", kind="?")], files, by=by)
    job = run(uploaded, [cells(title="Một", files="a.pdf")], by=by, archive_of=old)
    old.refresh_from_db()
    assert (old.state, str(old.archive), old.lines.count()) == ("dropped", "", 0)
    assert (job.state, job.archive_name) == ("checked", "tep.zip")
    assert run(imported, job, by=by).made == 1
    with pytest.raises(ValidationError, match="không còn"):
        uploaded([cells(title="Một")], by=by, archive_of=old)


def test_a_press_that_comes_twice_is_one_import(by, run):
    one = run(uploaded, [link_cells("Một")], by=by, key="a" * 32)
    assert run(uploaded, [link_cells("Một")], by=by, key="a" * 32) == one
    run(imported, one, by=by)
    assert run(imported, one, by=by).made == 1
    apply(one.pk, by=by, now=timezone.localtime())
    assert LibraryItemPage.objects.count() == 1


def test_given_up_and_forgotten_imports_leave_no_files(by, run, django_capture_on_commit_callbacks):
    before = stored_files()
    job = run(uploaded, [link_cells("Một")], {"a.pdf": pdf_bytes()}, by=by)
    with django_capture_on_commit_callbacks(execute=True):
        drop_import(job, by=by)
    assert stored_files() == before
    old = run(uploaded, [link_cells("Một")], by=by, now=timezone.localtime() - timedelta(days=15))
    dead = Path(settings.PRIVATE_ROOT) / "imports" / "dang-doc-chet"
    dead.mkdir(parents=True)
    (dead / "tep.pdf").write_bytes(b"x")
    os.utime(dead, (1, 1))
    run(uploaded, [link_cells("Hai")], by=by)
    old.refresh_from_db()
    assert (old.state, str(old.file)) == (ItemImportState.DROPPED, "")
    assert not dead.exists()


def test_the_timer_forgets_what_nobody_went_on_with(
    by, run, capsys, django_capture_on_commit_callbacks
):
    left = timezone.localtime() - timedelta(days=15)
    fresh = run(uploaded, [link_cells("Hai")], by=by)
    old = run(uploaded, [link_cells("Một")], {"a.pdf": pdf_bytes()}, by=by, now=left)
    assert (old.state, bool(old.archive)) == (ItemImportState.CHECKED, True)
    for said in ("1 imports dropped.", "0 imports dropped."):
        with django_capture_on_commit_callbacks(execute=True):
            call_command("drop_imports")
        assert said in capsys.readouterr().out
    old.refresh_from_db()
    fresh.refresh_from_db()
    assert (old.state, str(old.archive)) == (ItemImportState.DROPPED, "")
    assert (fresh.state, bool(fresh.file)) == (ItemImportState.CHECKED, True)
    # So is what a worker left that died.
    ItemImport.objects.filter(pk=fresh.pk).update(state=ItemImportState.APPLYING, moved_at=left)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("drop_imports")
    fresh.refresh_from_db()
    assert (fresh.state, str(fresh.file)) == (ItemImportState.DROPPED, "")


def test_a_dead_worker_leaves_an_import_that_may_be_tried_again(
    by, run, django_capture_on_commit_callbacks
):
    job = run(uploaded, [link_cells("Một")], by=by)
    now = timezone.localtime()
    ItemImport.objects.update(state="applying", moved_at=now - timedelta(minutes=5))
    job.refresh_from_db()
    assert not try_again(job, by=by, now=now)
    ItemImport.objects.update(moved_at=now - timedelta(minutes=31))
    job.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        assert try_again(job, by=by, now=now)
    job.refresh_from_db()
    assert job.state == "checked"


def test_who_lost_the_right_imports_nothing(by, run):
    job = run(uploaded, [link_cells("Một")], by=by)
    for role in ("editor", "publisher", ""):
        with pytest.raises(PermissionDenied):
            uploaded([link_cells("Hai")], by=make_user(role))
    ItemImport.objects.update(state="applying")
    by.groups.clear()
    apply(job.pk, by=type(by).objects.get(pk=by.pk), now=timezone.localtime())
    job.refresh_from_db()
    assert (job.state, job.said) == ("checked", "Người nhập không còn quyền nhập học liệu.")
    assert not LibraryItemPage.objects.exists()


def test_one_file_of_several_rows_is_kept_once(by, run):
    rows = [cells(title="Một", files="a.pdf"), cells(title="Hai", files="a.pdf")]
    job = run(uploaded, rows, {"a.pdf": pdf_bytes()}, by=by)
    assert run(imported, job, by=by).made == 2
    assert SiteDocument.objects.count() == 1


def test_the_catalogue_comes_back_the_same(by, run):
    make_topic("Dịch vụ công")
    rows = [
        cells(**FULL), link_cells("=1+1", tags="a; b"), cells(title="Bộ câu hỏi A", kind="Bộ câu hỏi"),
    ]  # fmt: skip
    run(imported, run(uploaded, rows, FILES, by=by), by=by)
    terms = catalogue_terms()
    before = list(rows_of(exported_items()))
    data = catalogue_book(before, terms)
    job = run(uploaded, data, FILES, by=by)
    assert [line[1] for line in told(job) if line[1] != "note"] == ["known"] * 3
    # Into an empty library, with the files under the names that the catalogue gives them.
    names = {
        Path(stored.file.name).name: stored.file.read()
        for stored in [
            *SiteDocument.objects.all(),
            *SiteMedia.objects.all(),
            *SiteImage.objects.all(),
        ]
    }
    media = SiteMedia.objects.get()
    names[Path(media.captions.name).name] = media.captions.read()
    for item in LibraryItemPage.objects.all():
        item.delete()
    SiteDocument.objects.all().delete()
    job = run(uploaded, data, names, by=by)
    assert [line[1] for line in told(job) if line[1] != "note"] == ["add"] * 3, told(job)
    run(imported, job, by=by)
    after = list(rows_of(exported_items()))
    stored = ("files", "media", "captions", "picture")
    assert [_without(row, stored) for row in after] == [_without(row, stored) for row in before]
    assert [len(row.files) for row in after] == [len(row.files) for row in before]


def _without(row, names):
    return {name: getattr(row, name) for name in row.__slots__ if name not in names}


def test_the_template_names_every_value_and_its_examples_are_sound(by, run):
    from openpyxl import load_workbook

    make_topic("Dịch vụ công")
    terms = catalogue_terms()
    pages = load_workbook(io.BytesIO(template_book(terms)))
    assert pages.sheetnames == ["Học liệu", "Ví dụ", "Giá trị dùng được", "Hướng dẫn"]
    values = {cell.value for row in pages["Giá trị dùng được"] for cell in row}
    assert {*Audience.objects.values_list("name", flat=True), "Dịch vụ công"} <= values
    rows = [[cell.value or "" for cell in row] for row in pages["Ví dụ"].iter_rows(min_row=2)]
    files = {"so-tay-vneid.pdf": pdf_bytes(), "lua-dao.mp4": MP4, "lua-dao.vtt": VTT}
    assert [line[1] for line in told(run(uploaded, rows, files, by=by))] == ["add"] * 3
    assert Topic.objects.count() == 1


def test_judging_costs_the_same_queries_for_one_row_and_for_thirty(
    by, run, django_assert_max_num_queries
):
    for count in (1, 30):
        data = book([link_cells(f"Khóa {n}") for n in range(count)])
        with django_assert_max_num_queries(45):
            run(uploaded, data, by=by)
