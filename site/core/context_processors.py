"""What every template may use."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from core.queries import site_chrome


def chrome(request: HttpRequest) -> dict[str, Any]:
    """`chrome`: the frame of public pages; read only by the templates that show it."""
    return {"chrome": SimpleLazyObject(site_chrome)}
