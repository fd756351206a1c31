"""Verbs on rounds: made from a plan's criteria and quotas, opened, changed; more time for one unit."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaign.awards.models import AwardCriterion, AwardQuota, AwardRound, Dossier
from campaign.awards.permissions import schools_to_keep, user_keeps_round
from campaign.awards.quotas import bands_problem
from campaign.units.models import Unit
from core.cache import renew
from core.text import clean
from resources.models import Audience

DATA = Path(__file__).resolve().parent.parent / "plans.toml"


@dataclass(frozen=True, slots=True)
class RoundTold:
    """What a round says, as typed and understood."""

    title: str
    plan: str
    figures_from: date
    figures_to: date
    opens_on: date
    closes_on: date
    needs_report: bool = True
    needs_more: bool = True


@cache
def plans() -> dict[str, dict[str, Any]]:
    """The plans whose criteria and quotas a round may begin with, by key."""
    return {row["key"]: row for row in tomllib.loads(DATA.read_text())["plan"]}


def make_round(
    owner: Unit, told: RoundTold, *, template: str, key: UUID, by: Any, now: datetime
) -> AwardRound:
    """A round, not opened yet, with its own copy of the plan's rows. The same form again gives the same one."""
    if not schools_to_keep(by).filter(pk=owner.pk).exists():
        raise PermissionDenied
    if known := AwardRound.objects.filter(key=key, owner=owner).first():
        return known
    _check(told)
    try:
        with transaction.atomic():
            made = AwardRound.objects.create(
                owner=owner, key=key, made_at=now, made_by=by, **asdict(told)
            )  # fmt: skip
            _copy_rows(made, plans()[template])
    except IntegrityError:
        return AwardRound.objects.get(key=key, owner=owner)
    return made


def _copy_rows(made: AwardRound, plan: dict[str, Any]) -> None:
    for row in plan["criterion"]:
        told = {name: value for name, value in row.items() if name != "audiences"}
        criterion = AwardCriterion.objects.create(round=made, **told)
        criterion.audiences.set(Audience.objects.filter(name__in=row.get("audiences", [])))
    AwardQuota.objects.bulk_create([AwardQuota(round=made, **row) for row in plan["quota"]])


def _check(told: RoundTold) -> None:
    problems = {}
    if told.figures_to < told.figures_from:
        problems["figures_to"] = "Ngày cuối không được trước ngày đầu."
    if told.closes_on < told.opens_on:
        problems["closes_on"] = "Hạn nhận không được trước ngày bắt đầu nhận."
    if problems:
        raise ValidationError(problems)


def change_round(asked: AwardRound, told: RoundTold, *, by: Any) -> AwardRound:
    """Other words, days or switches; days never so that what was taken falls out of them."""
    if not user_keeps_round(by, asked):
        raise PermissionDenied
    _check(told)
    with transaction.atomic():
        held = AwardRound.objects.select_for_update().get(pk=asked.pk)
        for name, value in asdict(told).items():
            setattr(held, name, value)
        held.save()
    return held


def open_round(asked: AwardRound, *, by: Any, now: datetime) -> AwardRound:
    """Units may propose from now on; opened twice is opened once. ValidationError for quotas that clash."""
    if not user_keeps_round(by, asked):
        raise PermissionDenied
    with transaction.atomic():
        held = AwardRound.objects.select_for_update().get(pk=asked.pk)
        if held.opened_at:
            return held
        if not held.criteria.exists():
            raise ValidationError("Đợt này chưa có tiêu chí nào.")
        if problem := bands_problem([row.rule for row in held.quotas.all()]):
            raise ValidationError(problem)
        held.opened_at, held.opened_by = now, by
        held.save()
        renew()
    return held


def discard_round(asked: AwardRound, *, by: Any) -> None:
    """Throw away a round in which nobody has begun a proposal."""
    if not user_keeps_round(by, asked):
        raise PermissionDenied
    with transaction.atomic():
        held = AwardRound.objects.select_for_update().get(pk=asked.pk)
        if held.dossiers.exists():
            raise ValidationError("Đã có đơn vị lập hồ sơ trong đợt này: không bỏ được nữa.")
        held.delete()


def extend_unit(
    asked: AwardRound, unit: Unit, *, until: date, why: str, by: Any, now: datetime
) -> Dossier:
    """More time for one unit, with the reason, begun or not. ValidationError for a day that gives none."""
    if not user_keeps_round(by, asked) or unit.institution_id != asked.owner_id:
        raise PermissionDenied
    if not why.strip():
        raise ValidationError({"why": "Hãy ghi vì sao gia hạn."})
    with transaction.atomic():
        dossier, _ = Dossier.objects.get_or_create(
            round=asked, unit=unit, defaults={"made_at": now, "changed_at": now}
        )
        held = (
            Dossier.objects.select_for_update(of=("self",))
            .select_related("round")
            .get(pk=dossier.pk)
        )
        if until <= held.closes_on:
            raise ValidationError(
                {"until": f"Hạn đang là {held.closes_on:%d/%m/%Y}: hãy chọn ngày sau đó."}
            )
        if until < timezone.localtime(now).date():
            raise ValidationError({"until": "Ngày này đã qua."})
        held.until, held.why_until, held.changed_at = until, clean(why).strip()[:300], now
        held.save(update_fields=["until", "why_until", "changed_at"])
    return held


def save_rules(
    asked: AwardRound, criteria: Iterable[AwardCriterion], quotas: Sequence[AwardQuota], *, by: Any
) -> None:
    """Other words, thresholds and quotas, until the round opens: from then on everybody counts on them.

    `criteria` and `quotas` are rows of this round with their new values. ValidationError for quotas that clash.
    """
    if not user_keeps_round(by, asked):
        raise PermissionDenied
    with transaction.atomic():
        held = AwardRound.objects.select_for_update().get(pk=asked.pk)
        if held.opened_at:
            raise ValidationError("Đợt đã mở: tiêu chí và chỉ tiêu không đổi được nữa.")
        if problem := bands_problem([row.rule for row in quotas]):
            raise ValidationError(problem)
        changed: list[Any] = [*criteria, *quotas]
        for row in changed:
            if row.round_id != held.pk:
                raise PermissionDenied
            row.save()
