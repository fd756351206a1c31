"""Office files as answers."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from office.word import DOCX

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(data: bytes, name: str) -> HttpResponse:
    """A workbook to take away."""
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def word(data: bytes, name: str) -> HttpResponse:
    """A Word file to take away."""
    response = HttpResponse(data, content_type=DOCX)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
