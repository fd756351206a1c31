"""The demo's awards: a round by the plan's criteria and quotas, three proposals at different steps."""

import io
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw

from accounts.models import User
from campaign.awards import services
from campaign.awards.models import AwardRound, Dossier, Nominee
from campaign.units.models import Person, Unit
from home.demo.people import role_accounts, unit_at
from home.demo.reading import read
from home.demo.reports import head_of

SPACE = UUID("6f2c5f0e-3a57-4c59-9a60-8e6b1f6f4a12")
SCHOOL = "SO-HB/CDHB"
DAYS = 21


def load_awards() -> None:
    """A round with proposals, where there is none."""
    if AwardRound.objects.exists() or not Unit.objects.filter(code="CDHB").exists():
        return
    role_accounts()
    content = read("awards")
    office = User.objects.get(username="demo.standing_office")
    asked = _round(content["round"], office)
    for row in content["dossier"]:
        _dossier(asked, row, office)


def _round(row: dict[str, Any], office: User) -> AwardRound:
    now, today = timezone.now(), timezone.localdate()
    begins = today.year if today.month >= 8 else today.year - 1
    told = services.RoundTold(
        **row, figures_from=today.replace(year=begins, month=8, day=1), figures_to=today,
        opens_on=today, closes_on=today + timedelta(days=DAYS),
    )  # fmt: skip
    made = services.make_round(
        unit_at(SCHOOL), told, template="son-la", key=uuid5(SPACE, row["title"]), by=office, now=now
    )
    return services.open_round(made, by=office, now=now)


def _dossier(asked: AwardRound, row: dict[str, Any], office: User) -> None:
    now, unit = timezone.now(), unit_at(f"{SCHOOL}/{row['unit']}")
    head = head_of(unit)
    by = User.objects.get(username="demo.unit_head") if row["by"] == "unit_head" else head
    dossier = services.begin_dossier(asked, unit, by=by, now=now)
    services.save_merits(dossier, merits=row["merits"], by=by, now=now)
    back = {}
    for told in row.get("nominee", []):
        nominee = _nominee(dossier, told, by)
        if "back" in told:
            back[nominee.pk] = told["back"]
    for told in row.get("group", []):
        _group(dossier, told, by)
    if row["state"] == "draft":
        return
    services.sign_dossier(dossier, by=head, now=now)
    services.submit_dossier(dossier, by=head, now=now)
    if row["state"] == "returned":
        services.return_dossier(dossier, reason="", points=back, by=office, now=now)


def _nominee(dossier: Dossier, told: dict[str, Any], by: User) -> Nominee:
    now = timezone.now()
    person = Person.objects.get(institution=dossier.round.owner, code=told["who"])
    key = uuid5(SPACE, f"{dossier.unit.code}-{told['who']}")
    [nominee] = services.nominate_people(dossier, [person], key=key, by=by, now=now)
    words = ("process", "self_assessment", "declared", "declared_why")
    _write(nominee, {name: told[name] for name in words if name in told}, told, by)
    if told.get("whole"):
        services.confirm_by_place(
            nominee, signatory="Mẫu Trưởng Bản", office="Trưởng bản Mẫu, xã Mường Mẫu",
            signed_on=timezone.localdate(), upload=_paper(), by=by, now=now,
        )  # fmt: skip
    return nominee


def _group(dossier: Dossier, told: dict[str, Any], by: User) -> None:
    unit = unit_at(f"{SCHOOL}/{told['unit']}")
    key = uuid5(SPACE, f"{dossier.unit.code}-{told['unit']}")
    nominee = services.nominate_collective(dossier, unit, key=key, by=by, now=timezone.now())
    words = ("members", "process", "representative", "office")
    _write(nominee, {name: told[name] for name in words}, told, by)


def _write(nominee: Nominee, words: dict[str, Any], told: dict[str, Any], by: User) -> None:
    side = "individual" if nominee.is_individual else "collective"
    criteria = {row.number: row for row in nominee.dossier.round.criteria.filter(for_what=side)}
    services.save_report(
        nominee, words, claims={criteria[int(n)]: text for n, text in told.get("claims", {}).items()},
        award_form="", version=0, by=by, now=timezone.now(),
    )  # fmt: skip


def _paper() -> SimpleUploadedFile:
    """A sheet that looks like a signed slip, without anybody's name on it."""
    sheet = Image.new("RGB", (600, 840), "#fffdf7")
    draw = ImageDraw.Draw(sheet)
    for row in range(12):
        draw.line((60, 160 + row * 36, 540 - row % 3 * 90, 160 + row * 36), fill="#8a8a8a", width=3)
    draw.arc((360, 640, 520, 760), 200, 520, fill="#1d3f8a", width=5)
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=80)
    return SimpleUploadedFile("giay-xac-nhan.jpg", out.getvalue())
