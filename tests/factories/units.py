"""Makes units."""

from datetime import date
from itertools import count
from typing import Any

from campaign.units.models import Unit
from campaign.units.services import add_unit

numbers = count(1)
START = date(2020, 9, 1)


def make_unit(parent: Unit | None = None, kind: str = "institution", **fields: Any) -> Unit:
    """A unit below `parent`, or at the top."""
    number = next(numbers)
    known = {"code": f"M{number}", "name": f"Đơn vị {number}", "starts": START}
    return add_unit(parent, kind=kind, **{**known, **fields})


def make_college(department: Unit | None = None) -> dict[str, Unit]:
    """A school with an office, two faculties and a class in each."""
    school = make_unit(department, "institution", name="Trường Cao đẳng Thử", code="CDT")
    farming = make_unit(school, "faculty", name="Khoa Nông Lâm", code="NL")
    craft = make_unit(school, "faculty", name="Khoa Kỹ thuật", code="KT")
    return {
        "school": school,
        "office": make_unit(school, "office", name="Phòng Đào tạo", code="DT"),
        "farming": farming,
        "craft": craft,
        "farmers": make_unit(farming, "student_class", name="Lớp Nông nghiệp 1", code="NN1"),
        "smiths": make_unit(craft, "student_class", name="Lớp Cơ khí 1", code="CK1"),
    }
