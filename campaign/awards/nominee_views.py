"""One nominee on the desk: the achievement report, checked as one types; papers, evidence, own writing."""

from datetime import timedelta
from typing import Any
from uuid import uuid5

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from campaign.activities.evidence_views import key_in
from campaign.awards import services
from campaign.awards.choices import ConfirmedBy
from campaign.awards.dossier_views import points_of
from campaign.awards.forms import NoForm
from campaign.awards.models import Nominee
from campaign.awards.permissions import (
    user_can_edit_nominee,
    user_sees_personal,
    user_signs,
    user_sits_over,
    user_writes,
)
from campaign.awards.purposes import PUBLISHING
from campaign.awards.queries import Review, nominee_rows, report_of, reviews_of, side_of, words_told
from campaign.awards.report_forms import AgreeForm, InviteForm, PieceForm, PlaceForm, UntilForm
from campaign.awards.services.papers import MOST_PIECES
from campaign.units.acts import Act, done
from campaign.units.choices import UnitKind
from campaign.units.desk import desk_view
from campaign.units.models import Person
from campaign.units.reach import under
from core.templatetags.site_tags import absolute
from privacy.models import ConsentText
from privacy.services import current_text

GET_OR_POST = ["GET", "HEAD", "POST"]
UNPROCESSABLE = 422
A_WEEK = timedelta(days=7)


def nominee_for(request: HttpRequest, pk: int) -> Nominee:
    """A nominee of a proposal that one may open."""
    rows: Any = nominee_rows()
    found: Nominee = get_object_or_404(rows.visible_to(request.user), pk=pk)
    return found


def review_for(nominee: Nominee) -> Review | None:
    """What the rules say of one nominee; None of one taken out again."""
    found = reviews_of(nominee.dossier.round, nominee.dossier)
    return next((one for one in found if one.nominee.pk == nominee.pk), None)


@require_http_methods(GET_OR_POST)
@desk_view
def nominee(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything of one nominee; what may be done. A POST does the act named in `viec`."""
    found = nominee_for(request, pk)
    now = timezone.now()
    services.open_received(found.dossier, by=request.user, now=now)
    services.log_opening(found.dossier, by=request.user, what=f"Xem: {found}", now=now)
    acts = _acts(request, found)
    status = 200
    if request.method == "POST":
        act = done(acts, request.POST.get("viec", ""))
        if act is not None:
            messages.success(request, act.said)
            return redirect(found.dossier if act.name == "out" else found)
        status = UNPROCESSABLE
        found = nominee_for(request, pk)
    return render(request, "awards/nominee.html", _context(request, found, acts), status=status)


def _context(request: HttpRequest, found: Nominee, acts: list[Act]) -> dict[str, Any]:
    by = request.user
    can_edit, personal = user_can_edit_nominee(by, found), user_sees_personal(by, found.dossier)
    confirmed = {one.by_whom: one for one in found.confirmations.all()}
    invited = (
        found.invitations.filter(withdrawn_at=None).select_related("writer", "made_by").first()
    )
    return {
        "nominee": found,
        "dossier": found.dossier,
        "review": review_for(found),
        "can_edit": can_edit,
        **_by_place(acts),
        "personal": personal,
        "sits": user_sits_over(by, found.dossier.round),
        "point": points_of(found.dossier).get(found.pk),
        "place": confirmed.get(ConfirmedBy.PLACE),
        "head": confirmed.get(ConfirmedBy.UNIT),
        "invited": invited,
        "link": absolute(invited.get_absolute_url()) if invited and can_edit else "",
        "told": words_told(report_of(found), personal=personal),
        "own_told": _own_told(invited, personal) if invited and invited.sent_at else (),
        "handles": _handles(by, found),
    }


# Where on the page an act stands; any other is at its foot.
_PLACES = {
    "take-in": "own_acts", "write-on": "own_acts", "place": "place_acts", "piece": "piece_acts",
    "agree": "agree_acts",
}  # fmt: skip


def _by_place(acts: list[Act]) -> dict[str, list[Act]]:
    found: dict[str, list[Act]] = {name: [] for name in ("acts", *_PLACES.values())}
    for act in acts:
        found[_PLACES.get(act.name, "acts")].append(act)
    return found


def _own_told(invited: Any, personal: bool) -> list[tuple[str, str]]:
    """What was written by invitation, in words."""
    claims = invited.claims.select_related("criterion").order_by("criterion__number")
    told = words_told(services.own_words(invited), personal=personal)
    return [*told, *((f"Tiêu chí {one.criterion.number}", one.text) for one in claims)]


def _acts(request: HttpRequest, found: Nominee) -> list[Act]:
    """What the unit does with a nominee's papers; the act that was sent is bound."""
    by, sent, now = request.user, request.POST.get("viec", ""), timezone.now()
    edits = user_can_edit_nominee(by, found)
    acts: list[Act] = []

    def form(kind: type[forms.Form], name: str, **words: Any) -> Any:
        data = request.POST if sent == name else None
        return kind(data, request.FILES if data else None, prefix=name, **words)

    if edits:
        acts += _paper_acts(request, found, form)
    if found.is_individual and (edits or _handles(by, found)):
        texts = [current_text(key) for key in PUBLISHING]
        acts.append(Act(
            "agree", "Thêm giấy đồng ý công bố", form(AgreeForm, "agree", texts=texts),
            lambda told: services.agree(
                found, ConsentText.objects.get(pk=told.pop("text")), by=by, now=now, **told
            ),
            "Đã lưu giấy đồng ý.",
            hint="Người dưới 16 tuổi: cần chữ ký của cha, mẹ hoặc người giám hộ.",
        ))  # fmt: skip
    if edits:
        acts.append(Act(
            "out", "Rút khỏi hồ sơ", form(NoForm, "out"),
            lambda told: services.withdraw_nominee(found, by=by, now=now),
            f"Đã rút {found} khỏi hồ sơ.", grave=True,
        ))  # fmt: skip
    return acts


def _handles(by: Any, found: Nominee) -> bool:
    """Whether the user belongs to the unit that proposes."""
    return user_writes(by, found.dossier) or user_signs(by, found.dossier)


def _paper_acts(request: HttpRequest, found: Nominee, form: Any) -> list[Act]:
    by, now = request.user, timezone.now()
    criteria = found.dossier.round.criteria.filter(for_what=side_of(found)).order_by("number")
    acts = [
        Act(
            "place", "Đưa giấy xác nhận nơi tham gia lên", form(PlaceForm, "place"),
            lambda told: services.confirm_by_place(found, by=by, now=now, **told),
            "Đã lưu giấy xác nhận.",
            hint="Đã có giấy thì bản mới thay bản cũ.",
        ),
        Act(
            "piece", "Thêm minh chứng", form(PieceForm, "piece", criteria=criteria),
            lambda told: _add_pieces(request, found, told), "Đã thêm minh chứng.",
            hint=f"Nhiều nhất {MOST_PIECES} ảnh, tệp, đường dẫn.",
        ),
    ]  # fmt: skip
    return acts + _own_acts(request, found, form)


def _own_acts(request: HttpRequest, found: Nominee, form: Any) -> list[Act]:
    by, now = request.user, timezone.now()
    asked = found.invitations.filter(withdrawn_at=None, taken_at=None).first()
    if asked is None or not asked.sent_at:
        initial = {"until": min(found.dossier.closes_on, timezone.localdate() + A_WEEK)}
        writers = None if found.is_individual else _writers(found)
        acts = [Act(
            "invite", "Nhờ tự viết báo cáo" if asked is None else "Đổi hạn tự viết",
            form(InviteForm, "invite", writers=writers, initial=initial),
            lambda told: services.invite(found, by=by, now=now, **told),
            "Đã lập đường dẫn tự viết: gửi cho người viết.",
            hint="Người được đề nghị, hoặc đội trưởng, tự viết bằng đường dẫn riêng; đơn vị xem rồi mới nhận.",
        )]  # fmt: skip
    else:
        acts = [
            Act("take-in", "Nhận bản tự viết", form(NoForm, "take-in"),
                lambda told: services.take_in(asked, by=by, now=now),
                "Đã nhận bản tự viết vào báo cáo.", grave=True),
            Act("write-on", "Nhờ viết tiếp", form(UntilForm, "write-on"),
                lambda told: services.give_back(asked, by=by, now=now, **told),
                "Đã mở lại cho người viết."),
        ]  # fmt: skip
    if asked is not None:
        acts.append(Act(
            "call-off", "Thôi nhờ tự viết", form(NoForm, "call-off"),
            lambda told: services.call_off(asked, by=by, now=now),
            "Đường dẫn tự viết không còn dùng được.",
        ))  # fmt: skip
    return acts


def _writers(found: Nominee) -> QuerySet[Person]:
    """Who may write for a collective: members of the team, people of the class or office."""
    rows = Person.objects.present(timezone.localdate()).filter(user__isnull=False)
    if found.unit is not None and found.unit.kind == UnitKind.VOLUNTEER_TEAM:
        return rows.filter(teams__unit=found.unit_id, teams__ends=None).distinct()
    return rows.filter(under(found.unit_path, "unit"))


def _add_pieces(request: HttpRequest, found: Nominee, told: dict[str, Any]) -> None:
    """Each file by itself: the good ones are kept, the others told by name."""
    by, now, key = request.user, timezone.now(), key_in(request.POST)
    words = {"title": told["title"], "criterion": told["criterion"], "by": by, "now": now}
    if told["url"]:
        services.add_piece(found, key=uuid5(key, "url"), url=told["url"], **words)
    refused = []
    for number, upload in enumerate(told["uploads"]):
        own = {**words, "title": told["title"] or upload.name.rpartition(".")[0]}
        try:
            services.add_piece(found, key=uuid5(key, f"f{number}"), upload=upload, **own)
        except ValidationError as wrong:
            refused.append(f"{upload.name}: {' '.join(wrong.messages)}")
    if refused:
        kept = len(told["uploads"]) - len(refused)
        said = [f"Đã lưu {kept} tệp, còn {len(refused)} tệp chưa nhận:"] if kept else []
        raise ValidationError({"uploads": [*said, *refused]})
