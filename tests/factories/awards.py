"""Makes rounds, proposals and nominees of awards, by the very services that people use."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.utils import timezone

from campaign.awards import services
from campaign.awards.models import AwardRound, Dossier, Nominee
from campaign.units.choices import PersonKind, Role
from campaign.units.models import Person, Unit
from tests.factories.activities import make_confirmed, picture, upload
from tests.factories.people import make_holder, make_person

numbers = count(1)
PLAN = "Kế hoạch số 500/KH-CĐM ngày 20/6/2026"


def shifted(days: int) -> date:
    """So many days from today."""
    return timezone.localdate() + timedelta(days=days)


def make_award_round(
    owner: Unit, by: Any = None, *, is_open: bool = True, **words: Any
) -> AwardRound:
    """A round by the plan of Sơn La that takes proposals for ten days more; `words` change what it says."""
    by = by or make_holder(owner, Role.STANDING_OFFICE)
    known: dict[str, Any] = {
        "title": f"Khen thưởng đợt {next(numbers)}", "plan": PLAN, "figures_from": shifted(-90),
        "figures_to": shifted(0), "opens_on": shifted(-5), "closes_on": shifted(10),
    }  # fmt: skip
    template = words.pop("template", "son-la")
    told = services.RoundTold(**{**known, **words})
    now = timezone.now()
    made = services.make_round(owner, told, template=template, key=uuid4(), by=by, now=now)
    return services.open_round(made, by=by, now=now) if is_open else made


def make_dossier(asked: AwardRound, unit: Unit, by: Any = None, *, merits: str = "") -> Dossier:
    """The proposal of `unit`, begun by whoever reports for it."""
    by, now = by or make_holder(unit, Role.REPORTER), timezone.now()
    dossier = services.begin_dossier(asked, unit, by=by, now=now)
    text = merits or "Đơn vị đã mở các lớp kỹ năng số cho người dân."
    return services.save_merits(dossier, merits=text, by=by, now=now)


def make_nominee(dossier: Dossier, by: Any, person: Person | None = None, **fields: Any) -> Nominee:
    """One person proposed: `person`, or a new one of the roster made of `fields` (`unit`: where)."""
    if person is None:
        person = make_person(fields.pop("unit", None) or dossier.unit, **fields)
    rows = services.nominate_people(dossier, [person], key=uuid4(), by=by, now=timezone.now())
    return rows[0]


def make_staff(dossier: Dossier, by: Any, **fields: Any) -> Nominee:
    """Somebody of the staff proposed."""
    known = {"kind": PersonKind.STAFF, "code": f"CB{next(numbers):04d}"}
    return make_nominee(dossier, by, **{**known, **fields})


def make_collective(dossier: Dossier, by: Any, unit: Unit, **words: Any) -> Nominee:
    """An office, a class or a team proposed."""
    return services.nominate_collective(
        dossier, unit, key=uuid4(), by=by, now=timezone.now(), **words
    )


def write_report(
    nominee: Nominee, by: Any, *, claims: Mapping[int, str] | None = None, **told: Any
) -> Nominee:
    """The achievement report, with all that the form must have; `claims`: number of the criterion, words."""
    individual: dict[str, Any] = {
        "process": "Dạy ba buổi ở nhà văn hóa, cài VNeID cho bà con.",
        "self_assessment": "Nhiệt tình, đúng giờ.",
    }
    collective: dict[str, Any] = {
        "members": 12, "period": "Từ tháng 9 đến tháng 11", "process": "Mở các lớp kỹ năng số.",
        "representative": "Mẫu Đại Diện", "office": "Lớp trưởng",
    }  # fmt: skip
    known = individual if nominee.is_individual else collective
    side = "individual" if nominee.is_individual else "collective"
    criteria = {
        row.number: row for row in nominee.dossier.round.criteria.filter(for_what=side)
    }  # fmt: skip
    report = getattr(nominee, f"{side}_report", None)
    return services.save_report(
        nominee, {**known, **told}, award_form="", by=by, now=timezone.now(),
        claims={criteria[number]: text for number, text in (claims or {}).items()},
        version=report.version if report else 0,
    )  # fmt: skip


def confirm_place(nominee: Nominee, by: Any, **words: Any) -> Any:
    """The signed slip of the place's leader comes in."""
    known: dict[str, Any] = {
        "signatory": "Mẫu Trưởng Bản", "office": "Trưởng bản Hoa Mẫu", "signed_on": shifted(-1),
        "upload": upload(picture(next(numbers))), "now": timezone.now(),
    }  # fmt: skip
    return services.confirm_by_place(nominee, by=by, **{**known, **words})


def add_photo(nominee: Nominee, by: Any, seed: int | None = None, **words: Any) -> Any:
    """A photo as evidence."""
    data = picture(next(numbers) if seed is None else seed)
    return services.add_piece(
        nominee, key=uuid4(), by=by, now=timezone.now(), upload=upload(data), **words
    )  # fmt: skip


def serve(
    people: Iterable[Person], times: int, unit: Unit, author: Any, head: Any, **words: Any
) -> Any:
    """A confirmed day of support at which each of `people` served so many times himself."""
    from campaign.activities.services import ShareRow

    shares = [ShareRow(person=person, served=times) for person in people]
    return make_confirmed(unit, author, head, shares=shares, **words)


def make_whole(nominee: Nominee, by: Any, **told: Any) -> Nominee:
    """A nominee with report and confirmation of the place, put forward for a criterion the council judges."""
    claims = told.pop("claims", None) or {5: "Soạn bộ thẻ học chữ to cho người cao tuổi."}
    write_report(nominee, by, claims=claims, **told)
    confirm_place(nominee, by)
    return nominee


def make_submitted(dossier: Dossier, head: Any, by: Any = None) -> Dossier:
    """Signed off by `head` and handed in."""
    now = timezone.now()
    signed = services.sign_dossier(dossier, by=head, now=now)
    return services.submit_dossier(signed, by=by or head, now=now)
