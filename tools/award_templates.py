"""Makes the first templates of award papers (templates/office/*.docx); afterwards they are changed in Word."""

from docx.enum.text import WD_BREAK
from docx.shared import Pt
from paper_parts import (
    about_round,
    begun,
    body,
    country,
    dated,
    facts,
    issuer,
    kept,
    signers,
    title,
    to_whom,
    when,
)
from paper_templates import command, foot, head, rule_after

HALVES = (81, 82)
THIRDS = (54, 54, 55)
MOVEMENT = "phong trào “Bình dân học vụ số”"


def note_under_signer(document):
    """The seal, for those who have one, under the office of who signs."""
    right = document.tables[-1].rows[0].cells[1]
    last_line = [one for one in right.paragraphs if "endfor" in one.text][-1]
    note = right.add_paragraph("(Ký, đóng dấu nếu có)", style="Ghi chú")
    last_line._p.addnext(note._p)


def proposal():
    """Form 1: the unit's proposal with its lists."""
    document = begun()
    head(document)
    document.add_paragraph("TỜ TRÌNH", style="Tên loại")
    rule_after(document.add_paragraph("{{ subject }}", style="Trích yếu"), sides=55)
    to_whom(document)
    command(document, "{%p for text in grounds %}")
    document.add_paragraph("{{ text }}", style="Căn cứ")
    command(document, "{%p endfor %}")
    document.add_paragraph("{{ opening }}", style="Nội dung")
    document.add_paragraph("1. Thành tích nổi bật", style="Mục")
    body(document, "merits")
    when(document, "people", ("{{ people }}", "Mục"), ("{{ table.people }}", "Bảng"))
    when(document, "groups", ("{{ groups }}", "Mục"), ("{{ table.groups }}", "Bảng"))
    closing = document.add_paragraph("{{ enclosed }}", style="Nội dung").paragraph_format
    closing.space_before = Pt(8)
    # Whoever signs never stands alone on a page.
    last = document.add_paragraph("{{ closing }}", style="Nội dung").paragraph_format
    last.keep_with_next = True
    foot(document)
    note_under_signer(document)
    kept(document, "de-xuat-khen-thuong")


def results(document):
    """What activities say beside what was told by hand; criteria; both are marked as what they are."""
    document.add_paragraph("{{ table.results }}", style="Bảng")
    when(document, "declared_line", ("{{ declared_line }}", "Chú thích"))
    when(document, "products", ("{{ products_title }}", "Mục"))
    body(document, "products")
    when(document, "criteria", ("{{ criteria }}", "Mục"), ("{{ table.criteria }}", "Bảng"))


def proofs(document, heading):
    """The list of evidence."""
    document.add_paragraph(heading, style="Mục")
    command(document, "{%p for text in evidence %}")
    command(document, "{%p if loop.last %}")
    # Whoever signs below never stands alone on a page.
    last = document.add_paragraph("{{ text }}", style="Liệt kê").paragraph_format
    last.keep_with_next = True
    command(document, "{%p else %}")
    document.add_paragraph("{{ text }}", style="Liệt kê")
    command(document, "{%p endif %}")
    command(document, "{%p endfor %}")


def individual():
    """Form 2: a person's achievement report."""
    document = begun()
    country(document)
    title(document, "BÁO CÁO THÀNH TÍCH CÁ NHÂN", f"Đề nghị khen thưởng trong {MOVEMENT}")
    about_round(document)
    document.add_paragraph("I. THÔNG TIN CÁ NHÂN", style="Mục")
    facts(document, "facts")
    document.add_paragraph("II. QUÁ TRÌNH THAM GIA", style="Mục")
    body(document, "process")
    when(document, "deeds", ("{{ deeds }}", "Chú thích"), ("{{ table.deeds }}", "Bảng"))
    document.add_paragraph("III. KẾT QUẢ", style="Mục")
    results(document)
    document.add_paragraph("IV. TỰ ĐÁNH GIÁ THÁI ĐỘ, TRÁCH NHIỆM, HIỆU QUẢ", style="Mục")
    body(document, "self_assessment")
    document.add_paragraph("V. ĐỀ XUẤT HÌNH THỨC KHEN THƯỞNG", style="Mục")
    body(document, "award_form")
    proofs(document, "VI. MINH CHỨNG KÈM THEO")
    dated(document, left=80)
    signers(document, "signers", THIRDS)
    kept(document, "thanh-tich-ca-nhan")


def collective():
    """Form 3: a collective's achievement report."""
    document = begun()
    issuer(document)
    title(document, "BÁO CÁO THÀNH TÍCH TẬP THỂ", f"Đề nghị khen thưởng trong {MOVEMENT}")
    about_round(document)
    document.add_paragraph("I. THÔNG TIN TẬP THỂ", style="Mục")
    facts(document, "facts")
    document.add_paragraph("II. TÓM TẮT QUÁ TRÌNH THAM GIA", style="Mục")
    facts(document, "course")
    document.add_paragraph("Nội dung hoạt động:", style="Thông tin")
    body(document, "process")
    when(document, "deeds", ("{{ deeds }}", "Chú thích"), ("{{ table.deeds }}", "Bảng"))
    document.add_paragraph("III. KẾT QUẢ", style="Mục")
    results(document)
    document.add_paragraph("IV. TÁC ĐỘNG VÀ HIỆU QUẢ", style="Mục")
    body(document, "effects")
    document.add_paragraph("V. ĐỀ XUẤT HÌNH THỨC KHEN THƯỞNG", style="Mục")
    body(document, "award_form")
    proofs(document, "VI. MINH CHỨNG KÈM THEO")
    document.add_paragraph("VII. DANH SÁCH THÀNH VIÊN, PHÂN CÔNG NHIỆM VỤ", style="Mục")
    document.add_paragraph("{{ table.duties }}", style="Bảng")
    dated(document, left=80)
    signers(document, "signers", HALVES)
    kept(document, "thanh-tich-tap-the")


def slip():
    """What the place's leader signs: one page for each place."""
    document = begun(is_numbered=False)
    command(document, "{%p for slip in slips %}")
    country(document)
    title(document, "GIẤY XÁC NHẬN", f"Tham gia {MOVEMENT}")
    document.add_paragraph("Kính gửi: {{ slip.to }}", style="Kính gửi")
    document.add_paragraph("{{ opening }}", style="Nội dung")
    facts(document, "facts")
    document.add_paragraph("Đã tham gia tại địa phương:", style="Thông tin")
    document.add_paragraph("{{ table[slip.table] }}", style="Bảng")
    total = document.add_paragraph("{{ slip.total }}", style="Thông tin").paragraph_format
    total.space_before = Pt(6)
    document.add_paragraph("Nhận xét (nếu có):\t", style="Thông tin")
    document.add_paragraph("\t", style="Thông tin")
    dated(document, left=80)
    signers(document, "slip.signers", HALVES)
    document.add_paragraph("{{ after }}", style="Chú thích")
    command(document, "{%p if not loop.last %}")
    document.add_paragraph("", style="Lệnh").add_run().add_break(WD_BREAK.PAGE)
    command(document, "{%p endif %}")
    command(document, "{%p endfor %}")
    kept(document, "giay-xac-nhan")


def consent():
    """Whether one's name may be published; a child's guardian signs too."""
    document = begun(is_numbered=False)
    country(document)
    title(
        document,
        "PHIẾU Ý KIẾN VỀ VIỆC CÔNG BỐ TÊN",
        f"Người được đề nghị khen thưởng trong {MOVEMENT}",
    )
    command(document, "{%p if guardian_note %}")
    note = document.add_paragraph("{{ guardian_note }}", style="Kèm theo").paragraph_format
    note.space_before = Pt(4)
    command(document, "{%p endif %}")
    document.add_paragraph("Kính gửi: {{ recipients[0] }}", style="Kính gửi")
    facts(document, "facts")
    document.add_paragraph("Nhà trường xin ý kiến về việc sau", style="Mục")
    body(document, "told")
    document.add_paragraph("Ý kiến (đánh dấu X vào một ô)", style="Mục")
    document.add_paragraph("☐  Đồng ý: “{{ wording }}”", style="Nội dung")
    document.add_paragraph("☐  Không đồng ý.", style="Nội dung")
    document.add_paragraph("{{ version }}", style="Chú thích")
    dated(document, left=80)
    signers(document, "signers", HALVES)
    kept(document, "phieu-dong-y")


def check_list():
    """The office's check: each nominee, each criterion, quota, what to look at."""
    document = begun()
    issuer(document)
    title(document, "PHIẾU THẨM TRA", "{{ subject }}")
    about_round(document)
    facts(document, "facts")
    document.add_paragraph("1. Kết quả đối chiếu", style="Mục")
    document.add_paragraph("{{ table.checks }}", style="Bảng")
    when(document, "quotas", ("2. Chỉ tiêu khen thưởng", "Mục"), ("{{ table.quotas }}", "Bảng"))
    document.add_paragraph("{{ remarks_title }}", style="Mục")
    for _ in range(3):
        document.add_paragraph("\t", style="Thông tin").paragraph_format.keep_with_next = True
    dated(document, left=80)
    signers(document, "signers", HALVES)
    kept(document, "phieu-tham-tra")


if __name__ == "__main__":
    for make in (proposal, individual, collective, slip, consent, check_list):
        make()
