"""Where a request comes from. The address itself is never stored."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address of the reader's side: behind `PROXY_COUNT` trusted proxies, the one the first of them saw.

    Whatever a reader writes into the header himself stands further left and is not believed.
    """
    own = str(request.META.get("REMOTE_ADDR", ""))
    if settings.PROXY_COUNT:
        named = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        named = [part for part in named if part]
        if len(named) >= settings.PROXY_COUNT:
            return named[-settings.PROXY_COUNT]
    return own
