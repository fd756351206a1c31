"""Whoever came in with a one-time code chooses a password before anything else."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse


class ChoosePasswordMiddleware:
    """Leads to the choice from every page but the door out and what pages are made of."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The page, or the way to the choice."""
        # Readers without a session never cost a query here.
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if has_session and request.user.is_authenticated and request.user.must_choose_password:
            choice = reverse("accounts:choose-password")
            open_to_him = (choice, reverse("accounts:sign-out"), "/healthz")
            # Pictures too: the page of the choice shows the school's logo.
            if request.path not in open_to_him and not request.path.startswith(settings.MEDIA_URL):
                # What was sent is not sent again: only a page that was asked for is come back to.
                wanted = request.get_full_path() if request.method == "GET" else request.path
                return HttpResponseRedirect(f"{choice}?{urlencode({'next': wanted})}")
        return self.get_response(request)
