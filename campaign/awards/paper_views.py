"""Papers of award submissions as files. Whoever takes one out is written down for the office to see."""

from collections.abc import Callable, Iterable

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from campaign.awards import papers
from campaign.awards.deeds import deeds_of
from campaign.awards.models import AwardRound, Dossier, Nominee, SignedProposal
from campaign.awards.packing import Entry, dossier_entries, packed, round_entries, slots
from campaign.awards.permissions import user_handles_round, user_sees_personal, user_sits_over
from campaign.awards.queries import Review, dossier_rows, nominee_rows, reviews_of
from campaign.awards.services import log_opening, log_openings, open_received
from campaign.units.desk import desk_view, must
from files.serving import served
from files.streams import SlotStream
from office.answers import word, workbook

RETRY_SECONDS = 120
BUSY = "Đang có nhiều người cùng tải hồ sơ. Hãy chờ vài phút rồi tải lại."


def _dossier(request: HttpRequest, pk: int, *, is_personal: bool = True) -> Dossier:
    """The proposal, for those who may see it; with personal data only for those who handle it."""
    seen = Dossier.objects.visible_to(request.user).values("pk")
    dossier: Dossier = get_object_or_404(dossier_rows().filter(pk__in=seen), pk=pk)
    must(not is_personal or user_sees_personal(request.user, dossier))
    return dossier


def _nominee(request: HttpRequest, pk: int) -> Nominee:
    seen = Nominee.objects.visible_to(request.user).standing().values("pk")
    row: Nominee = get_object_or_404(nominee_rows().filter(pk__in=seen), pk=pk)
    must(user_sees_personal(request.user, row.dossier))
    return row


def _log(request: HttpRequest, dossier: Dossier, what: str) -> None:
    """Written down; the office has by that begun to look, so that the unit takes nothing back any more."""
    if request.method == "GET":
        now = timezone.now()
        log_opening(dossier, request.user, what, now)
        open_received(dossier, by=request.user, now=now)


@require_safe
@desk_view
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """ "Tờ trình" as a Word file, ready to number and sign."""
    dossier = _dossier(request, pk)
    _log(request, dossier, "Tải tờ trình (Word)")
    return word(papers.proposal_of(dossier), papers.proposal_name(dossier))


@require_safe
@desk_view
def achievement(request: HttpRequest, pk: int) -> HttpResponse:
    """A nominee's achievement report as a Word file."""
    row = _nominee(request, pk)
    _log(request, row.dossier, f"Tải báo cáo thành tích: {row.full_name}")
    deeds = deeds_of(row.dossier.round, [row])[row.pk]
    return word(papers.achievement_of(_review(row), deeds), papers.achievement_name(row))


def _review(row: Nominee) -> Review:
    rows = reviews_of(row.dossier.round, row.dossier)
    return next(one for one in rows if one.nominee.pk == row.pk)


@require_safe
@desk_view
def slip(request: HttpRequest, pk: int) -> HttpResponse:
    """The slip for the place's leader to sign."""
    row = _nominee(request, pk)
    _log(request, row.dossier, f"Tải giấy xác nhận để ký: {row.full_name}")
    deeds = deeds_of(row.dossier.round, [row])[row.pk]
    return word(papers.slip_of(row, deeds), papers.slip_name(row))


@require_safe
@desk_view
def consent_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet on which a person says whether his name may be published."""
    row = _nominee(request, pk)
    if not row.is_individual:
        raise Http404
    _log(request, row.dossier, f"Tải phiếu ý kiến công bố tên: {row.full_name}")
    return word(papers.consent_sheet_of(row, timezone.localdate()), papers.consent_name(row))


@require_safe
@desk_view
def check_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The office's check list, for those to whom the proposal was handed in."""
    dossier = _dossier(request, pk, is_personal=False)
    must(user_sits_over(request.user, dossier.round))
    _log(request, dossier, "Tải phiếu thẩm tra")
    reviews = reviews_of(dossier.round, dossier)
    return word(papers.check_list_of(dossier, reviews), papers.check_list_name(dossier))


@require_safe
@desk_view
def round_book(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody proposed in the round as a workbook; codes only for those who handle the proposals."""
    asked = _round(request, pk)
    must(user_sits_over(request.user, asked))
    reviews = reviews_of(asked)
    _log_all(request, reviews, "Tải danh sách cả đợt (Excel)")
    with_codes = user_handles_round(request.user, asked)
    data = papers.round_book_of(asked, reviews, with_codes=with_codes)
    return workbook(data, papers.round_book_name(asked))


def _round(request: HttpRequest, pk: int) -> AwardRound:
    rows = AwardRound.objects.visible_to(request.user).select_related("owner")
    found: AwardRound = get_object_or_404(rows, pk=pk)
    return found


def _log_all(request: HttpRequest, reviews: Iterable[Review], what: str) -> None:
    if request.method == "GET":
        dossiers = {one.nominee.dossier_id: one.nominee.dossier for one in reviews}
        log_openings(dossiers.values(), request.user, what, timezone.now())


@require_safe
@desk_view
def dossier_zip(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One proposal with all its files as an archive; the office's has the check list."""
    dossier = _dossier(request, pk)
    title = f"Hồ sơ đề nghị khen thưởng - {dossier.unit.name}"
    if request.method == "HEAD":
        return _headed(HttpResponse(content_type="application/zip"), title)
    reviews = reviews_of(dossier.round, dossier)
    for_office = user_sits_over(request.user, dossier.round)
    entries = dossier_entries(dossier, reviews, for_office=for_office)
    return _archive(request, title, entries, lambda: _log(request, dossier, "Tải cả hồ sơ (ZIP)"))


@require_safe
@desk_view
def round_zip(request: HttpRequest, pk: int) -> HttpResponseBase:
    """All proposals handed in as one archive, for those who handle them."""
    asked = _round(request, pk)
    must(user_handles_round(request.user, asked))
    title = f"Hồ sơ khen thưởng - {asked.title}"
    if request.method == "HEAD":
        return _headed(HttpResponse(content_type="application/zip"), title)
    reviews = reviews_of(asked)
    entries = round_entries(asked, reviews, with_codes=True)
    what = "Tải hồ sơ cả đợt (ZIP)"
    return _archive(request, title, entries, lambda: _log_all(request, reviews, what))


def _archive(
    request: HttpRequest, title: str, entries: Iterable[Entry], log: Callable[[], None]
) -> HttpResponseBase:
    """The archive as it is made, or a page that says to come back later."""
    if not slots.acquire(blocking=False):
        response = render(request, "awards/busy.html", {"reason": BUSY}, status=503)
        response["Retry-After"] = str(RETRY_SECONDS)
        return response
    try:
        log()
    except BaseException:
        slots.release()
        raise
    stream = SlotStream(packed(title, entries, timezone.localtime()), slots)
    return _headed(StreamingHttpResponse(stream, content_type="application/zip"), title)


def _headed(response: HttpResponseBase, title: str) -> HttpResponseBase:
    name = papers.file_name(title, ending="zip")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@require_safe
@desk_view
def signed(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The signed copy of a proposal, for those who handle it."""
    rows = SignedProposal.objects.visible_to(request.user).select_related(
        "dossier__round", "dossier__unit"
    )
    copy: SignedProposal = get_object_or_404(rows, pk=pk)
    must(user_sees_personal(request.user, copy.dossier))
    answer = served(copy.file, f"Tờ trình - {copy.dossier.unit.name}".replace("/", "-"))
    _log(request, copy.dossier, "Xem bản ký tờ trình")
    return answer
