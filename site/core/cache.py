"""The page cache: whole public pages, kept until anything public changes.

Every kept page carries a *generation* in its key. Publishing, moving, a setting, a banner: each makes a new
generation, so that no reader sees an old page, and no list of pages to forget has to be right. The day is in
the key too: phases and banner periods turn at midnight by themselves.
"""

import hashlib
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

GENERATION_KEY = "site-generation"
PAGE_PARAMETERS = {"trang"}
# What inner middleware has added: on a hit it does not run.
KEPT_HEADERS = ("Content-Type", "Content-Language", "Link", "Vary", "X-Frame-Options")


def generation() -> str:
    """The current generation of public content."""
    return cache.get_or_set(GENERATION_KEY, lambda: uuid4().hex, None) or ""


def renew() -> None:
    """Begin a new generation once the change is committed."""
    transaction.on_commit(lambda: cache.set(GENERATION_KEY, uuid4().hex, None))


def remember(name: str, make: Callable[[], Any]) -> Any:
    """The value of `make()`, kept for this generation and day."""
    key = f"{name}:{generation()}:{timezone.localdate()}"
    return cache.get_or_set(key, make, settings.PAGE_CACHE_SECONDS or 1)


def _on_change(sender: type, instance: Any = None, **kwargs: Any) -> None:
    from core.models import PublicContent

    if issubclass(sender, PublicContent | Page | PageViewRestriction | Site):
        renew()


def _on_page_signal(sender: type, **kwargs: Any) -> None:
    renew()


def connect() -> None:
    """Listen to everything that can change a public page."""
    for signal in (post_save, post_delete):
        signal.connect(_on_change, dispatch_uid=f"core.cache.{id(signal)}")
    m2m_changed.connect(_on_page_signal, dispatch_uid="core.cache.m2m")
    for page_signal in (page_published, page_unpublished, post_page_move):
        page_signal.connect(_on_page_signal, dispatch_uid=f"core.cache.{id(page_signal)}")


class PageCacheMiddleware:
    """Answers anonymous readers of public pages from the cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """From the cache, or made and kept."""
        if not self._may_be_kept(request):
            return self.get_response(request)
        key = self._key(request)
        kept = cache.get(key)
        if kept is not None:
            content, headers = kept
            return HttpResponse(content, headers=headers | {"X-Page-Cache": "hit"})
        response = self.get_response(request)
        if self._is_public(request, response):
            headers = {name: response[name] for name in KEPT_HEADERS if name in response}
            cache.set(key, (response.content, headers), settings.PAGE_CACHE_SECONDS)
            response["X-Page-Cache"] = "miss"
        return response

    @staticmethod
    def _may_be_kept(request: HttpRequest) -> bool:
        # Readers only: who is signed in sees his own head line; free parameters would fill the cache.
        return (
            settings.PAGE_CACHE_SECONDS > 0
            and request.method in ("GET", "HEAD")
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and set(request.GET) <= PAGE_PARAMETERS
            and len(request.get_full_path()) < 300
        )

    @staticmethod
    def _key(request: HttpRequest) -> str:
        address = f"{request.scheme}://{request.get_host()}{request.get_full_path()}"
        digest = hashlib.sha256(address.encode()).hexdigest()
        return f"page:{generation()}:{timezone.localdate()}:{request.method}:{digest}"

    @staticmethod
    def _is_public(request: HttpRequest, response: HttpResponse) -> bool:
        return (
            response.status_code == 200
            and not response.streaming
            and not response.cookies
            and getattr(request, "is_public_page", False)
            and not response.has_header("Cache-Control")
        )
