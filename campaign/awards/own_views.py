"""Writing one's own report: by a private link, or on one's own desk; and its evidence."""

from typing import Any
from uuid import uuid5

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from campaign.activities.evidence_views import key_in
from campaign.awards import services
from campaign.awards.choices import EDITABLE, CriterionFor
from campaign.awards.figures import figures_of
from campaign.awards.models import Invitation, OwnCollective, OwnIndividual
from campaign.awards.purposes import PUBLISHING
from campaign.awards.queries import nominee_rows, words_told
from campaign.awards.report_forms import CollectiveReportForm, IndividualForm, PieceForm, ReportForm
from campaign.awards.services import Stale
from campaign.awards.services.own import CLOSED
from campaign.awards.traps import is_child
from campaign.units.acts import tell
from campaign.units.desk import desk_view
from core.heads import HOME, Head
from core.registry import Link
from core.share import qr_svg
from core.templatetags.site_tags import absolute
from privacy.forms import ConsentField

GET_OR_POST = ["GET", "HEAD", "POST"]
UNPROCESSABLE, CONFLICT, GONE = 422, 409, 410


class SendForm(forms.Form):
    """Who sends, and what he agrees to: each box by itself, none of them ticked."""

    given_by = forms.CharField(
        label="Họ và tên người viết", max_length=120,
        error_messages={"required": "Hãy ghi họ và tên."},
    )  # fmt: skip

    def __init__(self, *args: Any, may_agree: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in PUBLISHING if may_agree else ():
            self.fields[key] = ConsentField(key, required=False)

    def boxes(self) -> list[Any]:
        """The boxes of consent."""
        return [self[name] for name in PUBLISHING if name in self.fields]

    def consents(self) -> list[Any]:
        """The wordings that were agreed to."""
        return [
            self.fields[name].consent_text  # type: ignore[attr-defined]
            for name in PUBLISHING
            if self.cleaned_data.get(name)
        ]


class OwnIndividualForm(IndividualForm):
    """Form 2, as the nominee writes it."""

    class Meta(IndividualForm.Meta):
        model = OwnIndividual  # type: ignore[assignment]


class OwnCollectiveForm(CollectiveReportForm):
    """Form 3, as the leader writes it."""

    class Meta(CollectiveReportForm.Meta):
        model = OwnCollective  # type: ignore[assignment]


@require_safe
@desk_view
def mine(request: HttpRequest, pk: int) -> HttpResponse:
    """From one's own desk to the page: whoever is asked by name needs no link."""
    rows = Invitation.objects.standing().filter(writer__user=request.user)  # type: ignore[misc]
    return redirect(get_object_or_404(rows, pk=pk))


@never_cache
@require_http_methods(GET_OR_POST)
def own(request: HttpRequest, token: str) -> HttpResponse:
    """The private page: write, add evidence, agree or not, send. A forged link is no page at all."""
    found = _by_token(token)
    nominee = nominee_rows().get(pk=found.nominee_id)
    if not found.is_open(timezone.localdate()) or nominee.dossier.state not in EDITABLE:
        late = {"late": _typed(request, found, nominee)}
        return _shown(request, found, nominee, late, status=200 if found.sent_at else GONE)
    form = _report_form(found, nominee, None)
    sending, pieces = _send_form(request, nominee, None), _piece_form(nominee, None)
    status = 200
    if request.method == "POST":
        act = request.POST.get("viec", "luu")
        if act == "minh-chung":
            pieces = _piece_form(nominee, request)
            status = _bring(request, found, pieces)
        else:
            form = _report_form(found, nominee, request.POST)
            if act == "gui":
                sending = _send_form(request, nominee, request.POST)
            status = _kept(request, found, form, sending if act == "gui" else None)
        if status == 0:
            return redirect(found)
    context = {"form": form, "sending": sending, "pieces": pieces, "is_stale": status == CONFLICT}
    if status == CONFLICT:
        typed = request.POST.copy()
        saved = services.own_words(found)
        typed["version"] = str(saved.version)
        context |= {
            "form": _report_form(found, nominee, typed),
            "saved_words": words_told(saved, personal=True),
        }
    return _shown(request, found, nominee, context, status=status)


def _typed(request: HttpRequest, found: Invitation, nominee: Any) -> list[tuple[str, str]]:
    """What somebody was still typing when it was closed: shown to him, so that nothing is lost."""
    if request.method != "POST":
        return []
    fields = _report_form(found, nominee, request.POST).visible_fields()
    told = [(str(field.label), str(field.data or "").strip()) for field in fields]
    return [(label, text) for label, text in told if text]


def _by_token(token: str) -> Invitation:
    rows = Invitation.objects.filter(withdrawn_at=None).select_related("nominee")
    found = rows.filter(token=token).first()
    if found is None or found.nominee.state == "withdrawn":
        raise Http404
    return found


def _shown(
    request: HttpRequest, found: Invitation, nominee: Any, more: dict[str, Any], *, status: int
) -> HttpResponse:
    asked = nominee.dossier.round
    told = figures_of(asked, [nominee]).figures[nominee.pk]
    address = found.get_absolute_url()
    side = CriterionFor.INDIVIDUAL if nominee.is_individual else CriterionFor.COLLECTIVE
    context = {
        "page": Head("Tự viết báo cáo thành tích", address, "", (HOME, Link(str(nominee), address))),
        "invitation": found, "nominee": nominee, "round": asked, "unit": nominee.dossier.unit,
        "told": told, "criteria": asked.criteria.filter(for_what=side).order_by("number"),
        "brought": [one for one in nominee.pieces.all() if one.added_by_id is None],
        "child": _is_child(nominee), "closed": CLOSED, "key": key_in({}),
    }  # fmt: skip
    response = render(request, "awards/own.html", context | more, status=status)
    # A private page: not found by machines, its address told to nobody.
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    return response


def _is_child(nominee: Any) -> bool:
    if not nominee.is_individual:
        return False
    report = getattr(nominee, "individual_report", None)
    person = nominee.person
    return is_child(
        report.born_on if report else None,
        person.birth_year if person else None,
        timezone.localdate(),
    )


def _report_form(found: Invitation, nominee: Any, data: Any) -> ReportForm:
    words = services.own_words(found)
    criteria = services.judged_criteria(nominee)
    said = {one.criterion_id: one.text for one in found.claims.all()}
    initial: dict[str, Any] = {f"tc{row.pk}": said.get(row.pk, "") for row in criteria}
    kind = OwnIndividualForm if nominee.is_individual else OwnCollectiveForm
    return kind(
        data,
        instance=words,
        criteria=criteria,
        own=True,
        initial=initial | {"version": words.version},
    )


def _send_form(request: HttpRequest, nominee: Any, data: Any) -> SendForm:
    # A child under 16 does not agree for himself: his parents sign on paper.
    may = nominee.is_individual and not _is_child(nominee)
    initial = {"given_by": nominee.full_name if nominee.is_individual else ""}
    return SendForm(data, may_agree=may, initial=initial)


def _piece_form(nominee: Any, request: HttpRequest | None) -> PieceForm:
    criteria = nominee.dossier.round.criteria.none()
    if request is None:
        return PieceForm(criteria=criteria, prefix="mc")
    return PieceForm(request.POST, request.FILES, criteria=criteria, prefix="mc")


def _kept(
    request: HttpRequest, found: Invitation, form: ReportForm, sending: SendForm | None
) -> int:
    """0 when it is kept, and sent where that was pressed; else the status of the page that says why not."""
    now = timezone.now()
    if not form.is_valid() or (sending is not None and not sending.is_valid()):
        return UNPROCESSABLE
    try:
        services.save_own(
            found, form.words_told(), claims=form.claims_told(), version=form.cleaned_data["version"],
            now=now,
        )  # fmt: skip
    except Stale:
        return CONFLICT
    except ValidationError as refused:
        tell(form, refused)
        return UNPROCESSABLE
    if sending is None:
        messages.success(
            request, f"Đã lưu lúc {timezone.localtime(now):%H:%M}. Viết tiếp lúc nào cũng được."
        )
        return 0
    return _sent(request, found, form, sending)


def _sent(request: HttpRequest, found: Invitation, form: ReportForm, sending: SendForm) -> int:
    try:
        services.send_own(
            found, consents=sending.consents(), given_by=sending.cleaned_data["given_by"],
            now=timezone.now(),
        )  # fmt: skip
    except ValidationError as refused:
        tell(sending, refused)
        typed = form.data.copy()  # type: ignore[attr-defined]
        typed["version"] = str(services.own_words(found).version)
        form.data = typed
        return UNPROCESSABLE
    messages.success(request, "Đã gửi cho đơn vị. Cảm ơn bạn.")
    return 0


def _bring(request: HttpRequest, found: Invitation, form: PieceForm) -> int:
    """Each file by itself; what was refused is told by name."""
    if not form.is_valid():
        return UNPROCESSABLE
    now, key, told, refused = timezone.now(), key_in(request.POST), form.cleaned_data, []
    try:
        if told["url"]:
            services.bring_piece(
                found, key=uuid5(key, "url"), url=told["url"], title=told["title"], now=now
            )
    except ValidationError as wrong:
        refused += wrong.messages
    for number, upload in enumerate(told["uploads"]):
        title = told["title"] or upload.name.rpartition(".")[0]
        try:
            services.bring_piece(
                found, key=uuid5(key, f"f{number}"), upload=upload, title=title, now=now
            )
        except ValidationError as wrong:
            refused.append(f"{upload.name}: {' '.join(wrong.messages)}")
    if refused:
        form.add_error("uploads", refused)
        return UNPROCESSABLE
    messages.success(request, "Đã thêm minh chứng.")
    return 0


@require_safe
@desk_view
def own_code(request: HttpRequest, pk: int) -> HttpResponse:
    """The private link as a QR code, for whoever asked for it."""
    rows = Invitation.objects.visible_to(request.user).standing()
    found = get_object_or_404(rows, pk=pk)
    address = absolute(reverse("awards:own", args=[found.token]))
    return HttpResponse(qr_svg(address), content_type="image/svg+xml")
