"""What every request passes through."""

from collections.abc import Callable

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from core.text import clean

ADMIN_PATH = "/quan-tri/"
PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"


class PolicyMiddleware(CSPMiddleware):
    """The content security policy: strict for readers, wider under the admin, whose scripts are inline."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Add the headers."""
        if request.path_info.startswith(ADMIN_PATH):
            response._csp_replace = settings.ADMIN_CONTENT_SECURITY_POLICY  # type: ignore[attr-defined]
            response.setdefault("Cache-Control", "no-store")
        response.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return super().process_response(request, response)


class TidyQueryMiddleware:
    """Keeps control characters out: PostgreSQL refuses NUL in any string, and no address needs one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse a path with NUL; mend the query."""
        if "\x00" in request.path_info:
            raise Http404
        if any(clean(value) != value for _, values in request.GET.lists() for value in values):
            query = request.GET.copy()
            for key, values in request.GET.lists():
                query.setlist(key, [clean(value) for value in values])
            request.GET = query  # type: ignore[assignment]
        return self.get_response(request)
