"""Award papers in Word, measured: the layout of Decree 30/2020, the forms of the plan, awkward words."""

import io
import zipfile
from datetime import date
from uuid import uuid4

import pytest
from django.utils import timezone
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Length, Pt

from campaign.awards import papers, services
from campaign.awards.models import Dossier
from campaign.awards.papers.proposals import grounds
from campaign.units.choices import Role
from campaign.units.models import Letterhead, Person
from campaign.units.services import add_team_member
from office.word import TEMPLATES
from tests.campaign.awards.reading import (
    all_papers,
    everything,
    fresh,
    opened,
    paragraph,
    table_with,
    texts,
)
from tests.campaign.awards.scenes import make_scene
from tests.factories.activities import make_commune
from tests.factories.awards import (
    add_photo,
    confirm_place,
    make_collective,
    make_dossier,
    make_nominee,
    make_submitted,
    make_whole,
    serve,
    shifted,
    write_report,
)
from tests.factories.people import hold, make_holder, make_person
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db
NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
TYPED = "{{ 7919*7919 }} {% if x %} {%p for y in z %} <b>& =cmd|'/c calc'!A0 [[x]] 🎉 \x07\x00"
PLAIN = "{{ 7919*7919 }} {% if x %} {%p for y in z %} <b>& =cmd|'/c calc'!A0 [[x]] 🎉"


@pytest.fixture
def scene(home):
    """A faculty's proposal."""
    return make_scene()


def test_every_paper_has_the_page_and_letters_of_the_decree(scene):
    for name, data in all_papers(scene).items():
        document = opened(data)
        (section,) = document.sections
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297), name
        assert section.orientation == WD_ORIENT.PORTRAIT
        assert 20 <= round(section.top_margin.mm) <= 25
        assert 20 <= round(section.bottom_margin.mm) <= 25
        assert 30 <= round(section.left_margin.mm) <= 35
        assert 15 <= round(section.right_margin.mm) <= 20
        for style in {one.style.name: one.style for one in everything(document)}.values():
            fonts = style.element.rPr.find(qn("w:rFonts"))
            told = {fonts.get(qn(f"w:{kind}")) for kind in ("ascii", "hAnsi", "cs", "eastAsia")}
            assert told == {"Times New Roman"}, (name, style.name)
            assert style.element.rPr.find(qn("w:lang")).get(qn("w:val")) == "vi-VN"


def test_every_table_fits_between_the_margins(scene):
    for name, data in all_papers(scene).items():
        document = opened(data)
        section = document.sections[0]
        room = Length(section.page_width - section.left_margin - section.right_margin).mm
        for table in document.tables:
            # The heading of the decree may reach a little into the margins.
            assert sum(column.width.mm for column in table.columns) <= room + 3.5, name


def test_no_paper_shows_an_instruction_or_an_empty_place_of_a_table(scene):
    for name, data in all_papers(scene).items():
        whole = "".join(texts(opened(data)))
        assert "{{" not in whole, name
        assert "{%" not in whole, name
        assert "[[" not in whole, name


def test_numbered_papers_hide_the_number_of_the_first_page(scene):
    made = all_papers(scene)
    for name in ("proposal", "individual", "collective", "check"):
        section = opened(made[name]).sections[0]
        assert section.different_first_page_header_footer, name
        assert not section.first_page_header.paragraphs[0].runs
        assert "PAGE" in section.header.paragraphs[0]._p.xml
    for name in ("slip", "consent"):
        assert "PAGE" not in opened(made[name]).sections[0].header.paragraphs[0]._p.xml


@pytest.mark.parametrize(
    ("words", "sizes", "bold", "italic"),
    [
        (NATION, (12, 13), True, False),
        (MOTTO, (13, 14), True, False),
        ("TRƯỜNG CAO ĐẲNG THỬ", (12, 13), False, False),
        ("KHOA NÔNG LÂM", (12, 13), True, False),
        ("Số:       /TTr-NL", (13, 13), False, False),
        ("Mẫu Sơn, ngày        tháng        năm 2026", (13, 14), False, True),
        ("TỜ TRÌNH", (13, 14), True, False),
        ("Kính gửi:", (13, 14), False, False),
        ("Mở mười lớp.", (13, 14), False, False),
        ("1. Thành tích nổi bật", (13, 14), True, False),
        ("TRƯỞNG KHOA", (13, 14), True, False),
        ("Nơi nhận:", (12, 12), True, True),
        ("- Như trên;", (11, 11), False, False),
        ("- Lưu: VT, NL.", (11, 11), False, False),
    ],
)
def test_parts_of_the_proposal_have_their_letters(scene, words, sizes, bold, italic):
    scene.round.closes_on = date(2026, 12, 31)
    scene.dossier.round = scene.round
    font = paragraph(opened(papers.proposal_of(scene.dossier)), words).style.font
    assert Pt(sizes[0]) <= font.size <= Pt(sizes[1])
    assert (bool(font.bold), bool(font.italic)) == (bold, italic)


def test_body_is_justified_indented_and_spaced(scene):
    form = paragraph(
        opened(papers.proposal_of(scene.dossier)), "Mở mười lớp."
    ).style.paragraph_format
    assert form.alignment == 3
    assert round(form.first_line_indent.cm, 2) == 1.27
    assert form.space_after >= Pt(6)
    assert 1 <= form.line_spacing <= 1.5


def test_number_and_day_stand_on_one_line_of_the_head(scene):
    head = opened(papers.proposal_of(scene.dossier)).tables[0]
    number, day = (cell.text for cell in head.rows[1].cells)
    assert number.startswith("Số: ")
    assert day.startswith("Mẫu Sơn, ngày ")


def test_office_and_name_of_who_signs_never_part(scene):
    document = opened(papers.proposal_of(scene.dossier))
    assert document.tables[-1].rows[0]._tr.trPr.find(qn("w:cantSplit")) is not None
    body = opened(all_papers(scene)["individual"])
    block = [one for row in body.tables[-1].rows[:-1] for one in row.cells[0].paragraphs]
    assert all(one.paragraph_format.keep_with_next for one in block)


def test_the_proposal_follows_form_one(scene):
    scene.submit()
    document = opened(papers.proposal_of(Dossier.objects.get(pk=scene.dossier.pk)))
    told = texts(document)
    wanted = [
        "- Hiệu trưởng Trường Cao đẳng Thử;", "- Hội đồng Thi đua, Khen thưởng;",
        "- Thường trực phong trào “Bình dân học vụ số”.",
        "Căn cứ Kế hoạch số 500/KH-CĐM ngày 20/6/2026.", "Mở mười lớp.", "Giúp trăm người.",
        "2. Danh sách cá nhân đề nghị khen thưởng (02 người)",
        "3. Danh sách tập thể đề nghị khen thưởng (01 tập thể)",
        "Kèm theo tờ trình: 02 báo cáo thành tích cá nhân và 01 báo cáo thành tích tập thể, giấy xác nhận và "
        "minh chứng.",
    ]  # fmt: skip
    assert [text for text in told if text in wanted] == wanted
    assert told[[text.endswith("./.") for text in told].index(True)].startswith(
        "Khoa Nông Lâm kính đề nghị"
    )
    award = "Giấy khen của Hiệu trưởng và phần thưởng"
    people = table_with(
        document, "TT", "Họ và tên", "Lớp, mã HSSV hoặc đơn vị công tác", "Hình thức đề nghị"
    )
    assert people == [
        ["Cán bộ, giảng viên"],
        ["1", "Trần Thị Giảng Viên", "Khoa Nông Lâm", award],
        ["Học sinh, sinh viên"],
        ["2", "Lò Văn Ướm", "Lớp Nông nghiệp 1\nmã HSSV: SV001", award],
    ]
    groups = table_with(document, "TT", "Tên tập thể", "Đơn vị trực thuộc", "Hình thức đề nghị")
    assert groups == [["1", "Lớp Nông nghiệp 1", "Khoa Nông Lâm", award]]
    assert {"(Ký, đóng dấu nếu có)", "Nguyễn Mẫu Trưởng"} <= set(told)


def test_who_was_taken_out_is_in_no_list(scene):
    services.withdraw_nominee(scene.staff, by=scene.writer, now=timezone.now())
    document = opened(papers.proposal_of(scene.dossier))
    assert "Trần Thị Giảng Viên" not in "".join(texts(document))
    assert "2. Danh sách cá nhân đề nghị khen thưởng (01 người)" in texts(document)


def test_a_proposal_without_collectives_speaks_of_people_alone(scene):
    services.withdraw_nominee(scene.group, by=scene.writer, now=timezone.now())
    told = "\n".join(texts(opened(papers.proposal_of(scene.dossier))))
    assert "Danh sách tập thể" not in told
    assert "khen thưởng các cá nhân có thành tích" in told
    assert "tập thể" not in told


def test_the_standing_office_is_named_where_it_is_one_office(scene):
    clerk = make_person(scene.units["office"], kind="staff", account=True)
    hold(clerk.user, scene.units["school"], Role.STANDING_OFFICE)
    told = texts(opened(papers.proposal_of(scene.dossier)))
    assert "- Phòng Đào tạo (thường trực phong trào)." in told


def test_the_youth_union_has_its_own_head_and_number(scene):
    union = scene.units["union"]
    Letterhead.objects.create(
        unit=union, superior_body="Tỉnh đoàn Mẫu", issuing_name="BCH Đoàn trường Thử", symbol="ĐTN",
        place="Mẫu Sơn", authority="TM.", signer_office="Ban Chấp hành / Bí thư", is_youth_union=True,
    )  # fmt: skip
    writer, head = make_holder(union, Role.REPORTER), make_holder(union, Role.UNIT_HEAD)
    dossier = make_dossier(scene.round, union, writer)
    make_whole(make_nominee(dossier, writer, unit=scene.units["smiths"]), writer)
    told = texts(opened(papers.proposal_of(make_submitted(dossier, head))))
    assert "ĐOÀN TNCS HỒ CHÍ MINH" in told
    assert not any(NATION in text or MOTTO in text for text in told)
    assert "Số:       -TTr/ĐTN" in told
    assert told.index("TM. BAN CHẤP HÀNH") < told.index("BÍ THƯ")


@pytest.mark.parametrize(
    ("plan", "lines"),
    [
        ("Kế hoạch số 5", ["Căn cứ Kế hoạch số 5."]),
        ("Căn cứ Luật A; Kế hoạch B.", ["Căn cứ Luật A;", "Căn cứ Kế hoạch B."]),
        ("", []),
    ],
)
def test_grounds_end_with_semicolons_and_a_full_stop(plan, lines):
    assert grounds(plan) == lines


def test_a_persons_report_follows_form_two(scene):
    commune = make_commune("Hoa Mẫu")
    serve([scene.student.person], 17, scene.units["farmers"], scene.writer, scene.head,
          title="Cài VNeID", commune=commune, place="Nhà văn hóa", local_partner="Đoàn xã Hoa Mẫu")  # fmt: skip
    served = scene.round.criteria.get(for_what="individual", number=1)
    write_report(
        fresh(scene.student), scene.writer, born_on=date(2008, 2, 5), gender="female", phone="0912345678",
        email="uom@thu.edu.vn", process="Đứng lớp.\nKèm tay.", declared=3, declared_why="Ba tối ở xóm",
        products="Bộ thẻ chữ to.", self_assessment="Tận tâm.", claims={5: "Soạn bộ thẻ."},
    )  # fmt: skip
    add_photo(scene.student, scene.writer)
    add_photo(scene.student, scene.writer, title="Thư cảm ơn", criterion=served)
    services.add_piece(
        scene.student, key=uuid4(), by=scene.writer, now=timezone.now(), url="https://thu.edu.vn/bai",
    )  # fmt: skip
    document = opened(
        papers.achievement_of(scene.review[scene.student.pk], scene.deeds(scene.student))
    )
    told = texts(document)
    wanted = [
        NATION, MOTTO, "BÁO CÁO THÀNH TÍCH CÁ NHÂN", "I. THÔNG TIN CÁ NHÂN", "Họ và tên: Lò Văn Ướm",
        "Ngày sinh: 05/02/2008", "Giới tính: Nữ", "Lớp: Nông nghiệp 1", "Mã HSSV: SV001",
        "Khoa: Nông Lâm", "Trường: Cao đẳng Thử", "Số điện thoại: 0912345678",
        "Thư điện tử (nếu có): uom@thu.edu.vn", "II. QUÁ TRÌNH THAM GIA", "Đứng lớp.", "Kèm tay.",
        "III. KẾT QUẢ",
        "Số lượt tự khai thêm: Ba tối ở xóm (1 minh chứng kèm theo). Số này chưa tính vào tiêu chí.",
        "Sản phẩm, kết quả nổi bật (tự khai)", "Bộ thẻ chữ to.",
        "IV. TỰ ĐÁNH GIÁ THÁI ĐỘ, TRÁCH NHIỆM, HIỆU QUẢ", "Tận tâm.", "V. ĐỀ XUẤT HÌNH THỨC KHEN THƯỞNG",
        "Giấy khen của Hiệu trưởng và phần thưởng", "VI. MINH CHỨNG KÈM THEO", "2. Thư cảm ơn;",
        "3. Sản phẩm: https://thu.edu.vn/bai;", "4. 1 ảnh, tài liệu hoạt động.",
    ]  # fmt: skip
    assert [text for text in told if text in wanted] == wanted
    # A person's own paper has no number of any office.
    assert not any(text.startswith("Số: ") for text in told)
    deeds = table_with(
        document, "TT", "Thời gian", "Hình thức, nội dung công việc", "Địa điểm", "Số lượt"
    )
    assert len(deeds) == 1
    assert deeds[0][2:] == [
        "Lớp kỹ năng số cho người dân: Cài VNeID",
        "Nhà văn hóa, Xã Hoa Mẫu",
        "17",
    ]
    results = table_with(document, "Kết quả", "Từ hoạt động đã được xác nhận", "Tự khai thêm")
    assert results[0] == ["Số lượt người dân được hỗ trợ", "17 lượt", "3 lượt"]
    criteria = table_with(
        document, "TC", "Tiêu chí", "Thành tích (tự khai)", "Số liệu từ hoạt động đã xác nhận"
    )
    assert [row[0] for row in criteria] == ["1", "5"]
    assert criteria[-1][2] == "Soạn bộ thẻ."


def test_unknown_facts_leave_room_to_write(scene):
    told = texts(opened(all_papers(scene)["individual"]))
    assert "Ngày sinh: \t" in told
    dotted = paragraph(opened(all_papers(scene)["individual"]), "Ngày sinh:").style.paragraph_format
    (stop,) = dotted.tab_stops
    assert (round(stop.position.mm), stop.leader) == (163, 1)


def test_a_report_nobody_wrote_yet_is_a_form_to_fill_by_hand(scene):
    row = make_nominee(scene.dossier, scene.writer, unit=scene.units["farmers"])
    document = opened(papers.achievement_of(scene.review[row.pk], []))
    told = texts(document)
    after = told.index("II. QUÁ TRÌNH THAM GIA")
    assert told[after + 1] == "\t"
    (stop,) = document.styles["Nội dung"].paragraph_format.tab_stops
    assert (round(stop.position.mm), stop.leader) == (163, 1)
    other = make_collective(scene.dossier, scene.writer, scene.units["farming"])
    duties = table_with(
        opened(papers.achievement_of(scene.review[other.pk], [])), "TT", "Họ và tên", "Nhiệm vụ"
    )
    assert duties == [[str(number), "", ""] for number in range(1, 6)]


def test_a_teams_members_stand_with_their_tasks(scene):
    team = make_unit(scene.units["farming"], "volunteer_team", name="Đội một")
    for name, task, ended in (
        ("Lò A", "đứng lớp", None),
        ("Cà B", "", None),
        ("Vì C", "", shifted(-1)),
    ):
        person = make_person(scene.units["farmers"], full_name=name)
        made = add_team_member(
            team, person, task=task, starts=shifted(-9), by=None, now=timezone.now()
        )
        type(made).objects.filter(pk=made.pk).update(ends=ended)
    row = make_collective(scene.dossier, scene.writer, team)
    document = opened(papers.achievement_of(scene.review[row.pk], []))
    assert table_with(document, "TT", "Họ và tên", "Nhiệm vụ") == [
        ["1", "Lò A", "đứng lớp"], ["2", "Cà B", ""],
    ]  # fmt: skip


def test_a_long_log_is_cut_with_a_word(scene):
    deed = serve([scene.student.person], 2, scene.units["farmers"], scene.writer, scene.head)
    many = scene.deeds(scene.student) * 45
    document = opened(papers.achievement_of(scene.review[scene.student.pk], many))
    rows = table_with(
        document, "TT", "Thời gian", "Hình thức, nội dung công việc", "Địa điểm", "Số lượt"
    )
    assert len(rows) == 41
    assert rows[-1] == ["Và 5 hoạt động khác trong nhật ký."]
    assert deed.title in rows[0][2]


def test_confirmations_fill_their_blocks_with_name_and_day(scene):
    before = opened(all_papers(scene)["individual"]).tables[-1]
    scene.submit()
    after = opened(all_papers(scene)["individual"]).tables[-1]
    assert [cell.text for cell in before.rows[3].cells] == ["Mẫu Trưởng Bản", "", "Lò Văn Ướm"]
    assert before.rows[1].cells[1].text == "(Ký, ghi rõ họ tên)"
    assert [cell.text for cell in after.rows[3].cells] == [
        "Mẫu Trưởng Bản",
        "Nguyễn Mẫu Trưởng",
        "Lò Văn Ướm",
    ]
    today = timezone.localdate()
    assert after.rows[1].cells[1].text == f"(Đã xác nhận khi ký duyệt ngày {today:%d/%m/%Y})"
    assert after.rows[4].cells[1].text == "Khoa Nông Lâm"


def test_a_collectives_report_follows_form_three(scene):
    serve([], 0, scene.units["farmers"], scene.writer, scene.head, people_count=31, served_count=40,
          title="Lớp đêm")  # fmt: skip
    write_report(
        fresh(scene.group), scene.writer, members=25, period="Quý IV", area="Xã Hoa Mẫu",
        process="Chia năm nhóm.", products="Chuỗi video.", spread="Hai lớp làm theo.", praised="Xã khen.",
        cooperation="Cùng Đoàn xã.", duties="Lò Văn A: trưởng nhóm\nCà Thị B – hậu cần\n\nChỉ có tên",
        representative="Lò Văn A", office="Lớp trưởng", claims={4: "Nhiều lượt nhất khoa."},
    )  # fmt: skip
    scene.submit()
    document = opened(all_papers(scene)["collective"])
    told = texts(document)
    wanted = [
        "BÁO CÁO THÀNH TÍCH TẬP THỂ", "Tên tập thể: Lớp Nông nghiệp 1", "Đơn vị trực thuộc: Khoa Nông Lâm",
        "Số lượng thành viên: 25", "II. TÓM TẮT QUÁ TRÌNH THAM GIA", "Thời gian thực hiện: Quý IV",
        "Địa bàn triển khai (nếu có): Xã Hoa Mẫu", "Nội dung hoạt động:", "Chia năm nhóm.", "III. KẾT QUẢ",
        "Sản phẩm, mô hình tiêu biểu (tự khai)", "Chuỗi video.", "IV. TÁC ĐỘNG VÀ HIỆU QUẢ",
        "- Góp phần lan tỏa phong trào: Hai lớp làm theo.", "- Được người dân, địa phương đánh giá: Xã khen.",
        "- Phối hợp với các đơn vị, đoàn thể: Cùng Đoàn xã.", "V. ĐỀ XUẤT HÌNH THỨC KHEN THƯỞNG",
        "VI. MINH CHỨNG KÈM THEO", "VII. DANH SÁCH THÀNH VIÊN, PHÂN CÔNG NHIỆM VỤ",
    ]  # fmt: skip
    assert [text for text in told if text in wanted] == wanted
    results = table_with(document, "Kết quả", "Từ hoạt động đã được xác nhận", "Tự khai thêm")
    assert results[:3] == [
        ["Số người dân được hỗ trợ (lượt)", "40 lượt", "Không"],
        ["Số lớp kỹ năng số đã tổ chức", "1", "–"],
        ["Lớp đông nhất", "31 người", "–"],
    ]
    duties = table_with(document, "TT", "Họ và tên", "Nhiệm vụ")
    assert duties == [
        ["1", "Lò Văn A", "trưởng nhóm"],
        ["2", "Cà Thị B", "hậu cần"],
        ["3", "Chỉ có tên", ""],
    ]
    assert [cell.text for cell in document.tables[-1].rows[0].cells] == [
        "XÁC NHẬN CỦA LÃNH\u00a0ĐẠO ĐƠN\u00a0VỊ, CHI\u00a0BỘ", "ĐẠI DIỆN TẬP THỂ",
    ]  # fmt: skip
    assert [cell.text for cell in document.tables[-1].rows[4].cells] == [
        "Khoa Nông Lâm",
        "Lớp trưởng",
    ]
    assert not any(text.startswith("Số: ") for text in told)


def test_what_was_typed_is_never_an_instruction(scene):
    services.save_merits(scene.dossier, merits=TYPED, by=scene.writer, now=timezone.now())
    scene.dossier.refresh_from_db()
    Person.objects.filter(pk=scene.student.person_id).update(full_name=PLAIN)
    type(scene.student).objects.filter(pk=scene.student.pk).update(full_name=PLAIN)
    write_report(
        fresh(scene.student), scene.writer, process=TYPED, products=TYPED, self_assessment=TYPED,
        claims={5: TYPED},
    )  # fmt: skip
    write_report(fresh(scene.group), scene.writer, duties=TYPED, process=TYPED, spread=TYPED)
    confirm_place(scene.student, scene.writer, signatory=PLAIN[:100])
    for name, data in all_papers(scene).items():
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            assert packed.testzip() is None
        told = "\n".join(texts(opened(data))).replace("\u200b", "")
        assert "62710561" not in told, name
        assert PLAIN in told, name


def test_words_longer_than_a_line_may_be_broken_and_stay_whole(scene):
    long = "ệ" * 4000
    write_report(fresh(scene.student), scene.writer, process=long)
    told = texts(opened(papers.achievement_of(scene.review[scene.student.pk], [])))
    (found,) = [text for text in told if text.replace("\u200b", "") == long]
    assert max(len(part) for part in found.split("\u200b")) <= 60


def test_scanned_letters_are_mended(scene):
    services.save_merits(
        scene.dossier, merits="Hƣớng dẫn ngƣời dân", by=scene.writer, now=timezone.now()
    )
    scene.dossier.refresh_from_db()
    assert "Hướng dẫn người dân" in texts(opened(papers.proposal_of(scene.dossier)))


@pytest.mark.parametrize("name", sorted(path.name for path in TEMPLATES.glob("*.docx")))
def test_templates_open_and_carry_no_name_of_anybody(name):
    document = Document(str(TEMPLATES / name))
    assert (document.core_properties.author, document.core_properties.comments) == ("", "")
    assert any("{{" in text for text in texts(document))
