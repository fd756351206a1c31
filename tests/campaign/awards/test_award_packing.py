"""A proposal and a round as archives: their order, their names, what is missing, how much memory they take."""

import hashlib
import io
import tracemalloc
import zipfile
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from docx import Document

from campaign.awards import packing, services
from campaign.awards.models import NomineePiece
from campaign.awards.packing import dossier_entries, packed, round_entries
from campaign.awards.queries import reviews_of
from campaign.units.choices import Role
from files.names import is_safe_on_windows
from files.zipping import CHUNK
from privacy.services import current_text
from tests.campaign.awards.scenes import make_scene
from tests.factories.activities import picture, upload
from tests.factories.awards import (
    add_photo,
    make_dossier,
    make_nominee,
    make_submitted,
    make_whole,
    shifted,
)
from tests.factories.people import make_holder

pytestmark = pytest.mark.django_db
MIB = 1024**2


@pytest.fixture
def scene(home):
    """A faculty's proposal."""
    return make_scene()


def archive(scene, *, for_office=False):
    """The proposal's archive, opened."""
    reviews = reviews_of(scene.round, scene.dossier)
    entries = dossier_entries(scene.dossier, reviews, for_office=for_office)
    data = b"".join(packed("Hồ sơ thử", entries, timezone.localtime()))
    return zipfile.ZipFile(io.BytesIO(data))


def test_files_stand_in_the_order_in_which_they_are_read(scene):
    add_photo(scene.student, scene.writer, title="Ảnh: lớp học/1?")
    services.add_piece(scene.student, key=uuid4(), by=scene.writer, now=timezone.now(),
                       url="https://thu.edu.vn/bai", title="Phóng sự")  # fmt: skip
    services.agree(
        scene.student, current_text("cong-bo-khen-thuong"), given_by="Lò Thị Mẹ", is_guardian=True,
        given_on=shifted(-1), upload=upload(picture(5)), by=scene.writer, now=timezone.now(),
    )  # fmt: skip
    found = archive(scene, for_office=True)
    assert found.testzip() is None
    assert found.namelist() == [
        "01 Tờ trình.docx",
        "02 Cá nhân/01 Lò Văn Ướm/01 Báo cáo thành tích.docx",
        "02 Cá nhân/01 Lò Văn Ướm/02 Giấy xác nhận, Mẫu Trưởng Bản.jpg",
        "02 Cá nhân/01 Lò Văn Ướm/03 Giấy đồng ý, Lò Thị Mẹ.jpg",
        "02 Cá nhân/01 Lò Văn Ướm/04 Ảnh lớp học 1.jpg",
        "02 Cá nhân/02 Trần Thị Giảng Viên/01 Báo cáo thành tích.docx",
        "02 Cá nhân/02 Trần Thị Giảng Viên/02 Giấy xác nhận, Mẫu Trưởng Bản.jpg",
        "03 Tập thể/01 Lớp Nông nghiệp 1/01 Báo cáo thành tích.docx",
        "03 Tập thể/01 Lớp Nông nghiệp 1/02 Giấy xác nhận, Mẫu Trưởng Bản.jpg",
        "04 Phiếu thẩm tra.docx",
        "00 Mục lục.txt",
        "SHA256SUMS",
    ]
    index = found.read("00 Mục lục.txt").decode("utf-8-sig")
    assert "1. 02 Cá nhân/01 Lò Văn Ướm/05 Phóng sự: https://thu.edu.vn/bai\r\n" in index
    assert "KHÔNG ĐƯA VÀO" not in index
    told = Document(io.BytesIO(found.read("02 Cá nhân/01 Lò Văn Ướm/01 Báo cáo thành tích.docx")))
    assert "Họ và tên: Lò Văn Ướm" in [one.text for one in told.paragraphs]


def test_checksums_are_those_of_the_files(scene):
    found = archive(scene)
    index = found.read("00 Mục lục.txt").decode("utf-8-sig")
    lines = found.read("SHA256SUMS").decode().splitlines()
    sums = {name: digest for digest, name in (line.split(" *") for line in lines)}
    assert set(sums) == set(found.namelist()) - {"SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256(found.read(name)).hexdigest() == digest
        assert name == "00 Mục lục.txt" or f"{name}\r\n   SHA-256: {digest}\r\n" in index


def test_the_units_own_archive_has_no_check_list(scene):
    assert not any("thẩm tra" in name for name in archive(scene).namelist())


def test_the_current_signed_copy_lies_beside_the_proposal(scene):
    scene.submit()
    for number in (1, 2):
        services.add_signed_proposal(
            scene.dossier, upload=upload(picture(number)), number=f"0{number}/TTr-NL", is_digital=False,
            signed_on=shifted(0), by=scene.head, now=timezone.now(),
        )  # fmt: skip
    names = archive(scene).namelist()
    assert names[:2] == ["01 Tờ trình.docx", "01 Tờ trình, bản ký.jpg"]
    assert sum("bản ký" in name for name in names) == 1


def test_a_lost_file_is_told_and_the_rest_is_there(scene):
    lost, kept = add_photo(scene.student, scene.writer, title="Mất"), add_photo(
        scene.student, scene.writer, title="Còn"
    )  # fmt: skip
    lost.file.storage.delete(lost.file.name)
    found = archive(scene)
    assert found.testzip() is None
    names = found.namelist()
    assert "02 Cá nhân/01 Lò Văn Ướm/04 Còn.jpg" in names
    assert not any("Mất" in name for name in names)
    index = found.read("00 Mục lục.txt").decode("utf-8-sig")
    assert "KHÔNG ĐƯA VÀO ĐƯỢC HOẶC KHÔNG ĐỦ (1)" in index
    assert "1. 02 Cá nhân/01 Lò Văn Ướm/03 Mất.jpg" in index
    assert kept.title == "Còn"


def test_a_file_that_breaks_off_and_a_paper_that_fails_leave_the_archive_sound(scene):
    class Broken:
        """A stored file that ends before its end."""

        name, size = "x.jpg", 1000

        class storage:
            """Where it lies."""

            @staticmethod
            def open(name, mode):
                """Less than was told."""
                return io.BytesIO(b"abc")

    def fails():
        raise ValueError("no template")

    entries = [
        packing.Entry("01 hỏng.jpg", stored=Broken), packing.Entry("02 lỗi.docx", make=fails),
        packing.Entry("03 lành.txt", make=lambda: b"x"),
    ]  # fmt: skip
    data = b"".join(packed("Thử", entries, timezone.localtime()))
    found = zipfile.ZipFile(io.BytesIO(data))
    assert found.testzip() is None
    index = found.read("00 Mục lục.txt").decode("utf-8-sig")
    assert "(2)" in index
    assert "1. 01 hỏng.jpg" in index.partition("KHÔNG ĐƯA VÀO")[2]
    assert "2. 02 lỗi.docx" in index
    sums = found.read("SHA256SUMS").decode()
    assert "hỏng" not in sums
    assert "03 lành.txt" in sums


def test_awkward_names_are_safe_and_short_enough_for_windows(scene):
    type(scene.student).objects.filter(pk=scene.student.pk).update(
        full_name="../CON:\x07" + "Nguyễn " * 25 + "🎉 ."
    )
    add_photo(scene.student, scene.writer, title="x" * 160)
    for name in archive(scene).namelist():
        assert len(name) < 170
        assert all(is_safe_on_windows(part) for part in name.split("/"))
    assert not any(".." in name for name in archive(scene).namelist())


def test_a_round_has_the_list_first_and_a_folder_for_each_unit(scene):
    union = scene.units["union"]
    writer, head = make_holder(union, Role.REPORTER), make_holder(union, Role.UNIT_HEAD)
    other = make_dossier(scene.round, union, writer)
    make_whole(
        make_nominee(other, writer, unit=scene.units["smiths"], full_name="Vì Văn B"), writer
    )
    scene.submit()
    draft = [name.split("/")[0] for name in _round(scene).namelist()]
    assert set(draft) == {
        "00 Danh sách đề nghị.xlsx",
        "01 Khoa Nông Lâm",
        "00 Mục lục.txt",
        "SHA256SUMS",
    }
    make_submitted(other, head)
    names = _round(scene).namelist()
    assert names[0] == "00 Danh sách đề nghị.xlsx"
    folders = list(dict.fromkeys(name.split("/")[0] for name in names if "/" in name))
    assert folders == ["01 Khoa Nông Lâm", "02 Đoàn trường Thử"]
    assert "02 Đoàn trường Thử/02 Cá nhân/01 Vì Văn B/01 Báo cáo thành tích.docx" in names
    assert "02 Đoàn trường Thử/04 Phiếu thẩm tra.docx" in names


def _round(scene):
    entries = round_entries(scene.round, reviews_of(scene.round), with_codes=True)
    data = b"".join(packed("Cả đợt", entries, timezone.localtime()))
    found = zipfile.ZipFile(io.BytesIO(data))
    assert found.testzip() is None
    return found


def test_sixty_photos_of_each_take_no_more_memory_than_one(scene):
    first = NomineePiece(
        nominee=scene.student, key=uuid4(), added_at=timezone.now(), added_by=scene.writer
    )
    first.file.save("lon.jpg", ContentFile(bytes(MIB)), save=False)
    for row in (scene.student, scene.staff):
        NomineePiece.objects.bulk_create([
            NomineePiece(nominee=row, key=uuid4(), added_at=timezone.now(), added_by=scene.writer,
                         file=first.file.name, size=MIB)
            for _ in range(60)
        ])  # fmt: skip
    reviews = reviews_of(scene.round, scene.dossier)
    entries = dossier_entries(scene.dossier, reviews, for_office=False)
    sent = largest = 0
    tracemalloc.start()
    try:
        for piece in packed("Thử", entries, timezone.localtime()):
            sent, largest = sent + len(piece), max(largest, len(piece))
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert sent > 120 * MIB
    assert largest <= CHUNK + 64 * 1024
    assert most < 24 * MIB
