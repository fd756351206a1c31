"""The public register: list, one document, forms to download, directory of platforms."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaign.documents.choices import AudienceGroup
from campaign.documents.models import FormTemplate, OfficialDocument
from campaign.documents.queries import (
    filter_options,
    lookup,
    near_numbers,
    platforms_by_kind,
    read_filters,
    relation_groups,
    tidy,
    with_states,
    with_versions,
)
from campaign.documents.schema import document_data
from core.heads import HOME, Head
from core.listing import numbered_page
from core.registry import Link

PER_PAGE = 20
REGISTER = Link("Văn bản", "/van-ban/")

REGISTER_HEAD = Head(
    "Văn bản",
    "/van-ban/",
    "Văn bản chỉ đạo, hướng dẫn phong trào Bình dân học vụ số: tra theo số, năm, loại, cơ quan ban hành.",
)
FORMS_HEAD = Head(
    "Biểu mẫu",
    "/van-ban/bieu-mau/",
    "Biểu mẫu của phong trào Bình dân học vụ số để tải về: tờ trình, báo cáo, phụ lục.",
    (HOME, REGISTER),
)
PLATFORMS_HEAD = Head(
    "Nền tảng, khóa học",
    "/nen-tang/",
    "Nền tảng quốc gia, cổng của tỉnh, khóa học trực tuyến mở và các chương trình phổ cập kỹ năng số.",
)


def _public_for_anybody(request: HttpRequest) -> None:
    # Staff see internal rows too: only what a passer-by sees may be kept.
    if not request.user.is_authenticated:
        request.is_public_page = True  # type: ignore[attr-defined]


def _page(request: HttpRequest, template: str, head: Head, **context: Any) -> HttpResponse:
    _public_for_anybody(request)
    return render(request, template, {"page": head, **context})


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """`/van-ban/?q=&nam=&loai=&co-quan=`: newest first; unknown filters are forgotten."""
    ask = request.GET.get
    typed = tidy(ask("q", ""))
    chosen = read_filters(ask("nam", ""), ask("loai", ""), ask("co-quan", ""))
    visible = OfficialDocument.objects.visible_to(request.user)
    found = lookup(visible, typed) if typed else visible
    documents = numbered_page(chosen.apply(found).listed(), ask("trang"), per_page=PER_PAGE)
    documents.object_list = with_states(documents.object_list, request.user, timezone.localdate())
    nothing = not documents.paginator.count
    return _page(
        request,
        "documents/register.html",
        REGISTER_HEAD,
        documents=documents,
        typed=typed,
        chosen=chosen,
        options=filter_options(found, chosen),
        near=near_numbers(visible, typed) if nothing and typed else [],
    )


@require_safe
def detail(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """One document with all that is known of it; an old address leads on to the right one."""
    visible = OfficialDocument.objects.visible_to(request.user)
    document = visible.filter(pk=pk).prefetch_related("files__file").first()
    if document is None:
        raise Http404
    if document.slug != slug:
        return redirect(document, permanent=True)
    today = timezone.localdate()
    groups, state = relation_groups(document, request.user, today)
    forms = FormTemplate.objects.visible_to(request.user).filter(document=document).listed()
    if document.is_public:
        _public_for_anybody(request)
    head = Head(document.title, document.url, document.abstract, (HOME, REGISTER))
    response = render(
        request,
        "documents/detail.html",
        {
            "page": head,
            "document": document,
            "groups": groups,
            "state": state,
            "forms": with_versions(forms, request.user, today),
            "data": document_data(document),
        },
    )
    if not document.is_public:
        response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def forms(request: HttpRequest) -> HttpResponse:
    """`/van-ban/bieu-mau/`: forms with the version to use; older ones folded away."""
    listed = FormTemplate.objects.visible_to(request.user).listed()
    rows = with_versions(listed, request.user, timezone.localdate())
    return _page(request, "documents/forms.html", FORMS_HEAD, forms=rows)


@require_safe
def platforms(request: HttpRequest) -> HttpResponse:
    """`/nen-tang/?doi-tuong=`: the directory by kind; an unknown audience means everybody."""
    asked = request.GET.get("doi-tuong", "")
    audience = asked if asked in AudienceGroup.values else ""
    return _page(
        request,
        "documents/platforms.html",
        PLATFORMS_HEAD,
        groups=platforms_by_kind(audience),
        audiences=AudienceGroup.choices,
        audience=audience,
    )
