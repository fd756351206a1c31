"""The results of a survey as files: what the page shows and no more."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from office.books import Column, Sheet
from office.values import harmless
from resources.survey_queries import Results, rows_told
from resources.surveys.rules import Change, Figure

NOTES = (
    "Tỷ lệ: số phiếu chọn “Tự làm được” hoặc “Hướng dẫn được người khác” trên tổng số phiếu; câu bỏ trống tính "
    "là chưa tự làm được.",
    "Trước và sau là hai nhóm phiếu không ghi tên, có thể không cùng những người ấy: chênh lệch không chứng "
    "minh là do việc học.",
    "Ô trống: không nêu, vì có dưới 5 phiếu, có dưới 5 người ở một phía, hoặc từ đó suy ra được số như vậy.",
)
HEADINGS = (
    ("by", "Tính theo", 16), ("group", "Nhóm", 36), ("domain", "Miền năng lực", 34), ("code", "Mã", 8),
    ("text", "Câu tự đánh giá", 60), ("sheets_before", "Số phiếu trước", 12), ("before", "Trước (%)", 18),
    ("sheets_after", "Số phiếu sau", 12), ("after", "Sau (%)", 18), ("change", "Chênh lệch (điểm %)", 18),
)  # fmt: skip
SIDES = {"few": "dưới 5 người", "most": "tất cả, trừ dưới 5 người", "": ""}


def sheet_of() -> Sheet:
    """The one sheet of the workbook."""
    return Sheet(
        "Kết quả", tuple(Column(name, words, width=width) for name, words, width in HEADINGS)
    )


def book_rows(results: Results) -> Iterator[list[Any]]:
    """A row for each group and statement of which anything is told."""
    for kind, group, line in rows_told(results):
        question = line.question
        yield [
            kind, group.label, str(question.competence.domain), question.competence.code, question.text,
            *_cells(line.before), *_cells(line.after), _points(line.change),
        ]  # fmt: skip


def _cells(figure: Figure | None) -> Sequence[Any]:
    if figure is None:
        return "", ""
    return figure.sheets, SIDES[figure.side] if figure.percent is None else figure.percent


def _points(found: Change | None) -> Any:
    if found is None:
        return ""
    return f"ít nhất {found.points}" if found.at_least else found.points


def as_csv(results: Results) -> bytes:
    """UTF-8 with its mark, so that Excel reads the Vietnamese."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow([words for _, words, _ in HEADINGS])
    for row in book_rows(results):
        rows.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    for note in NOTES:
        rows.writerow([note])
    return b"\xef\xbb\xbf" + text.getvalue().encode()
