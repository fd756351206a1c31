"""The tree in the staff area: a list to walk through, and one page for each unit with its acts."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from campaign.units import services
from campaign.units.acts import Act, done, tell
from campaign.units.choices import LinePurpose, Role, UnitKind
from campaign.units.forms import (
    AddForm,
    EndForm,
    EnrolmentForm,
    LetterheadForm,
    MergeForm,
    MoveForm,
    RenameForm,
)
from campaign.units.heads import Head, head_of
from campaign.units.models import Letterhead, Membership, Person, Unit
from campaign.units.permissions import (
    tree_seen_by,
    tree_shaped_by,
    user_can_add_below,
    user_can_see_people,
    user_can_see_tree,
    user_can_shape_tree,
    user_can_uproot,
)
from campaign.units.queries import outline_of, recipient_of
from campaign.units.rules import may_hold_parts
from core.listing import numbered_page


@require_safe
def tree(request: HttpRequest) -> HttpResponse:
    """The whole tree, or what stands below one unit; ended units where asked for."""
    if not user_can_see_tree(request.user):
        raise PermissionDenied
    wanted = request.GET.get("duoi", "")
    seen = tree_seen_by(request.user)
    root = seen.filter(pk=int(wanted)).first() if _is_number(wanted) else None
    with_ended = request.GET.get("ca-da-ket-thuc") == "1"
    # A province's schools are too many for a list to choose from: they are found by name.
    tops = seen.filter(kind__in=(UnitKind.DEPARTMENT, UnitKind.INSTITUTION))[: MOST_TOPS + 1]
    words = request.GET.get("q", "").strip()[:100]
    rows, top = outline_of(seen, root, timezone.localdate(), words=words, with_ended=with_ended)
    items = numbered_page(rows, request.GET.get("trang"), per_page=PER_PAGE)
    context = {
        "rows": [(unit, 0 if words else unit.depth - top) for unit in items],
        "items": items,
        "words": words,
        "root": root,
        "tops": tops if len(tops) <= MOST_TOPS else [],
        "with_ended": with_ended,
        "can_add": user_can_add_below(request.user, None),
    }
    return render(request, "units/admin/tree.html", context)


PER_PAGE = 100
MOST_TOPS = 30


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new unit below `pk`, or at the top."""
    if not user_can_see_tree(request.user):
        raise PermissionDenied
    parent = get_object_or_404(tree_seen_by(request.user), pk=pk) if pk else None
    if not user_can_add_below(request.user, parent):
        raise PermissionDenied
    form = AddForm(request.POST or None, parent=parent)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.add_unit(parent, **form.cleaned_data)
        except ValidationError as refused:
            tell(form, refused)
        else:
            messages.success(request, f"Đã thêm {made.name}.")
            return redirect(unit_url(made))
    context = {"form": form, "parent": parent}
    return render(request, "units/admin/add.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: facts, history, acts. A POST does the act named in `viec`."""
    if not user_can_see_tree(request.user):
        raise PermissionDenied
    seen = tree_seen_by(request.user).select_related("successor", "institution")
    found = get_object_or_404(seen, pk=pk)
    shapes = user_can_shape_tree(request.user, found)
    acts = _acts(found, request) if shapes else []
    if request.method == "POST":
        if not shapes:
            raise PermissionDenied
        if act := done(acts, request.POST.get("viec", "")):
            messages.success(request, act.said)
            return redirect(unit_url(found))
    return render(request, "units/admin/unit.html", _context(found, acts, request.user))


def _acts(found: Unit, request: HttpRequest) -> list[Act]:
    """The acts that are open for this unit, each with its form; the one that was sent is bound."""
    if found.ends is not None:
        return []
    today = timezone.localdate()
    sent = request.POST.get("viec", "")

    def data(name: str) -> Any:
        return request.POST if sent == name else None

    names = {"name": found.name, "short_name": found.short_name}
    head = Letterhead.objects.filter(unit=found).first() or Letterhead(unit=found)
    acts = [
        Act("rename", "Đổi tên", RenameForm(data("rename"), initial=names, prefix="rename"),
            lambda words: services.rename_unit(found, today=today, **words), "Đã đổi tên."),
    ]  # fmt: skip
    if user_can_uproot(request.user, found):
        acts += _uprooting(found, data, tree_shaped_by(request.user), today)
    if found.kind == UnitKind.STUDENT_CLASS:
        acts.insert(0, Act(
            "enrolment", "Ghi sĩ số", EnrolmentForm(data("enrolment"), prefix="enrolment"),
            lambda words: services.record_enrolment(found, **words), "Đã ghi sĩ số.",
        ))  # fmt: skip
    form = LetterheadForm(data("letterhead"), instance=head, prefix="letterhead")
    acts.append(
        Act(
            "letterhead",
            "Tiêu đề văn bản",
            form,
            lambda words: form.save(),
            "Đã lưu tiêu đề văn bản.",
        )
    )
    return acts


def _uprooting(found: Unit, data: Callable[[str], Any], targets: Any, today: date) -> list[Act]:
    return [
        Act("move", "Chuyển chỗ", MoveForm(data("move"), unit=found, among=targets, prefix="move"),
            lambda words: services.move_unit(found, today=today, **words), "Đã chuyển."),
        Act("merge", "Sáp nhập", MergeForm(data("merge"), unit=found, among=targets, prefix="merge"),
            lambda words: services.merge_units(found, today=today, **words), "Đã sáp nhập."),
        Act("end", "Kết thúc", EndForm(data("end"), prefix="end"),
            lambda words: services.end_unit(found, today=today, **words), "Đã kết thúc."),
    ]  # fmt: skip


def _context(found: Unit, acts: list[Act], user: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "unit": found,
        "acts": acts,
        # A standing office sees nothing above its own unit here.
        "above": list(tree_seen_by(user).filter(pk__in=found.get_ancestors().values("pk"))),
        "head": _head(found),
        "parts": list(found.get_children().active(today)),
        "names": list(found.names.order_by("-since")),
        "places": list(found.places.select_related("parent").order_by("-since")),
        "merged": list(found.predecessors.all()),
        "enrolments": list(found.enrolments.all()[:5]),
        "can_add": found.ends is None
        and may_hold_parts(found.kind)
        and user_can_add_below(user, found),
        "held": Membership.objects.active(today)
        .filter(unit=found)
        .exclude(role=Role.MEMBER)
        .select_related("user"),
        "people_count": Person.objects.filter(unit=found, left_on=None).count(),
        "reports_to": recipient_of(found, LinePurpose.REPORT),
        "confirmed_by": recipient_of(found, LinePurpose.CONFIRM),
        "sees_people": user_can_see_people(user, found),
    }


def _head(found: Unit) -> Head | None:
    """The head of a report of the unit, as its own documents will have it."""
    kept = Letterhead.objects.filter(unit=found).first()
    if kept is None:
        return None
    return head_of(
        superior_body=kept.superior_body, issuing_name=kept.issuing_name, symbol=kept.symbol,
        place=kept.place, authority=kept.authority, signer_office=kept.signer_office,
        is_youth_union=kept.is_youth_union,
    )  # fmt: skip


def unit_url(found: Unit) -> str:
    """Where staff work on a unit."""
    return reverse("units-unit", args=[found.pk])
