"""Papers of a list: the Word file, the workbook to edit, the workbook to pass on."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from campaign.awards.recognition_books import names_book, working_book
from campaign.awards.recognition_papers import document_of_list, list_file_name
from campaign.awards.recognition_permissions import user_sees_codes
from campaign.awards.recognition_views import list_for
from campaign.units.desk import desk_view, must
from office.answers import word, workbook


@require_safe
@desk_view
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as a Word file, ready to number and sign."""
    listing = list_for(request, pk)
    return word(document_of_list(listing), list_file_name(listing, "docx"))


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
