"""The demo's department, its three institutions and their parts."""

from datetime import date

from campaign.units.models import Letterhead, Unit
from campaign.units.services import add_unit, record_enrolment
from home.demo.reading import read

STARTS = date(2020, 9, 1)
COUNTED = date(2026, 9, 15)
MORE = ("short_name", "locality", "local_partner")


def load_units() -> None:
    """Units that are not there yet; a tree that somebody has begun is left alone."""
    if Unit.objects.exists():
        return
    made: dict[str, Unit] = {}
    for row in read("units")["unit"]:
        under = row.get("under", "")
        unit = add_unit(
            made.get(under),
            kind=row["kind"], code=row["code"], name=row["name"], starts=STARTS,
            **{name: row[name] for name in MORE if name in row},
        )  # fmt: skip
        made[f"{under}/{row['code']}".lstrip("/")] = unit
        if "size" in row:
            record_enrolment(unit, count=row["size"], as_of=COUNTED)
    college = made["SO-HB/CDHB"]
    Letterhead.objects.create(
        unit=college, superior_body="ỦY BAN NHÂN DÂN TỈNH HOA BAN", issuing_name=college.name.upper(),
        symbol="CĐHB", place="Hoa Ban", signer_office="HIỆU TRƯỞNG",
    )  # fmt: skip
