"""What stands at the head and foot of a unit's documents."""

from campaign.units.choices import UnitKind
from campaign.units.models import Letterhead, Unit
from core.text import clean
from office.papers import Heading

# Who signs where no letterhead says it.
SIGNERS = {
    UnitKind.OFFICE: "TRƯỞNG PHÒNG", UnitKind.FACULTY: "TRƯỞNG KHOA", UnitKind.CENTRE: "GIÁM ĐỐC",
    UnitKind.YOUTH_UNION: "BÍ THƯ", UnitKind.INSTITUTION: "HIỆU TRƯỞNG", UnitKind.DEPARTMENT: "GIÁM ĐỐC",
    UnitKind.STUDENT_CLASS: "GIÁO VIÊN CHỦ NHIỆM", UnitKind.VOLUNTEER_TEAM: "ĐỘI TRƯỞNG",
}  # fmt: skip


def heading_of(unit: Unit) -> Heading:
    """The unit's own letterhead; where it has none, one made of its school's."""
    own = Letterhead.objects.filter(unit=unit).first()
    school = unit.institution if unit.institution_id != unit.pk else None
    above = Letterhead.objects.filter(unit=school).first() if school else None
    place = (own or above).place if own or above else (unit.locality or "……")  # type: ignore[union-attr]
    if own is not None:
        return Heading(
            own.superior_body, own.issuing_name, own.symbol, place,
            signer_lines(own.authority, own.signer_office or SIGNERS.get(UnitKind(unit.kind), "")),
            own.is_youth_union,
        )  # fmt: skip
    return Heading(
        school.name if school else "", unit.name, unit.code, place,
        signer_lines("", SIGNERS.get(UnitKind(unit.kind), "")),
        unit.kind == UnitKind.YOUTH_UNION,
    )  # fmt: skip


def signer_lines(authority: str, office: str) -> tuple[str, ...]:
    """`KT. HIỆU TRƯỞNG` above `PHÓ HIỆU TRƯỞNG`; one line where the head signs himself."""
    parts = [clean(part).strip().upper() for part in office.split("/") if part.strip()]
    if not parts:
        return ()
    first = f"{authority} {parts[0]}".strip()
    return (first, *parts[1:])
