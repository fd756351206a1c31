"""Form 1: the unit's proposal, with the lists of people and collectives (plan SL, annex; handbook item 61)."""

from collections.abc import Sequence
from typing import Any

from campaign.awards.choices import COLLECTIVES, INDIVIDUALS, NomineeState, Subject
from campaign.awards.models import Dossier, Nominee
from campaign.awards.papers.wording import (
    MOVEMENT,
    count_of,
    file_name,
    lower_first,
    said,
    standing_name,
    whereabouts,
    year_of,
)
from campaign.units.letterheads import heading_of
from office.papers import copies_of, framed, listed
from office.word import Table, fill, lines, saved

TEMPLATE = "de-xuat-khen-thuong.docx"
PEOPLE = (("TT", 11), ("Họ và tên", 48), ("Lớp, mã HSSV hoặc đơn vị công tác", 58),
          ("Hình thức đề nghị", 46))  # fmt: skip
GROUPS = (("TT", 11), ("Tên tập thể", 58), ("Đơn vị trực thuộc", 48), ("Hình thức đề nghị", 46))


def proposal_of(dossier: Dossier) -> bytes:
    """The Word file of "tờ trình", ready to number and sign."""
    rows = list(
        dossier.nominees.exclude(state=NomineeState.WITHDRAWN).select_related(
            "dossier__round__owner"
        )
    )
    people, groups = count_of(rows, INDIVIDUALS), count_of(rows, COLLECTIVES)
    tables = {
        "people": _people(rows) if people else None,
        "groups": _groups(rows) if groups else None,
    }
    return saved(fill(TEMPLATE, _context(dossier, people, groups), tables))


def _context(dossier: Dossier, people: int, groups: int) -> dict[str, Any]:
    heading, school = heading_of(dossier.unit), dossier.round.owner
    whom, titles = _whom(people, groups), _titles(people, groups)
    return {
        **framed(heading, kind="TTr", year=year_of(dossier)),
        "subject": f"Về việc đề nghị khen thưởng {whom} có thành tích xuất sắc trong {MOVEMENT}",
        "recipients": listed([
            f"Hiệu trưởng {school.name}", "Hội đồng Thi đua, Khen thưởng", standing_name(school),
        ]),
        "grounds": grounds(dossier.round.plan),
        "opening": f"{dossier.unit.name} kính trình Hiệu trưởng xem xét, khen thưởng {whom} có thành tích "
        f"xuất sắc trong {MOVEMENT} ({lower_first(dossier.round.title)}) như sau:",
        "merits": said(dossier.merits),
        "people": titles[0], "groups": titles[1],
        "enclosed": _enclosed(people, groups),
        "closing": f"{dossier.unit.name} kính đề nghị Hiệu trưởng xem xét, tặng giấy khen và phần thưởng "
        f"cho {whom} có tên trên./.",
        "copies": copies_of(heading, ["Như trên"]),
        "signer_name": dossier.signed_by.get_full_name() if dossier.signed_by else "",
    }  # fmt: skip


def grounds(plan: str) -> list[str]:
    """The lines of "Căn cứ": each ends with a semicolon, the last with a full stop."""
    told = [line.strip(" ;.") for text in lines(plan) for line in text.split(";")]
    named = [
        line if line.lower().startswith("căn cứ") else f"Căn cứ {line}" for line in told if line
    ]
    return [f"{line}{'.' if number == len(named) else ';'}" for number, line in enumerate(named, 1)]


def _whom(people: int, groups: int) -> str:
    if people and groups:
        return "các cá nhân, tập thể"
    return "các tập thể" if groups else "các cá nhân"


def _titles(people: int, groups: int) -> tuple[str, str]:
    """The headings of both lists, numbered as far as they are there."""
    first = f"2. Danh sách cá nhân đề nghị khen thưởng ({people:02d} người)" if people else ""
    number = 3 if people else 2
    second = f"{number}. Danh sách tập thể đề nghị khen thưởng ({groups:02d} tập thể)"
    return first, second if groups else ""


def _enclosed(people: int, groups: int) -> str:
    told = []
    if people:
        told.append(f"{people:02d} báo cáo thành tích cá nhân")
    if groups:
        told.append(f"{groups:02d} báo cáo thành tích tập thể")
    listed_ones = " và ".join(told) or "báo cáo thành tích"
    return f"Kèm theo tờ trình: {listed_ones}, giấy xác nhận và minh chứng."


def _people(rows: Sequence[Nominee]) -> Table:
    """Staff first, then students: each kind under its name where both are there."""
    kinds = [kind for kind in (Subject.STAFF, Subject.STUDENT) if count_of(rows, [kind])]
    told: list[tuple[str, ...]] = []
    for kind in kinds:
        if len(kinds) > 1:
            told.append((kind.label,))
        for row in rows:
            if row.subject == kind:
                number = sum(len(line) > 1 for line in told) + 1
                told.append((str(number), row.full_name, whereabouts(row), row.award_form))
    return Table(PEOPLE, told)


def _groups(rows: Sequence[Nominee]) -> Table:
    mine = [row for row in rows if row.subject in COLLECTIVES]
    return Table(GROUPS, [
        (str(number), row.full_name, whereabouts(row), row.award_form)
        for number, row in enumerate(mine, start=1)
    ])  # fmt: skip


def proposal_name(dossier: Dossier) -> str:
    """What the file is called."""
    return file_name("Tờ trình khen thưởng", dossier.unit.name, ending="docx")
