"""What several papers say alike: who is who, the criteria that hold, evidence, confirmations."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from campaign.awards.choices import Answer, ConfirmedBy, CriterionFor, Measure, Subject
from campaign.awards.deeds import Deed
from campaign.awards.models import Confirmation, Dossier, Nominee
from campaign.awards.queries import Review
from campaign.units.choices import Role, UnitKind
from campaign.units.models import Membership, Unit
from core.text import clean, grouped
from office.word import Table, lines

MOVEMENT = "phong trào “Bình dân học vụ số”"
# A tab, which the template's style draws as a dotted line up to the margin: room to write by hand.
ROOM = "\t"
# More would be a log, not a report.
MOST_DEEDS = 40
SIGN = "(Ký, ghi rõ họ tên)"


def fact(label: str, value: Any) -> dict[str, str]:
    """One line of a form: its label, and the value or room to write it."""
    told = bare(label, " ".join(lines(str(value)))) if value not in (None, "") else ""
    return {"label": label, "value": told or ROOM}


def bare(label: str, name: str) -> str:
    """A name without the word that its label says already: `Lớp: K15A`, not `Lớp: Lớp K15A`."""
    first, _, rest = name.partition(" ")
    return f"{rest[:1].upper()}{rest[1:]}" if rest and first.lower() == label.lower() else name


def said(text: str, *, nothing: str = ROOM) -> list[str]:
    """The paragraphs of what somebody wrote; `nothing` where he wrote nothing."""
    return lines(clean(text)) or [nothing]


def on_day(day: date | None) -> str:
    """A day as tables and forms write it."""
    return f"{day:%d/%m/%Y}" if day else ""


def year_of(dossier: Dossier) -> int:
    """The year in which it is signed, as far as known."""
    if dossier.signed_at:
        return timezone.localtime(dossier.signed_at).year
    return dossier.round.closes_on.year


def standing_unit(owner: Unit) -> Unit | None:
    """The office whose people are the standing office of the movement; None where they are of several."""
    posts = Membership.objects.active(timezone.localdate()).filter(
        unit=owner, role=Role.STANDING_OFFICE, user__person__unit__kind=UnitKind.OFFICE
    )
    units = {row.user.person.unit for row in posts.select_related("user__person__unit")}
    return units.pop() if len(units) == 1 else None


def standing_name(owner: Unit) -> str:
    """What the standing office is called."""
    office = standing_unit(owner)
    return f"{office.name} (thường trực phong trào)" if office else f"Thường trực {MOVEMENT}"


def whereabouts(row: Nominee) -> str:
    """Class and code of a student, the office of staff, the faculty of a class or team."""
    if row.subject == Subject.STUDENT:
        told = [row.home_name, f"mã HSSV: {row.code}" if row.code else ""]
        return "\n".join(part for part in told if part)
    if row.is_individual:
        return row.home_name
    return row.faculty_name if row.faculty_name != row.full_name else row.dossier.round.owner.name


def lower_first(name: str) -> str:
    """A name with a small first letter, within a sentence."""
    return f"{name[:1].lower()}{name[1:]}"


def deeds_table(deeds: list[Deed]) -> Table | None:
    """Confirmed activities as a table; None where there are none."""
    if not deeds:
        return None
    headings = (("TT", 10), ("Thời gian", 27), ("Hình thức, nội dung công việc", 67),
                ("Địa điểm", 37), ("Số lượt", 22))  # fmt: skip
    rows = [
        (str(number), one.when, deed_words(one), one.where, times(one.served))
        for number, one in enumerate(deeds[:MOST_DEEDS], start=1)
    ]
    if len(deeds) > MOST_DEEDS:
        rows.append((f"Và {len(deeds) - MOST_DEEDS} hoạt động khác trong nhật ký.",))  # type: ignore[arg-type]
    return Table(headings, rows, frozenset({0, 1, 4}))


def deed_words(one: Deed) -> str:
    """What was done: kind and title, the task, with whom."""
    told = [one.title if one.title.startswith(one.kind) else f"{one.kind}: {one.title}"]
    if one.task:
        told.append(f"Nhiệm vụ: {one.task}")
    return "\n".join(told)


def times(count: int | None) -> str:
    """Times served, or a dash where nobody counted."""
    return "–" if count is None else grouped(count)


def criteria_table(review: Review) -> Table | None:
    """The criteria met by figures or claimed, with what is said and what activities say."""
    texts = {one.criterion.number: one.text for one in review.nominee.claims.all()}
    rows = [
        (
            str(one.criterion.number), f"{one.criterion.text}\n({one.criterion.clause})",
            texts.get(one.criterion.number, ""), f"{one.value}\n{one.label}",
        )
        for one in review.outcome.findings
        if one.criterion.measure != Measure.REPORT
        and (one.answer != Answer.NOT_MET or one.criterion.number in texts)
    ]  # fmt: skip
    if not rows:
        return None
    headings = (("TC", 10), ("Tiêu chí", 57), ("Thành tích (tự khai)", 56),
                ("Số liệu từ hoạt động đã xác nhận", 40))  # fmt: skip
    return Table(headings, rows)


def side_of(row: Nominee) -> str:
    """Which criteria are for him."""
    return CriterionFor.INDIVIDUAL if row.is_individual else CriterionFor.COLLECTIVE


def evidence_of(row: Nominee) -> list[str]:
    """The list of evidence; photos without a name are counted together."""
    told, photos = [], 0
    for one in row.confirmations.all():
        if one.by_whom == ConfirmedBy.PLACE:
            told.append(f"Giấy xác nhận của {_signer(one)}, ngày {on_day(one.signed_on)}")
    for piece in row.pieces.all():
        if piece.url:
            told.append(f"{piece.title or 'Sản phẩm'}: {piece.url}")
        elif piece.title:
            told.append(piece.title)
        else:
            photos += 1
    if photos:
        told.append(f"{photos} ảnh, tài liệu hoạt động")
    if not told:
        return ["Không có."]
    return [
        f"{number}. {' '.join(lines(words))}{'.' if number == len(told) else ';'}"
        for number, words in enumerate(told, start=1)
    ]


def _signer(one: Confirmation) -> str:
    return ", ".join(part for part in (one.signatory, one.office) if part)


def confirmation_of(row: Nominee, by_whom: str) -> Confirmation | None:
    """The confirmation of the place or the unit, if it is there."""
    return next((one for one in row.confirmations.all() if one.by_whom == by_whom), None)


def signature(
    title: str, found: Confirmation | None, *, how: str = "", note: str = SIGN
) -> dict[str, str]:
    """A block to sign in; filled where the confirmation is there already (`how` it was given)."""
    if found is None:
        return {"title": title, "note": note, "name": "", "office": ""}
    return {
        "title": title, "note": f"({how} ngày {on_day(found.signed_on)})",
        "name": found.signatory, "office": found.office,
    }  # fmt: skip


def count_of(rows: Iterable[Nominee], subjects: Iterable[str]) -> int:
    """How many of these kinds."""
    wanted = set(subjects)
    return sum(row.subject in wanted for row in rows)


def file_name(*parts: str, ending: str) -> str:
    """A name that tells what it is, and that every system takes."""
    told = " - ".join(" ".join(clean(part).split()) for part in parts if part)
    for sign in '\\/:*?"<>|':
        told = told.replace(sign, "-")
    return f"{told[:120].strip(' .')}.{ending}"
