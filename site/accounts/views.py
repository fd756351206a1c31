"""Signing in and out."""

from typing import Any

from django.contrib.auth import views as auth_views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from accounts.forms import SignInForm
from core.registry import landings


@method_decorator(never_cache, name="dispatch")
class SignInView(auth_views.LoginView):
    """`/dang-nhap/`: the only door; the admin's own sign-in leads here."""

    form_class = SignInForm
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        """People with a role in a unit go to its desk, staff to theirs, others to the front page."""
        for landing in landings:
            if address := landing(self.request):
                return address
        if self.request.user.has_perm("wagtailadmin.access_admin"):
            return reverse("wagtailadmin_home")
        return "/"


def to_sign_in(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """The admin's own sign-in pages, sent to ours with where one wanted to go."""
    from django.shortcuts import redirect

    wanted = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return redirect(reverse("accounts:sign-in") + (f"?next={wanted}" if safe and wanted else ""))


def counted_name(request: HttpRequest, credentials: Any = None) -> str:
    """The name whose wrong passwords are counted: one for all its spellings, as signing in ignores case."""
    return str((credentials or request.POST).get("username") or "").strip().casefold()


def locked_out(
    request: HttpRequest, credentials: Any = None, *args: Any, **kwargs: Any
) -> HttpResponse:
    """Too many wrong passwords: says so, and until when; the name that was typed stays."""
    context = {"username": request.POST.get("username", "")[:150], "minutes": 15}
    return render(request, "accounts/locked_out.html", context, status=429)
