"""Papers of a list: the Word file, the workbook to edit, the workbook to pass on."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from campaign.awards.recognition_books import names_book, working_book
from campaign.awards.recognition_papers import document_of_list, list_file_name
from campaign.awards.recognition_permissions import user_sees_codes
from campaign.awards.recognition_views import list_for
from campaign.units.desk import desk_view, must
from office.answers import workbook
from office.papers import DOCX


@require_safe
@desk_view
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as a Word file, ready to number and sign."""
    listing = list_for(request, pk)
    response = HttpResponse(document_of_list(listing), content_type=DOCX)
    name = list_file_name(listing, "docx")
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


@require_safe
@desk_view
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """The list with codes, to be edited and brought back: for those who handle it."""
    listing = list_for(request, pk)
    must(user_sees_codes(request.user, listing))
    return workbook(working_book(listing), list_file_name(listing, "xlsx"))


@require_safe
@desk_view
def names(request: HttpRequest, pk: int) -> HttpResponse:
    """The list without codes, to be put up or passed on."""
    listing = list_for(request, pk)
    return workbook(names_book(listing), list_file_name(listing, "xlsx"))
