"""What documents register with Wagtail."""

from django.http import Http404, HttpRequest, HttpResponse
from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from campaign.documents.admin import DocumentsGroup
from campaign.documents.permissions import is_in_register, user_can_read_file
from core.models import SiteDocument

modeladmin_register(DocumentsGroup)


@hooks.register("before_serve_document")
def keep_internal_files(file: SiteDocument, request: HttpRequest) -> HttpResponse | None:
    """A file of the register goes to those who may read one of its documents; for others it is not there.

    Whether it is also linked from a page changes nothing: a link must not open what the register closes.
    """
    if is_in_register(file) and not user_can_read_file(request.user, file):
        raise Http404
    return None
