"""The sheet on which a nominee, and a child's guardian, say whether the name may be published.

The sentence agreed to is the one in use, word for word, with its version: nothing is ticked beforehand. Of a
child of seven and more both the child and the guardian agree (Luật 91/2025/QH15, điều 24).
"""

from datetime import date

from campaign.awards.choices import Subject
from campaign.awards.models import Nominee
from campaign.awards.papers.wording import SIGN, fact, file_name, lower_first, year_of
from campaign.awards.privacy import PUBLIC
from campaign.awards.queries import is_minor, report_of
from campaign.units.letterheads import heading_of
from office.dates import written_date
from office.word import fill, saved
from privacy.models import ConsentText
from privacy.services import current_text

TEMPLATE = "phieu-dong-y.docx"
CHILD = "(Dành cho người dưới 16 tuổi: cha, mẹ hoặc người giám hộ cùng ký)"
PERHAPS = "(Người dưới 16 tuổi: cha, mẹ hoặc người giám hộ cùng ký)"


def consent_sheet_of(row: Nominee, today: date) -> bytes:
    """The Word file: for a child with the guardian's part, which stays where no age is known."""
    text = current_text(PUBLIC.key)
    note = CHILD if is_minor(row, today) else PERHAPS if _age_unknown(row) else ""
    context = {
        "guardian_note": note,
        "recipients": [row.dossier.round.owner.name],
        "facts": _facts(row, with_guardian=bool(note)),
        "told": told_of(row),
        "wording": text.text,
        "version": version_of(text),
        "date_line": written_date(heading_of(row.dossier.unit).place, None, year=year_of(row.dossier)),
        "signers": _signers(row, with_guardian=bool(note)),
    }  # fmt: skip
    return saved(fill(TEMPLATE, context, {}))


def told_of(row: Nominee) -> list[str]:
    """What is asked, in the words of the register of purposes: nobody agrees to what he was not told."""
    return [
        f"- Mục đích: {lower_first(PUBLIC.title)}. {PUBLIC.why}",
        f"- Thông tin được đăng: {'; '.join(PUBLIC.fields)}. Không đăng ngày sinh, số điện thoại, thư điện tử, "
        "mã số.",
        f"- Ai đọc được: {lower_first(PUBLIC.recipients)}",
        f"- Thời gian lưu: {PUBLIC.keep_months} tháng kể từ {PUBLIC.kept_from}.",
        "- Quyền của người ký: xem, sửa, rút lại sự đồng ý bất cứ lúc nào bằng cách báo cho đơn vị đề nghị "
        "hoặc thường trực phong trào. Không đồng ý thì tên không được đăng; việc xét khen không đổi.",
    ]


def version_of(text: ConsentText) -> str:
    """Which wording it is, so that the signed paper is entered under it."""
    return f"Câu đồng ý bản số {text.version}, dùng từ ngày {text.since:%d/%m/%Y}."


def _age_unknown(row: Nominee) -> bool:
    """Whether a student may be a child for all that is known."""
    if row.subject != Subject.STUDENT:
        return False
    born = getattr(report_of(row), "born_on", None)
    return born is None and (row.person is None or row.person.birth_year is None)


def _facts(row: Nominee, *, with_guardian: bool) -> list[dict[str, str]]:
    label = "Lớp" if row.subject == Subject.STUDENT else "Đơn vị công tác"
    told = [
        fact("Họ và tên", row.full_name), fact(label, row.home_name),
        fact("Đợt khen thưởng", row.dossier.round.title),
    ]  # fmt: skip
    if with_guardian:
        told += [
            fact("Họ và tên cha, mẹ hoặc người giám hộ", ""),
            fact("Quan hệ với người được đề nghị", ""),
        ]
    return told


def _signers(row: Nominee, *, with_guardian: bool) -> list[dict[str, str]]:
    guardian = {"title": "CHA, MẸ HOẶC NGƯỜI GIÁM HỘ", "note": SIGN, "name": "", "office": ""}
    mine = {"title": "NGƯỜI ĐƯỢC ĐỀ NGHỊ", "note": SIGN, "name": row.full_name, "office": ""}
    return [guardian if with_guardian else dict.fromkeys(guardian, ""), mine]


def consent_name(row: Nominee) -> str:
    """What the file is called."""
    return file_name("Phiếu ý kiến công bố tên", row.full_name, ending="docx")
