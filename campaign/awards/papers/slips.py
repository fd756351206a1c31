"""The slip that the place's leader signs: pre-filled, a page for each place (handbook item 55, criterion 4)."""

from collections import defaultdict
from typing import Any

from campaign.awards.choices import Subject
from campaign.awards.deeds import Deed
from campaign.awards.models import Nominee
from campaign.awards.papers.wording import (
    MOVEMENT,
    SIGN,
    bare,
    deed_words,
    fact,
    file_name,
    lower_first,
    times,
    year_of,
)
from core.text import grouped
from office.dates import written_date
from office.word import Table, fill, lines, saved

TEMPLATE = "giay-xac-nhan.docx"
HEADINGS = (("TT", 11), ("Ngày", 30), ("Việc đã làm", 64), ("Nơi tổ chức", 36), ("Số lượt", 22))
# More places are more walks than anybody makes for one paper.
MOST_SLIPS = 6
MOST_ROWS = 15
ROWS_BY_HAND = 5
AFTER = (
    "Ký xong, chụp rõ hoặc quét tờ này rồi tải lên hồ sơ đề nghị khen thưởng, mục “Giấy xác nhận của nơi "
    "tham gia”. Bản giấy do người được xác nhận giữ."
)


def slip_of(row: Nominee, deeds: list[Deed]) -> bytes:
    """The Word file of the slips, the place with most times served first; one to fill by hand where none is."""
    places = by_place(deeds) or {"": []}
    slips: list[dict[str, Any]] = []
    tables: dict[str, Table | None] = {}
    school = row.dossier.round.owner
    for number, (place, mine) in enumerate(list(places.items())[:MOST_SLIPS], start=1):
        name = f"noi-{number}"
        tables[name] = Table(HEADINGS, _rows(mine), frozenset({1, 4}))
        slips.append(
            {
                "to": addressee(place, mine),
                "table": name,
                "total": total(mine),
                "signers": _signers(row),
            }
        )
    context = {
        "slips": slips,
        "opening": f"{school.name} trân trọng đề nghị xác nhận việc tham gia {MOVEMENT} như sau:",
        "facts": _who(row),
        "date_line": written_date("………", None, year=year_of(row.dossier)),
        "after": AFTER,
    }
    return saved(fill(TEMPLATE, context, tables))


def by_place(deeds: list[Deed]) -> dict[str, list[Deed]]:
    """Deeds by the commune where they were done, or the place where no commune is known."""
    found: dict[str, list[Deed]] = defaultdict(list)
    for one in deeds:
        found[one.commune or one.place].append(one)
    return dict(sorted(found.items(), key=lambda item: -sum(one.served or 0 for one in item[1])))


def addressee(place: str, deeds: list[Deed]) -> str:
    """Who is asked to sign: the one partner there was, else the commune's committee, else the place."""
    partners = {one.partner for one in deeds if one.partner}
    if len(partners) == 1:
        return " ".join(lines(partners.pop()))
    if any(one.commune for one in deeds):
        return f"Ủy ban nhân dân {lower_first(place)}"
    return f"Lãnh đạo nơi tham gia: {place}" if place else "………………………………………………"


def total(deeds: list[Deed]) -> str:
    """What it comes to: activities, days, times served."""
    if not deeds:
        return "Cộng: …… hoạt động, …… ngày, …… lượt người dân được hỗ trợ."
    days = sum(one.days for one in deeds)
    counted = [one.served for one in deeds if one.served is not None]
    served = f"{grouped(sum(counted))} lượt" if counted else "…… lượt"
    return f"Cộng: {len(deeds)} hoạt động, {days} ngày, {served} người dân được hỗ trợ."


def _rows(deeds: list[Deed]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        (str(number), one.when, deed_words(one), one.place or one.commune, times(one.served))
        for number, one in enumerate(deeds[:MOST_ROWS], start=1)
    ]
    if len(deeds) > MOST_ROWS:
        rows.append((f"Và {len(deeds) - MOST_ROWS} hoạt động khác tại địa phương.",))
    return rows or [(str(number), "", "", "", "") for number in range(1, ROWS_BY_HAND + 1)]


def _who(row: Nominee) -> list[dict[str, str]]:
    school = fact("Trường", row.dossier.round.owner.name)
    if not row.is_individual:
        return [fact("Tập thể", row.full_name), fact("Đơn vị trực thuộc", row.faculty_name), school]
    label = "Lớp" if row.subject == Subject.STUDENT else "Đơn vị công tác"
    told = [bare(label, row.home_name)]
    if row.faculty_name and row.faculty_name != row.home_name:
        told.append(row.faculty_name)
    return [fact("Họ và tên", row.full_name), fact(label, ", ".join(filter(None, told))), school]


def _signers(row: Nominee) -> list[dict[str, str]]:
    asks = row.full_name if row.is_individual else ""
    mine = "NGƯỜI ĐƯỢC XÁC NHẬN" if row.is_individual else "ĐẠI DIỆN TẬP THỂ"
    return [
        {"title": mine, "note": SIGN, "name": asks, "office": ""},
        {"title": "XÁC NHẬN CỦA NƠI THAM GIA", "note": "(Ký, ghi rõ họ tên, chức vụ; đóng dấu nếu có)",
         "name": "", "office": ""},
    ]  # fmt: skip


def slip_name(row: Nominee) -> str:
    """What the file is called."""
    return file_name("Giấy xác nhận", row.full_name, ending="docx")
