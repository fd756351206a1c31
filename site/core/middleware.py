"""What every request passes through."""

from collections.abc import Callable

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from core.saving import PARAMETER, saved_copy
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


class SaveCopyMiddleware:
    """`?luu=1` on any public page: the page as one file to keep."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The page, or its copy where one is asked for and the page is public."""
        if request.method != "GET" or request.GET.get(PARAMETER) != "1":
            return self.get_response(request)
        query = request.GET.copy()
        del query[PARAMETER]
        request.GET = query  # type: ignore[assignment]
        # The page is made as a passer-by sees it: no name of whoever is signed in goes into the file.
        request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        response = self.get_response(request)
        is_page = response.status_code == 200 and response.get("Content-Type", "").startswith(
            "text/html"
        )
        if not is_page or response.streaming or not getattr(request, "is_public_page", False):
            return response
        address = f"{settings.BASE_URL}{request.path}"
        if query:
            address += f"?{query.urlencode()}"
        return saved_copy(response, address, timezone.localtime())
