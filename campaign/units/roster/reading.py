"""From the cells of the workbook to typed rows; each cell that can't be read is named."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from campaign.units.roster.columns import (
    KINDS,
    PEOPLE,
    PERSON_KINDS,
    ROLES,
    ROLES_SHEET,
    SCHOOLS,
    SHEETS,
    UNITS,
)
from campaign.units.roster.rules import PersonRow, RoleRow, UnitRow
from campaign.units.roster.schools import SchoolRow
from core.text import fold
from office.books import Fault, Row, Sheet, read_book
from office.values import as_day, as_number, as_text, as_yes

# What people write for the words of the list.
ALSO = {
    "hoc sinh": "student", "hssv": "student", "hoc sinh, sinh vien": "student", "hs": "student",
    "sv": "student", "giang vien": "staff", "giao vien": "staff", "nhan vien": "staff", "gv": "staff",
    "can bo, giang vien, nhan vien": "staff",
}  # fmt: skip


@dataclass
class Read:
    """What the file holds."""

    units: list[UnitRow] = field(default_factory=list)
    people: list[PersonRow] = field(default_factory=list)
    roles: list[RoleRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class _Cells:
    """The cells of one row, read one by one; what can't be read is written down."""

    def __init__(self, sheet: Sheet, row: Row, faults: list[Fault]) -> None:
        self.row, self.faults, self.sheet = row, faults, sheet
        self.headings = {column.name: column.heading for column in sheet.columns}

    def get(self, name: str, read: Callable[[Any], Any], meant: str, default: Any = None) -> Any:
        try:
            return read(self.row.cells.get(name))
        except ValueError:
            shown = as_text(self.row.cells.get(name))[:40]
            said = f"Cột “{self.headings[name]}”: “{shown}” {meant}"
            self.faults.append(Fault(self.sheet.title, self.row.number, said))
            return default

    def text(self, name: str, most: int) -> str:
        text = as_text(self.row.cells.get(name))
        if len(text) > most:
            said = f"Cột “{self.headings[name]}” dài quá {most} ký tự."
            self.faults.append(Fault(self.sheet.title, self.row.number, said))
        return text[:most]

    def day(self, name: str) -> Any:
        return self.get(name, as_day, "không phải là ngày dạng 25/12/2026.")

    def number(self, name: str) -> Any:
        return self.get(name, as_number, "không phải là số.")

    def one_of(self, name: str, known: dict[str, str]) -> str:
        folded = {fold(label): value for label, value in known.items()}
        values = set(known.values())
        also = {word: value for word, value in ALSO.items() if value in values}

        def read(value: Any) -> str:
            word = fold(as_text(value))
            if word in values:
                return word
            if found := folded.get(word) or also.get(word):
                return found
            raise ValueError(word)

        found: str = self.get(name, read, f"không có trong: {', '.join(known)}.", "")
        return found

    def email(self, name: str) -> str:
        def read(value: Any) -> str:
            text = as_text(value)
            if text:
                try:
                    validate_email(text)
                except ValidationError as wrong:
                    raise ValueError(text) from wrong
            return text

        found: str = self.get(name, read, "không phải là địa chỉ thư.", "")
        return found


def read_roster(data: bytes) -> Read:
    """All rows that could be read, and all faults; NoBook when the file is none."""
    book = read_book(data, SHEETS)
    read = Read(faults=list(book.faults))
    for row in book.rows[UNITS.title]:
        before, cells = len(read.faults), _Cells(UNITS, row, read.faults)
        unit = UnitRow(
            row.number, cells.text("code", 30), cells.text("name", 200), cells.one_of("kind", KINDS),
            cells.text("parent", 30), cells.text("short_name", 80), cells.day("starts"),
            cells.number("count"), cells.day("as_of"), cells.text("locality", 160),
            cells.text("local_partner", 160),
        )  # fmt: skip
        if len(read.faults) == before:
            read.units.append(unit)
    for row in book.rows[PEOPLE.title]:
        before, cells = len(read.faults), _Cells(PEOPLE, row, read.faults)
        person = PersonRow(
            row.number, cells.text("code", 30), cells.text("full_name", 120),
            cells.one_of("kind", PERSON_KINDS), cells.text("unit", 30), cells.number("birth_year"),
            cells.day("since"), cells.get("account", as_yes, "phải là Có hoặc Không.", False),
            cells.email("email"), cells.day("left_on"),
        )  # fmt: skip
        if len(read.faults) == before:
            read.people.append(person)
    for row in book.rows[ROLES_SHEET.title]:
        before, cells = len(read.faults), _Cells(ROLES_SHEET, row, read.faults)
        role = RoleRow(
            row.number, cells.text("person", 30), cells.one_of("role", ROLES), cells.text("unit", 30),
            cells.day("starts"), cells.day("ends"),
        )  # fmt: skip
        if len(read.faults) == before:
            read.roles.append(role)
    return read


def read_schools(data: bytes) -> tuple[list[SchoolRow], list[Fault]]:
    """The rows of a department's file that could be read, and all faults; NoBook when the file is none."""
    book = read_book(data, (SCHOOLS,))
    rows, faults = [], list(book.faults)
    for row in book.rows[SCHOOLS.title]:
        before, cells = len(faults), _Cells(SCHOOLS, row, faults)
        school = SchoolRow(
            row.number, cells.text("code", 30), cells.text("name", 200), cells.text("short_name", 80),
            cells.day("starts"), cells.text("person", 30), cells.text("full_name", 120),
            cells.email("email"),
        )  # fmt: skip
        if len(faults) == before:
            rows.append(school)
    return rows, faults
