"""The demo's field log: entered, sent and confirmed by the very services that people use."""

import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from accounts.models import User
from campaign.activities import services
from campaign.activities.models import Activity, ActivityKind, Commune
from campaign.plan.models import Programme
from campaign.units.choices import PersonKind
from campaign.units.models import Person, Unit
from home.demo.people import role_accounts, unit_at
from home.demo.reading import FOLDER, read
from resources.models import Audience

SPACE = UUID("6f2c5f0e-3a57-4c59-9a60-8e6b1f6f4a10")
CLASS = "SO-HB/CDHB/KTKT/TH-K1"
PROVINCE = "Hoa Ban"
# Who decides, by the account that entered.
DECIDES = {"member": "unit_head", "unit_head": "leader", "reporter": "leader"}


def load_activities() -> None:
    """The log, where nobody has begun one."""
    if Activity.objects.exists() or not Unit.objects.filter(code="CDHB").exists():
        return
    role_accounts()
    content = read("activities")
    for row in content["commune"]:
        Commune.objects.get_or_create(province=PROVINCE, **row)
    for row in content["activity"]:
        _enter(row)
    for course in content["course"]:
        for row in _sessions(course):
            _enter(row)


def _sessions(course: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One activity for each time that a course met, every so many days."""
    for number, (people, served) in enumerate(zip(course["people"], course["served"], strict=True)):
        yield course | {
            "title": f"{course['title']} {number + 1}",
            "ago": course["ago"] - number * course["every"],
            "people": people,
            "served": served,
            "groups": {name: counts[number] for name, counts in course["groups"].items()},
            "state": "confirmed",
        }


def _enter(row: dict[str, Any]) -> None:
    author = User.objects.get(username=f"demo.{row['by']}")
    # Entered today: roles of the demo begin today, and nobody enters before he has one.
    unit, now = unit_at(row.get("unit", CLASS)), timezone.now()
    activity = services.begin_activity(
        unit, ActivityKind.objects.get(slug=row["kind"]), _entry(row, unit),
        key=uuid5(SPACE, row["title"]), by=author, now=now,
    )  # fmt: skip
    if "photo" in row:
        services.add_evidence(
            activity, upload=_photo(row["photo"]), kind="photo", key=uuid5(SPACE, row["photo"]),
            by=author, now=now,
        )  # fmt: skip
    if row["state"] == "draft":
        return
    services.send_activity(activity, by=author, now=now)
    head = User.objects.get(username=f"demo.{DECIDES[row['by']]}")
    if row["state"] == "confirmed":
        services.confirm_activity(activity, by=head, now=now)
    elif row["state"] == "returned":
        services.return_activity(activity, reason=row["note"], by=head, now=now)


def _entry(row: dict[str, Any], unit: Unit) -> services.Entry:
    day = timezone.localdate() - timedelta(days=row["ago"])
    commune = Commune.objects.filter(province=PROVINCE, name=row.get("commune", "")).first()
    columns = {
        "title": row["title"], "starts_on": day, "commune": commune,
        "place": row.get("place", ""), "content": row["content"], "result": row.get("result", ""),
        "people_count": row.get("people"), "served_count": row.get("served"),
        "subject": row.get("subject", ""), "periods": row.get("periods"),
        "programme": Programme.objects.filter(name=row.get("programme", "")).first(),
    }  # fmt: skip
    named = {audience.name: audience.pk for audience in Audience.objects.all()}
    groups = {named[name]: n for name, n in row.get("groups", {}).items()}
    links = [services.LinkRow(as_of=day, **link) for link in row.get("links", [])]
    return services.Entry(columns, groups=groups, shares=_shares(row, unit), links=links)


def _shares(row: dict[str, Any], unit: Unit) -> list[services.ShareRow]:
    """Students of the class, each with his own count."""
    people = Person.objects.filter(unit=unit, kind=PersonKind.STUDENT).order_by("code")
    return [
        services.ShareRow(person, served=count)
        for person, count in zip(people, row.get("shares", []), strict=False)
    ]


def _photo(name: str) -> SimpleUploadedFile:
    out = io.BytesIO()
    with Image.open(FOLDER / "pictures" / f"{name}.webp") as picture:
        picture.convert("RGB").save(out, "JPEG", quality=85)
    return SimpleUploadedFile(f"{name}.jpg", out.getvalue())
