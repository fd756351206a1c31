"""Forms 2 and 3: achievement reports of people and collectives (plan SL, annex; handbook items 62 and 63).

What confirmed activities say stands apart from what was told by hand, which is marked as such.
"""

import re
from typing import Any

from django.utils import timezone

from campaign.awards.choices import ConfirmedBy, Measure, Subject
from campaign.awards.deeds import Deed
from campaign.awards.models import CollectiveReport, IndividualReport, Nominee
from campaign.awards.papers.wording import (
    MOST_DEEDS,
    SIGN,
    confirmation_of,
    criteria_table,
    deeds_table,
    evidence_of,
    fact,
    file_name,
    on_day,
    said,
    signature,
    year_of,
)
from campaign.awards.queries import Review, report_of
from campaign.units.letterheads import heading_of
from campaign.units.models import TeamMember
from core.text import grouped
from office.papers import framed
from office.word import Table, fill, lines, saved

INDIVIDUAL, COLLECTIVE = "thanh-tich-ca-nhan.docx", "thanh-tich-tap-the.docx"
RESULTS = (("Kết quả", 63), ("Từ hoạt động đã được xác nhận", 58), ("Tự khai thêm", 42))
# Nothing that could be told by hand beside it.
NONE = "–"
# Rows to fill by hand.
NOBODY = [(str(number), "", "") for number in range(1, 6)]
DUTIES = (("TT", 11), ("Họ và tên", 58), ("Nhiệm vụ", 94))
# Between a name and its duty: a colon, a dash with room around it, a tab.
_BETWEEN = re.compile(r"\s*[:\t]\s*|\s+[-–—]\s+")


def achievement_of(review: Review, deeds: list[Deed]) -> bytes:
    """The Word file of a nominee's achievement report."""
    row = review.nominee
    make = _individual if row.is_individual else _collective
    context, tables = make(review, deeds)
    return saved(fill(INDIVIDUAL if row.is_individual else COLLECTIVE, context, tables))


def _individual(review: Review, deeds: list[Deed]) -> tuple[dict[str, Any], dict[str, Any]]:
    row = review.nominee
    told = report_of(row) or IndividualReport(nominee=row)
    school = row.dossier.round.owner
    context = {
        **framed(heading_of(row.dossier.unit), kind="", year=year_of(row.dossier)),
        **_shared(review, deeds, told),
        "facts": [
            fact("Họ và tên", row.full_name), fact("Ngày sinh", on_day(told.born_on)),
            fact("Giới tính", told.get_gender_display()), *_where(row), fact("Trường", school.name),
            fact("Số điện thoại", told.phone), fact("Thư điện tử (nếu có)", told.email),
        ],
        "self_assessment": said(told.self_assessment),
        "signers": [
            signature("XÁC NHẬN CỦA LÃNH\u00a0ĐẠO NƠI THAM GIA", confirmation_of(row, ConfirmedBy.PLACE),
                      how="Đã ký giấy xác nhận", note="(Ký, ghi rõ họ tên, đóng dấu nếu có)"),
            signature("XÁC NHẬN CỦA TRƯỞNG ĐƠN\u00a0VỊ (ĐOÀN, HỘI)", confirmation_of(row, ConfirmedBy.UNIT),
                      how="Đã xác nhận khi ký duyệt"),
            {"title": "NGƯỜI VIẾT BÁO CÁO", "note": SIGN, "name": row.full_name, "office": ""},
        ],
    }  # fmt: skip
    return context, _tables(review, deeds, told)


def _where(row: Nominee) -> list[dict[str, str]]:
    if row.subject == Subject.STUDENT:
        return [
            fact("Lớp", row.home_name),
            fact("Mã HSSV", row.code),
            fact("Khoa", row.faculty_name),
        ]
    return [fact("Đơn vị công tác", row.home_name), fact("Mã số", row.code)]


def _collective(review: Review, deeds: list[Deed]) -> tuple[dict[str, Any], dict[str, Any]]:
    row = review.nominee
    told = report_of(row) or CollectiveReport(nominee=row)
    duties = duties_of(row, told.duties)
    context = {
        **framed(heading_of(row.unit or row.dossier.unit), kind="", year=year_of(row.dossier)),
        **_shared(review, deeds, told),
        "facts": [
            fact("Tên tập thể", row.full_name), fact("Đơn vị trực thuộc", _above(row)),
            fact("Số lượng thành viên", told.members),
        ],
        "course": [
            fact("Thời gian thực hiện", told.period),
            fact("Địa bàn triển khai (nếu có)", told.area),
        ],
        "effects": [
            *_effect("Góp phần lan tỏa phong trào", told.spread),
            *_effect("Được người dân, địa phương đánh giá", told.praised),
            *_effect("Phối hợp với các đơn vị, đoàn thể", told.cooperation),
        ],
        "signers": [
            signature("XÁC NHẬN CỦA LÃNH\u00a0ĐẠO ĐƠN\u00a0VỊ, CHI\u00a0BỘ",
                      confirmation_of(row, ConfirmedBy.UNIT), how="Đã xác nhận khi ký duyệt"),
            {"title": "ĐẠI DIỆN TẬP THỂ", "note": "(Ký, ghi rõ họ tên và chức vụ)",
             "name": told.representative, "office": told.office},
        ],
    }  # fmt: skip
    return context, {
        **_tables(review, deeds, told),
        "duties": Table(DUTIES, duties or NOBODY, stays_with_next=True),
    }


def _above(row: Nominee) -> str:
    if row.faculty_name and row.faculty_name != row.full_name:
        return row.faculty_name
    return row.dossier.round.owner.name


def _effect(label: str, text: str) -> list[str]:
    first, *rest = said(text)
    return [f"- {label}: {first}", *rest]


def _shared(review: Review, deeds: list[Deed], told: Any) -> dict[str, Any]:
    row = review.nominee
    shown = f"{MOST_DEEDS} hoạt động đầu" if len(deeds) > MOST_DEEDS else f"{len(deeds)} hoạt động"
    name = "kết quả" if row.is_individual else "mô hình"
    return {
        "round": row.dossier.round.title,
        "process": said(told.process),
        "deeds": f"Hoạt động đã được xác nhận trong nhật ký ({shown}):" if deeds else "",
        "declared_line": _declared_line(review, told),
        "products": said(told.products) if told.products.strip() else [],
        "products_title": f"Sản phẩm, {name} {'nổi bật' if row.is_individual else 'tiêu biểu'} (tự khai)",
        "criteria": "Thành tích theo tiêu chí khen thưởng",
        "award_form": said(row.award_form),
        "evidence": evidence_of(row),
    }  # fmt: skip


def _declared_line(review: Review, told: Any) -> str:
    if not told.declared:
        return ""
    served = [
        piece for piece in review.nominee.pieces.all()
        if piece.criterion and piece.criterion.measure == Measure.SERVED
    ]  # fmt: skip
    where = " ".join(lines(told.declared_why)) or "chưa ghi ở đâu, khi nào"
    proof = f"{len(served)} minh chứng kèm theo" if served else "chưa có minh chứng"
    return f"Số lượt tự khai thêm: {where.rstrip('.')} ({proof}). Số này chưa tính vào tiêu chí."


def _tables(review: Review, deeds: list[Deed], told: Any) -> dict[str, Table | None]:
    rows = _people_results(review) if review.nominee.is_individual else _group_results(review)
    declared = f"{grouped(told.declared)} lượt" if told.declared else "Không"
    first = (rows[0][0], rows[0][1], declared)
    return {
        "deeds": deeds_table(deeds),
        "results": Table(RESULTS, [first, *rows[1:]]),
        "criteria": criteria_table(review),
    }


def _people_results(review: Review) -> list[tuple[str, str, str]]:
    told = review.figures
    served = f"{grouped(told.served)} lượt"
    if told.uncounted:
        served += f" (còn {told.uncounted} hoạt động chưa ghi số lượt riêng)"
    found = [("Số lượt người dân được hỗ trợ", served, ""),
             ("Số hoạt động đã tham gia", grouped(told.activities), NONE)]  # fmt: skip
    if told.teams:
        found.append(("Tham gia đội tình nguyện", f"{told.teams} đội", NONE))
    return [*found, *_more_results(review)]


def _group_results(review: Review) -> list[tuple[str, str, str]]:
    told = review.figures
    found = [("Số người dân được hỗ trợ (lượt)", f"{grouped(told.served)} lượt", ""),
             ("Số lớp kỹ năng số đã tổ chức", grouped(told.classes), NONE)]  # fmt: skip
    if told.biggest_class is not None:
        found.append(("Lớp đông nhất", f"{grouped(told.biggest_class)} người", NONE))
    if told.weak_classes:
        found.append(
            ("Lớp phối hợp địa phương, cho người khó khăn, cao tuổi, dân tộc thiểu số",
             grouped(told.weak_classes), NONE)
        )  # fmt: skip
    return [*found, *_more_results(review)]


def _more_results(review: Review) -> list[tuple[str, str, str]]:
    told = review.figures
    found = []
    if told.local:
        found.append(("Hoạt động phối hợp với địa phương", grouped(told.local), NONE))
    if told.ideas:
        found.append(("Mô hình, sáng kiến", grouped(told.ideas), NONE))
    if told.products or told.views is not None:
        views = NONE if told.views is None else f"{grouped(told.views)} lượt xem"
        found.append(("Sản phẩm truyền thông", grouped(told.products), views))
    return found


def duties_of(row: Nominee, text: str) -> list[tuple[str, ...]]:
    """Members with their duties: as typed, a line for each; where nothing was, the team's own list."""
    told = [_BETWEEN.split(line.strip(), maxsplit=1) for line in text.splitlines() if line.strip()]
    if not told and row.subject == Subject.TEAM:
        members = TeamMember.objects.filter(unit=row.unit).select_related("person")
        today = timezone.localdate()
        told = [
            [one.person.full_name, one.task]
            for one in members.order_by("pk")
            if one.ends is None or one.ends >= today
        ]
    return [
        (str(number), parts[0], parts[1] if len(parts) > 1 else "")
        for number, parts in enumerate(told, start=1)
    ]


def achievement_name(row: Nominee) -> str:
    """What the file is called."""
    return file_name("Báo cáo thành tích", row.full_name, ending="docx")
