"""A school with a round, a faculty's proposal and its people: what tests of papers begin with."""

from dataclasses import dataclass
from typing import Any

from campaign.awards.deeds import deeds_of
from campaign.awards.models import AwardRound, Dossier, Nominee
from campaign.awards.queries import Review, reviews_of
from campaign.units.choices import Role
from campaign.units.models import Letterhead, Unit
from campaign.units.services import record_enrolment
from tests.factories.awards import (
    make_award_round,
    make_collective,
    make_dossier,
    make_nominee,
    make_staff,
    make_submitted,
    make_whole,
    shifted,
)
from tests.factories.people import make_holder
from tests.factories.units import make_college, make_unit


@dataclass
class Scene:
    """Who and what there is."""

    units: dict[str, Unit]
    office: Any
    writer: Any
    head: Any
    round: AwardRound
    dossier: Dossier
    student: Nominee
    staff: Nominee
    group: Nominee

    @property
    def review(self) -> dict[int, Review]:
        """What the rules say of each nominee now."""
        return {one.nominee.pk: one for one in reviews_of(self.round, self.dossier)}

    def deeds(self, row: Nominee) -> list[Any]:
        """What somebody did."""
        return deeds_of(self.round, [row])[row.pk]

    def submit(self) -> Dossier:
        """Signed off and handed in."""
        self.dossier = make_submitted(self.dossier, self.head)
        return self.dossier


def make_scene(**words: Any) -> Scene:
    """A faculty that proposes a student, a member of staff and a class; `words` change the round."""
    department = make_unit(None, "department", name="Sở Giáo dục và Đào tạo Mẫu")
    units = {**make_college(department), "department": department}
    units["union"] = make_unit(units["school"], "youth_union", name="Đoàn trường Thử", code="ĐTN")
    Letterhead.objects.create(
        unit=units["school"], superior_body="Ủy ban nhân dân tỉnh Mẫu", place="Mẫu Sơn",
        issuing_name="Trường Cao đẳng Thử", symbol="CĐT", signer_office="Hiệu trưởng",
    )  # fmt: skip
    record_enrolment(units["farmers"], count=25, as_of=shifted(-30))
    office = make_holder(units["school"], Role.STANDING_OFFICE)
    writer = make_holder(units["farming"], Role.REPORTER)
    head = make_holder(
        units["farming"], Role.UNIT_HEAD, last_name="Nguyễn Mẫu", first_name="Trưởng"
    )
    asked = make_award_round(units["school"], office, **words)
    dossier = make_dossier(asked, units["farming"], writer, merits="Mở mười lớp.\nGiúp trăm người.")
    student = make_nominee(
        dossier, writer, unit=units["farmers"], full_name="Lò Văn Ướm", code="SV001"
    )
    staff = make_staff(dossier, writer, full_name="Trần Thị Giảng Viên")
    group = make_collective(dossier, writer, units["farmers"])
    for row in (student, staff, group):
        make_whole(row, writer)
    return Scene(units, office, writer, head, asked, dossier, student, staff, group)
