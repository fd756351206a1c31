"""The log's first start: kinds, programmes. Each list is filled once, then left to those who edit it."""

import tomllib
from pathlib import Path
from typing import Any

from campaign.activities.models import ActivityKind
from campaign.plan.models import Programme

DATA = Path(__file__).resolve().parent.parent / "kinds.toml"


def ensure_kinds() -> None:
    """Kinds and programmes; a list that has rows keeps them as they are."""
    data = tomllib.loads(DATA.read_text())
    _rows(ActivityKind, data["kind"])
    _rows(Programme, data["programme"])


def _rows(model: Any, rows: list[dict[str, Any]]) -> None:
    if model.objects.exists():
        return
    for number, row in enumerate(rows, start=1):
        record = model(**row, order=number * 10)
        record.full_clean()
        record.save()
