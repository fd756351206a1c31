"""The printed sheet of one-time slips."""

import base64
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.slips import PrintedSlip
from campaign.units.models import Unit
from core.share import qr_svg
from core.templatetags.site_tags import absolute


def sheet(request: HttpRequest, unit: Unit, printed: Sequence[PrintedSlip]) -> HttpResponse:
    """The sheet to print: shown once, kept nowhere."""
    address = absolute(reverse("accounts:sign-in"))
    picture = base64.b64encode(qr_svg(address).encode()).decode()
    context = {
        "unit": unit,
        "slips": printed,
        "address": address,
        "qr": f"data:image/svg+xml;base64,{picture}",
    }
    response = render(request, "units/people/sheet.html", context)
    response["Cache-Control"] = "no-store"
    return response
