"""The office's check of one proposal: each nominee, each criterion, quota, what to look at."""

from collections.abc import Sequence

from django.utils import timezone

from campaign.awards.models import Dossier
from campaign.awards.papers.wording import SIGN, fact, file_name, standing_unit, year_of
from campaign.awards.queries import Review
from campaign.awards.quotas import Place
from campaign.units.letterheads import heading_of
from office.papers import framed
from office.word import Table, fill, saved

TEMPLATE = "phieu-tham-tra.docx"
CHECKS = (
    ("TC", 10),
    ("Tiêu chí, điều khoản", 62),
    ("Số liệu", 36),
    ("Kết luận", 25),
    ("Ghi chú", 30),
)
QUOTAS = (
    ("TT", 10),
    ("Chỉ tiêu, điều khoản", 62),
    ("Đang đề nghị", 21),
    ("Ai, đơn vị nào đề nghị", 70),
)
# More names would be a list of their own, which the workbook of the round is.
MOST_NAMED = 12


def check_list_of(dossier: Dossier, reviews: Sequence[Review]) -> bytes:
    """The Word file, of figures as they are now, with room for what the office finds."""
    owner = dossier.round.owner
    places = places_of(reviews)
    context = {
        **framed(heading_of(standing_unit(owner) or owner), kind="", year=year_of(dossier)),
        "subject": f"Hồ sơ đề nghị khen thưởng của {dossier.unit.name}",
        "round": dossier.round.title,
        "facts": _facts(dossier, reviews),
        "quotas": "2" if places else "",
        "remarks_title": f"{3 if places else 2}. Ý kiến chung của đơn vị thẩm tra",
        "signers": [
            {"title": "NGƯỜI THẨM TRA", "note": SIGN, "name": "", "office": ""},
            {"title": "THƯỜNG TRỰC PHONG TRÀO", "note": SIGN, "name": "", "office": ""},
        ],
    }  # fmt: skip
    tables = {
        "checks": Table(CHECKS, _rows(reviews)),
        "quotas": _quotas(places) if places else None,
    }
    return saved(fill(TEMPLATE, context, tables))


def _facts(dossier: Dossier, reviews: Sequence[Review]) -> list[dict[str, str]]:
    people = sum(one.nominee.is_individual for one in reviews)
    clear = sum(one.is_clear for one in reviews)
    sent = dossier.submitted_at
    return [
        fact("Căn cứ", dossier.round.plan),
        fact("Nộp lúc", f"{timezone.localtime(sent):%H:%M ngày %d/%m/%Y}" if sent else "chưa nộp"),
        fact("Tình trạng", dossier.get_state_display()),
        fact("Được đề nghị", f"{people} cá nhân, {len(reviews) - people} tập thể; "
             f"{clear} không còn vướng mắc, {len(reviews) - clear} cần xem lại"),
    ]  # fmt: skip


def _rows(reviews: Sequence[Review]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for number, review in enumerate(reviews, start=1):
        row = review.nominee
        told = [row.full_name, row.get_subject_display(), row.home_name]
        rows.append((f"{number}. {' – '.join(part for part in told if part)}",))
        rows += [
            (str(one.criterion.number), f"{one.criterion.text} ({one.criterion.clause})", one.value,
             one.label, one.note)
            for one in review.outcome.findings
        ]  # fmt: skip
        rows.append(("", f"Chỉ tiêu: {quota_line(review)}{_others(review)}"))
        soft = [trap.said for trap in review.traps if not trap.is_hard]
        rows += [("!", said) for said in [*review.hard, *soft]]
        rows.append(("", "☐ Đạt thẩm tra     ☐ Cần bổ sung: ………………………………………"))
    return rows or [("Hồ sơ chưa đề nghị ai.",)]


def quota_line(review: Review) -> str:
    """What the quota allows, by which clause, how many stand."""
    place = review.place
    if place is None:
        return "không giới hạn"
    clause = f" ({place.allowance.clause})" if place.allowance.clause else ""
    return f"{place.said}{clause}"


def _others(review: Review) -> str:
    """Who else stands, where more are proposed than awarded."""
    if not review.is_over:
        return ""
    names = "; ".join(f"{one.name} ({one.proposer})" for one in review.others[:MOST_NAMED])
    return f". VƯỢT CHỈ TIÊU, cùng đề nghị: {names}"


def places_of(reviews: Sequence[Review]) -> list[Place]:
    """The quotas that these nominees share, each once, in the order in which they are met."""
    return list({id(one.place): one.place for one in reviews if one.place is not None}.values())


def _quotas(places: Sequence[Place]) -> Table:
    rows = [
        (str(number), _allowed(place), f"{len(place.stands)}{' (vượt)' if place.is_over else ''}",
         names_in(place))
        for number, place in enumerate(places, start=1)
    ]  # fmt: skip
    return Table(QUOTAS, rows, frozenset({2}))


def _allowed(place: Place) -> str:
    said, clause = place.allowance.said, place.allowance.clause
    return f"{said[:1].upper()}{said[1:]}" + (f"\n({clause})" if clause else "")


def names_in(place: Place) -> str:
    """Who stands under a quota, and who proposes them."""
    told = [f"{one.name} ({one.proposer})" for one in place.stands[:MOST_NAMED]]
    rest = len(place.stands) - MOST_NAMED
    return "; ".join([*told, f"và {rest} người khác"] if rest > 0 else told)


def check_list_name(dossier: Dossier) -> str:
    """What the file is called."""
    return file_name("Phiếu thẩm tra", dossier.unit.name, ending="docx")
