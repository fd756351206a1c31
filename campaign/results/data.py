"""The public figures as files for machines and spreadsheets: what the page shows and no more."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from campaign.results.queries import Results
from campaign.results.series import MEASURES, Series
from office.values import harmless

NOTE = (
    "Số liệu ghi nhận từ hoạt động đã được đơn vị xác nhận; chưa phải số liệu báo cáo chính thức. "
    "Ô nhỏ hơn 5 và ô có thể suy ra ô đó được để trống."
)
DIMENSIONS = (("months", "Tháng"), ("kinds", "Loại hoạt động"), ("communes", "Xã, phường"))


def as_csv(results: Results) -> bytes:
    """UTF-8 with its mark, so that Excel reads the Vietnamese; empty where a figure is held back."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    names = [measure.name for measure in MEASURES]
    rows.writerow(["Năm học", "Tính theo", "Mục", *names, "Ghi chú"])
    for key, dimension in DIMENSIONS:
        table: Series = getattr(results, key)
        for label, figures in _rows(table):
            note = "có ô không nêu" if None in figures else ""
            rows.writerow([results.year.key, dimension, harmless(label), *_cells(figures), note])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _rows(table: Series) -> Iterator[tuple[str, tuple[int | None, ...]]]:
    for line in table.lines:
        yield line.label, line.figures
    yield "Cộng", table.sums


def _cells(figures: tuple[int | None, ...]) -> list[str]:
    return ["" if number is None else str(number) for number in figures]


def as_data(results: Results, *, at: datetime, source: str) -> dict[str, Any]:
    """For JSON: null where a figure is held back."""
    return {
        "name": "Bình dân học vụ số: số liệu ghi nhận",
        "status": "preliminary",
        "note": NOTE,
        "source": source,
        "generated_at": at.isoformat(timespec="seconds"),
        "school_year": results.year.key,
        "measures": [{"key": measure.key, "name": measure.name} for measure in MEASURES],
        **{f"by_{key}": _table(getattr(results, key)) for key, _ in DIMENSIONS},
    }


def _table(table: Series) -> dict[str, Any]:
    keys = [measure.key for measure in MEASURES]
    return {
        "rows": [
            {"key": line.key, "label": line.label, **dict(zip(keys, line.figures, strict=True))}
            for line in table.lines
        ],
        "total": dict(zip(keys, table.sums, strict=True)),
    }
