"""From a request to a look: what its headers say, and whether its sender is counted at all."""

import logging
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone

from core.visitors import client_address
from counters.rules import Call, comes_from_own_page, host_of, is_asked_for, is_person
from counters.services import Look, count_look

logger = logging.getLogger(__name__)


def call_of(request: HttpRequest) -> Call:
    """The headers that decide."""
    headers = request.headers
    return Call(
        method=request.method or "",
        agent=headers.get("User-Agent", ""),
        language=headers.get("Accept-Language", ""),
        purpose=" ".join(
            headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
        ),
        site=headers.get("Sec-Fetch-Site", ""),
        mode=headers.get("Sec-Fetch-Mode", ""),
        dest=headers.get("Sec-Fetch-Dest", ""),
        origin=headers.get("Origin", ""),
        referer=headers.get("Referer", ""),
    )


def own_hosts(request: HttpRequest) -> set[str]:
    """What this site is called: by the reader, and by its settings."""
    return {request.get_host().lower(), host_of(settings.BASE_URL)}


def is_staff(request: Any) -> bool:
    """Whether somebody who works on the site is signed in; without a session cookie nobody is asked."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return bool(
        request.user.is_authenticated and request.user.has_perm("wagtailadmin.access_admin")
    )


def counts_as_view(request: HttpRequest) -> bool:
    """Whether the beacon of a page tells of a reader."""
    call = call_of(request)
    return (
        is_person(call) and comes_from_own_page(call, own_hosts(request)) and not is_staff(request)
    )


def counts_as_download(request: HttpRequest) -> bool:
    """Whether a reader takes a file away."""
    call = call_of(request)
    return (
        call.method == "GET"
        and is_person(call)
        and is_asked_for(call, own_hosts(request))
        and not is_staff(request)
    )


def count_request(request: HttpRequest, model: type[Model], pk: int, act: str) -> None:
    """Count what the request does; a database in trouble must not keep anybody from reading."""
    agent = request.headers.get("User-Agent", "")
    look = Look(model=model, pk=pk, act=act, address=client_address(request), agent=agent)
    try:
        count_look(look, now=timezone.now())
    except DatabaseError as error:
        # The kind of error alone: its text may quote what was to be stored.
        logger.warning("A look was not counted: %s", type(error).__name__)
