"""Slips, consent sheets and the office's check list in Word."""

from datetime import date

import pytest
from django.utils import timezone

from campaign.awards import papers
from campaign.awards.queries import reviews_of
from campaign.units.choices import Role
from campaign.units.models import Person
from privacy.services import new_wording
from tests.campaign.awards.reading import (
    fresh,
    opened,
    table_with,
    texts,
)
from tests.campaign.awards.scenes import make_scene
from tests.factories.activities import make_commune
from tests.factories.awards import (
    make_dossier,
    make_nominee,
    make_staff,
    make_submitted,
    make_whole,
    serve,
    write_report,
)
from tests.factories.people import make_holder

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(home):
    """A faculty's proposal."""
    return make_scene()


def test_slips_are_a_page_for_each_place_the_greatest_first(scene):
    for name, times in (("Gần", 3), ("Xa", 9), ("Xa", 2)):
        serve([scene.student.person], times, scene.units["farmers"], scene.writer, scene.head,
              commune=make_commune(name), place=f"Bản {name}", title=f"Buổi {times}")  # fmt: skip
    row = scene.review[scene.student.pk].nominee
    document = opened(papers.slip_of(row, scene.deeds(scene.student)))
    told = texts(document)
    assert [text for text in told if text.startswith("Kính gửi")] == [
        "Kính gửi: Ủy ban nhân dân xã Xa", "Kính gửi: Ủy ban nhân dân xã Gần",
    ]  # fmt: skip
    assert [text for text in told if text.startswith("Cộng")] == [
        "Cộng: 2 hoạt động, 2 ngày, 11 lượt người dân được hỗ trợ.",
        "Cộng: 1 hoạt động, 1 ngày, 3 lượt người dân được hỗ trợ.",
    ]
    breaks = [one for one in document.paragraphs if 'w:type="page"' in one._p.xml]
    assert len(breaks) == 1
    assert told.count("Lớp: Nông nghiệp 1, Khoa Nông Lâm") == 2
    assert not any("SV001" in text for text in told)


def test_a_slip_without_deeds_is_one_to_fill_by_hand(scene):
    document = opened(papers.slip_of(scene.review[scene.student.pk].nominee, []))
    rows = table_with(document, "TT", "Ngày", "Việc đã làm", "Nơi tổ chức", "Số lượt")
    assert rows == [[str(number), "", "", "", ""] for number in range(1, 6)]


@pytest.mark.parametrize(
    ("age", "is_year_alone", "note"),
    [
        (14, False, "(Dành cho người dưới 16 tuổi: cha, mẹ hoặc người giám hộ cùng ký)"),
        (14, True, "(Dành cho người dưới 16 tuổi: cha, mẹ hoặc người giám hộ cùng ký)"),
        (None, False, "(Người dưới 16 tuổi: cha, mẹ hoặc người giám hộ cùng ký)"),
        (20, False, ""),
        (20, True, ""),
    ],
)
def test_a_childs_guardian_signs_the_consent_too(scene, age, is_year_alone, note):
    signs = bool(note)
    year = timezone.localdate().year - age if age else None
    if is_year_alone:
        Person.objects.filter(pk=scene.student.person_id).update(birth_year=year)
    elif year:
        write_report(fresh(scene.student), scene.writer, born_on=date(year, 1, 1))
    document = opened(papers.consent_sheet_of(fresh(scene.student), timezone.localdate()))
    told = texts(document)
    notes = [text for text in told if text.startswith("(") and "16 tuổi" in text]
    assert notes == ([note] if note else [])
    assert ("CHA, MẸ HOẶC NGƯỜI GIÁM HỘ" in told) is signs
    assert ("Họ và tên cha, mẹ hoặc người giám hộ: \t" in told) is signs
    assert "NGƯỜI ĐƯỢC ĐỀ NGHỊ" in told


def test_the_sentence_agreed_to_is_the_one_in_use_and_nothing_is_ticked(scene):
    text = new_wording("cong-bo-khen-thuong", "Tôi đồng ý đăng tên tôi.")
    told = texts(opened(papers.consent_sheet_of(fresh(scene.staff), timezone.localdate())))
    assert "☐  Đồng ý: “Tôi đồng ý đăng tên tôi.”" in told
    assert "☐  Không đồng ý." in told
    assert f"Câu đồng ý bản số {text.version}, dùng từ ngày {text.since:%d/%m/%Y}." in told
    assert not any("☑" in one or "☒" in one for one in told)


def test_the_check_list_tells_criteria_quotas_traps_and_who_else_stands(scene):
    for number in range(2):
        make_whole(
            make_staff(scene.dossier, scene.writer, full_name=f"Mẫu Thêm {number}"), scene.writer
        )
    scene.submit()
    union = scene.units["union"]
    writer, head = make_holder(union, Role.REPORTER), make_holder(union, Role.UNIT_HEAD)
    other = make_dossier(scene.round, union, writer)
    make_whole(make_nominee(other, writer, scene.student.person), writer)
    make_submitted(other, head)
    reviews = reviews_of(scene.round, scene.dossier)
    document = opened(papers.check_list_of(scene.dossier, reviews))
    checks = table_with(document, "TC", "Tiêu chí, điều khoản", "Số liệu", "Kết luận", "Ghi chú")
    first = checks[: next(n for n, row in enumerate(checks) if n and len(row) == 1)]
    assert first[0] == ["1. Lò Văn Ướm – Học sinh, sinh viên – Lớp Nông nghiệp 1"]
    assert [row[0] for row in first[1:7]] == ["1", "2", "3", "4", "5", "6"]
    assert first[1][1].endswith("(KH mục 4.2.1.1, tiêu chí 1)")
    assert first[1][2:4] == ["0/20 lượt", "Chưa đạt"]
    assert first[5][3] == "Hội đồng xem xét"
    assert ["!", "Đoàn trường Thử cũng đề nghị Lò Văn Ướm."] in first
    assert first[-1][1].startswith("☐ Đạt thẩm tra     ☐ Cần bổ sung: …")
    staff = next(row for row in checks if len(row) == 2 and "VƯỢT CHỈ TIÊU" in row[1])
    assert "tối đa 2 mỗi phòng, khoa, đang đề nghị 3 (KH mục 4.3.1)" in staff[1]
    assert "Mẫu Thêm 0 (Khoa Nông Lâm); Mẫu Thêm 1 (Khoa Nông Lâm)" in staff[1]
    quotas = table_with(
        document, "TT", "Chỉ tiêu, điều khoản", "Đang đề nghị", "Ai, đơn vị nào đề nghị"
    )
    assert "3 (vượt)" in [row[2] for row in quotas]
    told = texts(document)
    assert {"NGƯỜI THẨM TRA", "THƯỜNG TRỰC PHONG TRÀO"} <= set(told)
