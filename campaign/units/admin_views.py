"""The tree in the staff area: a list to walk through, and one page for each unit with its acts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from campaign.units import services
from campaign.units.choices import UnitKind
from campaign.units.forms import (
    AddForm,
    EndForm,
    EnrolmentForm,
    LetterheadForm,
    MergeForm,
    MoveForm,
    RenameForm,
)
from campaign.units.models import Letterhead, Unit
from campaign.units.permissions import user_can_see_tree, user_can_shape_tree
from campaign.units.queries import tree_of
from campaign.units.rules import may_hold_parts


@dataclass(frozen=True, slots=True)
class Act:
    """One act on a unit: its name, its words, its form, what it does and what is said then."""

    name: str
    label: str
    form: forms.BaseForm
    do: Callable[[dict[str, Any]], Any]
    said: str


@require_safe
def tree(request: HttpRequest) -> HttpResponse:
    """The whole tree, or what stands below one unit; ended units where asked for."""
    if not user_can_see_tree(request.user):
        raise PermissionDenied
    wanted = request.GET.get("duoi", "")
    root = Unit.objects.filter(pk=int(wanted)).first() if _is_number(wanted) else None
    with_ended = request.GET.get("ca-da-ket-thuc") == "1"
    tops = Unit.objects.filter(kind__in=(UnitKind.DEPARTMENT, UnitKind.INSTITUTION))
    rows = tree_of(root, timezone.localdate(), with_ended=with_ended)
    context = {
        "rows": rows if root or len(rows) <= MOST_ROWS else [(u, d) for u, d in rows if d < 2],
        "root": root,
        "tops": tops,
        "with_ended": with_ended,
        "can_shape": user_can_shape_tree(request.user),
    }
    return render(request, "units/admin/tree.html", context)


MOST_ROWS = 400


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new unit below `pk`, or at the top."""
    _must_shape(request)
    parent = get_object_or_404(Unit, pk=pk) if pk else None
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
    found = get_object_or_404(Unit.objects.select_related("successor", "institution"), pk=pk)
    acts = _acts(found, request) if user_can_shape_tree(request.user) else []
    if request.method == "POST":
        _must_shape(request)
        for act in acts:
            if act.name == request.POST.get("viec") and _done(act):
                messages.success(request, act.said)
                return redirect(unit_url(found))
    return render(request, "units/admin/unit.html", _context(found, acts))


def _done(act: Act) -> bool:
    """Whether the act was done; a refusal is told at the form's field."""
    if not act.form.is_valid():
        return False
    try:
        act.do(act.form.cleaned_data)
    except ValidationError as refused:
        tell(act.form, refused)
        return False
    return True


def tell(form: forms.BaseForm, refused: ValidationError) -> None:
    """Put a refusal where it belongs: at its field where the form has it, else above the form."""
    problems = refused.message_dict if hasattr(refused, "error_dict") else {"": refused.messages}
    for field, said in problems.items():
        form.add_error(field if field in form.fields else None, said)


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
        Act("move", "Chuyển chỗ", MoveForm(data("move"), unit=found, prefix="move"),
            lambda words: services.move_unit(found, today=today, **words), "Đã chuyển."),
        Act("merge", "Sáp nhập", MergeForm(data("merge"), unit=found, prefix="merge"),
            lambda words: services.merge_units(found, today=today, **words), "Đã sáp nhập."),
        Act("end", "Kết thúc", EndForm(data("end"), prefix="end"),
            lambda words: services.end_unit(found, today=today, **words), "Đã kết thúc."),
    ]  # fmt: skip
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


def _context(found: Unit, acts: list[Act]) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "unit": found,
        "acts": acts,
        "above": list(found.get_ancestors()),
        "parts": list(found.get_children().active(today)),
        "names": list(found.names.order_by("-since")),
        "places": list(found.places.select_related("parent").order_by("-since")),
        "merged": list(found.predecessors.all()),
        "enrolments": list(found.enrolments.all()[:5]),
        "can_add": bool(acts) and may_hold_parts(found.kind),
    }


def unit_url(found: Unit) -> str:
    """Where staff work on a unit."""
    return reverse("units-unit", args=[found.pk])


def _must_shape(request: HttpRequest) -> None:
    if not user_can_shape_tree(request.user):
        raise PermissionDenied
