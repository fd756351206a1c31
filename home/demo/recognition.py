"""The demo's lists of praise: one that a faculty drafts, one that the leader has recognised."""

from typing import Any
from uuid import UUID, uuid5

from django.utils import timezone

from accounts.models import User
from accounts.services import ensure_demo_accounts
from campaign.awards import services
from campaign.awards.models import RecognitionList
from campaign.plan.rules import school_year_of
from campaign.units.choices import Role
from campaign.units.models import Unit
from home.demo.people import role_accounts, unit_at
from home.demo.reading import read

SPACE = UUID("6f2c5f0e-3a57-4c59-9a60-8e6b1f6f4a12")
SCHOOL = "SO-HB/CDHB"


def load_recognition() -> None:
    """Lists of praise, where nobody has begun one."""
    if RecognitionList.objects.exists() or not Unit.objects.filter(code="CDHB").exists():
        return
    ensure_demo_accounts()
    role_accounts()
    for row in read("recognition")["list"]:
        _list(row)


def _list(row: dict[str, Any]) -> None:
    now, unit = timezone.now(), unit_at(f"{SCHOOL}/{row['unit']}")
    by = User.objects.get(username=row["by"]) if "by" in row else _head(unit)
    told = services.ListTold(
        title=row["title"], occasion=row["occasion"], ground=row["ground"],
        school_year=school_year_of(timezone.localdate()).begins,
    )  # fmt: skip
    made = services.begin_list(unit, told, key=uuid5(SPACE, row["title"]), by=by, now=now)
    given: dict[str, Any] = {"by": by, "now": now}
    people = list(unit_at(f"{SCHOOL}/{row['from']}").people.all()[: len(row["merits"])])
    merits = {one.pk: words for one, words in zip(people, row["merits"], strict=True)}
    services.praise_people(made, people, merits=merits, key=uuid5(SPACE, f"{unit.pk}p"), **given)
    if hand := row.get("hand"):
        services.praise_by_hand(
            made, full_name=hand["name"], place=hand["place"], merit=hand["merit"],
            key=uuid5(SPACE, f"{unit.pk}h"), **given,
        )  # fmt: skip
    if team := row.get("collective"):
        services.praise_units(
            made, [unit_at(f"{SCHOOL}/{team['unit']}")], merit=team["merit"],
            key=uuid5(SPACE, f"{unit.pk}u"), **given,
        )  # fmt: skip
    if number := row.get("decision"):
        leader = User.objects.get(username="demo.leader")
        services.send_list(made, **given)
        services.recognise_list(made, number=number, day=timezone.localdate(), by=leader, now=now)


def _head(unit: Unit) -> User:
    """The head of a unit, as the demo's reports have made one."""
    held = unit.memberships.active(timezone.localdate()).get(role=Role.UNIT_HEAD)
    return held.user  # type: ignore[no-any-return]
