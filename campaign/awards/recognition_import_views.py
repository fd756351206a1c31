"""A list from a workbook: the template, what each row would do, the questions, then all rows or none."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, replace
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaign.awards import services
from campaign.awards.models import RecognitionList
from campaign.awards.recognition_books import lines_of, planned, template_book
from campaign.awards.recognition_choices import EntryVerdict
from campaign.awards.recognition_matching import PraiseLine, PraiseRow, settle
from campaign.awards.recognition_queries import present_in
from campaign.awards.recognition_views import UNPROCESSABLE, editing
from campaign.awards.services.recognition_entries import MOST_PRAISED
from campaign.units.desk import desk_view, must
from office.answers import workbook
from office.books import LARGEST, NoBook

SALT = "awards.recognition.import"
# A preview is good for as long as somebody looks at it.
LASTS = 4 * 3600
_NONE: Mapping[str, str] = MappingProxyType({})
OLD = "Bản xem trước đã cũ: hãy tải tệp lên lại."
# What has to be answered or mended stands first.
ORDER = (
    EntryVerdict.REFUSE, EntryVerdict.ASK, EntryVerdict.UNKNOWN, EntryVerdict.ADD,
    EntryVerdict.CHANGE, EntryVerdict.SAME,
)  # fmt: skip


@require_safe
@desk_view
def template(request: HttpRequest) -> HttpResponse:
    """The empty workbook: the same for everybody."""
    return workbook(template_book(), "Mẫu danh sách biểu dương.xlsx")


@editing
def import_list(request: HttpRequest, listing: RecognitionList) -> HttpResponse:
    """Hand in a file; look at each row; answer; write. Nothing of the file is kept before that."""
    if request.method == "POST" and "dong" in request.POST:
        return _answered(request, listing)
    if request.method == "POST":
        return _read(request, listing)
    return _shown(request, listing, {})


def _shown(
    request: HttpRequest, listing: RecognitionList, told: dict[str, Any], status: int = 200
) -> HttpResponse:
    return render(
        request, "awards/recognition/import.html", {"listing": listing, **told}, status=status
    )


def _read(request: HttpRequest, listing: RecognitionList) -> HttpResponse:
    file = request.FILES.get("tep")
    problem = ""
    if file is None:
        problem = "Hãy chọn tệp .xlsx."
    elif (file.size or 0) > LARGEST:
        problem = "Tệp lớn hơn 10 MB."
    else:
        try:
            lines = lines_of(listing, file.read(), timezone.localdate())
        except NoBook as broken:
            problem = str(broken)
        else:
            problem = _size_problem(lines)
    if problem:
        return _shown(request, listing, {"problem": problem}, UNPROCESSABLE)
    return _shown(request, listing, preview(lines, uuid4(), listing))


def _size_problem(lines: list[PraiseLine]) -> str:
    if not lines:
        return "Tệp không có dòng nào."
    if len(lines) > MOST_PRAISED:
        return f"Tệp có {len(lines)} dòng: mỗi danh sách nhận nhiều nhất {MOST_PRAISED}."
    return ""


def preview(
    lines: list[PraiseLine], key: UUID, listing: RecognitionList, answers: Mapping[str, str] = _NONE
) -> dict[str, Any]:
    """What the page shows of a file: rows by what they wait for, and the file itself, signed."""
    counts = Counter(line.verdict for line in lines)
    packed = [list(asdict(line.told).values()) for line in lines]
    return {
        "lines": [
            (line, answers.get(line.place, ""))
            for line in sorted(lines, key=lambda line: ORDER.index(line.verdict))
        ],
        "totals": [(one.label, counts[one]) for one in ORDER if counts[one]],
        "refused": counts[EntryVerdict.REFUSE],
        "unknown": counts[EntryVerdict.UNKNOWN],
        "writes": len(lines) - counts[EntryVerdict.SAME],
        "packed": signing.dumps([listing.pk, key.hex, packed], salt=SALT, compress=True),
    }


def _answered(request: HttpRequest, listing: RecognitionList) -> HttpResponse:
    """The rows are looked at anew, with the answers; written when nothing is open any more."""
    try:
        pk, key, packed = signing.loads(request.POST["dong"], salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        messages.error(request, OLD)
        return redirect("recognition:import", listing.pk)
    must(pk == listing.pk)
    plan = planned(listing, [PraiseRow(*row) for row in packed], timezone.localdate())
    answers = {line.place: request.POST.get(f"ai-{line.place}", "") for line in plan}
    all_typed = request.POST.get("nhu-da-go") == "1"
    lines = settle(plan, answers, present_in(listing), all_typed=all_typed)
    if any(line.is_open or line.is_refused for line in lines):
        shown = preview(_as_asked(plan, lines), UUID(key), listing, answers)
        left = sum(line.is_open for line in lines)
        said = (
            f"Còn {left} dòng chưa trả lời."
            if left
            else "Có dòng trùng nhau, hoặc phải sửa trong tệp."
        )
        return _shown(
            request, listing, shown | {"all_typed": all_typed, "problem": said}, UNPROCESSABLE
        )
    return _written(request, listing, lines, UUID(key))


def _as_asked(plan: list[PraiseLine], lines: list[PraiseLine]) -> list[PraiseLine]:
    """Questions stay questions that can be answered otherwise; what an answer made wrong is told there."""
    found = []
    for before, after in zip(plan, lines, strict=True):
        if before.is_open:
            found.append(replace(before, why=after.why) if after.is_refused else before)
        else:
            found.append(after)
    return found


def _written(
    request: HttpRequest, listing: RecognitionList, lines: list[PraiseLine], key: UUID
) -> HttpResponse:
    try:
        count = services.import_entries(
            listing, lines, key=key, by=request.user, now=timezone.now()
        )  # fmt: skip
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("recognition:import", listing.pk)
    messages.success(request, f"Đã ghi {count} dòng từ tệp." if count else "Tệp không có gì mới.")
    return redirect(listing)
