"""Signing in and out, passwords, one's own account."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.forms import AddressForm, ChangeForm, ChooseForm, ForgottenForm, SignInForm
from accounts.models import User
from accounts.services import (
    PasswordChosenElsewhere,
    ask_address,
    choose_password,
    confirm_address,
    forget_password,
    read_address,
    user_of_link,
)
from core.registry import landings
from core.throttle import tries
from core.visitors import client_address

# Forgotten passwords asked for by one machine in an hour: a school's computers may share one address.
ASKED_PER_HOUR = 20
# Letters to one name in an hour, so that nobody's post box is flooded.
LETTERS_PER_HOUR = 3
ELSEWHERE = "Mật khẩu vừa được chọn ở một máy khác. Hãy đăng nhập bằng mật khẩu đó."
PAGE_OF_CHOICE = ["GET", "HEAD", "POST"]


@method_decorator(never_cache, name="dispatch")
class SignInView(auth_views.LoginView):
    """`/dang-nhap/`: the only door; the admin's own sign-in leads here."""

    form_class = SignInForm
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        """People with a role in a unit go to its desk, staff to theirs, others to the front page."""
        return landing_of(self.request)


def landing_of(request: HttpRequest) -> str:
    """Where somebody who has signed in begins."""
    for landing in landings:
        if address := landing(request):
            return address
    if request.user.has_perm("wagtailadmin.access_admin"):  # type: ignore[union-attr]
        return reverse("wagtailadmin_home")
    return "/"


@require_http_methods(PAGE_OF_CHOICE)
@never_cache
@login_required
def choose(request: HttpRequest) -> HttpResponse:
    """The first password of one's own, after signing in with a slip; then on to where one wanted to go."""
    user = _signed_in(request)
    if not user.must_choose_password:
        return redirect("accounts:account")
    form = ChooseForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        return _chosen(request, user, form.cleaned_data["new"], _wanted(request))
    context = {"form": form, "next": _wanted(request)}
    return render(request, "accounts/choose_password.html", context)


@require_http_methods(PAGE_OF_CHOICE)
@never_cache
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """`/tai-khoan/`: whose account this is, and another password."""
    user = _signed_in(request)
    wants_address = request.method == "POST" and request.POST.get("viec") == "thu"
    posted = request.POST or None
    address = AddressForm(posted if wants_address else None, user=user, prefix="thu")
    form = ChangeForm(None if wants_address else posted, user=user)
    if wants_address and address.is_valid() and _address_asked(request, user, address):
        return redirect("accounts:account")
    if request.method == "POST" and not wants_address and form.is_valid():
        return _chosen(request, user, form.cleaned_data["new"], reverse("accounts:account"))
    return render(request, "accounts/account.html", {"form": form, "address": address})


def _address_asked(request: HttpRequest, user: User, form: AddressForm) -> bool:
    email, now = form.cleaned_data["email"], timezone.now()
    if tries("own-address", str(user.pk), minutes=60, now=now) > LETTERS_PER_HOUR:
        form.add_error("email", "Bạn đã xin gửi thư nhiều lần: hãy thử lại sau một giờ.")
        return False
    try:
        ask_address(user, email, now=now)
    except ValidationError as refused:
        form.add_error("email", refused)
        return False
    messages.success(
        request,
        f"Đã gửi thư tới {email}: hãy mở thư, bấm xác nhận trong 3 ngày. Không thấy thì xem thư rác.",
    )
    return True


@require_http_methods(PAGE_OF_CHOICE)
@never_cache
def confirm_address_page(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the letter: only a press confirms, since mail programs open links by themselves."""
    found, problem = read_address(token), ""
    if found and request.method == "POST":
        try:
            confirmed = confirm_address(token)
        except ValidationError as refused:
            found, problem = None, " ".join(refused.messages)
        else:
            if confirmed:
                messages.success(request, "Đã ghi địa chỉ thư của bạn.")
                signed_in = request.user.is_authenticated
                return redirect("accounts:account" if signed_in else "accounts:sign-in")
            found = None
    whose, email = found or (None, "")
    context = {"whose": whose, "email": email, "problem": problem}
    response = render(
        request, "accounts/confirm_address.html", context, status=200 if whose else 410
    )
    response["Referrer-Policy"] = "same-origin"
    return response


def _chosen(request: HttpRequest, user: User, new: str, then: str) -> HttpResponse:
    try:
        changed = choose_password(user, new, now=timezone.now())
    except PasswordChosenElsewhere:
        logout(request)
        messages.error(request, ELSEWHERE)
        return redirect("accounts:sign-in")
    update_session_auth_hash(request, changed)
    messages.success(request, "Đã đổi mật khẩu. Các máy khác phải đăng nhập lại.")
    return redirect(then or landing_of(request))


def _wanted(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if safe and wanted != "/" else ""


def _signed_in(request: HttpRequest) -> User:
    # The user as the session knows him: `choose_password` compares.
    return cast(User, request.user)


@require_http_methods(PAGE_OF_CHOICE)
@never_cache
def forgotten(request: HttpRequest) -> HttpResponse:
    """`/mat-khau/quen/`: says the same whether or not there is such an account."""
    form = ForgottenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name, now = form.cleaned_data["name"], timezone.now()
        asked = tries("forgotten", client_address(request), minutes=60, now=now)
        letters = tries("forgotten-name", name.strip().casefold(), minutes=60, now=now)
        if asked <= ASKED_PER_HOUR and letters <= LETTERS_PER_HOUR:
            forget_password(name, now=now)
        return redirect("accounts:forgotten-sent")
    return render(request, "accounts/forgotten.html", {"form": form})


@never_cache
def forgotten_sent(request: HttpRequest) -> HttpResponse:
    """What happens next."""
    return render(request, "accounts/forgotten_sent.html")


@require_http_methods(PAGE_OF_CHOICE)
@never_cache
def set_password(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """The page behind a letter's link: no referrer may carry the link on."""
    user = user_of_link(uid, token)
    form = ChooseForm(request.POST or None, user=user) if user else None
    if user and form and request.method == "POST" and form.is_valid():
        try:
            choose_password(user, form.cleaned_data["new"], now=timezone.now())
        except PasswordChosenElsewhere:
            form = None
        else:
            messages.success(request, "Đã đặt mật khẩu. Hãy đăng nhập.")
            return redirect("accounts:sign-in")
    context = {"form": form, "whose": user}
    response = render(request, "accounts/set_password.html", context, status=200 if form else 410)
    response["Referrer-Policy"] = "same-origin"
    return response


def to_sign_in(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """The admin's own sign-in pages, sent to ours with where one wanted to go."""
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
