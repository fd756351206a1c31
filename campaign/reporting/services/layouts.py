"""Verbs on forms: the first start, publishing, the next version."""

import tomllib
from datetime import datetime
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from campaign.reporting.choices import ColumnRole
from campaign.reporting.models import FormColumn, FormTask, Indicator, LayoutVersion, ReportForm

DATA = Path(__file__).resolve().parent.parent / "layouts.toml"


def ensure_layouts() -> None:
    """The forms of the first start, as drafts of the plans' own; where there are forms, nothing changes."""
    if ReportForm.objects.exists():
        return
    from django.utils import timezone

    for row in tomllib.loads(DATA.read_text())["form"]:
        form = ReportForm.objects.create(name=row["name"], about=row["about"])
        version = LayoutVersion.objects.create(
            form=form, title=row["title"], annex=row.get("annex", ""),
            attached_to=row.get("attached_to", ""), guidance=row.get("guidance", "").strip(),
        )  # fmt: skip
        parts = ((Indicator, "indicator"), (FormColumn, "column"), (FormTask, "task"))
        for model, name in parts:
            for order, told in enumerate(row.get(name, []), start=1):
                model.objects.create(version=version, sort_order=order, **told)
        publish_version(version, now=timezone.now())


def publish_version(version: LayoutVersion, *, now: datetime) -> LayoutVersion:
    """In force from now on, and never changed again. ValidationError while it can't be filled in."""
    with transaction.atomic():
        held = LayoutVersion.objects.select_for_update().get(pk=version.pk)
        if held.is_published:
            return held
        columns = list(held.columns.all())
        if not held.indicators.exists() and not columns:
            raise ValidationError("Mẫu chưa có chỉ tiêu nào, cũng chưa có cột nào.")
        has_task = any(column.role == ColumnRole.TASK for column in columns)
        if columns and not has_task:
            raise ValidationError("Bảng nhiệm vụ cần một cột ghi “Tên nhiệm vụ”.")
        if held.tasks.exists() and not columns:
            raise ValidationError("Có nhiệm vụ mà chưa có cột nào.")
        LayoutVersion.objects.filter(pk=held.pk).update(published_at=now)
    held.refresh_from_db()
    return held


def new_version(version: LayoutVersion) -> LayoutVersion:
    """A draft of the next version, with everything of this one; a draft that is there already is given."""
    with transaction.atomic():
        ReportForm.objects.select_for_update().get(pk=version.form_id)
        rows = LayoutVersion.objects.filter(form=version.form_id)
        if draft := rows.filter(published_at__isnull=True).first():
            return draft
        last = rows.aggregate(last=Max("number"))["last"]
        made = LayoutVersion.objects.create(
            form_id=version.form_id, number=last + 1, title=version.title, annex=version.annex,
            attached_to=version.attached_to, guidance=version.guidance,
        )  # fmt: skip
        for name in ("indicators", "columns", "tasks"):
            for part in getattr(version, name).all():
                part.pk, part.version = None, made
                part.save()
        return made
