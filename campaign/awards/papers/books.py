"""The round's list as a workbook: every nominee with criteria, values, ranks, quota, state."""

from collections.abc import Callable, Sequence
from typing import Any

from campaign.awards.choices import CriterionFor
from campaign.awards.models import AwardRound
from campaign.awards.papers.checks import names_in, places_of, quota_line
from campaign.awards.papers.wording import file_name, side_of
from campaign.awards.queries import Review, criteria_of
from campaign.awards.rules import Criterion
from office.books import Column, Sheet, write_book

TITLES = {CriterionFor.INDIVIDUAL: "Cá nhân", CriterionFor.COLLECTIVE: "Tập thể"}
# Heading, width, and what stands there.
Cell = tuple[str, int, Callable[[Review], Any]]
FIRST: tuple[Cell, ...] = (
    ("Đơn vị đề nghị", 26, lambda one: str(one.nominee.dossier.unit)),
    ("Tình trạng hồ sơ", 24, lambda one: one.nominee.dossier.get_state_display()),
    ("Đối tượng", 20, lambda one: one.nominee.get_subject_display()),
    ("Họ và tên, tên tập thể", 30, lambda one: one.nominee.full_name),
)
CODE: Cell = ("Mã", 14, lambda one: one.nominee.code)
PLACE: tuple[Cell, ...] = (
    ("Lớp, đơn vị", 26, lambda one: one.nominee.home_name),
    ("Khoa", 24, lambda one: one.nominee.faculty_name),
    ("Sĩ số", 8, lambda one: one.nominee.class_size),
    ("Số lượt", 10, lambda one: one.figures.served),
    ("Xếp thứ theo lượt", 12, lambda one: one.figures.rank_served),
    ("Lượt xem", 10, lambda one: one.figures.views),
    ("Xếp thứ theo lượt xem", 12, lambda one: one.figures.rank_views),
)
LAST: tuple[Cell, ...] = (
    ("Tiêu chí đạt", 10, lambda one: one.outcome.met),
    ("Hội đồng xem xét", 10, lambda one: one.outcome.judged),
    ("Chỉ tiêu", 44, quota_line),
    ("Vượt chỉ tiêu", 12, lambda one: "có" if one.is_over else ""),
    ("Phải bổ sung", 44, lambda one: " ".join(one.hard)),
    ("Cần xem", 44, lambda one: " ".join(trap.said for trap in one.traps if not trap.is_hard)),
    ("Thẩm tra", 16, lambda one: one.nominee.get_state_display()),
    ("Hình thức đề nghị", 34, lambda one: one.nominee.award_form),
)
QUOTAS = Sheet(
    "Chỉ tiêu",
    (
        Column("said", "Chỉ tiêu", width=40),
        Column("clause", "Điều khoản", width=40),
        Column("stands", "Đang đề nghị", width=12),
        Column("over", "Vượt", width=8),
        Column("names", "Ai, đơn vị nào đề nghị", width=80),
    ),
)


def round_book_of(asked: AwardRound, reviews: Sequence[Review], *, with_codes: bool) -> bytes:
    """The workbook of all that was handed in. Codes only for those who handle the proposals."""
    criteria = criteria_of(asked)
    sheets: list[tuple[Sheet, list[list[Any]]]] = []
    for side, title in TITLES.items():
        cells = [
            *FIRST,
            *((CODE,) if with_codes else ()),
            *PLACE,
            *_criteria(criteria[side]),
            *LAST,
        ]
        columns = (Column("tt", "TT", width=6), *_columns(cells))
        mine = [one for one in reviews if side_of(one.nominee) == side]
        rows = [
            [number, *(tell(one) for _, _, tell in cells)]
            for number, one in enumerate(mine, start=1)
        ]
        sheets.append((Sheet(title, columns), rows))
    places = [
        [place.allowance.said, place.allowance.clause, len(place.stands), "có" if place.is_over else "",
         names_in(place)]
        for place in places_of(reviews)
    ]  # fmt: skip
    return write_book([*sheets, (QUOTAS, places)])


def _columns(cells: Sequence[Cell]) -> list[Column]:
    return [
        Column(f"c{number}", heading, width=width)
        for number, (heading, width, _) in enumerate(cells)
    ]


def _criteria(criteria: Sequence[Criterion]) -> list[Cell]:
    """Of each criterion the value and the answer."""
    return [
        (f"TC {one.number}: {one.text}", 30, _finding(number))
        for number, one in enumerate(criteria)
    ]


def _finding(number: int) -> Callable[[Review], str]:
    def tell(review: Review) -> str:
        found = review.outcome.findings[number]
        return f"{found.value}: {found.label.lower()}"

    return tell


def round_book_name(asked: AwardRound) -> str:
    """What the file is called."""
    return file_name("Danh sách đề nghị", asked.title, ending="xlsx")
